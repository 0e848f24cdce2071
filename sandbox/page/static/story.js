// The story that the tour tells, "the street lamp at gate 3": what each step waits for, where, and a hand that does it.

import { move } from "./bar.js";
import { store } from "./store.js";
import { act } from "./wire.js";
import { t } from "./words.js";

const FIRST_GROUP = -1001000000001;
const CODE = "g_ZN-01";
const REMINDED = ["worker_reminded", "resident_updated"];
const SAID = ["progress_told", "note_taken", "question_asked"];
const MOVED = ["case_transferred", "case_given_back", "case_assigned", "case_escalated"];
const OVER = ["withdrawn", "refused"];

/** What the story is about: the resident, what was there before it began, and whether the clock was turned for it. */
export const story = { resident: null, from: 0, cases: 0, turned: false };

/** Begin anew with a resident. */
export function beginStory(resident) {
  Object.assign(story, { resident: resident.id, from: resident.messages.at(-1)?.id ?? 0, cases: Math.max(0, ...store.cases.map((held) => held.id)), turned: false });
}

/** End it: whoever waits for something stops waiting. */
export function endStory() {
  story.resident = null;
}

export const resident = () => store.chats.get(story.resident);
export const theCase = () => store.cases.filter((held) => held.id > story.cases && held.resident_id === story.resident).at(-1);
const fresh = () => resident()?.messages.filter((message) => message.id > story.from) ?? [];
const number = () => theCase()?.number ?? "";
const events = () => theCase()?.rows.map((row) => row.event) ?? [];
const happened = (...names) => events().some((event) => names.includes(event));

/** Return what happened since the resident gave the case back for the first time, or for the last. */
function sinceReturn(first) {
  const at = first ? events().indexOf("case_returned") : events().lastIndexOf("case_returned");
  return at < 0 ? [] : events().slice(at + 1);
}

const movedOn = () => sinceReturn(true).some((event) => MOVED.includes(event));

function receivedThere() {
  const since = sinceReturn(true);
  const at = since.findLastIndex((event) => MOVED.includes(event));
  return at >= 0 && since.slice(at).includes("case_accepted");
}

/** Return the group of whoever is responsible now, wherever the case has gone. */
const group = () => store.chats.get(theCase()?.chat) ?? store.chats.get(FIRST_GROUP);

/** Return who works there: the owner, or somebody who may accept. */
function worker() {
  const { people } = group();
  return people.find((person) => person.name === theCase()?.owner) ?? people.find((person) => person.role === "worker") ?? people[0];
}

const desk = () => store.chats.get(worker().id);

const LABELS = {
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
function find(name, chat, of = number()) {
  for (const label of LABELS[name]) {
    const message = chat?.messages.findLast((one) => one.text.includes(of) && one.rows?.flat().some((button) => button.text === label));
    if (message) return { message, label, chat };
  }
  return null;
}

const draft = () => find("submit", { ...resident(), messages: fresh() }, "");
const prompt = () => group().messages.findLast((message) => message.from.bot && message.text.includes(number()) && worker().asked === message.id);
const byResident = (body) => ({ who: story.resident, chat: story.resident, ...body });
const byWorker = (body) => ({ who: worker().id, chat: group().id, ...body });

async function press(found, who) {
  return found && act("press", { who, chat: found.chat.id, message: found.message.id, label: found.label });
}

async function until(condition, seconds = 12) {
  const end = Date.now() + seconds * 1000;
  while (story.resident && !condition() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 60));
  return story.resident && condition();
}

async function accept() {
  await press(await until(() => find("accept", group())), worker().id);
}

async function tellProgress() {
  const card = await until(() => find("resolve", group()));
  if (card) await act("write", byWorker({ text: t("tour.say_progress"), reply_to: card.message.id }));
}

async function reportDone(text) {
  if (!prompt()) await press(await until(() => find("resolve", group())), worker().id);
  const asked = await until(prompt);
  if (asked) await act("photos", byWorker({ photos: [{ sample: "lamp-mended" }], caption: text, reply_to: asked.id }));
}

