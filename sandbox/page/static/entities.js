// A message's words with what is bold, linked or a number in them; offsets count UTF-16 units, as strings here do.

import { el } from "./dom.js";
import { t } from "./words.js";
import { toast } from "./dialog.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote" };

/** Return the nodes of a text. `onHashtag` and `onCommand` are told what was pressed. */
export function wordsOf(text, entities, touch = {}) {
  return nested(text, [...entities], 0, text.length, touch);
}

function nested(text, entities, start, end, touch) {
  const nodes = [];
  let place = start;
  while (entities.length && entities[0].offset < end) {
    const entity = entities.shift();
    if (entity.offset < place) continue;
    const until = Math.min(entity.offset + entity.length, end);
    if (entity.offset > place) nodes.push(text.slice(place, entity.offset));
    const inside = [];
    while (entities.length && entities[0].offset < until) inside.push(entities.shift());
    nodes.push(wrapped(entity, text.slice(entity.offset, until), nested(text, inside, entity.offset, until, touch), touch));
    place = until;
  }
  if (place < end) nodes.push(text.slice(place, end));
  return nodes;
}

function wrapped(entity, covered, children, touch) {
  if (entity.type === "hashtag") return pressable("hashtag", t("message.copy_number"), () => copy(covered, touch), children);
  if (entity.type === "bot_command") return pressable("command", covered, () => touch.onCommand?.(covered), children);
  if (entity.type === "spoiler") return el("span", { class: "spoiler", tabIndex: 0, onclick: (event) => event.currentTarget.classList.add("open") }, children);
  if (entity.type === "text_link" || entity.type === "url") return link(entity.url || covered, children);
  if (entity.type === "code") return el("code", { title: t("message.copy"), onclick: (event) => (event.stopPropagation(), copy(covered, {})) }, children);
  return el(TAGS[entity.type] || "span", { class: entity.type }, children);
}

function pressable(kind, title, onclick, children) {
  const act = (event) => {
    event.stopPropagation();
    onclick();
  };
  return el("button", { type: "button", class: `in-text ${kind}`, title, onclick: act }, children);
}

function link(address, children) {
  const safe = /^(https?|mailto|tel|tg):/i.test(address) ? address : `https://${address}`;
  return el("a", { href: safe, target: "_blank", rel: "noopener noreferrer" }, children);
}

/** Put words into the clipboard, and say so. */
export async function copy(text, touch) {
  touch.onHashtag?.(text);
  try {
    await navigator.clipboard.writeText(text);
    toast(t("message.copied", { text }));
  } catch {
    // no clipboard: the words can still be selected by hand
  }
}
