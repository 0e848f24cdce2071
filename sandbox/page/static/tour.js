// The guided tour: one step of the story at a time; a step is done when the phones show that it is, whoever did it.

import { el, iconButton } from "./dom.js";
import { beginStory, endStory, reached, resident, STEPS, story, theCase } from "./story.js";
import { changed, look, openPhone, store, visible } from "./store.js";
import { t } from "./words.js";

let tour = null;
let target = null;

/** Whether the tour is under way. */
export const onTour = () => tour !== null;

/** Begin the tour, with a resident who is there. */
export function beginTour() {
  const found = [...store.chats.values()].find((chat) => chat.kind === "resident");
  if (!found) return;
  beginStory(found);
  tour = { at: -1, turns: store.turns, busy: false };
  changed();
}

/** End the tour. */
export function endTour() {
  tour = null;
  endStory();
  changed();
}

async function help(step) {
  const mine = tour;
  mine.busy = true;
  changed();
  try {
    await step.help();
  } finally {
    mine.busy = false;
    changed();
  }
}

/** Draw the coach: what to do now, where, and a hand that does it; `putAway` closes what is open on a phone. */
export function drawTour(putAway) {
  const coach = document.getElementById("coach");
  target?.classList.remove("tour-target");
  target = null;
  coach.hidden = tour === null;
  document.body.classList.toggle("touring", tour !== null);
  if (!tour) return;
  if (!resident()) return endTour();
  if (STEPS[tour.at]?.name === "clock" && store.turns > tour.turns) story.turned = true;
  const at = reached();
  const step = STEPS[at];
  const phone = step.phone?.();
  if (tour.at !== at || tour.phone !== phone) {
    Object.assign(tour, { at, phone, turns: store.turns, aim: null });
    if (phone) putAway(phone);
    goTo(phone);
    write(coach, at);
  }
  coach.querySelector(".show").hidden = !phone || isInSight(phone);
  const button = coach.querySelector(".help");
  if (button) button.disabled = tour.busy;
  target = step.at();
  target?.classList.add("tour-target");
  show(step);
}

const isInSight = (phone) => visible().includes(phone) && document.body.dataset.tab !== "files";

/** Bring the phone of a step into sight; at the end, the file of the case. */
function goTo(phone) {
  if (phone) {
    look(phone);
    if (!isInSight(phone)) openPhone(phone);
  } else Object.assign(store, { shownCase: theCase()?.id ?? null, tab: store.room === 1 ? "files" : store.tab });
  changed();
}

/** Bring what is to be pressed into sight, once. */
function show(step) {
  const aim = target && `${step.name} ${target.dataset.label ?? ""} ${target.closest(".message")?.dataset.message ?? ""}`;
  if (!aim || aim === tour.aim) return;
  tour.aim = aim;
  const aimed = target;
  setTimeout(() => aimed.scrollIntoView({ block: "nearest" }), 250);
}

function write(coach, at) {
  const step = STEPS[at];
  const numberOf = t("tour.step", { at: at + 1, of: STEPS.length });
  const bar = el("progress", { max: STEPS.length, value: at + 1, "aria-label": numberOf });
  const act_ = step.help ? el("button", { type: "button", class: "main help", onclick: () => help(step) }, t("tour.help")) : el("button", { type: "button", class: "main", onclick: endTour }, t("tour.close"));
  coach.setAttribute("aria-label", t("tour.open"));
  coach.dataset.step = step.name;
  coach.replaceChildren(
    el("header", {}, el("small", {}, numberOf), iconButton("close", t("tour.leave"), endTour)),
    el("div", { "aria-live": "polite" }, el("h2", {}, t(`tour.${step.name}_title`)), el("p", {}, t(`tour.${step.name}`))),
    el("footer", {}, bar, el("button", { type: "button", class: "show", onclick: () => goTo(tour.phone) }, t("tour.show")), act_),
  );
}

/** Redraw the words when the language changed. */
export function retellTour() {
  if (tour) tour.at = -1;
}