/** Pass the case on to those who mend lamps: the bot asks in the worker's private chat. */
async function passOn() {
  const who = worker().id;
  const chat = () => store.chats.get(who);
  if (!find("lamps", chat())) await act("start", { who, parameter: `t_${number().replace("#", "")}` });
  await press(await until(() => find("lamps", chat())), who);
  await until(() => !find("lamps", chat()));
  await act("write", { who, chat: who, text: t("tour.say_pass_on") });
}

async function giveBack() {
  if (theCase().state === "resolved") await press(await until(() => find("unsolved", resident())), story.resident);
  await until(() => happened("case_returned"));
  await act("write", byResident({ text: t("tour.say_unsolved") }));
}

async function confirm() {
  if (theCase().state === "resolved") await press(await until(() => find("solved", resident())), story.resident);
  await press(await until(() => find("satisfied", resident())), story.resident);
}

const phoneOf = (id) => document.querySelector(`.phone[data-chat="${id}"]`);
const field = (id) => phoneOf(id)?.querySelector(".field-box");
const element = (chat, message) => message && phoneOf(chat)?.querySelector(`.message[data-message="${message.id}"]`);

function spot(found) {
  return found && [...(element(found.chat.id, found.message)?.querySelectorAll(".inline") ?? [])].find((button) => button.dataset.label === found.label);
}

const atResident = () => story.resident;
const atGroup = () => group().id;

/** Each step: the phone it is played on, what is to be pressed, whether it is done, and a hand that does it.

A milestone that is done leads past all that stands before it: there is more than one way to get there. */
export const STEPS = [
  {
    name: "scan",
    phone: atResident,
    at: () => phoneOf(story.resident)?.querySelector(".start:not([hidden]), .phone-head .icon-more")?.closest("button"),
    done: () => fresh().some((message) => message.text.includes("g_")) && fresh().some((message) => message.from.bot),
    help: () => act("start", { who: story.resident, parameter: CODE }),
  },
  { name: "write", phone: atResident, at: () => field(story.resident), done: () => Boolean(draft()), milestone: true, help: () => act("photos", byResident({ photos: [{ sample: "lamp-broken" }], caption: t("tour.say_lamp") })) },
  { name: "submit", phone: atResident, at: () => spot(draft()), done: () => Boolean(theCase()), milestone: true, help: () => press(draft(), story.resident) },
  { name: "accept", phone: atGroup, at: () => spot(find("accept", group())), done: () => happened("case_accepted"), milestone: true, help: accept },
  {
    name: "progress",
    phone: atGroup,
    at: () => element(group().id, find("resolve", group())?.message),
    done: () => happened(...SAID),
    help: tellProgress,
  },
  { name: "clock", phone: atGroup, at: () => document.querySelector('[data-hand="next"]'), done: () => story.turned || happened(...REMINDED), help: () => move({}) },
  { name: "resolve", phone: atGroup, at: () => element(group().id, prompt()) ?? spot(find("resolve", group())), done: () => happened("case_resolved"), milestone: true, help: () => reportDone(t("tour.say_done")) },
  {
    name: "unsolved",
    phone: atResident,
    at: () => (theCase().state === "resolved" ? spot(find("unsolved", resident())) : field(story.resident)),
    done: () => happened("return_explained"),
    milestone: true,
    help: giveBack,
  },
  { name: "transfer", phone: atGroup, at: () => spot(find("lamps", desk())) ?? spot(find("transfer", group())) ?? field(worker().id), done: movedOn, milestone: true, help: passOn },
  { name: "receive", phone: atGroup, at: () => spot(find("accept", group())), done: receivedThere, milestone: true, help: accept },
  {
    name: "again",
    phone: atGroup,
    at: () => element(group().id, prompt()) ?? spot(find("resolve", group())),
    done: () => sinceReturn(false).includes("case_resolved") || theCase()?.state === "confirmed",
    milestone: true,
    help: () => reportDone(t("tour.say_again")),
  },
  { name: "confirm", phone: atResident, at: () => spot(find("satisfied", resident())) ?? spot(find("solved", resident())), done: () => happened("case_rated") || OVER.includes(theCase()?.state), milestone: true, help: confirm },
  { name: "end", at: () => document.querySelector(".case-card") },
];

/** Return how far the story has come: the place of the step that is to be done now. */
export function reached() {
  let at = STEPS.findLastIndex((step) => step.milestone && step.done()) + 1;
  while (STEPS[at].done?.()) at += 1;
  return at;
}
