"""Take out: what was taken for a word about a case, and is not, leaves it and becomes a draft of its own."""

from collections.abc import Sequence

from domain.cases.case import Case, CaseId, State, Verb, move
from domain.cases.drafts import DraftInTheWay
from domain.cases.messages import Message, Part
from domain.desk import Desk
from domain.desk.intake.write_draft import Written, write_draft
from domain.errors import DeskError
from domain.people.person import Actor, Person
from domain.record.history import Event, EventId, Row

TAKEN_IN = frozenset({Event.QUESTION_ANSWERED, Event.CASE_SUPPLEMENTED})


class TakenOutBefore(DeskError):
    """The words have left the case already, or never were in it."""

    key = "error.taken_out_before"


async def take_out(desk: Desk, actor: Actor, person: Person, case_id: CaseId, row_id: EventId) -> Written:
    """Make a draft of what the actor said, which was taken to be about a case.

    History keeps that it was, and that it is not; the file shows it no more. What the unit has not read yet it never
    reads, and it is told that the rest is not meant for it. A question that it had answered waits again.

    Raises:
        NotTheResident: somebody else raised the case.
        TakenOutBefore: it has been done already.
        DraftInTheWay: another draft is open.
    """
    case, row = await desk.find.own_case(actor, case_id), await desk.work.history.get(row_id)
    rows = await desk.work.history.of_case(case_id)
    out = any(later.event == Event.ADDITION_TAKEN_OUT and later.told.get("of") == row_id for later in rows)
    if row is None or row.case != case_id or row.actor != actor.id or row.event not in TAKEN_IN or out:
        raise TakenOutBefore(row_id)
    if await desk.work.drafts.open_of(actor.id):
        raise DraftInTheWay(row_id)
    message = await _message_of(desk, row, rows)
    await desk.work.posts.forget(row_id)
    await desk.work.outbox.take_back(row_id)
    event = await desk.record.event(actor, Event.ADDITION_TAKEN_OUT, case, of=row_id)
    case = await _wait_again(desk, case, row)
    await desk.tell.unit(case.unit, case, event)
    written = await write_draft(desk, person, message)
    await desk.work.attachments.take_out(row_id, written.draft.id)
    return written


async def _message_of(desk: Desk, row: Row, rows: Sequence[Row]) -> Message:
    """Return what was said as it is now, with its edits, and the files that came with it."""
    posts = await desk.work.posts.sent_as(row.id)
    words = row.told.get("parts") or {str(posts[0].message): row.told.get("text", "")}
    edits = {
        str(later.told["message"]): later.told["text"]
        for later in rows
        if later.event == Event.MESSAGE_EDITED and later.told.get("of") == row.id
    }
    words = {**words, **edits}
    parts = tuple(Part(post.chat, post.message, words.get(str(post.message), ""), post.album) for post in posts)
    return Message(posts[0].chat, parts, tuple(await desk.work.attachments.of_event(row.id)))


async def _wait_again(desk: Desk, case: Case, row: Row) -> Case:
    """Let the case wait for the answer that this was none of, unless it has gone on since, or been merged."""
    if (
        row.event != Event.QUESTION_ANSWERED
        or case.merged
        or (case.state, case.state_since) != (State.ACCEPTED, row.at)
    ):
        return case
    return await desk.record.save_and_replan(move(case, Verb.ASK, desk.now))
