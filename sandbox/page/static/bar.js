// The bar at the top: who we are, the clock and its hands, the tour, the language, the theme.

import { el, icon, iconButton } from "./dom.js";
import { act } from "./wire.js";
import { toast } from "./dialog.js";
import { changed, now, store, theme } from "./store.js";
import { keep, knows, language, shortDayOf, span, t, timeOf } from "./words.js";

const parts = {};

/** Build the bar; `touch` is told what was chosen. */
export function buildBar(touch) {
  const bar = document.getElementById("bar");
  parts.day = el("span", { class: "clock-day" });
  parts.time = el("b", { class: "clock-time" });
  parts.hands = [
    hand("hour", () => move({ hours: 1 })),
    hand("day", () => move({ hours: 24 })),
    hand("next", () => move({}), "main"),
  ];
  parts.clock = el("div", { class: "clock", role: "group", "aria-label": t("clock.label") }, el("div", { class: "clock-face", title: t("clock.note") }, parts.day, parts.time), store.hasClock ? el("div", { class: "hands" }, parts.hands) : null);
  const other = language === "zh" ? "en" : "zh";
  bar.replaceChildren(
    el("a", { class: "brand", href: "/", "aria-label": t("page.title") }, el("img", { src: "/static/mark.svg", alt: "", width: 34, height: 34 }), el("span", {}, el("b", {}, t("page.name")), el("small", {}, t("page.motto")))),
    parts.clock,
    el(
      "div",
      { class: "bar-end" },
      store.hasCases ? el("button", { type: "button", class: "tour-button", onclick: touch.onTour }, icon("tour"), el("span", {}, t("tour.open"))) : null,
      el("button", { type: "button", class: "language", lang: other === "en" ? "en" : "zh-CN", "aria-label": t("page.other_language"), onclick: () => touch.onLanguage(other) }, other === "en" ? "EN" : "中"),
      iconButton("light", t("page.theme"), turnTheme),
    ),
  );
  drawBar();
}

function hand(name, onclick, kind = "plain") {
  const label = t(`clock.${name}`);
  return el("button", { type: "button", class: `hand ${kind}`, data: { hand: name }, title: label, "aria-label": label, onclick }, el("span", { class: "in-full" }, label), el("span", { class: "in-short" }, t(`clock.${name}_short`)));
}

function turnTheme() {
  theme(theme() === "dark" ? "light" : "dark");
  keep("theme", document.documentElement.dataset.theme);
  changed();
}

/** Let time pass, and say what it led to; while it passes, the hands cannot be turned. */
export async function move(body) {
  store.turning = true;
  drawBar();
  const moved = await act("move_clock", body);
  store.turning = false;
  store.turns += 1;
  changed();
  drawBar();
  if (moved) toast(told(moved));
  return moved;
}

function told(moved) {
  const passed = span(moved.seconds);
  if (moved.skipped) return t("clock.skipped", { span: passed, played: moved.played });
  if (!moved.due) return moved.played ? t("clock.played", { span: passed, played: moved.played }) : t("clock.moved", { span: passed });
  const key = `due.${moved.due}`;
  return t("clock.came_to", { span: passed, what: t(knows(key) ? key : "due.other"), number: moved.number ? `#${moved.number}` : "" }).trim();
}

/** Show the time. */
export function drawBar() {
  if (!parts.day) return;
  say(parts.day, shortDayOf(now()));
  say(parts.time, timeOf(now()));
  parts.clock.classList.toggle("turning", store.turning);
  for (const one of parts.hands) one.disabled = store.turning;
}

/** Put words in a place, unless they stand there: to put them there again would lay out the bar every second. */
function say(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
