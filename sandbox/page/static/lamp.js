// The first story, "the street lamp at gate 3": from the resident's words to the resident's word that it is solved.

import { move } from "./bar.js";
import { store } from "./store.js";
import { accept, atGroup, atResident, byResident, byWorker, confirm, desk, draft, element, events, field, find, fresh, group, happened, isOver, number, phoneOf, press, prompt, reportDone, resident, spot, story, theCase, until, worker } from "./story.js";
import { act } from "./wire.js";
import { t } from "./words.js";

const CODE = "g_ZN-01";
const REMINDED = ["worker_reminded", "resident_updated"];
const SAID = ["progress_told", "note_taken", "question_asked"];
const MOVED = ["case_transferred", "case_given_back", "case_assigned", "case_escalated"];

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

async function tellProgress() {
  const card = await until(() => find("resolve", group()));
  if (card) await act("write", byWorker({ text: t("lamp.say_progress"), reply_to: card.message.id }));
}

/** Pass the case on to those who mend lamps: the bot asks in the worker's private chat. */
async function passOn() {
  const who = worker().id;
  const chat = () => store.chats.get(who);
  if (!find("lamps", chat())) await act("start", { who, parameter: `t_${number().replace("#", "")}` });
  await press(await until(() => find("lamps", chat())), who);
  await until(() => !find("lamps", chat()));
  await act("write", { who, chat: who, text: t("lamp.say_pass_on") });
}

async function giveBack() {
  if (theCase().state === "resolved") await press(await until(() => find("unsolved", resident())), story.resident);
  await until(() => happened("case_returned"));
  await act("write", byResident({ text: t("lamp.say_unsolved") }));
}

/** Each step: the phone it is played on, what is to be pressed, whether it is done, and a hand that does it. */
export const lamp = {
  name: "lamp",
  steps: [
    {
      name: "scan",
      phone: atResident,
      at: () => phoneOf(story.resident)?.querySelector(".start:not([hidden]), .phone-head .icon-more")?.closest("button"),
      done: () => fresh().some((message) => message.text.includes("g_")) && fresh().some((message) => message.from.bot),
      help: () => act("start", { who: story.resident, parameter: CODE }),
    },
    { name: "write", phone: atResident, at: () => field(story.resident), done: () => Boolean(draft()), milestone: true, help: () => act("photos", byResident({ photos: [{ sample: "lamp-broken" }], caption: t("lamp.say_lamp") })) },
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
    { name: "resolve", phone: atGroup, at: () => element(group().id, prompt()) ?? spot(find("resolve", group())), done: () => happened("case_resolved"), milestone: true, help: () => reportDone(t("lamp.say_done")) },
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
      help: () => reportDone(t("lamp.say_again")),
    },
    { name: "confirm", phone: atResident, at: () => spot(find("satisfied", resident())) ?? spot(find("solved", resident())), done: isOver, milestone: true, help: confirm },
    { name: "end", at: () => document.querySelector(".case-card") },
  ],
};
