// One message: a bubble with what it holds, and the buttons under it.

import { el, icon, tint } from "./dom.js";
import { copy, wordsOf } from "./entities.js";
import { language, t, knows, timeOf } from "./words.js";

/** Return a message's element. `touch` is told what was pressed on it. */
export function bubble(message, view, touch) {
  if (message.service) return serviceLine(message);
  const own = message.from.id === view.speaker;
  const body = el(
    "div",
    { class: "bubble" },
    view.named && !own ? el("div", { class: `name ${tint(message.from.id)}` }, message.from.name) : null,
    message.forwarded ? el("div", { class: "forwarded" }, t("message.forwarded")) : null,
    message.reply ? quote(message.reply, touch) : null,
    content(message),
    message.text ? el("div", { class: "text" }, wordsOf(message.text, message.entities, touch)) : null,
    foot(message),
  );
  const element = el(
    "article",
    {
      class: `message ${own ? "out" : "in"} ${message.from.bot ? "of-bot" : ""} ${message.kind === "photo" ? "with-photo" : ""}`,
      tabIndex: -1,
      data: { message: message.id },
      "aria-label": `${message.from.name}, ${timeOf(message.at)}`,
      onclick: (event) => pressedOn(event, message, touch),
      onkeydown: (event) => typedOn(event, message, own, touch),
    },
    body,
    message.reactions ? reactions(message.reactions) : null,
    message.rows ? buttons(message, touch) : null,
    el(
      "div",
      { class: "tools" },
      tool("reply", t("message.reply"), () => touch.onReply(message)),
      own && message.text ? tool("pen", t("message.edit"), () => touch.onEdit(message)) : null,
      own ? tool("bin", t("message.delete"), () => touch.onDelete(message)) : null,
    ),
  );
  return element;
}

function tool(drawing, label, onclick) {
  const act = (event) => {
    event.stopPropagation();
    onclick();
  };
  return el("button", { type: "button", class: "tool", tabIndex: -1, title: label, "aria-label": label, onclick: act }, icon(drawing));
}

function pressedOn(event, message, touch) {
  if (event.target.closest("button, a, audio, .tools") || String(getSelection())) return;
  touch.onReply(message);
}

function typedOn(event, message, own, touch) {
  if (event.target !== event.currentTarget) return;
  const keys = { Enter: () => touch.onReply(message), ArrowUp: () => step(event, "previousElementSibling"), ArrowDown: () => step(event, "nextElementSibling") };
  if (own && message.text) keys.e = () => touch.onEdit(message);
  if (own) keys.Delete = () => touch.onDelete(message);
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function step(event, way) {
  let next = event.currentTarget[way];
  while (next && !next.matches(".message")) next = next[way];
  next?.focus();
}

function serviceLine(message) {
  const key = `service.${message.kind}`;
  const values = { who: message.service.who, what: message.service.what };
  const same = message.kind === "new_chat_members" && values.who === values.what ? "service.joined" : key;
  return el("div", { class: "service", data: { message: message.id } }, knows(same) ? t(same, values) : `${values.who} · ${values.what}`);
}

function quote(reply, touch) {
  const shown = reply.text || t(knows(`kind.${reply.kind}`) ? `kind.${reply.kind}` : "kind.other");
  const find = (event) => (event.stopPropagation(), touch.onFind(reply.id));
  return el("button", { type: "button", class: "quote", onclick: find }, el("b", {}, reply.name), el("span", {}, shown));
}

function foot(message) {
  return el("span", { class: "foot" }, message.edited ? el("i", {}, t("message.edited")) : null, el("time", {}, timeOf(message.at)));
}

function reactions(given) {
  return el("div", { class: "reactions" }, Object.entries(given).map(([emoji, count]) => el("span", {}, count > 1 ? `${emoji} ${count}` : emoji)));
}

function buttons(message, touch) {
  const rows = message.rows.map((row) => el("div", { class: "row" }, row.map((button) => inline(message, button, touch))));
  return el("div", { class: "buttons" }, rows);
}

function inline(message, button, touch) {
  if (button.url) return el("a", { class: "inline", href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.text);
  const act = button.copy ? () => copy(button.copy, {}) : (event) => touch.onPress(message, button, event.currentTarget);
  return el("button", { type: "button", class: "inline", data: { label: button.text }, onclick: act }, button.text);
}

function content(message) {
  if (message.file) return file(message, message.file);
  if (message.point) return map(message);
  if (message.contact) return el("div", { class: "contact" }, icon("person"), el("span", {}, el("b", {}, message.contact.name), el("br"), message.contact.phone));
  if (message.poll) return poll(message.poll);
  return message.text ? null : el("div", { class: "text" }, t(knows(`kind.${message.kind}`) ? `kind.${message.kind}` : "kind.other"));
}

function file(message, held) {
  const address = `/control/file/${held.serial}`;
  if (message.more) return el("div", { class: "album" }, [held, ...message.more].map(photo));
  if (message.kind === "photo") return photo(held);
  if (message.kind === "voice") return voice(held, address);
  if (message.kind === "sticker") return el("div", { class: "sticker" }, held.emoji || "🙂");
  const name = held.name || t(knows(`kind.${message.kind}`) ? `kind.${message.kind}` : "kind.other");
  return el("a", { class: "document", href: address, download: name }, icon("file"), el("span", {}, el("b", {}, name), el("br"), size(held.size)));
}

function photo(held) {
  return el("img", { class: "photo", src: `/control/file/${held.serial}`, alt: t("kind.photo"), width: held.width, height: held.height });
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

const BARS = 26;

function voice(held, address) {
  const bars = Array.from({ length: BARS }, (_, place) => {
    const bar = el("i");
    bar.style.height = `${5 + Math.abs(Math.sin(place * 1.7 + held.serial) * Math.cos(place * 0.6)) * 17}px`;
    return bar;
  });
  const sound = held.playable ? new Audio(address) : null;
  const element = el("div", { class: "voice" });
  const play = (event) => {
    event.stopPropagation();
    sound?.play().catch(() => {});
    const seconds = held.duration || 3;
    bars.forEach((bar, place) => setTimeout(() => bar.classList.add("played"), (place / BARS) * seconds * 1000));
    setTimeout(() => bars.forEach((bar) => bar.classList.remove("played")), seconds * 1000 + 400);
  };
  element.append(
    el("button", { type: "button", class: "play", "aria-label": t("message.play"), onclick: play }, icon("play")),
    el("span", { class: "wave", "aria-hidden": "true" }, bars),
    el("span", { class: "length" }, `0:${String(held.duration || 3).padStart(2, "0")}`),
  );
  return element;
}

function map(message) {
  const { latitude, longitude } = message.point;
  const streets = [18, 41, 63, 84].map((at, place) => {
    const street = el("i", { class: place % 2 ? "across" : "down" });
    const shift = Math.round((place % 2 ? latitude : longitude) * 10000) % 17;
    street.style[place % 2 ? "top" : "left"] = `${(at + shift) % 96}%`;
    return street;
  });
  const said = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  return el("div", { class: "map", role: "img", "aria-label": t("message.point", { point: said }) }, streets, icon("place"), el("small", {}, message.venue ? message.venue.join(language === "en" ? ", " : "，") : said));
}

function poll(held) {
  const total = Math.max(1, held.options.reduce((sum, option) => sum + option.count, 0));
  const options = held.options.map((option) => {
    const bar = el("i");
    bar.style.width = `${(option.count / total) * 100}%`;
    return el("li", {}, `${option.text} · ${option.count}`, bar);
  });
  return el("div", { class: "poll" }, el("b", {}, held.question), el("ul", {}, options));
}
