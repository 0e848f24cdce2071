// The guided tour: "the street lamp at gate 3", one step at a time; a step is done when the phones show that it is.

import { el, iconButton } from "./dom.js";
import { act } from "./wire.js";
import { move } from "./bar.js";
import { changed, look, openPhone, store, visible } from "./store.js";
import { t } from "./words.js";

const GRID = { code: "ZN-01", group: -1001000000001, worker: 2001 };
const LAMPS = { code: "LD", group: -1001000000008, worker: 2502 };
const REMINDED = ["worker_reminded", "resident_updated"];

let tour = null;
let target = null;

/** Whether the tour is under way. */
export const onTour = () => tour !== null;

/** Begin the tour, with a resident who is there. */
export function beginTour() {
  const resident = [...store.chats.values()].find((chat) => chat.kind === "resident");
  if (!resident) return;
  tour = { resident: resident.id, from: resident.messages.at(-1)?.id ?? 0, cases: Math.max(0, ...store.cases.map((held) => held.id)), at: 0, reached: -1, busy: false };
  changed();
}

/** End the tour. */
export function endTour() {
  tour = null;
  changed();
}

const resident = () => store.chats.get(tour.resident);
const group = (unit = GRID) => store.chats.get(unit.group);
const fresh = () => resident()?.messages.filter((message) => message.id > tour.from) ?? [];
const theCase = () => store.cases.filter((held) => held.id > tour.cases && held.resident_id === tour.resident).at(-1);
const events = () => theCase()?.rows.map((row) => row.event) ?? [];
const times = (event) => events().filter((name) => name === event).length;

function withButton(chat, label, number = "") {
  return chat?.messages.findLast((message) => message.text.includes(number) && message.rows?.flat().some((button) => button.text === label));
}

const labels = {
  submit: ["提交", "Submit"],
  accept: ["接单", "Accept"],
  transfer: ["转派", "Pass on"],
  lamps: ["路灯管理所"],
  resolve: ["办结", "Report done", "Done"],
  solved: ["已解决", "Solved"],
  unsolved: ["未解决", "Not solved"],
  satisfied: ["满意", "Satisfied"],
};

/** Return the message and label of a button, in whichever language the bot speaks to that chat. */
function find(name, chat, number = "") {
  for (const label of labels[name]) {
    const message = withButton(chat, label, number);
    if (message) return { message, label, chat };
  }
  return null;
}

const number = () => theCase()?.number ?? "";
const promptFor = (unit = GRID) => group(unit)?.messages.findLast((message) => message.from.bot && message.text.includes(number()) && group(unit).people.find((person) => person.id === unit.worker)?.asked === message.id);
const byResident = (body) => ({ who: tour.resident, chat: tour.resident, ...body });
const byWorker = (body, unit = GRID) => ({ who: unit.worker, chat: unit.group, ...body });

async function press(found, who) {
  return found && act("press", { who, chat: found.chat.id, message: found.message.id, label: found.label });
}

async function until(condition, seconds = 12) {
  const end = Date.now() + seconds * 1000;
  while (tour && !condition() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 60));
  return tour ? condition() : null;
}

/** Return a button that came to the resident since the step began: what the desk has only written down is not there yet. */
const newer = (name) => find(name, { ...resident(), messages: resident().messages.filter((message) => message.id > tour.mark) }, number());

async function reportDone(text, sample, unit = GRID) {
  await press(find("resolve", group(unit), number()), unit.worker);
  const prompt = await until(() => promptFor(unit));
  if (prompt) await act("photos", byWorker({ photos: [{ sample }], caption: text, reply_to: prompt.id }, unit));
}

const desk = () => store.chats.get(GRID.worker);

/** Pass the case on to those who mend lamps: the bot asks in the worker's private chat. */
async function passOn() {
  if (!find("lamps", desk(), number())) await act("start", { who: GRID.worker, parameter: `t_${number().replace("#", "")}` });
  const lamps = await until(() => find("lamps", desk(), number()));
  await press(lamps, GRID.worker);
  await until(() => !find("lamps", desk(), number()));
  await act("write", { who: GRID.worker, chat: GRID.worker, text: t("tour.say_pass_on") });
}

