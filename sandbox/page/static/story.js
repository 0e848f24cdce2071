// What the stories of the tour have in common: whom they are about, how they read the phones, and hands that play them.

import { store } from "./store.js";
import { act } from "./wire.js";
import { t } from "./words.js";

const OVER = ["withdrawn", "refused"];
const FIRST_GROUP = -1001000000001;

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
export const fresh = () => resident()?.messages.filter((message) => message.id > story.from) ?? [];
export const number = () => theCase()?.number ?? "";
export const events = () => theCase()?.rows.map((row) => row.event) ?? [];
export const happened = (...names) => events().some((event) => names.includes(event));

/** Return the group of whoever is responsible now, wherever the case has gone. */
export const group = () => store.chats.get(theCase()?.chat) ?? store.chats.get(FIRST_GROUP);

/** Return who works there: the owner, or somebody who may accept. */
export function worker() {
  const { people } = group();
  return people.find((person) => person.name === theCase()?.owner) ?? people.find((person) => person.role === "worker") ?? people[0];
}

export const desk = () => store.chats.get(worker().id);

const LABELS = {
  submit: ["提交", "Submit"],
  accept: ["接单", "Accept"],
  transfer: ["转派", "Pass on"],
  lamps: ["路灯管理所"],
  resolve: ["办结", "Report done", "Done"],
  anyway: ["仍要办结", "Report done anyway"],
  call: ["协办", "Call others"],
  called: ["✅ 路灯管理所"],
  next: ["下一步", "Next"],
  others: ["换单位", "Other units"],
  days: ["1天", "1d"],
  back: ["退单", "Give back"],
  solved: ["已解决", "Solved"],
  unsolved: ["未解决", "Not solved"],
  satisfied: ["满意", "Satisfied"],
};

/** Return the message and label of a button, in whichever language the bot speaks to that chat. */
export function find(name, chat, of = number(), begins = "") {
  for (const label of LABELS[name]) {
    const message = chat?.messages.findLast((one) => one.text.startsWith(begins) && one.text.includes(of) && one.rows?.flat().some((button) => button.text === label));
    if (message) return { message, label, chat };
  }
  return null;
}

export const draft = () => find("submit", { ...resident(), messages: fresh() }, "");

/** Return what the bot asks a person in a chat to answer. */
export const prompt = (chat = group(), who = worker()) => chat.messages.findLast((message) => message.from.bot && message.text.includes(number()) && who.asked === message.id);

export const byResident = (body) => ({ who: story.resident, chat: story.resident, ...body });
export const byWorker = (body) => ({ who: worker().id, chat: group().id, ...body });

export async function press(found, who) {
  return found && act("press", { who, chat: found.chat.id, message: found.message.id, label: found.label });
}

export async function until(condition, seconds = 12) {
  const end = Date.now() + seconds * 1000;
  while (story.resident && !condition() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 60));
  return story.resident && condition();
}

export const phoneOf = (id) => document.querySelector(`.phone[data-chat="${id}"]`);
export const field = (id) => phoneOf(id)?.querySelector(".field-box");
export const element = (chat, message) => message && phoneOf(chat)?.querySelector(`.message[data-message="${message.id}"]`);

export function spot(found) {
  return found && [...(element(found.chat.id, found.message)?.querySelectorAll(".inline") ?? [])].find((button) => button.dataset.label === found.label);
}

export const atResident = () => story.resident;
export const atGroup = () => group().id;

/** Accept the case, for whoever is responsible. */
export async function accept() {
  await press(await until(() => find("accept", group())), worker().id);
}

/** Report the case done, with a photo. */
export async function reportDone(text) {
  if (!prompt()) await press(await until(() => find("resolve", group())), worker().id);
  const asked = await until(prompt);
  if (asked) await act("photos", byWorker({ photos: [{ sample: "lamp-mended" }], caption: text, reply_to: asked.id }));
}

/** Say that it is solved, and rate it. */
export async function confirm() {
  if (theCase().state === "resolved") await press(await until(() => find("solved", resident())), story.resident);
  await press(await until(() => find("satisfied", resident())), story.resident);
}

/** Whether the resident has rated it, or it ended another way. */
export const isOver = () => happened("case_rated") || OVER.includes(theCase()?.state);

/** Return how far a story has come: the place of the step that is to be done now.

A milestone that is done leads past all that stands before it: there is more than one way to get there. */
export function reached(steps) {
  let at = steps.findLastIndex((step) => step.milestone && step.done()) + 1;
  while (steps[at].done?.()) at += 1;
  return at;
}
