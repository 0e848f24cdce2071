// What opens on a phone: things to attach, places, QR codes, commands, and the menu at its head.

import { el, icon, iconButton } from "./dom.js";
import { act } from "./wire.js";
import { ask, toast } from "./dialog.js";
import { expectAnswer, store } from "./store.js";
import { t } from "./words.js";

const SAMPLES = ["lamp-broken", "lamp-mended", "leak", "clutter"];
const LARGEST = 10 * 1024 * 1024;
const OUTSIDE = { latitude: 27.71, longitude: 106.93 };

/** Return a sheet: photos and more, or places, or QR codes. */
export function attachSheet(composer, kind) {
  const content = { attach: things, place: places, scan: codes }[kind](composer);
  return el("div", { class: `sheet-inside of-${kind}` }, el("header", {}, el("h3", {}, t(`sheet.${kind}`)), iconButton("close", t("composer.cancel"), () => composer.close())), content);
}

function things(composer) {
  const chosen = new Set();
  const send = el("button", { type: "button", class: "main", disabled: true, onclick: () => sendPhotos(composer, [...chosen].map((sample) => ({ sample }))) }, t("sheet.send_photos"));
  const pick = (sample, button) => {
    chosen.delete(sample) || chosen.add(sample);
    button.setAttribute("aria-pressed", String(chosen.has(sample)));
    send.disabled = chosen.size === 0;
  };
  const samples = SAMPLES.map((sample) =>
    el("button", { type: "button", class: "sample", "aria-pressed": "false", title: t(`sample.${sample}`), onclick: (event) => pick(sample, event.currentTarget) }, el("img", { src: `/static/samples/${sample}.jpg`, alt: t(`sample.${sample}`) })),
  );
  const upload = el("input", { type: "file", multiple: true, hidden: true, onchange: () => sendOwn(composer, [...upload.files]) });
  return el(
    "div",
    {},
    el(
      "div",
      { class: "choices" },
      choice("photo", t("sheet.own"), () => upload.click()),
      choice("voice", t("sheet.voice"), () => sent(composer, act("voice", composer.phone.said({ seconds: 6, ...composer.answering() })))),
      store.spots.length ? choice("place", t("sheet.place"), () => composer.toggle("place")) : null,
      upload,
    ),
    el("div", { class: "samples" }, samples),
    send,
  );
}

function choice(drawing, label, onclick) {
  return el("button", { type: "button", class: "choice", onclick }, icon(drawing), label);
}

async function sent(composer, doing) {
  composer.close();
  if (composer.phone.chat.kind !== "group") expectAnswer(composer.phone.id);
  return doing;
}

/** Send pictures, with the words in the field below them. */
export async function sendPhotos(composer, photos) {
  const caption = composer.field.value.trim();
  composer.put("");
  return sent(composer, act("photos", composer.phone.said({ photos, caption, ...composer.answering() })));
}

async function sendOwn(composer, files) {
  if (files.some((file) => file.size > LARGEST)) return toast(t("sheet.too_large"));
  const read = await Promise.all(files.map(async (file) => ({ file, data: await base64(file) })));
  const pictures = read.filter(({ file }) => ["image/jpeg", "image/png"].includes(file.type)).slice(0, 10);
  if (pictures.length) await sendPhotos(composer, pictures.map(({ data }) => ({ data })));
  for (const { file, data } of read.filter((one) => !pictures.includes(one))) {
    const body = composer.phone.said({ name: file.name, mime: file.type, data });
    await sent(composer, file.type.startsWith("audio/") ? act("voice", body) : act("document", body));
  }
}

function base64(file) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.readAsDataURL(file);
  });
}

function places(composer) {
  const share = (point) => sent(composer, act("location", composer.phone.said({ latitude: point.latitude, longitude: point.longitude })));
  const inside = store.spots.filter((spot) => spot.latitude).map((spot) => choice("place", t("sheet.inside", { unit: spot.name }), () => share(spot)));
  return el("div", { class: "choices tall" }, inside, choice("place", t("sheet.outside"), () => share(OUTSIDE)));
}

