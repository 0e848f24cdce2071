"""Split (拆分): one message held two matters; the second becomes a case of its own, and each names the other."""

from domain.cases.case import Case, CaseId
from domain.cases.messages import Message
from domain.cases.splits import split_in_two, split_off
from domain.desk import Desk
from domain.errors import DeskError, MoveNotAllowed, NotAMember, WordsMissing
from domain.letters.letter import Priority
from domain.letters.posts import Post, Purpose
from domain.organisation.units import Chat
from domain.people.person import Actor
from domain.record.history import Event, EventId


class SplitAlready(DeskError):
    """What asked for the words of the second matter has had its answer."""

    key = "error.split_already"


def is_past(desk: Desk, actor: Actor, case: Case) -> bool:
    """Whether there is nothing for the actor to split any more."""
    return not (case.is_open and desk.rights.may_split(actor, case))


async def case_to_split(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Return a case off which the actor may split a second matter.

    Raises:
        CaseUnknown: there is none with this id.
        NotAMember: the actor neither works for the unit responsible nor leads one above.
        MoveNotAllowed: it has ended.
    """
    case = await desk.find.case(case_id)
    if not desk.rights.may_split(actor, case):
        raise NotAMember(actor.id, units=[case.unit])
    if not case.is_open:
        raise MoveNotAllowed(case.state, number=case.number, state=case.shown_as)
    return case


async def ask_for_second_matter_of(desk: Desk, actor: Actor, number: str, chat: Chat | None) -> Case:
    """Ask for the words of the second matter of a case in the chat where somebody has named it, or in private.

    Raises:
        CaseUnknown: no case has this number, or it does not concern the actor.
        CaseNotForChat: it does, but not this chat.
        NotAMember, MoveNotAllowed: see `case_to_split`.
    """
    case = await desk.find.named(actor, number, chat)
    return await ask_for_second_matter(desk, actor, case.id, here=chat, privately=chat is None)


async def ask_for_second_matter(
    desk: Desk,
    actor: Actor,
    case_id: CaseId,
    *,
    here: Chat | None = None,
    privately: bool = False,
    again: bool = False,
) -> Case:
    """Ask for the words of the second matter, `here` or `privately`; `again`: because there were none.

    Raises:
        CaseUnknown, NotAMember, MoveNotAllowed: see `case_to_split`.
    """
    case = await case_to_split(desk, actor, case_id)
    await desk.questions.prompt(actor, case, Purpose.SPLIT_PROMPT, here=here, privately=privately, again=again)
    return case


async def split(desk: Desk, actor: Actor, case_id: CaseId, message: Message, prompt: Post | None = None) -> Case:
    """Make a worker's words a case of the same resident, new at the same unit; return that.

    The first case keeps its words. The resident reads why there are two now, and until when each is done; danger in the
    words alarms the unit. `prompt`: what has asked for them, in a group; it is answered once.

    Raises:
        CaseUnknown, NotAMember, MoveNotAllowed: see `case_to_split`.
        SplitAlready: that was answered before.
        WordsMissing: there are none.
    """
    case = await case_to_split(desk, actor, case_id)
    if prompt is not None and prompt.event is not None:
        raise SplitAlready(case.id, number=case.number)
    if not message.text:
        raise WordsMissing
    number = await desk.work.cases.next_number(desk.policy.local(desk.now))
    second = split_off(case, message.text, number, desk.org, desk.now, desk.policy, desk.rules.calendar)
    second = await desk.work.cases.add(second)
    event = await _record(desk, actor, case, second, message, prompt)
    await desk.record.plan(second)
    await _tell(desk, second, event, message)
    return second


async def _record(desk: Desk, actor: Actor, case: Case, second: Case, message: Message, prompt: Post | None) -> EventId:
    """Write it down in both files; return the row of the second one."""
    told = {
        "number": second.number,
        "kind": second.kind,
        "category": second.category or None,
        "address": second.address,
        "unit": second.unit,
        "raised_in": second.raised_in,
        "anonymous": second.anonymous,
        "urgent": second.urgent,
    }
    row = await desk.record.message(
        actor, second, Event.CASE_SPLIT_OFF, message, worker=actor.name, other=case.number, **told
    )
    first = await desk.record.save(split_in_two(case))
    event = await desk.record.event(
        actor, Event.CASE_SPLIT, first, worker=actor.name, other=second.number, text=message.text
    )
    if prompt is not None:
        await desk.work.posts.note_answer(prompt, event)
    await desk.tell.first_owner(actor, first, event)
    if not _is_heard(desk, first, message):
        await desk.tell.unit(first.unit, first, event)
    return row


async def _tell(desk: Desk, second: Case, event: EventId, message: Message) -> None:
    await desk.tell.resident(second, event)
    await desk.cards.post(second.id, second.unit, Priority.URGENT if second.urgent else Priority.NEW)
    if second.urgent:
        await desk.tell.alarm(second, event)
    if not desk.org[second.unit].has_chat:
        await desk.tell.staff(second.unit, second, event)
    elif message.attachments and not _is_heard(desk, second, message):
        await desk.tell.forward_files_to_unit(second, event)


def _is_heard(desk: Desk, case: Case, message: Message) -> bool:
    """Whether the words stand in the unit's own chat already."""
    chat = desk.org[case.unit].chat
    return chat is not None and chat.id == message.chat
