"""Ask for a later deadline (延期): the owner says until when and why, and somebody above rules on it."""

from datetime import datetime

from domain.cases.case import BEING_WORKED_ON, Case, CaseId
from domain.cases.extensions import (
    DateUnreadable,
    asked_to_extend,
    later_by,
    read_until,
    require_later,
    rule_by,
    rules_on_extension,
    why_not_extendable,
)
from domain.cases.followups import Due, FollowUp
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.cases.revisits import worked_on
from domain.desk import Desk
from domain.desk.parts.asker import take_buttons_away
from domain.errors import DeskError, MoveNotAllowed, NotAMember, WordsMissing
from domain.letters.posts import Purpose
from domain.people.person import Actor
from domain.record.history import Event
from domain.rights.rulings import Matter, Ruling


class OnlyTheOwner(DeskError):
    """Only the case's owner, or their deputy, asks for a later deadline."""

    key = "error.only_the_owner"


async def case_to_extend(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Return a case for which the actor may ask for a later deadline.

    Raises:
        CaseUnknown: there is none with this id.
        OnlyTheOwner: somebody else owns it, and the actor does not stand in for them.
        NotAMember: nobody owns it, and the actor does not work for the unit responsible.
        MoveNotAllowed: nobody works on it now.
        DeadlinePassed: it is too late.
        ExtensionAsked: one waits for whoever may rule.
        ExtensionsUsedUp: there were as many as the policy allows.
    """
    case = await desk.find.case(case_id)
    if not desk.rights.may_extend(actor, case):
        raise _denied(desk, actor, case)
    if error := why_not_extendable(case, desk.now, desk.policy):
        raise error
    return case


def _denied(desk: Desk, actor: Actor, case: Case) -> DeskError:
    if case.state in BEING_WORKED_ON:
        return OnlyTheOwner(actor.id, units=[case.unit])
    if not desk.rights.is_member(actor, case):
        return NotAMember(actor.id, units=[case.unit])
    return MoveNotAllowed(case.state, number=case.number, state=case.shown_as)


def is_past(desk: Desk, actor: Actor, case: Case) -> bool:
    """Whether the actor may not ask for a later deadline, or not any more."""
    return not desk.rights.may_extend(actor, case) or why_not_extendable(case, desk.now, desk.policy) is not None


async def ask_until(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Let the owner's next message in private be the date.

    Raises:
        OnlyTheOwner, NotAMember, MoveNotAllowed, DeadlinePassed: see `case_to_extend`.
        ExtensionAsked, ExtensionsUsedUp: see `case_to_extend`.
    """
    case = await case_to_extend(desk, actor, case_id)
    await desk.questions.ask(Question(actor.id, Asked.EXTENSION_DATE, desk.now, case=case.id))
    return case


async def choose_days(desk: Desk, actor: Actor, case_id: CaseId, count: int) -> datetime:
    """Take so many days after the deadline in force, and let the owner's next message in private be the reason.

    Raises:
        OnlyTheOwner, NotAMember, MoveNotAllowed, DeadlinePassed: see `case_to_extend`.
        ExtensionAsked, ExtensionsUsedUp: see `case_to_extend`.
        DateTooFar: see `require_later`.
    """
    case = await case_to_extend(desk, actor, case_id)
    return await _ask_why(desk, actor, case, later_by(case, count, desk.policy, desk.rules.calendar))


async def choose_date(desk: Desk, actor: Actor, case_id: CaseId, message: Message) -> datetime:
    """Read the date that the owner has written, and let their next message in private be the reason.

    Raises:
        DateUnreadable: it is no date.
        DatePast, DateTooSoon, DateTooFar: see `require_later`.
        OnlyTheOwner, NotAMember, MoveNotAllowed, DeadlinePassed: see `case_to_extend`.
        ExtensionAsked, ExtensionsUsedUp: see `case_to_extend`.
    """
    case = await case_to_extend(desk, actor, case_id)
    until = read_until(message.text, case, desk.now, desk.policy, desk.rules.calendar)
    if until is None:
        raise DateUnreadable
    return await _ask_why(desk, actor, case, until)


def is_date(desk: Desk, case: Case, message: Message) -> bool:
    """Whether a message is a date and nothing else: who is asked why has thought of another one."""
    return read_until(message.text, case, desk.now, desk.policy, desk.rules.calendar) is not None


async def _ask_why(desk: Desk, actor: Actor, case: Case, until: datetime) -> datetime:
    require_later(case, until, desk.now)
    await desk.questions.ask(Question(actor.id, Asked.EXTENSION_REASON, desk.now, case=case.id, until=until))
    return until


async def extend(desk: Desk, actor: Actor, case_id: CaseId, until: datetime, message: Message) -> Case:
    """Ask those above for a later deadline, with the reason; until they have ruled the old one holds.

    Raises:
        DatePast, DateTooSoon, DateTooFar: see `require_later`.
        WordsMissing: there are no words.
        OnlyTheOwner, NotAMember, MoveNotAllowed, DeadlinePassed: see `case_to_extend`.
        ExtensionAsked, ExtensionsUsedUp: see `case_to_extend`.
    """
    case = await case_to_extend(desk, actor, case_id)
    require_later(case, until, desk.now)
    if not message.text:
        raise WordsMissing
    unit, due_at = rules_on_extension(desk.org, case), rule_by(case, desk.now, desk.policy, desk.rules.calendar)
    told = {"worker": actor.name, "unit": unit, "until": until.isoformat()}
    event = await desk.record.message(actor, case, Event.EXTENSION_ASKED, message, **told)
    ruling = Ruling(Matter.EXTENSION, case.id, unit, actor.id, desk.now, event, due_at, until)
    await desk.work.rulings.ask(ruling)
    asked = await desk.record.save(worked_on(asked_to_extend(case, due_at), actor.id))
    await desk.work.followups.plan([FollowUp(Due.RULING_DUE, due_at, case.id, case.responsible.turn)])
    await desk.tell.rulers(unit, asked, event, files=message.attachments)
    return asked


async def ask_anew(desk: Desk, case: Case) -> None:
    """Show those who may rule the request once more, with the deadline that is in force now; the old one is spent."""
    if case.responsible.rule_by is None:
        return
    ruling = await desk.work.rulings.open_about(case.id, Matter.EXTENSION)
    if ruling is not None:
        await take_buttons_away(desk, case.id, [Purpose.RULING])
        await desk.tell.rulers(ruling.unit, case, ruling.asked_in, files=())
