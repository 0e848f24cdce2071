// The page: puts the parts together, hears the server, and draws what changed.

import { buildBar, drawBar } from "./bar.js";
import { toast } from "./dialog.js";
import { drawFiles } from "./files.js";
import { el } from "./dom.js";
import { Phone } from "./phone.js";
import { drawRail, followRail } from "./rail.js";
import { beginTour, drawTour, endTour, onTour, retellTour } from "./tour.js";
import { changed, expectAnswer, onChange, store, takeChat, takeWorld, unread, visible } from "./store.js";
import { language, speak, t } from "./words.js";
import { act, listen } from "./wire.js";

const NARROW = 700;
const WIDTH_OF_PHONE = 286;
const phones = new Map();
let missing = null;
let built = false;

function measure() {
  const width = document.getElementById("phones").clientWidth || innerWidth;
  const room = innerWidth <= NARROW ? 1 : Math.max(1, Math.floor((width - 8) / WIDTH_OF_PHONE));
  if (room === store.room) return;
  store.room = room;
  changed();
}

function drawPhones() {
  const place = document.getElementById("phones");
  const shown = visible();
  for (const [id, phone] of phones) {
    if (store.chats.has(id) && shown.includes(id)) continue;
    phone.element.remove();
    if (!store.chats.has(id)) phones.delete(id);
  }
  shown.forEach((id, at) => {
    if (!phones.has(id)) phones.set(id, new Phone(id));
    const { element } = phones.get(id);
    if (place.children[at] !== element) place.insertBefore(element, place.children[at] ?? null);
    phones.get(id).draw();
    if (!element.seen) requestAnimationFrame(() => phones.get(id)?.toEnd());
    element.seen = true;
  });
  place.setAttribute("aria-label", t("page.phones"));
}

function drawTabs() {
  document.body.dataset.tab = store.room === 1 && innerWidth <= NARROW ? store.tab : "all";
  const place = document.getElementById("rail");
  let tab = place.querySelector(".files-tab");
  if (!store.hasCases) return;
  if (!tab) {
    tab = el("button", { type: "button", class: "rail-item files-tab", onclick: () => ((store.tab = "files"), changed()) }, el("span", { class: "avatar plain", "aria-hidden": "true" }, "档"), el("span", { class: "rail-name" }, t("files.tab")));
    place.prepend(tab);
  }
  tab.classList.toggle("current", store.tab === "files");
}

function draw() {
  if (!store.run) return;
  drawRail();
  drawTabs();
  followRail();
  drawPhones();
  if (store.hasCases) drawFiles();
  drawTour((id) => phones.get(id)?.putAway());
  const waiting = [...store.chats.values()].reduce((sum, chat) => sum + unread(chat), 0);
  document.title = `${waiting ? `(${waiting}) ` : ""}${t("page.title")}`;
}

function build() {
  document.body.classList.toggle("no-files", !store.hasCases);
  buildBar({ onTour: () => (onTour() ? endTour() : beginTour()), onLanguage: changeLanguage });
  built = true;
}

async function changeLanguage(chosen) {
  await speak(chosen);
  await act("speak", { language });
  for (const phone of phones.values()) phone.element.remove();
  phones.clear();
  build();
  retellTour();
  listen(hear);
  changed();
}

function connection(text) {
  const line = document.getElementById("connection");
  line.hidden = !text;
  line.textContent = text;
}

const hearing = {
  world(world) {
    const anew = takeWorld(world);
    if (anew) {
      for (const phone of phones.values()) phone.element.remove();
      phones.clear();
      endTour();
      toast(t("page.begun_anew"));
    }
    if (!built && world.language !== language) act("speak", { language });
    if (!built || anew) build();
    measure();
  },
  chat: takeChat,
  cases(cases) {
    const before = store.cases[0]?.id;
    store.cases = cases;
    if (before !== cases[0]?.id) store.shownCase = null;
    changed();
  },
  clock(at) {
    store.ahead = at - Date.now() / 1000;
    drawBar();
  },
  typing: expectAnswer,
  connected() {
    clearTimeout(missing);
    missing = null;
    connection("");
  },
  disconnected() {
    missing ??= setTimeout(() => connection(t("page.disconnected")), 900);
  },
};

function hear(name, data) {
  hearing[name](data);
}

onChange(draw);
addEventListener("resize", measure);
setInterval(drawBar, 1000);
setInterval(changed, 30000);
await speak(language);
listen(hear);
