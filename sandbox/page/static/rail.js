// The list of all phones: residents, groups, the admin, those who work; a press brings one into sight.

import { avatar, el, icon } from "./dom.js";
import { ask } from "./dialog.js";
import { addResident, freeName } from "./residents.js";
import { openPhone, store, unread, visible } from "./store.js";
import { t } from "./words.js";

let print = "";
let inHand = "";

/** Draw the list where it changed. */
export function drawRail() {
  const rail = document.getElementById("rail");
  const shown = visible();
  const chats = [...store.chats.values()];
  const drawn = JSON.stringify([chats.map((chat) => [chat.id, chat.title, count(chat), lastWords(chat)]), shown, store.focus, store.tab, document.documentElement.lang]);
  if (drawn === print) return;
  print = drawn;
  rail.setAttribute("aria-label", t("rail.label"));
  const focused = document.activeElement?.closest?.("#rail [data-key]")?.dataset.key;
  const kinds = ["resident", "group", "admin", "staff"].map((kind) => section(kind, chats.filter((chat) => chat.kind === kind), shown));
  rail.replaceChildren(...kinds.flat());
  if (focused) rail.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
}

/** Keep the phone in hand in sight, when another is taken or it moves in the list; else whoever scrolls is left alone. */
export function followRail() {
  const rail = document.getElementById("rail");
  const current = rail.querySelector(".current");
  const at = `${store.focus} ${[...rail.children].indexOf(current)}`;
  if (at !== inHand) current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  inHand = at;
}

function count(chat) {
  return store.focus === chat.id && store.tab === "phones" ? 0 : unread(chat);
}

function section(kind, chats, shown) {
  if (!chats.length && kind !== "resident") return [];
  const head = el("h2", { class: "rail-head" }, t(`rail.${kind}`));
  const add = kind === "resident" ? el("button", { type: "button", class: "rail-item add", title: t("rail.add"), "aria-label": t("rail.add"), data: { key: "add" }, onclick: askName }, el("span", { class: "avatar plus", "aria-hidden": "true" }, icon("attach")), el("span", { class: "rail-name" }, t("rail.add_now"))) : null;
  return [head, ...chats.map((chat) => item(chat, shown)), add].filter(Boolean);
}

function item(chat, shown) {
  const waiting = count(chat);
  const traits = { type: "button", class: `rail-item ${shown.includes(chat.id) ? "shown" : ""} ${store.focus === chat.id && store.tab === "phones" ? "current" : ""}`, title: chat.title, data: { key: chat.id }, "aria-pressed": String(shown.includes(chat.id)), onclick: () => openPhone(chat.id) };
  return el(
    "button",
    traits,
    avatar(chat),
    el("span", { class: "rail-name" }, short(chat), el("small", {}, lastWords(chat))),
    waiting ? el("span", { class: "badge", "aria-label": t("phone.unread", { count: waiting }) }, waiting > 99 ? "99+" : waiting) : null,
  );
}

function lastWords(chat) {
  const last = chat.messages.at(-1);
  return last && !last.service ? last.text.split("\n")[0] : "";
}

function short(chat) {
  return chat.kind === "group" ? chat.title.replace(/工作群$/, "") : chat.title;
}

async function askName() {
  const field = el("input", { type: "text", maxLength: 32, required: true, value: freeName(), "aria-label": t("rail.name") });
  setTimeout(() => field.select(), 30);
  const chosen = await ask(t("rail.add"), el("label", {}, t("rail.name"), field), [["", t("page.cancel")], ["yes", t("rail.add_now"), "main"]]);
  if (!chosen || !field.value.trim()) return;
  const added = await addResident(field.value.trim());
  if (added) openPhone(added.id);
}
