"""Amend a message: an edited message finds the row of the file that it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.cases.assists import reworded
from domain.cases.case import Case
from domain.cases.messages import Message
from domain.desk import Desk
from domain.desk.casework.among_units import readers_among
from domain.desk.casework.progress import is_note, without_prefix
from domain.desk.intake.heed_danger import heed_danger
from domain.desk.intake.heed_place import heed_place
from domain.desk.intake.limit_files import files_replaced
from domain.letters.posts import Purpose
from domain.people.person import Actor, UnitCode
from domain.record.edits import words_now
from domain.record.history import AMONG_UNITS, EDITS, Event, Row

WORKERS_WORDS = frozenset(
    {
        Event.PROGRESS_TOLD,
        Event.QUESTION_ASKED,
        Event.CASE_SPLIT_OFF,
        Event.CASE_RESOLVED,
        Event.CASE_REFUSED,
    }
)
ABOUT_ITS_WORK = frozenset({Event.EXTENSION_DENIED, Event.REVISIT_SOLVED, Event.REVISIT_UNSOLVED, Event.REVISIT_MISSED})
"""What the resident and the unit read from somebody who need not work on the case, but may open its file."""
OF_ONE_RESIDENT = frozenset({Event.QUESTION_ASKED, Event.REVISIT_SOLVED, Event.REVISIT_UNSOLVED, Event.REVISIT_MISSED})
"""What is said to one resident alone, and not to those of the cases that follow theirs."""


class Amended(StrEnum):
    """What became of an edit: none of our messages, nothing in it new, passed on, or kept in the file alone."""

    UNKNOWN = "unknown"
    UNCHANGED = "unchanged"
    PASSED_ON = "passed_on"
    FILED = "filed"


async def amend(desk: Desk, actor: Actor, message: Message) -> Amended:
    """Append what an edit has changed to its case, words and files, and show it to those who read it before.

    What a worker changes who has no say in the case any more stays in the file, as does what nobody waits for any
    more, and what now begins with `//`, which is as its writer wants it.
    """
    post = await desk.work.posts.find(message.chat, message.id)
    row = await desk.work.history.get(post.event) if post is not None and post.event else None
    if post is None or row is None or post.purpose is not Purpose.SENT or post.person != actor.id:
        return Amended.UNKNOWN
    case = await desk.find.case(post.case)
    edit = await _edit_of(desk, actor, case, row, message)
    reworded = await _reword(desk, case, edit)
    if not (await _replace_files(desk, case, edit) or reworded):
        return Amended.UNCHANGED
    return Amended.PASSED_ON if edit.is_read or edit.is_note else Amended.FILED


async def _edit_of(desk: Desk, actor: Actor, case: Case, row: Row, message: Message) -> "Edit":
    of_worker, is_kept = row.event in WORKERS_WORDS | ABOUT_ITS_WORK, is_note(message)
    may_say = desk.rights.may_view if row.event in ABOUT_ITS_WORK else desk.rights.may_speak
    inside = row.is_inside or row.event in AMONG_UNITS or (of_worker and (is_kept or not may_say(actor, case)))
    among = () if is_kept else tuple(readers_among(desk, actor, case, row))
    if row.event in ABOUT_ITS_WORK and not inside:
        among = (case.unit,)
    resident = of_worker and not inside and not case.has_stand_in
    return Edit(
        actor,
        message,
        row,
        await _edits(desk, case, row, message),
        inside=inside,
        of_worker=of_worker,
        among=among,
        is_read=resident or bool(among) or not (inside or of_worker),
        is_note=is_kept or row.event == Event.NOTE_TAKEN,
    )


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited message: the row of the file that it became, the rows of its edits so far, and who may read it.

    `among`: the units that read it besides, or alone. `is_read`: whether anybody reads it who is not in the file;
    `is_note`: whether nobody is to.
    """

    actor: Actor
    message: Message
    row: Row
    before: Sequence[Row]
    inside: bool
    of_worker: bool
    among: tuple[UnitCode, ...] = ()
    is_read: bool = True
    is_note: bool = False

    @property
    def followers(self) -> bool:
        """Whether those of cases that follow this one have read it."""
        return self.row.event not in OF_ONE_RESIDENT

    @property
    def reported_at(self) -> datetime | None:
        """Of when the report is that was edited: of followers only those have read it who were asked about it."""
        return self.row.at if self.row.event == Event.CASE_RESOLVED else None

    @property
    def worker(self) -> str | None:
        """Under which name a worker reads who has changed it."""
        is_named = self.of_worker or self.among or self.row.event == Event.ADDED_FOR_NEIGHBOUR
        return self.actor.name if is_named else None


