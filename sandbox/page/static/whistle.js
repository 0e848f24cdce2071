// The second story, "two units, one lamp": whoever is responsible calls those who can help, and stays responsible.

import { store } from "./store.js";
import { accept, atGroup, atResident, byResident, confirm, desk, draft, element, events, field, find, group, happened, isOver, number, phoneOf, press, prompt, reportDone, resident, spot, story, theCase, until, worker } from "./story.js";
import { act } from "./wire.js";
import { t } from "./words.js";

const LAMP_OFFICE = -1001000000008;
const MARK = "🤝";
const DONE = ["resolved", "confirmed"];
const CALLED_OFF = ["assist_given_back", "assist_ended"];

/** Return whether something happened since the latest call that came to nothing. */
function sinceCall(name) {
  const at = events().findLastIndex((event) => CALLED_OFF.includes(event));
  return events().slice(at + 1).includes(name);
}

const called = () => sinceCall("assist_called") || happened("assist_reported");
const accepted = () => sinceCall("assist_accepted") || happened("assist_reported");

/** Return a button of the page on which the worker calls others, in the private chat. */
const asked = (name) => find(name, desk(), number(), MARK);
const asksWhom = () => asked("called") ?? asked("lamps");

/** Return a button on the card of a unit that was called, whichever it is. */
function card(name) {
  const groups = [...store.chats.values()].filter((chat) => chat.kind === "group");
  return groups.map((chat) => find(name, chat, number(), MARK)).find((found) => found && found.chat.id !== group().id) ?? null;
}

const helping = () => (card("accept") ?? card("resolve"))?.chat ?? store.chats.get(LAMP_OFFICE);

/** Return who helps there: who has accepted it, or somebody who may. */
function helper() {
  const { people } = helping();
  const text = card("resolve")?.message.text ?? "";
  return people.find((person) => text.includes(`👷 ${person.name}`)) ?? people.find((person) => person.role === "worker") ?? people[0];
}

const reportPrompt = () => prompt(helping(), helper());
const atDesk = () => desk()?.id ?? group().id;
const atHelping = () => helping().id;

async function raise() {
  if (!resident().messages.length) await act("start", { who: story.resident });
  if (!draft()) await act("photos", byResident({ photos: [{ sample: "lamp-broken" }], caption: t("whistle.say_lamp") }));
  await press(await until(draft), story.resident);
}

/** Open the page on which others are called, by its link. */
async function openCall() {
  await act("start", { who: worker().id, parameter: `a_${number().replace("#", "")}` });
}

async function choose() {
  if (!asked("called")) await press(asked("lamps"), worker().id);
  await press(await until(() => asked("next")), worker().id);
}

async function giveTask() {
  const who = worker().id;
  if (!asked("days")) await act("write", { who, chat: who, text: t("whistle.say_task") });
  await press(await until(() => asked("days")), who);
}

async function receive() {
  await press(await until(() => card("accept")), helper().id);
}

async function report() {
  const { id } = helping();
  if (!reportPrompt()) await press(await until(() => card("resolve")), helper().id);
  const found = await until(reportPrompt);
  if (found) await act("photos", { who: helper().id, chat: id, photos: [{ sample: "lamp-mended" }], caption: t("whistle.say_report"), reply_to: found.id });
}

/** Report the case done, also where somebody still helps. */
async function finish() {
  if (!find("anyway", group()) && !prompt()) await press(await until(() => find("resolve", group())), worker().id);
  await until(() => find("anyway", group()) || prompt());
  if (!prompt()) await press(find("anyway", group()), worker().id);
  await reportDone(t("whistle.say_done"));
}

/** Each step, as in the first story. */
export const whistle = {
  name: "whistle",
  steps: [
    {
      name: "raise",
      phone: atResident,
      at: () => spot(draft()) ?? phoneOf(story.resident)?.querySelector(".start:not([hidden])") ?? field(story.resident),
      done: () => Boolean(theCase()),
      milestone: true,
      help: raise,
    },
    { name: "accept", phone: atGroup, at: () => spot(find("accept", group())), done: () => happened("case_accepted"), milestone: true, help: accept },
    { name: "call", phone: atGroup, at: () => spot(find("call", group())), done: () => Boolean(asksWhom() ?? asked("others") ?? asked("days")), help: openCall },
    { name: "choose", phone: atDesk, at: () => spot(asked("called") ? asked("next") : asked("lamps")), done: () => Boolean(asked("others") ?? asked("days")), help: choose },
    { name: "task", phone: atDesk, at: () => spot(asked("days")) ?? field(worker().id), done: called, milestone: true, help: giveTask },
    { name: "receive", phone: atHelping, at: () => spot(card("accept")), done: accepted, milestone: true, help: receive },
    { name: "report", phone: atHelping, at: () => element(helping().id, reportPrompt()) ?? spot(card("resolve")), done: () => happened("assist_reported"), milestone: true, help: report },
    {
      name: "finish",
      phone: atGroup,
      at: () => element(group().id, prompt()) ?? spot(find("anyway", group())) ?? spot(find("resolve", group())),
      done: () => DONE.includes(theCase()?.state),
      milestone: true,
      help: finish,
    },
    { name: "solved", phone: atResident, at: () => spot(find("satisfied", resident())) ?? spot(find("solved", resident())), done: isOver, milestone: true, help: confirm },
    { name: "end", at: () => document.querySelector(".case-card") },
  ],
};
