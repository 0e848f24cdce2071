"""The file of one case (一事一档) as people read it: its head, its whole text, and what has happened to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from domain.cases.case import Case, State
from domain.desk.casework.view import File, read_file
from domain.desk.intake.alike import cases_like
from domain.desk.intake.raise_case import FOR_NEIGHBOUR, FOUND
from domain.letters.contents import FilePage, Spent
from domain.record.history import Event, Row
from domain.rights.permissions import may_be_shown_to, only_assist
from domain.text.phones import hide_phones
from handlers.rendering.case_buttons import CaseButton, case_keyboard
from handlers.rendering.labels import numbered, place_label, resident_line, sibling_lines, unit_label
from handlers.rendering.mentions import mentions
from handlers.rendering.sending import Scene, Sending, Text, Written
from handlers.rendering.split import MESSAGE_LIMIT, fits, split
from handlers.words import Words

MOST_ALIKE = 3
RAISED: Mapping[str, tuple[str, str]] = {
    FOR_NEIGHBOUR: ("timeline_own.case_raised_neighbour", "timeline.case_raised_neighbour"),
    FOUND: ("timeline.case_raised_found", "timeline.case_raised_found"),
}
"""What the file says to its resident, and to others, of a case that a worker has raised."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """How somebody reads a file: as their own case or as staff do, and whether with its resident's name and phones.

    `phone`: that of the neighbour for whom it was raised.
    """

    scene: Scene
    own: bool
    shows_name: bool
    shows_phones: bool
    phone: str = ""

    def shown(self, text: str) -> str:
        """Return what somebody wrote, as this reader sees it."""
        return text if self.own or self.shows_phones else hide_phones(text)


async def write_file(sending: Sending, content: FilePage, offered: Sequence[CaseButton]) -> Written:
    """Write one part of a case's file, for whoever may see it still: they may have left since they asked.

    `offered`: what may be pressed under it.
    """
    desk, case, reader = sending.desk, await sending.case(), sending.reader
    edits = sending.letter.edits
    if case is None or not _may_read(sending, content, case):
        return Written(Spent(sending.chat.id, edits)) if edits else Written()
    shows_phones = reader is not None and desk.rights.may_see_phone(reader, case)
    shows_name = not content.own and _shows_name(sending, case)
    neighbour = await desk.work.people.look_at(case.resident) if case.raised_by and shows_phones else None
    phone = neighbour.phone if neighbour else ""
    reading = _Reading(sending.scene, content.own, shows_name, shows_phones, phone)
    beside = [*await sibling_lines(case, sending), *await _alike_lines(case, sending, own=content.own)]
    lines = list(_file_lines(await read_file(desk, case), beside, reading))
    if edits:
        pressable = case_keyboard(_pressable(offered, sending, case), case, sending.scene)
        return Written(Text(_at_most_one_message(lines), pressable, edits=edits), case.id)
    parts = split(Markup("\n").join(lines), MESSAGE_LIMIT)
    part = min(sending.letter.so_far.part, len(parts) - 1)
    is_last = part == len(parts) - 1
    buttons = case_keyboard(_pressable(offered, sending, case), case, sending.scene) if is_last else None
    return Written(Text(parts[part], buttons, more=not is_last), case.id)


def _at_most_one_message(lines: Sequence[Markup]) -> Markup:
    """Return a file that stands in one message; of a longer one its title, and what has happened last."""
    whole = Markup("\n").join(lines)
    if fits(whole):
        return whole
    title, shown = lines[0], Markup("")
    for line in reversed(lines[1:]):
        longer = Markup("\n").join([line, shown] if shown else [line])
        if not fits(Markup("\n").join([title, Markup("…"), longer])):
            break
        shown = longer
    return Markup("\n").join([title, Markup("…"), shown])


def _pressable(offered: Sequence[CaseButton], sending: Sending, case: Case) -> list[CaseButton]:
    """Return what the reader may press; in a group what stands on the card there, until the case has ended."""
    rights, reader = sending.desk.rights, sending.reader
    if reader is None:
        is_here = case.unit in {unit.code for unit in sending.desk.org.in_chat(sending.chat)}
        return list(offered) if is_here and case.is_open else []
    return [one for one in offered if one.may(rights, reader, case)]


def _may_read(sending: Sending, content: FilePage, case: Case) -> bool:
    org, rights, reader = sending.desk.org, sending.desk.rights, sending.reader
    if reader is None:
        return may_be_shown_to(org, org.in_chat(sending.chat), case)
    return rights.may_speak_for(reader, case) if content.own else rights.may_view(reader, case)


def _shows_name(sending: Sending, case: Case) -> bool:
    """Whether the resident's name stands there: not for those who were just called to work beside."""
    org, reader = sending.desk.org, sending.reader
    if reader is not None:
        return sending.desk.rights.may_see_name(reader, case)
    return not only_assist(org, (unit.code for unit in org.in_chat(sending.chat)), case)


