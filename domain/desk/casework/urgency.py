"""Set and lift urgency (紧急, 不紧急): a member of the unit says, with a reason, whether somebody is in danger."""

from collections.abc import Sequence

from domain.cases.case import Case, CaseId
from domain.cases.merging import require_unmerged
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.cases.urgency import calm_resolve, made_calm, made_urgent
from domain.desk import Desk
from domain.desk.intake.heed_danger import change_urgency
from domain.errors import DeskError, MoveNotAllowed, NotAMember
from domain.people.person import Actor, PersonId
from domain.record.history import Event


class UrgentAlready(DeskError):
    """The case is urgent; perhaps a colleague was first."""

    key = "error.urgent_already"


class CalmAlready(DeskError):
    """The case is not urgent; perhaps a colleague was first."""

    key = "error.calm_already"


class UrgencyWithoutReason(DeskError):
    """The reason was asked for, and the message has no words."""

    key = "error.urgency_without_reason"


def is_past(desk: Desk, actor: Actor, case: Case, *, urgent: bool) -> bool:
    """Whether there is nothing for the actor to set, or to lift, any more."""
    return (
        case.urgent is urgent
        or case.promise is None
        or case.merged is not None
        or not desk.rights.may_judge_urgency(actor, case)
    )


async def case_to_judge(desk: Desk, actor: Actor, case_id: CaseId, *, urgent: bool) -> Case:
    """Return a case whose urgency the actor may set, or lift.

    Raises:
        CaseUnknown: there is none with this id.
        NotAMember: the actor does not work for the unit responsible.
        CaseMerged: it is worked on as one with another.
        MoveNotAllowed: nobody has to act on it but its resident.
        UrgentAlready, CalmAlready: it is so.
    """
    case = await desk.find.case(case_id)
    if not desk.rights.may_judge_urgency(actor, case):
        raise NotAMember(actor.id, units=[case.unit])
    require_unmerged(case)
    if case.promise is None:
        raise MoveNotAllowed(case.state, number=case.number, state=case.shown_as)
    if case.urgent is urgent:
        raise (UrgentAlready if urgent else CalmAlready)(case.id, number=case.number)
    return case


async def ask_why(desk: Desk, actor: Actor, case_id: CaseId, *, urgent: bool) -> Case:
    """Ask the worker for the reason, in private; their next message there is taken for it.

    Raises:
        CaseUnknown, NotAMember, MoveNotAllowed, UrgentAlready, CalmAlready: see `case_to_judge`.
    """
    case = await case_to_judge(desk, actor, case_id, urgent=urgent)
    asked = Asked.WHY_URGENT if urgent else Asked.WHY_CALM
    await desk.questions.ask(Question(actor.id, asked, desk.now, case=case.id))
    return case


async def judge_urgency(desk: Desk, actor: Actor, case_id: CaseId, message: Message, *, urgent: bool) -> Case:
    """Make a case urgent, or urgent no more, with a reason that its unit reads; its deadlines follow.

    It is said of the whole matter: nobody is in danger any more for whom danger was spoken of in a case that follows
    this one, and what their residents were promised because of it is the usual term, too.

    Raises:
        CaseUnknown, NotAMember, MoveNotAllowed, UrgentAlready, CalmAlready: see `case_to_judge`.
        UrgencyWithoutReason: there are no words.
    """
    case = await case_to_judge(desk, actor, case_id, urgent=urgent)
    if not message.text:
        raise UrgencyWithoutReason
    if not urgent:
        return await _lift(desk, actor, case, message)
    after = made_urgent(case, desk.now, desk.policy, desk.rules.calendar)
    event = await desk.record.message(actor, after, Event.URGENCY_SET, message, worker=actor.name)
    return await change_urgency(desk, case, after, event, by=actor.id)


async def _lift(desk: Desk, actor: Actor, case: Case, message: Message) -> Case:
    terms = desk.policy, desk.rules.calendar, desk.org[case.unit].level
    followers: Sequence[tuple[CaseId, PersonId]] = ()
    if case.followers.all:
        followers = await desk.work.memberships.lift_urgency(case.id, calm_resolve(case, *terms))
        case = await desk.find.case(case.id)
    after = made_calm(case, *terms)
    event = await desk.record.message(actor, after, Event.URGENCY_LIFTED, message, worker=actor.name)
    await desk.tell.followers(followers, event)
    return await change_urgency(desk, case, after, event, by=actor.id)
