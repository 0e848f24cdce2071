// The guided tour: one step of a story at a time; a step is done when the phones show that it is, whoever did it.

import { el, iconButton } from "./dom.js";
import { lamp } from "./lamp.js";
import { freshResident } from "./residents.js";
import { beginStory, endStory, reached, resident, story, theCase } from "./story.js";
import { changed, look, openPhone, store, visible } from "./store.js";
import { whistle } from "./whistle.js";
import { t } from "./words.js";

let tour = null;
let target = null;
let isBeginning = false;

/** Whether the tour is under way. */
export const onTour = () => tour !== null;

/** Begin the tour, or another of its stories, with a resident who has raised nothing yet. */
export async function beginTour(told = lamp) {
  if (isBeginning) return;
  isBeginning = true;
  const found = await freshResident();
  isBeginning = false;
  if (!found) return;
  beginStory(found);
  tour = { told, at: -1, turns: store.turns, busy: false };
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
  const { steps } = tour.told;
  if (steps[tour.at]?.name === "clock" && store.turns > tour.turns) story.turned = true;
  const at = reached(steps);
  const step = steps[at];
  const phone = step.phone?.();
  if (tour.at !== at || tour.phone !== phone) {
    Object.assign(tour, { at, phone, turns: store.turns, aim: null });
    if (phone) putAway(phone);
    goTo(phone);
    write(coach, at);
  }
  coach.querySelector(".show").hidden = !phone || isInSight(phone);
  for (const button of coach.querySelectorAll(".help, .other")) button.disabled = tour.busy;
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
  setTimeout(() => target?.scrollIntoView({ block: "nearest" }), 250);
}

function write(coach, at) {
  const { name, steps } = tour.told;
  const step = steps[at];
  const numberOf = t("tour.step", { at: at + 1, of: steps.length });
  const bar = el("progress", { max: steps.length, value: at + 1, "aria-label": numberOf });
  const act_ = step.help ? el("button", { type: "button", class: "main help", onclick: () => help(step) }, t("tour.help")) : el("button", { type: "button", class: "main", onclick: endTour }, t("tour.close"));
  const other = tour.told === lamp ? whistle : lamp;
  const canChange = at === 0 || at === steps.length - 1;
  coach.setAttribute("aria-label", t("tour.open"));
  coach.dataset.step = step.name;
  coach.replaceChildren(
    el("header", {}, el("small", {}, numberOf), iconButton("close", t("tour.leave"), endTour)),
    el("div", { "aria-live": "polite" }, el("h2", {}, t(`${name}.${step.name}_title`)), el("p", {}, t(`${name}.${step.name}`, { resident: resident().title }))),
    el("footer", {}, bar, el("button", { type: "button", class: "show", onclick: () => goTo(tour.phone) }, t("tour.show")), canChange ? el("button", { type: "button", class: "other", onclick: () => beginTour(other) }, t(`${other.name}.open`)) : null, act_),
  );
}

/** Redraw the words when the language changed. */
export function retellTour() {
  if (tour) tour.at = -1;
}
