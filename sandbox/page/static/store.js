// What the page knows: the world as the server last told it, and what the person at the screen has chosen.

import { kept, keep } from "./words.js";

export const store = {
  run: "",
  bot: { id: 0, name: "", username: "" },
  hasClock: false,
  hasCases: false,
  spots: [],
  chats: new Map(),
  cases: [],
  open: [],
  room: 4,
  focus: null,
  tab: "phones",
  ahead: 0,
  turning: false,
  turns: 0,
  seen: new Map(),
  speakers: new Map(),
  replies: new Map(),
  edits: new Map(),
  typing: new Map(),
  shownCase: null,
};

const listeners = [];
let planned = false;
let isPressing = false;

/** Draw anew whenever something changed. */
export function onChange(listener) {
  listeners.push(listener);
}

/** Say that something changed; drawn once for all that changes together. */
export function changed() {
  if (planned) return;
  planned = true;
  document.hidden ? setTimeout(draw, 100) : requestAnimationFrame(draw);
}

/** Draw, unless somebody is pressing: what lies under a finger stays until it is lifted, or the press would be lost. */
function draw() {
  if (isPressing) return;
  planned = false;
  for (const listener of listeners) listener();
}

function letGo() {
  if (!isPressing) return;
  isPressing = false;
  if (planned) draw();
}

addEventListener("pointerdown", () => (isPressing = true), true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(letGo), true); // after the click
addEventListener("blur", letGo);

/** Return the program's time in seconds. */
export function now() {
  return Date.now() / 1000 + store.ahead;
}

/** Take over what the server says about everything. Returns whether another run has begun. */
export function takeWorld(world) {
  const anew = Boolean(store.run) && store.run !== world.run;
  if (anew) begin();
  store.run = world.run;
  store.bot = world.bot;
  store.hasClock = world.has_clock;
  store.hasCases = world.has_cases;
  store.spots = world.spots;
  store.ahead = world.now - Date.now() / 1000;
  const known = new Set(store.chats.keys());
  store.chats = new Map(world.chats.map((chat) => [chat.id, chat]));
  for (const chat of world.chats) if (!known.has(chat.id)) store.seen.set(chat.id, lastOf(chat));
  const standing = store.open.filter((id) => store.chats.has(id));
  if (!store.open.length) store.open = firstPhones();
  else if (standing.length < store.open.length) store.open = standing.length ? standing : firstPhones();
  changed();
  return anew;
}

function begin() {
  for (const map of [store.seen, store.speakers, store.replies, store.edits, store.typing]) map.clear();
  store.cases = [];
  store.shownCase = null;
  store.chats = new Map();
}

function firstPhones() {
  const chats = [...store.chats.values()];
  const resident = chats.filter((chat) => chat.kind === "resident").slice(0, 1);
  const groups = chats.filter((chat) => chat.kind === "group");
  const above = groups.filter((_, place) => place === 4);
  const admin = chats.filter((chat) => chat.kind === "admin");
  return [...new Set([...resident, ...groups.slice(0, 1), ...above, ...admin, ...chats].map((chat) => chat.id))].slice(0, 6);
}

/** Take over what the server says about one chat. */
export function takeChat(chat) {
  store.chats.set(chat.id, chat);
  const last = chat.messages.at(-1);
  if (last?.from.bot) store.typing.delete(chat.id);
  changed();
}

function lastOf(chat) {
  return chat.messages.at(-1)?.id ?? 0;
}

/** Return how many messages nobody has looked at yet. */
export function unread(chat) {
  const seen = store.seen.get(chat.id) ?? 0;
  const speaker = speakerIn(chat)?.id;
  return chat.messages.filter((message) => message.id > seen && message.from.id !== speaker).length;
}

/** Note that somebody looks at a chat. */
export function look(id) {
  const chat = store.chats.get(id);
  if (!chat) return;
  const was = store.focus;
  store.focus = id;
  const last = lastOf(chat);
  if (store.seen.get(id) !== last || was !== id) {
    store.seen.set(id, last);
    changed();
  }
}

/** Return the phones that fit side by side. */
export function visible() {
  return store.open.slice(0, store.room);
}

/** Bring a chat's phone into sight: in the place of the one that was looked at least lately. */
export function openPhone(id) {
  if (!store.chats.has(id)) return;
  if (!visible().includes(id)) {
    store.open = store.open.filter((other) => other !== id);
    const place = Math.max(0, Math.min(store.room, store.open.length) - (store.open[store.room - 1] === store.focus && store.room > 1 ? 2 : 1));
    const given = store.open[place];
    store.open.splice(place, 1, id);
    if (given !== undefined) store.open.splice(store.room, 0, given);
  }
  store.tab = "phones";
  look(id);
  changed();
}

/** Return who speaks on a phone now. */
export function speakerIn(chat) {
  return chat.people.find((person) => person.id === store.speakers.get(chat.id)) ?? chat.people.find((person) => person.role === "worker") ?? chat.people[0];
}

/** Return a chat's message by its number. */
export function messageIn(chat, id) {
  return chat.messages.find((message) => message.id === id);
}

/** Show that the bot is about to answer, until it does or it takes too long. */
export function expectAnswer(id) {
  const mark = Symbol("typing");
  store.typing.set(id, mark);
  changed();
  setTimeout(() => {
    if (store.typing.get(id) !== mark) return;
    store.typing.delete(id);
    changed();
  }, 2500);
}

/** Return and set the theme. */
export function theme(chosen) {
  if (chosen) {
    document.documentElement.dataset.theme = chosen;
    keep("theme", chosen);
  }
  return kept("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}