async def _edits(desk: Desk, case: Case, row: Row, message: Message) -> Sequence[Row]:
    rows = [later for later in await desk.work.history.of_case(case.id) if later.event in EDITS]
    return [later for later in rows if (later.told.get("of"), later.told.get("message")) == (row.id, message.id)]


async def _reword(desk: Desk, case: Case, edit: Edit) -> bool:
    message, row = edit.message, edit.row
    words = (without_prefix(message) if edit.inside else message).text
    texts = [str(later.told.get("text", "")) for later in edit.before if later.event == Event.MESSAGE_EDITED]
    first = row.told.get("parts", {}).get(str(message.id), row.told.get("text", ""))
    if not words or words == (texts[-1] if texts else first):
        return False
    told = {"text": words, "of": row.id, "message": message.id, "inside": edit.inside, "worker": edit.worker}
    event = await desk.record.event(edit.actor, Event.MESSAGE_EDITED, case, **told)
    if edit.actor.id in (case.author, case.resident):
        case = await heed_place(desk, edit.actor, await heed_danger(desk, case, words), message)
        if row.event == Event.CASE_RAISED:
            case = await _reword_case(desk, case, row)
    elif row.event == Event.CASE_SPLIT_OFF and not edit.inside:
        case = await _reword_case(desk, case, row)
    elif row.event == Event.ASSIST_CALLED and edit.among:
        task = await _words_now(desk, case, row)
        case = await desk.record.save(reworded(case, row.at, task))
    for unit in edit.among:
        await desk.tell.unit(unit, case, event)
    if not edit.inside and edit.of_worker:
        await desk.tell.residents(case, event, followers=edit.followers, reported_at=edit.reported_at)
    elif not edit.inside:
        await desk.tell.unit(case.unit, case, event)
    return True


async def _reword_case(desk: Desk, case: Case, raised: Row) -> Case:
    """Put the new words of one message into the words of its case, for its cards and lists; the file keeps the old."""
    text = await _words_now(desk, case, raised)
    return await desk.record.save(replace(case, text=text, reworded=True))


async def _words_now(desk: Desk, case: Case, row: Row) -> str:
    """Return the words of a row as all its messages are now."""
    edits = await desk.work.history.of_case(case.id, Event.MESSAGE_EDITED)
    return words_now(row, [edit for edit in edits if edit.told.get("of") == row.id])


async def _replace_files(desk: Desk, case: Case, edit: Edit) -> bool:
    """Keep files that were put in the place of others beside those, and send them on as what has changed."""
    message, row = edit.message, edit.row
    last = [later.id for later in edit.before if later.event == Event.FILES_REPLACED]
    held = await desk.work.attachments.of_event(last[-1] if last else row.id)
    files = await files_replaced(desk, edit.actor.id, message, held)
    if not files:
        return False
    told = {
        "files": len(files),
        "of": row.id,
        "message": message.id,
        "inside": edit.inside,
        "worker": edit.worker,
    }
    event = await desk.record.event(edit.actor, Event.FILES_REPLACED, case, **told)
    await desk.work.attachments.add(files, desk.now, person=edit.actor.id, case=case.id, event=event)
    if edit.of_worker and not edit.inside:
        await desk.tell.files_to_residents(case, event, followers=edit.followers, reported_at=edit.reported_at)
    elif not edit.inside:
        await desk.tell.forward_files_to_unit(case, event)
    for unit in edit.among:
        await desk.tell.forward_files_to_unit(case, event, unit=unit)
    return True
