// One phone: who is talked to, what was said, and the field to write in.

import { avatar, el, iconButton, reconcile } from "./dom.js";
import { bubble } from "./message.js";
import { Composer } from "./composer.js";
import { act } from "./wire.js";
import { alert, toast } from "./dialog.js";
import { phoneMenu } from "./menus.js";
import { changed, expectAnswer, look, messageIn, openPhone, speakerIn, store, unread } from "./store.js";
import { dayOf, t } from "./words.js";

const AT_END = 80;

export class Phone {
  constructor(id) {
    this.id = id;
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions text", tabIndex: 0, onscroll: () => this.scrolled() });
    this.head = el("header", { class: "phone-head" });
    this.toasts = el("div", { class: "phone-toasts", role: "status" });
    this.down = iconButton("down", t("phone.to_end"), () => this.toEnd(), { class: "to-end", hidden: true });
    this.composer = new Composer(this);
    const room = el("div", { class: "room" }, this.log, this.down);
    this.element = el("section", { class: "phone", data: { chat: id }, onpointerdown: () => look(id), onfocusin: () => look(id) }, this.head, room, this.toasts, this.composer.element);
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.log);
    this.log.addEventListener("focus", () => this.log.matches(":focus-visible") && this.lastMessage()?.focus());
    this.stuck = true;
    this.touch = {
      onReply: (message) => this.replyTo(message),
      onEdit: (message) => this.edit(message),
      onDelete: (message) => this.delete(message),
      onPress: (message, button, pressed) => this.press(message, button, pressed),
      onFind: (message) => this.find(message),
      onHashtag: (number) => this.follow(number),
      onCommand: (command) => this.composer.send(command),
    };
  }

  get chat() {
    return store.chats.get(this.id);
  }

  get speaker() {
    return speakerIn(this.chat);
  }

  /** Return the body of a verb by who speaks here now. */
  said(more = {}) {
    return { who: this.speaker?.id, chat: this.id, ...more };
  }

  draw() {
    const { chat, speaker } = this;
    this.element.classList.toggle("focused", store.focus === this.id);
    this.drawHead(chat);
    const before = this.last;
    const lines = withDays(chat.messages);
    const view = { speaker: speaker?.id, named: chat.kind === "group" };
    if (this.print !== JSON.stringify(view)) this.log.replaceChildren();
    this.print = JSON.stringify(view);
    reconcile(this.log, lines.length ? lines : [{ key: "empty", empty: true }], (line) => line.key, (line, old) => this.line(line, view, old));
    this.rove();
    this.last = chat.messages.at(-1)?.id;
    this.composer.draw(chat, speaker);
    if (this.last !== before && chat.messages.at(-1)?.from.id === speaker?.id) this.stuck = true;
    if (this.stuck) this.toEnd();
    if (store.focus === this.id && document.hasFocus() && this.stuck) look(this.id);
  }

  drawHead(chat) {
    const count = store.focus === this.id ? 0 : unread(chat);
    const print = JSON.stringify([chat.title, chat.kind, chat.unit, chat.count, chat.blocked, count, store.typing.has(this.id)]);
    if (this.headPrint === print) return;
    this.headPrint = print;
    this.element.setAttribute("aria-label", chat.title);
    const below = chat.kind === "group" ? t("phone.members", { count: chat.count }) : chat.unit ? t("phone.staff", { unit: chat.unit }) : t(`phone.${chat.kind}`);
    this.head.replaceChildren(
      avatar(chat),
      el("div", { class: "phone-title" }, el("h2", {}, chat.title), store.typing.has(this.id) ? typing() : el("small", {}, below)),
      count ? el("span", { class: "badge", "aria-label": t("phone.unread", { count }) }, count) : "",
      iconButton("more", t("phone.menu"), (event) => phoneMenu(this, event.currentTarget), { "aria-haspopup": "menu" }),
    );
  }

  line(line, view, old) {
    if (line.empty) return el("div", { class: "empty" }, t(this.chat.kind === "group" ? "phone.empty_group" : store.spots.length ? "phone.empty" : "phone.empty_plain"));
    if (line.day) return el("div", { class: "day" }, dayOf(line.day));
    const element = bubble(line.message, view, this.touch);
    if (line.again) element.classList.add("again");
    if (old) element.classList.add("changed");
    if (line.message.kind === "photo") element.querySelector("img")?.addEventListener("load", () => this.stuck && this.toEnd());
    return element;
  }

  rove() {
    const messages = [...this.log.querySelectorAll(".message")];
    messages.forEach((message, place) => (message.tabIndex = place === messages.length - 1 ? 0 : -1));
  }

  lastMessage() {
    return [...this.log.querySelectorAll(".message")].at(-1);
  }

  scrolled() {
    this.stuck = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < AT_END;
    this.down.hidden = this.stuck;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.down.hidden = true;
  }

  /** Close the menu and the sheet that are open on it. */
  putAway() {
    this.element.querySelector(".menu")?.remove();
    this.composer.close();
  }

  find(id) {
    const found = this.log.querySelector(`[data-message="${id}"]`);
    found?.scrollIntoView({ block: "center" });
    found?.classList.add("found");
    setTimeout(() => found?.classList.remove("found"), 1200);
  }

  follow(number) {
    const found = store.cases.find((held) => held.number === number);
    if (!found) return;
    store.shownCase = found.id;
    changed();
  }

  replyTo(message) {
    store.edits.delete(this.id);
    store.replies.set(this.id, message.id);
    changed();
    this.composer.focus();
  }

  edit(message) {
    store.replies.delete(this.id);
    store.edits.set(this.id, message.id);
    this.composer.put(messageIn(this.chat, message.id)?.text ?? "");
    changed();
  }

  delete(message) {
    store.replies.delete(this.id);
    return act("delete", this.said({ message: message.id }));
  }

  async press(message, button, pressed) {
    pressed?.classList.add("busy");
    if (this.chat.kind !== "group") expectAnswer(this.id);
    const told = await act("press", this.said({ message: message.id, label: button.text }));
    pressed?.classList.remove("busy");
    const answer = told?.answer;
    if (answer?.url) await this.follow(answer.url);
    if (!answer?.text) return;
    if (answer.alert) await alert(store.bot.name, answer.text);
    else toast(answer.text, this.toasts);
  }

  /** Do what the app does with a link to the bot: open the private chat, and press START there. */
  async follow(url) {
    const who = this.speaker?.id;
    await act("start", { who, parameter: new URL(url).searchParams.get("start") ?? "" });
    openPhone(who);
  }
}

function typing() {
  return el("small", { class: "typing" }, el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), t("phone.typing", { name: store.bot.name }));
}

function withDays(messages) {
  const lines = [];
  let day = "";
  let before = null;
  for (const message of messages) {
    const today = dayOf(message.at);
    const together = lines.at(-1)?.message;
    if (message.album && together?.album === message.album && message.kind === "photo" && together.kind === "photo") {
      together.more = [...(together.more ?? []), message.file];
      continue;
    }
    if (today !== day) lines.push({ key: `day ${today}`, day: message.at });
    const again = Boolean(before) && today === day && !before.service && before.from.id === message.from.id && message.at - before.at < 300;
    lines.push({ key: message.id, message: { ...message }, again });
    day = today;
    before = message;
  }
  return lines;
}
