"""Notices: what people are told about a row of a case's file, and the other messages of the desk. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from markupsafe import Markup
from telegram import ForceReply, InlineKeyboardMarkup

from domain.cases import Case, CaseId, State, Verb
from domain.drafts import DraftId
from domain.history import Event
from domain.messages import Attachment, Medium
from domain.news import Present, as_it_is_now, still_holds
from domain.phones import hide_phones
from domain.posts import Purpose
from handlers.buttons import Object, Solved, TakeUpDraft, Unsolved, button, decode, keyboard
from handlers.cards import colour_sign, numbered, one_line, shorten
from handlers.keyboards import menu_keyboard, place_keyboard
from handlers.mentions import mentions
from handlers.rendering import Bundle, CommandMenu, Facts, Keyboard, Seen, Spent, Text, Toast
from handlers.split import MESSAGE_LIMIT, split
from handlers.words import LANGUAGES, Words

ROOM_TEXT_LIMIT = 1500
ALBUM_LIMIT = 10
TOAST_LIMIT = 200
DIGEST_TEXTS = (40, 20, 10, 5, 0)
"""How much of each case's words a digest shows; the first that fits into one message is taken."""
REMINDER_LINES = 30
MIXED = frozenset({Medium.PHOTO, Medium.VIDEO})
ASKS_FOR = {Purpose.RESULT_PROMPT: Verb.RESOLVE, Purpose.REFUSAL_PROMPT: Verb.REFUSE}
ALBUMS = (MIXED, frozenset({Medium.DOCUMENT}), frozenset({Medium.AUDIO}))


def audience(facts: Facts) -> str:
    """Return who reads a notice: a unit's room, the resident, or a lead or admin in private."""
    if facts.letter.is_for_staff:
        return "staff"
    return "resident" if facts.letter.to.person is not None else "room"


def render_news(facts: Facts) -> Text | None:
    """Return the notice of a row of history, in the words for those who read it."""
    if facts.rows:
        return _many(facts)
    if not _still_holds(facts):
        return None
    key = _news_key(facts)
    if key is None:
        return None
    told = str(facts.told.get("text", ""))
    if audience(facts) != "resident":
        return Text(facts.words(key, **mentions(facts, _for_room(told, facts))), reply_to=facts.card)
    parts = split(facts.words(key, **mentions(facts, Markup.escape(told))), MESSAGE_LIMIT)
    part = int(facts.values.get("part", 0))
    if part < len(parts) - 1:
        return Text(parts[part], more=True)
    return Text(parts[-1], _news_keyboard(facts))


def _for_room(told: str, facts: Facts) -> Markup:
    """Return words as a room sees them: without telephone numbers, and where they are long, their beginning."""
    shown = hide_phones(told)
    text = Markup.escape(shorten(shown, ROOM_TEXT_LIMIT))
    if facts.case is None or len(shown) <= ROOM_TEXT_LIMIT:
        return text
    return Markup("\n").join([text, facts.words("card.text_long", count=len(told), bare=facts.case.number)])


def _many(facts: Facts) -> Text | None:
    """Return one message for many cases that went to another unit, or lost their owner, together."""
    cases = {case.id: case for case in facts.together}
    each = [replace(facts, event=row, case=cases.get(CaseId(row.case or 0))) for row in facts.rows]
    each = [one for one in each if _still_holds(one)]
    released = facts.event is not None and facts.event.event == Event.CASE_RELEASED
    title = "news.room.cases_released" if released else "news.room.cases_escalated"
    line = "news.room.released_line" if released else "news.room.case_escalated"
    lines = [facts.words(line, **mentions(one, Markup(""))) for one in each]
    return Text(Markup("\n").join([facts.words(title, count=len(each)), *lines])) if each else None


def _news_key(facts: Facts) -> str | None:
    event = as_it_is_now(facts.event, facts.case) if facts.event else ""
    keys = [f"news.{audience(facts)}.{event}", *([f"news.room.{event}"] if audience(facts) == "staff" else [])]
    return next((key for key in keys if key in facts.words), None)


def _still_holds(facts: Facts) -> bool:
    present = Present(facts.letter, facts.case, facts.org, facts.unreachable)
    return facts.event is not None and still_holds(facts.event, present)


def _news_keyboard(facts: Facts) -> Keyboard | None:
    case = facts.case
    if case is None or facts.event is None:
        return None
    event = as_it_is_now(facts.event, case)
    if event == Event.CASE_RAISED:
        return menu_keyboard(facts.words)
    if case.state is State.RESOLVED and event in (
        Event.CASE_RESOLVED,
        Event.RESIDENT_REMINDED,
        Event.RESIDENT_REACHABLE,
    ):
        return solved_keyboard(case.id, facts.words)
    if event == Event.CASE_REFUSED:
        return keyboard([button(facts.words("button.object"), Object(case.id))])
    return None


def solved_keyboard(case: CaseId, words: Words) -> InlineKeyboardMarkup | None:
    """Return the buttons under the question whether it is solved."""
    return keyboard([button(words("button.solved"), Solved(case)), button(words("button.unsolved"), Unsolved(case))])


def render_said(facts: Facts) -> Text:
    """Return a text of the catalogue with its values, and the keyboard that belongs to it."""
    text = facts.words(facts.values["key"], **_filled(facts))
    return Text(text, _keyboard_of(facts), reply_to=facts.values.get("reply_to"), edits=facts.values.get("edits"))


def _filled(facts: Facts) -> Mapping[str, Any]:
    """Return the values of a letter, with keys of the catalogue looked up and moments read back."""
    values = dict(facts.values.get("values", {}))
    for name, key in facts.values.get("keys", {}).items():
        values[name] = facts.words(key)
    return values