async def _alike_lines(case: Case, sending: Sending, *, own: bool) -> Sequence[Markup]:
    """Return which cases a new one may be the same as, for whoever may merge them."""
    reader, rights = sending.reader, sending.desk.rights
    if own or reader is None or case.state is not State.SUBMITTED or case.merged or not rights.may_merge(reader, case):
        return ()
    numbers = [Markup("#{}").format(one.number) for one in await cases_like(sending.desk, case)]
    return [sending.words("file.alike", numbers=Markup(" ").join(numbers[:MOST_ALIKE]))] if numbers else ()


def _file_lines(file: File, beside: Sequence[Markup], reading: _Reading) -> Iterator[Markup]:
    scene, words, case, own = reading.scene, reading.scene.words, file.case, reading.own
    kind, state = words(f"kind.{case.kind}"), words(f"state{'_short' if own else ''}.{case.shown_as}")
    yield words("file.title", number=numbered(case), kind=kind, state=state)
    if case.category:
        yield words("file.category", category=case.category)
    yield words("file.unit", unit=unit_label(scene.org, case.unit, words))
    if case.address:
        yield words("file.place", place=place_label(scene.org, case.raised_in, reading.shown(case.address), words))
    if case.state is State.SUBMITTED:
        yield words("file.accept_by", at=case.responsible.accept.due_at)
    if case.promise:
        yield words("file.resolve_by", at=case.resolve.due_at)
    yield from _merging_lines(file, words, own=own)
    if case.owner:
        yield words("file.owner", name=case.owner.name)
    if reading.shows_name:
        yield from _resident_lines(case, reading)
    if files := file.attachments_shown if own else file.attachments:
        yield words("file.attachments", count=files)
    yield from beside
    yield Markup("")
    yield Markup.escape(reading.shown(case.text))
    if case.reworded and file.rows:
        yield words("file.reworded", text=reading.shown(str(file.rows[0].told.get("text", ""))))
    yield Markup("")
    yield words("file.timeline")
    out = {row.told.get("of") for row in file.rows if row.event == Event.ADDITION_TAKEN_OUT}
    yield from (line for row in file.rows if row.id not in out and (line := _timeline_line(row, case, reading)))


def _merging_lines(file: File, words: Words, *, own: bool) -> Iterator[Markup]:
    """Yield with what the case is worked on as one."""
    if file.case.merged:
        yield words("file.merged_own" if own else "file.merged", main=f"#{file.case.merged.number}")
    if file.followers and not own:
        yield words("file.followers", numbers=" ".join(f"#{number}" for number in file.followers))


def _resident_lines(case: Case, reading: _Reading) -> Iterator[Markup]:
    """Yield who raised it, or for whom it was, with their telephone number for those who may read it."""
    words, name = reading.scene.words, reading.shown(case.resident_name)
    if case.raised_by:
        yield resident_line(case, words)
        if reading.phone:
            yield words("file.phone", phone=reading.phone)
    else:
        yield words("file.resident_anonymous") if case.anonymous else words("file.resident", name=name)


def timeline_key(row: Row, words: Words, *, own: bool = False) -> str | None:
    """Return the sentence that a file says of a row, to its resident if it is their `own`; None where it says none."""
    yours, anybodys = RAISED.get(str(row.told.get("of", "")), ("", "")) if row.event == Event.CASE_RAISED else ("", "")
    keys = [*([yours, f"timeline_own.{row.event}"] if own else []), anybodys, f"timeline.{row.event}"]
    return next((key for key in keys if key in words), None)


def _timeline_line(row: Row, case: Case, reading: _Reading) -> Markup | None:
    words = reading.scene.words
    key = timeline_key(row, words, own=reading.own)
    if key is None or (reading.own and row.is_inside):
        return None
    text = Markup.escape(reading.shown(str(row.told.get("text", ""))))
    what = words(key, **mentions(reading.scene, row, case, text))
    return words("file.line", at=row.at, what=what)
