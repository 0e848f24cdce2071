// The page's texts, in the language that was chosen.

let texts = {};
export let language = document.documentElement.lang === "en" ? "en" : "zh";

/** Fetch the texts of a language, and remember the choice. */
export async function speak(chosen) {
  const answer = await fetch(`/words/${chosen}.json`);
  texts = await answer.json();
  language = chosen;
  document.documentElement.lang = chosen === "en" ? "en" : "zh-CN";
  document.title = t("page.title");
  keep("language", chosen);
}

/** Return a text with what is to be filled in. */
export function t(key, values = {}) {
  const text = texts[key];
  if (text === undefined) throw new Error(`no text: ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Return whether there is such a text. */
export function knows(key) {
  return key in texts;
}

/** Remember a choice for the next visit, where the browser lets us. */
export function keep(name, value) {
  try {
    localStorage.setItem(`minhu.${name}`, value);
  } catch {
    // private windows forget, and that is what they are for
  }
}

/** Return what was chosen before. */
export function kept(name) {
  try {
    return localStorage.getItem(`minhu.${name}`);
  } catch {
    return null;
  }
}

const HERE = "Asia/Shanghai";
const clocks = {};

function format(name, options) {
  const tag = language === "en" ? "en-GB" : "zh-CN";
  clocks[tag + name] ??= new Intl.DateTimeFormat(tag, { timeZone: HERE, ...options });
  return clocks[tag + name];
}

/** Return hours and minutes of a moment in seconds. */
export function timeOf(seconds) {
  return format("time", { hour: "2-digit", minute: "2-digit", hour12: false }).format(seconds * 1000);
}

/** Return the day of a moment, with its name. */
export function dayOf(seconds) {
  return format("day", { month: "long", day: "numeric", weekday: "short" }).format(seconds * 1000);
}

/** Return the day in short, for the clock. */
export function shortDayOf(seconds) {
  return format("short day", { month: "short", day: "numeric", weekday: "short" }).format(seconds * 1000);
}

/** Return a moment in short. */
export function momentOf(seconds) {
  return format("moment", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false }).format(seconds * 1000);
}

/** Return how long something is, in the two largest units. */
export function span(seconds) {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (days) return hours ? t("time.days_hours", { days, hours }) : t("time.days", { days });
  if (hours) return minutes % 60 ? t("time.hours_minutes", { hours, minutes: minutes % 60 }) : t("time.hours", { hours });
  return t("time.minutes", { minutes });
}