def _keyboard_of(facts: Facts) -> Keyboard | None:
    wanted = facts.values.get("keyboard")
    if wanted == "menu":
        return menu_keyboard(facts.words)
    if wanted == "place":
        return place_keyboard(facts.words)
    if isinstance(wanted, str) and wanted.startswith("take_up:"):
        draft = DraftId(int(wanted.removeprefix("take_up:")))
        return keyboard([button(facts.words("button.take_up"), TakeUpDraft(draft))])
    rows = [[_button(label, data, facts.words) for label, data in row] for row in wanted or ()]
    return keyboard(*rows)


def _button(label: str, data: str, words: Words) -> Any:  # noqa: ANN401
    return button(words(label) if label in words else label, decode(data))


def render_toast(facts: Facts) -> Toast:
    """Return the short answer to a pressed button."""
    text = facts.words(facts.values["key"], **_filled(facts)).striptags() if facts.values.get("key") else ""
    return Toast(facts.values["query"], text[:TOAST_LIMIT], bool(facts.values.get("alert")))


def render_seen(facts: Facts) -> Seen:
    """Return the sign that a message was taken in."""
    return Seen(facts.values["message"], facts.values["emoji"])


def render_spent(facts: Facts) -> Spent:
    """Return the sign that a question was answered."""
    return Spent(facts.values["message"])


def render_prompt(facts: Facts) -> Text | None:
    """Return the message that names the worker and the case and wants a reply with the result, or the reason."""
    if facts.case is None:
        return None
    purpose = Purpose(facts.values["purpose"])
    if not facts.case.allows(ASKS_FOR[purpose]):
        return None
    text = facts.words(f"prompt.{purpose}", worker=_mention(facts), number=numbered(facts.case))
    reply = ForceReply(selective=True, input_field_placeholder=facts.words("prompt.placeholder").unescape())
    return Text(text, reply, purpose=purpose)


def _mention(facts: Facts) -> Markup:
    """Return the worker's name such that Telegram tells them of it."""
    if facts.mentioned is None:
        return Markup.escape(facts.values["worker"])
    return Markup('<a href="tg://user?id={}">{}</a>').format(facts.mentioned, facts.values["worker"])


def render_media(facts: Facts) -> Bundle | None:
    """Return the next attachments of an event that the chat has not got yet; albums stay together."""
    if facts.case is None or not facts.attachments:
        return None
    bundle = facts.attachments[:1] if facts.values.get("singly") else next_bundle(facts.attachments)
    who = facts.words("who.resident")
    if worker := facts.told.get("worker"):
        who = facts.words("who.worker", name=worker)
    replaced = facts.event is not None and facts.event.event == Event.FILES_REPLACED
    caption = facts.words("card.media_replaced" if replaced else "card.media", number=numbered(facts.case), who=who)
    return Bundle(bundle, caption, reply_to=facts.card, more=len(bundle) < len(facts.attachments))


def next_bundle(attachments: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """Return the first attachments that Telegram takes as one message: an album of at most ten, or a single one."""
    sort = next((album for album in ALBUMS if attachments[0].medium in album), None)
    if sort is None:
        return attachments[:1]
    return tuple(a for a in attachments if a.medium in sort)[:ALBUM_LIMIT]


def render_reminder(facts: Facts) -> Text | None:
    """Return one message for all reminders that wait for a room; cases that need none any more are not among them."""
    cases = facts.together
    if not cases:
        return None
    if len(cases) == 1:
        return Text(_reminder("reminder", cases[0], facts), reply_to=facts.card)
    lines = [facts.words("reminder.many", count=len(cases))]
    lines += [_reminder("reminder.line", case, facts) for case in cases[:REMINDER_LINES]]
    if len(cases) > REMINDER_LINES:
        lines.append(facts.words("digest.more", count=len(cases) - REMINDER_LINES))
    return Text(Markup("\n").join(lines))


def _reminder(key: str, case: Case, facts: Facts) -> Markup:
    joint = "_" if key.endswith("line") else "."
    due_at = (case.pressing or case.responsible.resolve).due_at
    return facts.words(
        f"{key}{joint}{case.state}",
        colour=colour_sign(case, facts),
        number=numbered(case),
        owner=case.owner.name if case.owner else "",
        accept_by=due_at,
        resolve_by=due_at,
        left=facts.words.left(due_at, facts.now),
    )


def render_digest(facts: Facts) -> Text | None:
    """Return the message that names many new cases at once and grows with them; their cards follow one by one.

    However many they are, every number is there; of the words as much as there is room for.
    """
    if not any(case.is_open for case in facts.together):
        return None
    texts = (_digest(facts, limit) for limit in DIGEST_TEXTS)
    return Text(next(text for text in texts if len(split(text, MESSAGE_LIMIT)) == 1), live=True)


def _digest(facts: Facts, limit: int) -> Markup:
    words = facts.words
    lines = [words("digest.urgent" if facts.values.get("urgent") else "digest.title", count=len(facts.together))]
    for case in facts.together:
        text = one_line(hide_phones(case.text), limit) if limit else ""
        lines.append(words("digest.line", number=numbered(case), kind=words(f"kind.{case.kind}"), text=text))
    return Markup("\n").join(lines)


def render_menu(facts: Facts) -> CommandMenu:
    """Return an admin's own command menu, in every language, and without one for all others."""
    names = facts.values["commands"]
    spoken = {"": Words(), **{language: Words(language) for language in LANGUAGES}}
    return CommandMenu(
        {
            language: tuple((name, words(f"command.{name}").unescape()) for name in names)
            for language, words in spoken.items()
        }
    )
