"""The file of one case (一事一档) as people read it: its head, its whole text, and what has happened to it."""

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.cases import BEING_WORKED_ON, Case, State
from domain.history import Row
from domain.phones import hide_phones
from handlers.buttons import Nudge, Object, Solved, SupplementCase, Unsolved, Withdraw, button, keyboard
from handlers.cards import numbered, place_label, unit_label
from handlers.mentions import mentions
from handlers.rendering import Facts, Text
from handlers.split import MESSAGE_LIMIT, split
from handlers.words import Words


def render_file(facts: Facts) -> Text | None:
    """Return one part of a case's file: its head, its whole text, and what has happened to it."""
    if facts.file is None:
        return None
    parts = split(Markup("\n").join(_file_lines(facts)), MESSAGE_LIMIT)
    part = int(facts.values.get("part", 0))
    last = part >= len(parts) - 1
    buttons = _own_case_buttons(facts.file.case, facts.words) if last and facts.values.get("own") else None
    return Text(parts[min(part, len(parts) - 1)], keyboard(*buttons) if buttons else None, more=not last)


def _file_lines(facts: Facts) -> Iterator[Markup]:
    words, file = facts.words, facts.file
    if file is None:
        return
    case, own = file.case, bool(facts.values.get("own"))
    kind, state = words(f"kind.{case.kind}"), words(f"state{'_short' if own else ''}.{case.state}")
    yield words("file.title", number=numbered(case), kind=kind, state=state)
    yield words("file.unit", unit=unit_label(facts.org, case.unit, words))
    if case.address:
        yield words("file.place", place=place_label(facts.org, case.raised_in, _shown(case.address, facts), words))
    if case.state is State.SUBMITTED:
        yield words("file.accept_by", at=case.responsible.accept.due_at)
    if case.promise:
        yield words("file.resolve_by", at=case.responsible.resolve.due_at)
    if case.owner:
        yield words("file.owner", name=case.owner.name)
    if not own:
        name = _shown(case.resident_name, facts)
        yield words("file.resident_anonymous") if case.anonymous else words("file.resident", name=name)
    if files := file.attachments_shown if own else file.attachments:
        yield words("file.attachments", count=files)
    yield Markup("")
    yield Markup.escape(_shown(case.text, facts))
    yield Markup("")
    yield words("file.timeline")
    yield from (line for row in file.rows if (line := _timeline_line(row, case, facts, own=own)))


def _shown(text: str, facts: Facts) -> str:
    return text if facts.values.get("own") or facts.shows_phones else hide_phones(text)


def _timeline_line(row: Row, case: Case, facts: Facts, *, own: bool) -> Markup | None:
    keys = [*([f"timeline_own.{row.event}"] if own else []), f"timeline.{row.event}"]
    key = next((key for key in keys if key in facts.words), None)
    if key is None or (own and row.is_inside):
        return None
    text = Markup.escape(_shown(str(row.told.get("text", "")), facts))
    what = facts.words(key, **mentions(replace(facts, event=row, case=case), text))
    return facts.words("file.line", at=row.at, what=what)


def _own_case_buttons(case: Case, words: Words) -> list[list[InlineKeyboardButton]]:
    rows = []
    if case.state is State.RESOLVED:
        rows.append(
            [button(words("button.solved"), Solved(case.id)), button(words("button.unsolved"), Unsolved(case.id))]
        )
    if case.state is State.REFUSED and case.closed_at is None:
        rows.append([button(words("button.object"), Object(case.id))])
    if case.is_open:
        more = [button(words("button.supplement"), SupplementCase(case.id))]
        if case.state is State.SUBMITTED or case.state in BEING_WORKED_ON:
            more.append(button(words("button.nudge"), Nudge(case.id)))
        rows.append([*more, button(words("button.withdraw"), Withdraw(case.id))])
    return rows
