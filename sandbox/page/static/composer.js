// The field to write in: words, answers, edits, commands, the keyboard instead of letters, and things to attach.

import { el, icon, iconButton } from "./dom.js";
import { act } from "./wire.js";
import { attachSheet, commandSheet } from "./menus.js";
import { changed, expectAnswer, messageIn, store } from "./store.js";
import { knows, t } from "./words.js";

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.drafts = new Map();
    this.keysOpen = true;
    this.field = el("textarea", { rows: 1, class: "field", oninput: () => this.grown(), onkeydown: (event) => this.typed(event) });
    this.bar = el("div", { class: "reply-bar", hidden: true });
    this.speakers = el("div", { class: "speakers", role: "radiogroup" });
    this.keys = el("div", { class: "keys", hidden: true });
    this.sheet = el("div", { class: "sheet", hidden: true });
    this.keyToggle = iconButton("keys", t("composer.keyboard"), () => this.toggleKeys(), { class: "key-toggle", hidden: true, "aria-expanded": "true" });
    this.slash = el("button", { type: "button", class: "icon-button slash", title: t("composer.commands"), "aria-label": t("composer.commands"), onclick: () => this.toggle("commands") }, "/");
    this.sendButton = iconButton("send", t("composer.send"), () => this.submit(), { class: "send" });
    this.line = el("div", { class: "line" }, iconButton("attach", t("composer.attach"), () => this.toggle("attach"), { class: "attach" }), el("div", { class: "field-box" }, this.field, this.slash, this.keyToggle), this.sendButton);
    this.startButton = el("button", { type: "button", class: "start", onclick: () => act("start", { who: this.phone.speaker.id }) });
    this.element = el("footer", { class: "composer", onkeydown: (event) => event.key === "Escape" && this.escape(event) }, this.speakers, this.bar, this.sheet, this.line, this.startButton, this.keys);
  }

  draw(chat, speaker) {
    this.drawSpeakers(chat, speaker);
    this.drawBar(chat, speaker);
    this.drawKeys(chat, speaker);
    const begun = chat.kind === "group" || chat.messages.length > 0;
    this.line.hidden = !begun || !speaker || Boolean(chat.blocked);
    this.startButton.hidden = !speaker || (begun && !chat.blocked);
    this.startButton.textContent = t(chat.blocked ? "composer.unblock" : "composer.start");
    const hint = speaker?.asked ? speaker.placeholder : speaker?.keyboard?.placeholder;
    this.field.placeholder = hint || (chat.kind === "group" && speaker ? t("composer.as", { name: speaker.name }) : t("composer.hint"));
    this.field.setAttribute("aria-label", chat.kind === "group" && speaker ? t("composer.as", { name: speaker.name }) : t("composer.hint_of", { name: chat.title }));
    this.slash.hidden = !speaker?.commands.length || Boolean(this.field.value);
    const commands = JSON.stringify(speaker?.commands);
    if (this.sheetOf === "commands" && this.commandsPrint !== commands) this.sheet.replaceChildren(commandSheet(this));
    this.commandsPrint = commands;
  }

  drawSpeakers(chat, speaker) {
    this.speakers.hidden = chat.kind !== "group" || chat.people.length < 1;
    if (this.speakers.hidden) return;
    const print = JSON.stringify([chat.people.map((person) => [person.id, person.name, person.role]), speaker?.id]);
    if (this.speakersPrint === print) return;
    this.speakersPrint = print;
    this.speakers.setAttribute("aria-label", t("composer.speaking"));
    const choose = (person) => {
      store.speakers.set(this.phone.id, person.id);
      store.edits.delete(this.phone.id);
      changed();
      setTimeout(() => this.speakers.querySelector("[aria-checked=true]")?.focus(), 50);
    };
    this.speakers.replaceChildren(
      el("span", { class: "speakers-label", "aria-hidden": "true" }, t("composer.speaking")),
      ...chat.people.map((person) => {
        const chosen = person.id === speaker?.id;
        const role = knows(`role.${person.role}`) ? el("small", {}, t(`role.${person.role}`)) : null;
        return el("button", { type: "button", class: "speaker", role: "radio", "aria-checked": String(chosen), tabIndex: chosen ? 0 : -1, data: { person: person.id }, onclick: () => choose(person), onkeydown: (event) => this.turn(event, chat, person, choose) }, person.name, role);
      }),
    );
  }

  turn(event, chat, person, choose) {
    const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const place = chat.people.indexOf(person) + way;
    choose(chat.people[(place + chat.people.length) % chat.people.length]);
  }

  /** Return the message that the next one answers: chosen, or asked for by the bot. */
  answered(chat, speaker) {
    const chosen = store.replies.get(this.phone.id);
    const found = chosen !== undefined && chosen !== null ? messageIn(chat, chosen) : null;
    if (found) return found;
    return chosen !== null && speaker?.asked ? messageIn(chat, speaker.asked) : null;
  }

  drawBar(chat, speaker) {
    const asked = speaker?.asked;
    if (asked !== this.asked) {
      this.asked = asked;
      if (asked && store.replies.get(this.phone.id) === null) store.replies.delete(this.phone.id);
    }
    const edited = messageIn(chat, store.edits.get(this.phone.id));
    const answered = edited ? null : this.answered(chat, speaker);
    const shown = edited || answered;
    this.bar.hidden = !shown;
    const print = shown ? `${shown.id} ${Boolean(edited)} ${shown.text}` : "";
    if (this.barPrint === print) return;
    this.barPrint = print;
    if (!shown) return;
    const above = edited ? t("composer.editing") : t("composer.replying", { name: shown.from.name });
    const below = shown.text.split("\n")[0] || t(knows(`kind.${shown.kind}`) ? `kind.${shown.kind}` : "kind.other");
    const own = !edited && shown.from.id === speaker?.id;
    this.bar.replaceChildren(
      icon(edited ? "pen" : "reply"),
      el("div", {}, el("b", {}, above), el("span", {}, below)),
      own && shown.text ? iconButton("pen", t("message.edit"), () => this.phone.edit(shown), { class: "of-touch" }) : "",
      own ? iconButton("bin", t("message.delete"), () => this.phone.delete(shown), { class: "of-touch" }) : "",
      iconButton("close", t("composer.cancel"), () => this.forget()),
    );
  }

  forget() {
    if (store.edits.delete(this.phone.id)) this.put("");
    store.replies.set(this.phone.id, null);
    changed();
    this.focus();
  }

  drawKeys(chat, speaker) {
    const keyboard = speaker?.keyboard;
    const print = JSON.stringify([speaker?.id, keyboard]);
    this.keyToggle.hidden = !keyboard;
    if (this.keysPrint !== print) {
      this.keysPrint = print;
      this.keysOpen = Boolean(keyboard) && !keyboard.hidden;
      const rows = keyboard?.rows ?? [];
      this.keys.replaceChildren(...rows.map((row) => el("div", { class: "row" }, row.map((key) => el("button", { type: "button", class: "key", data: { label: key.text }, onclick: () => this.tap(key) }, key.text)))));
    }
    this.keys.hidden = !keyboard || !this.keysOpen || Boolean(chat.blocked);
    this.keyToggle.setAttribute("aria-expanded", String(this.keysOpen));
  }

  toggleKeys() {
    this.keysOpen = !this.keysOpen;
    changed();
    setTimeout(() => this.phone.stuck && this.phone.toEnd(), 40);
  }

  async tap(key) {
    if (key.asks === "location") return this.toggle("place");
    if (key.asks === "contact") return this.send(key.text);
    expectAnswer(this.phone.id);
    await act("tap", this.phone.said({ label: key.text }));
  }

  typed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    }
  }

  escape(event) {
    if (!this.sheet.hidden) this.close();
    else if (!this.bar.hidden) this.forget();
    else return;
    event.stopPropagation();
  }

  grown() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 110)}px`;
    this.slash.hidden = Boolean(this.field.value) && this.field.value !== "/";
    if (this.field.value === "/") this.toggle("commands", true);
    else if (this.sheetOf === "commands") this.close();
  }

  put(text) {
    this.field.value = text;
    this.grown();
    this.focus();
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  /** Return the part of a verb that says what is answered, and forget it. */
  answering() {
    const answered = this.answered(this.phone.chat, this.phone.speaker);
    store.replies.delete(this.phone.id);
    changed();
    return answered ? { reply_to: answered.id } : {};
  }

  async submit() {
    const text = this.field.value.trim();
    if (!text) return this.focus();
    const edited = store.edits.get(this.phone.id);
    this.field.value = "";
    this.grown();
    if (edited) {
      store.edits.delete(this.phone.id);
      changed();
      await act("edit", this.phone.said({ message: edited, text }));
    } else if (!(await this.send(text))) {
      this.put(text);
    }
  }

  async send(text) {
    if (this.phone.chat.kind !== "group") expectAnswer(this.phone.id);
    return act("write", this.phone.said({ text, ...this.answering() }));
  }

  /** Open a sheet above the field, or close it: attach, place, commands, scan. */
  toggle(kind, stay = false) {
    if (this.sheetOf === kind && !stay) return this.close();
    if (this.sheetOf === kind) return;
    this.sheetOf = kind;
    this.sheet.hidden = false;
    this.sheet.style.maxHeight = `${Math.min(380, this.element.offsetTop - 4)}px`;
    this.sheet.replaceChildren(kind === "commands" ? commandSheet(this) : attachSheet(this, kind));
    if (!stay) this.sheet.querySelector("button")?.focus();
  }

  close() {
    const inside = this.sheet.contains(document.activeElement);
    this.sheetOf = null;
    this.sheet.hidden = true;
    this.sheet.replaceChildren();
    if (inside) this.focus();
  }
}
