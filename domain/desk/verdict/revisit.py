"""Revisit (回访): somebody who did not work on a case asks its resident in person, and records what they say."""

from collections.abc import Mapping

from domain.cases.case import Case, CaseId, State
from domain.cases.followups import Due, FollowUp
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.cases.revisits import Answer, confirmed_by_revisit, had_a_hand_in, is_to_be_revisited, revisit_at
from domain.desk import Desk
from domain.desk.verdict.return_case import go_on, returned_to_work
from domain.errors import DeskError, MoveNotAllowed, NotAMember
from domain.letters.letter import Priority
from domain.people.person import DESK, Actor, UnitCode
from domain.record.history import Event, EventId
from domain.rights.permissions import units_in_charge

HOW: Mapping[Answer, Asked] = {
    Answer.SOLVED: Asked.HOW_SOLVED,
    Answer.UNSOLVED: Asked.HOW_UNSOLVED,
    Answer.MISSED: Asked.HOW_MISSED,
}
"""As what it is kept that somebody is asked whom they asked, and how."""


class OwnWork(DeskError):
    """Nobody asks about what they worked on, or what is their own."""

    key = "error.own_work"


class StillTheirs(DeskError):
    """The resident can still be waited for."""

    key = "error.still_theirs"


class HowMissing(DeskError):
    """Whoever asked in person says in words whom, and how."""

    key = "error.revisit_words_missing"


async def case_to_revisit(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Return a case about which the actor may ask in person.

    Raises:
        CaseUnknown: there is none with this id.
        OwnWork: they worked on it, or it is their own.
        NotAMember: they work neither for the unit responsible nor for one above it.
        MoveNotAllowed: it is not reported done.
        StillTheirs: the resident has time to answer.
    """
    case = await desk.find.case(case_id)
    if had_a_hand_in(actor.id, case):
        raise OwnWork(actor.id, number=case.number)
    if not desk.rights.may_revisit(actor, case):
        raise NotAMember(actor.id, units=[case.unit])
    if case.state is not State.RESOLVED:
        raise MoveNotAllowed(case.state, number=case.number, state=case.shown_as)
    if not is_to_be_revisited(case, desk.now, desk.policy):
        raise StillTheirs(case.id, number=case.number, until=revisit_at(case, desk.policy))
    return case


def is_past(desk: Desk, actor: Actor, case: Case) -> bool:
    """Whether the actor may not ask in person, or not any more."""
    return not (desk.rights.may_revisit(actor, case) and is_to_be_revisited(case, desk.now, desk.policy))


async def ask_what_they_said(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Ask the worker, in private, what the resident says.

    Raises:
        CaseUnknown, OwnWork, NotAMember, MoveNotAllowed, StillTheirs: see `case_to_revisit`.
    """
    case = await case_to_revisit(desk, actor, case_id)
    await desk.questions.ask(Question(actor.id, Asked.REVISIT_ANSWER, desk.now, case=case.id))
    return case


async def ask_how(desk: Desk, actor: Actor, case_id: CaseId, answer: Answer) -> Case:
    """Let the worker's next message in private say whom they asked, and how.

    Raises:
        CaseUnknown, OwnWork, NotAMember, MoveNotAllowed, StillTheirs: see `case_to_revisit`.
    """
    case = await case_to_revisit(desk, actor, case_id)
    await desk.questions.ask(Question(actor.id, HOW[answer], desk.now, case=case.id))
    return case


async def revisit(desk: Desk, actor: Actor, case_id: CaseId, answer: Answer, message: Message) -> Case:
    """Record what the resident says: a yes ends the case, a no returns it, and no answer leaves it as it stands.

    Their unit and that of whoever asked read it, and so does the resident, who may contradict a yes.

    Raises:
        HowMissing: there are no words.
        CaseUnknown, OwnWork, NotAMember, MoveNotAllowed, StillTheirs: see `case_to_revisit`.
    """
    case = await case_to_revisit(desk, actor, case_id)
    if not message.text:
        raise HowMissing(case.id, how=answer)
    if answer is Answer.SOLVED:
        return await _confirm(desk, actor, case, message)
    if answer is Answer.UNSOLVED:
        return await _return(desk, actor, case, message)
    event = await _record(desk, actor, case, Event.REVISIT_MISSED, message)
    await desk.tell.unit_with_files(case, event, files=message.attachments)
    await _tell(desk, actor, case, case.unit, event)
    return case


async def _confirm(desk: Desk, actor: Actor, case: Case, message: Message) -> Case:
    confirmed = confirmed_by_revisit(case, desk.now)
    event = await _record(desk, actor, confirmed, Event.REVISIT_SOLVED, message)
    confirmed = await desk.record.save_and_replan(confirmed)
    await desk.tell.unit_with_files(confirmed, event, files=message.attachments)
    await desk.tell.first_owner(actor, confirmed, event)
    await desk.tell.raiser(actor, confirmed, event)
    await _tell(desk, actor, confirmed, case.unit, event)
    return confirmed


async def _return(desk: Desk, actor: Actor, case: Case, message: Message) -> Case:
    returned = await returned_to_work(desk, case)
    event = await _record(desk, actor, returned, Event.REVISIT_UNSOLVED, message, returns=returned.returns)
    await _tell(desk, actor, returned, case.unit, event)
    return await go_on(desk, actor, returned, event, files=message.attachments)


async def _record(
    desk: Desk, actor: Actor, case: Case, event: Event, message: Message, *, returns: int | None = None
) -> EventId:
    return await desk.record.message(actor, case, event, message, worker=actor.name, returns=returns)


async def _tell(desk: Desk, actor: Actor, case: Case, told: UnitCode, event: EventId) -> None:
    """Tell the resident, who is asked no other way any more, and the group of whoever asked, if it is another."""
    if not case.unreachable:
        await desk.tell.resident(case, event)
    theirs = (code for code in reversed(units_in_charge(desk.org, case)) if desk.org.role_of(actor.id, code))
    unit = next(theirs, None)
    if unit is not None and unit != told:
        await desk.tell.unit(unit, case, event)


async def offer_revisit(desk: Desk, case: Case) -> None:
    """Say to those who may that the resident should be asked in person, and show it on the card."""
    event = await ask_again(desk, case)
    await desk.cards.post(case.id, case.unit, Priority.REMINDER)
    if desk.rights.unit_to_revisit(case) != case.unit:
        await desk.tell.unit(case.unit, case, event, priority=Priority.REMINDER, scheduled=True)


async def ask_again(desk: Desk, case: Case) -> EventId:
    """Ask those who may to ask the resident in person, once more; return the row that says so."""
    event = await desk.record.event(DESK, Event.REVISIT_DUE, case, asks=desk.rights.unit_to_revisit(case) or "admins")
    await desk.tell.ask_in_person(case, event)
    return event


async def put_revisit_off(desk: Desk, case: Case) -> None:
    """Wait for a resident who can be reached again, as long as for any other."""
    due = FollowUp(Due.REVISIT_DUE, max(desk.now, revisit_at(case, desk.policy)), case.id)
    await desk.work.followups.cancel(case.id, (), what=[Due.REVISIT_DUE])
    await desk.work.followups.plan([due])
    await desk.cards.post(case.id, case.unit, Priority.REMINDER)
