// 一事一档: the file of one case, growing row by row as the phones speak.

import { el, icon, reconcile } from "./dom.js";
import { changed, now, store } from "./store.js";
import { momentOf, span, t } from "./words.js";

const parts = {};

function build(panel) {
  parts.language = document.documentElement.lang;
  parts.tabs = el("div", { class: "case-tabs", role: "tablist", "aria-label": t("files.cases") });
  parts.card = el("div", { class: "case-card" });
  parts.rows = el("ol", { class: "rows", "aria-live": "polite", "aria-label": t("files.rows") });
  parts.scroll = el("div", { class: "files-scroll", tabIndex: 0, role: "region", "aria-label": t("files.title") }, parts.card, parts.rows);
  panel.setAttribute("aria-label", t("files.title"));
  panel.replaceChildren(el("header", { class: "files-head" }, el("h2", {}, t("files.title")), el("small", {}, t("files.note"))), parts.tabs, parts.scroll);
}

/** Draw the panel. */
export function drawFiles() {
  const panel = document.getElementById("files");
  if (!parts.tabs || parts.language !== document.documentElement.lang) build(panel);
  const shown = store.cases.find((held) => held.id === store.shownCase) ?? store.cases[0];
  parts.tabs.hidden = store.cases.length < 2;
  reconcile(parts.tabs, store.cases.slice(0, 6).map((held) => ({ id: held.id, number: held.number, colour: held.colour, on: held === shown })), (tab) => tab.id, tabOf);
  if (!shown) return empty();
  if (parts.shown !== shown.id) parts.rows.replaceChildren();
  const grown = parts.shown === shown.id && shown.rows.length > parts.count;
  parts.shown = shown.id;
  parts.count = shown.rows.length;
  parts.card.replaceChildren(...card(shown));
  reconcile(parts.rows, shown.rows, (row) => row.id, rowOf);
  if (grown) parts.scroll.scrollTop = parts.scroll.scrollHeight;
}

function empty() {
  parts.shown = null;
  parts.rows.replaceChildren();
  parts.card.replaceChildren(el("div", { class: "files-empty" }, icon("file"), el("p", {}, t("files.empty"))));
}

function tabOf(tab) {
  const choose = () => {
    store.shownCase = tab.id;
    changed();
  };
  return el("button", { type: "button", role: "tab", class: "case-tab", "aria-selected": String(tab.on), onclick: choose }, el("i", { class: `dot ${tab.colour}` }), tab.number.slice(-5));
}

function card(shown) {
  const left = shown.accept_by ?? shown.resolve_by;
  return [
    el("div", { class: "case-title" }, shown.colour ? el("i", { class: `dot ${shown.colour}`, title: t(`colour.${shown.colour}`) }) : null, el("b", { class: "case-number" }, shown.number), el("span", { class: "case-kind" }, shown.kind), shown.urgent ? el("span", { class: "case-kind urgent" }, t("files.urgent")) : null),
    el("div", { class: `case-state ${shown.state}` }, shown.state_text, shown.returns ? el("small", {}, t("files.returns", { count: shown.returns })) : null),
    shown.text ? el("blockquote", {}, shown.text.length > 140 ? `${shown.text.slice(0, 140)}…` : shown.text) : null,
    el(
      "dl",
      {},
      fact("files.resident", shown.anonymous ? t("files.anonymous", { name: shown.resident }) : shown.resident),
      fact("files.place", shown.place),
      fact("files.unit", shown.unit),
      shown.owner ? fact("files.owner", shown.owner) : null,
      shown.first_owner && shown.first_owner !== shown.owner ? fact("files.first_owner", shown.first_owner) : null,
      left ? fact(shown.accept_by ? "files.accept_by" : "files.resolve_by", `${momentOf(left)} · ${left > now() ? t("files.left", { span: span(left - now()) }) : t("files.over", { span: span(now() - left) })}`) : null,
      shown.files ? fact("files.files", String(shown.files)) : null,
      shown.rating ? fact("files.rating", shown.rating) : null,
    ),
  ];
}

function fact(key, value) {
  return el("div", { class: "fact" }, el("dt", {}, t(key)), el("dd", {}, value));
}

function rowOf(row) {
  return el("li", { class: `row-of-file ${row.desk ? "by-desk" : ""} ${row.event}` }, el("time", {}, momentOf(row.at)), el("p", {}, row.what), el("code", { title: t("files.hash") }, row.hash));
}
