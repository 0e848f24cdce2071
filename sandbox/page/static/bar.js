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
  const hands = [
    hand("hour", t("clock.hour"), () => move({ hours: 1 })),
    hand("day", t("clock.day"), () => move({ hours: 24 })),
    hand("next", t("clock.next"), () => move({}), "main"),
  ];
  const clock = el("div", { class: "clock", role: "group", "aria-label": t("clock.label") }, el("div", { class: "clock-face", title: t("clock.note") }, parts.day, parts.time), store.hasClock ? el("div", { class: "hands" }, hands) : null);
  const other = language === "zh" ? "en" : "zh";
  bar.replaceChildren(
    el("a", { class: "brand", href: "/", "aria-label": t("page.title") }, el("img", { src: "/static/mark.svg", alt: "", width: 34, height: 34 }), el("span", {}, el("b", {}, t("page.name")), el("small", {}, t("page.motto")))),
    clock,
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

function hand(name, label, onclick, kind = "plain") {
  return el("button", { type: "button", class: `hand ${kind}`, data: { hand: name }, onclick }, label);
}

function turnTheme() {
  theme(theme() === "dark" ? "light" : "dark");
  keep("theme", document.documentElement.dataset.theme);
  changed();
}

/** Let time pass, and say what it led to. */
export async function move(body) {
  const moved = await act("move_clock", body);
  if (!moved) return null;
  const key = `due.${moved.due}`;
  const what = moved.due ? t(knows(key) ? key : "due.other") : "";
  toast(moved.due ? t("clock.came_to", { span: span(moved.seconds), what, number: moved.number ? `#${moved.number}` : "" }).trim() : t("clock.moved", { span: span(moved.seconds) }));
  return moved;
}

/** Show the time. */
export function drawBar() {
  if (!parts.day) return;
  parts.day.textContent = shortDayOf(now());
  parts.time.textContent = timeOf(now());
}