function codes(composer) {
  const scan = (spot) => sent(composer, act("start", { who: composer.phone.speaker.id, parameter: `g_${spot.code}` }));
  return el("div", { class: "codes" }, store.spots.map((spot) => el("button", { type: "button", class: "code", data: { code: spot.code }, onclick: () => scan(spot) }, qr(spot.code), spot.name)));
}

/** Return something that looks like a QR code. */
function qr(code) {
  const cells = [];
  let seed = [...code].reduce((sum, character) => sum * 31 + character.charCodeAt(0), 7);
  for (let place = 0; place < 81; place += 1) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    const [row, column] = [Math.floor(place / 9), place % 9];
    const corner = [[0, 0], [0, 6], [6, 0]].some(([top, left]) => row >= top && row < top + 3 && column >= left && column < left + 3);
    const middle = [[1, 1], [1, 7], [7, 1]].some(([top, left]) => row === top && column === left);
    cells.push(el("i", { class: corner ? (middle ? "" : "on") : seed > 1073741824 ? "on" : "" }));
  }
  return el("span", { class: "qr", "aria-hidden": "true" }, cells);
}

/** Return the commands that the speaker may use. */
export function commandSheet(composer) {
  const { speaker } = composer.phone;
  const use = ({ command, description }) => {
    composer.close();
    if (/[：:]\s*\//.test(description)) composer.put(`/${command} `);
    else {
      composer.put("");
      composer.send(`/${command}`);
    }
  };
  return el("div", { class: "sheet-inside of-commands", role: "menu" }, speaker.commands.map((shown) => el("button", { type: "button", class: "command-item", role: "menuitem", onclick: () => use(shown) }, el("b", {}, `/${shown.command}`), el("span", {}, shown.description))));
}

/** Open the menu at a phone's head. */
export function phoneMenu(phone, anchor) {
  document.querySelector(".menu")?.remove();
  const { chat, speaker } = phone;
  const close = () => {
    menu.remove();
    removeEventListener("pointerdown", away, true);
  };
  const away = (event) => menu.contains(event.target) || anchor.contains(event.target) || close();
  const item = (drawing, label, onclick) => el("button", { type: "button", class: "choice", role: "menuitem", onclick: () => (close(), onclick()) }, icon(drawing), label);
  const own = chat.kind !== "group";
  const menu = el(
    "div",
    { class: "menu", role: "menu", onkeydown: (event) => walk(event, menu, anchor, close) },
    own && store.spots.length ? item("scan", t("menu.scan"), () => phone.composer.toggle("scan")) : null,
    own && !chat.blocked ? item("block", t("menu.block"), () => act("block", { who: speaker.id })) : null,
    own && chat.blocked ? item("block", t("menu.unblock"), () => act("unblock", { who: speaker.id })) : null,
    own && chat.kind === "resident" ? item("leave", t("menu.remove"), () => remove(chat)) : null,
    own ? null : el("div", { class: "menu-note" }, t("menu.members", { names: chat.people.map((person) => person.name).join("、") })),
  );
  phone.element.append(menu);
  addEventListener("pointerdown", away, true);
  menu.querySelector("button")?.focus();
}

function walk(event, menu, anchor, close) {
  const items = [...menu.querySelectorAll("button")];
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (way) items[(items.indexOf(document.activeElement) + way + items.length) % items.length]?.focus();
  else if (event.key === "Escape") (close(), anchor.focus());
  else return;
  event.preventDefault();
}

async function remove(chat) {
  const chosen = await ask(t("menu.remove_title", { name: chat.title }), el("p", {}, t("menu.remove_text")), [["", t("page.cancel")], ["yes", t("menu.remove"), "danger"]]);
  if (chosen && (await act("remove_person", { who: chat.id }))) toast(t("menu.removed", { name: chat.title }));
}