const STEPS = [
  {
    name: "scan",
    phone: () => tour.resident,
    at: () => phoneOf(tour.resident)?.querySelector(".start:not([hidden]), .phone-head .icon-more")?.closest("button"),
    done: () => fresh().some((message) => message.text.includes(`g_${GRID.code}`)) && fresh().some((message) => message.from.bot),
    help: () => act("start", { who: tour.resident, parameter: `g_${GRID.code}` }),
  },
  {
    name: "write",
    phone: () => tour.resident,
    at: () => phoneOf(tour.resident)?.querySelector(".field-box"),
    done: () => Boolean(theCase() || find("submit", { ...resident(), messages: fresh() })),
    help: () => act("photos", byResident({ photos: [{ sample: "lamp-broken" }], caption: t("tour.say_lamp") })),
  },
  { name: "submit", phone: () => tour.resident, at: () => spot(find("submit", resident())), done: () => Boolean(theCase()), help: () => press(find("submit", resident()), tour.resident) },
  { name: "accept", phone: () => GRID.group, at: () => spot(find("accept", group(), number())), done: () => times("case_accepted") > 0, help: () => press(find("accept", group(), number()), GRID.worker) },
  {
    name: "progress",
    phone: () => GRID.group,
    at: () => element(GRID.group, find("resolve", group(), number())?.message),
    done: () => times("progress_told") > 0,
    help: () => act("write", byWorker({ text: t("tour.say_progress"), reply_to: find("resolve", group(), number())?.message.id })),
  },
  {
    name: "clock",
    phone: () => GRID.group,
    at: () => document.querySelector('[data-hand="next"]'),
    done: () => events().some((event) => REMINDED.includes(event)) || theCase()?.colour === "yellow" || theCase()?.colour === "red",
    help: () => move({}),
  },
  { name: "resolve", phone: () => GRID.group, at: () => element(GRID.group, promptFor()) ?? spot(find("resolve", group(), number())), done: () => times("case_resolved") > 0 && Boolean(newer("unsolved")), help: () => reportDone(t("tour.say_done"), "lamp-mended") },
  {
    name: "unsolved",
    phone: () => tour.resident,
    at: () => (times("case_returned") ? phoneOf(tour.resident)?.querySelector(".field-box") : spot(find("unsolved", resident(), number()))),
    done: () => times("return_explained") > 0,
    help: async () => {
      if (!times("case_returned")) await press(find("unsolved", resident(), number()), tour.resident);
      await until(() => times("case_returned") > 0);
      await act("write", byResident({ text: t("tour.say_unsolved") }));
    },
  },
  {
    name: "transfer",
    phone: () => GRID.group,
    at: () => spot(find("lamps", desk(), number())) ?? spot(find("transfer", group(), number())) ?? phoneOf(GRID.worker)?.querySelector(".field-box"),
    done: () => times("case_transferred") > 0 && Boolean(find("accept", group(LAMPS), number())),
    help: passOn,
  },
  { name: "receive", phone: () => LAMPS.group, at: () => spot(find("accept", group(LAMPS), number())), done: () => times("case_accepted") > 1 && Boolean(find("resolve", group(LAMPS), number())), help: () => press(find("accept", group(LAMPS), number()), LAMPS.worker) },
  { name: "again", phone: () => LAMPS.group, at: () => element(LAMPS.group, promptFor(LAMPS)) ?? spot(find("resolve", group(LAMPS), number())), done: () => times("case_resolved") > 1 && Boolean(newer("solved")), help: () => reportDone(t("tour.say_again"), "lamp-mended", LAMPS) },
  {
    name: "confirm",
    phone: () => tour.resident,
    at: () => spot(find("satisfied", resident(), number())) ?? spot(find("solved", resident(), number())),
    done: () => times("case_rated") > 0,
    help: async () => {
      if (!times("case_confirmed")) await press(find("solved", resident(), number()), tour.resident);
      const rating = await until(() => find("satisfied", resident()));
      await press(rating, tour.resident);
    },
  },
  { name: "end", at: () => document.querySelector(".case-card") },
];

const phoneOf = (id) => document.querySelector(`.phone[data-chat="${id}"]`);
const element = (chat, message) => message && phoneOf(chat)?.querySelector(`.message[data-message="${message.id}"]`);

function spot(found) {
  return found && [...(element(found.chat.id, found.message)?.querySelectorAll(".inline") ?? [])].find((button) => button.dataset.label === found.label);
}

async function help(step) {
  tour.busy = true;
  drawTour();
  await step.help();
  if (tour) tour.busy = false;
  changed();
}

/** Draw the coach: what to do now, where, and a hand that does it. */
export function drawTour() {
  const coach = document.getElementById("coach");
  target?.classList.remove("tour-target");
  target = null;
  coach.hidden = tour === null;
  document.body.classList.toggle("touring", tour !== null);
  if (!tour) return;
  if (!resident()) return endTour();
  while (tour.at < STEPS.length - 1 && STEPS[tour.at].done()) tour.at += 1;
  const step = STEPS[tour.at];
  if (tour.reached !== tour.at) {
    tour.reached = tour.at;
    tour.mark = resident().messages.at(-1)?.id ?? 0;
    if (step.phone) look(step.phone());
    if (step.phone && !visible().includes(step.phone())) openPhone(step.phone());
    else if (step.phone && store.tab !== "phones") openPhone(step.phone());
    if (!step.phone) Object.assign(store, { shownCase: theCase()?.id ?? null, tab: store.room === 1 ? "files" : store.tab });
    changed();
    write(coach, step);
  }
  const button = coach.querySelector(".help");
  if (button) button.disabled = tour.busy;
  target = step.at?.();
  target?.classList.add("tour-target");
  show(step);
}

/** Bring what is to be pressed into sight, once. */
function show(step) {
  const aim = target && `${step.name} ${target.dataset.label ?? ""} ${target.closest(".message")?.dataset.message ?? ""}`;
  if (!aim || aim === tour.aim) return;
  tour.aim = aim;
  const aimed = target;
  setTimeout(() => aimed.scrollIntoView({ block: "nearest" }), 250);
}

function write(coach, step) {
  const last = step.name === "end";
  const numberOf = t("tour.step", { at: tour.at + 1, of: STEPS.length });
  const bar = el("progress", { max: STEPS.length, value: tour.at + 1, "aria-label": numberOf });
  const act_ = last ? el("button", { type: "button", class: "main", onclick: endTour }, t("tour.close")) : el("button", { type: "button", class: "main help", onclick: () => help(step) }, t("tour.help"));
  coach.setAttribute("aria-label", t("tour.open"));
  coach.dataset.step = step.name;
  coach.replaceChildren(
    el("header", {}, el("small", {}, numberOf), iconButton("close", t("tour.leave"), endTour)),
    el("div", { "aria-live": "polite" }, el("h2", {}, t(`tour.${step.name}_title`)), el("p", {}, t(`tour.${step.name}`))),
    el("footer", {}, bar, act_),
  );
}

/** Redraw the words when the language changed. */
export function retellTour() {
  if (tour) tour.reached = -1;
}
