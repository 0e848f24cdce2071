// What appears over the page: short words that go by themselves, and questions that wait.

import { el } from "./dom.js";
import { t } from "./words.js";

const LASTS = 4500;

/** Show a sentence for a moment, in a phone or over the page. */
export function toast(text, host = document.getElementById("toasts")) {
  const shown = el("div", { class: "toast" }, text);
  host.append(shown);
  while (host.children.length > 3) host.firstElementChild.remove();
  setTimeout(() => shown.remove(), LASTS + text.length * 40);
}

/** Show a dialog with this content; resolves to the value of the button pressed, or "" when it was put away. */
export function ask(title, content, buttons) {
  const dialog = document.getElementById("dialog");
  if (dialog.open) dialog.close();
  const before = document.activeElement;
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.returnValue = "";
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", { id: "dialog-title" }, title),
    content,
    el("div", { class: "dialog-buttons" }, buttons.map(([value, label, kind]) => (value ? el("button", { value, class: kind }, label) : el("button", { type: "button", class: "plain", onclick: () => dialog.close("") }, label)))),
  );
  dialog.replaceChildren(form);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclick = (event) => {
      if (event.target === dialog) dialog.close("");
    };
    dialog.oncancel = () => {
      dialog.returnValue = "";
    };
    dialog.onclose = () => {
      before?.focus?.({ preventScroll: true });
      resolve(dialog.returnValue);
    };
  });
}

/** Show what the bot wants to be read and closed. */
export function alert(title, text) {
  return ask(title, el("p", {}, text), [["ok", t("page.ok"), "main"]]);
}
