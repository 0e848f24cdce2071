"""Rule on a later deadline (同意, 不同意): those above grant it, or say why not; who says nothing denies it."""

from dataclasses import replace
from datetime import datetime

from domain.cases.case import Case, CaseId
from domain.cases.extensions import extended, not_extended
from domain.cases.followups import Due
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.desk import Desk
from domain.desk.parts.asker import take_buttons_away
from domain.errors import CaseUnknown, DeskError, NotALead, NotAnAdmin, TooLate, WordsMissing
from domain.letters.posts import Purpose
from domain.people.person import DESK, Actor
from domain.record.history import Event, EventId
from domain.rights.rulings import Matter, Outcome, Ruling


class OwnRequest(DeskError):
    """Whoever has asked for it does not rule on it."""

    key = "error.own_request"


class AlreadyGranted(TooLate):
    """Somebody was first, and has granted it; the person reads who."""

    key = "error.already_granted"


class AlreadyDenied(TooLate):
    """Somebody was first, and has said no; the person reads who."""

    key = "error.already_denied"


class NobodyRuled(TooLate):
    """Nobody ruled in time, which means no."""

    key = "error.nobody_ruled"


class RequestLapsed(TooLate):
    """The case has moved on since; the person reads where it stands."""

    key = "error.request_lapsed"


class RequestOvertaken(TooLate):
    """The deadline has come to be as late by itself."""

    key = "error.request_overtaken"


async def open_request(desk: Desk, actor: Actor, case_id: CaseId, asked_in: EventId | None) -> tuple[Case, Ruling]:
    """Return a case with the request for a later deadline that the actor may rule on.

    `asked_in`: the row of history that asks; without one it is the request that is open now.

    Raises:
        CaseUnknown: there is none with this id, or nothing was asked about it.
        OwnRequest: the actor has asked for it.
        NotALead, NotAnAdmin: it is for others to rule.
        AlreadyGranted, AlreadyDenied, NobodyRuled, RequestLapsed: it is decided.
    """
    case = await desk.find.case(case_id)
    ruling = await desk.work.rulings.open_about(case.id, Matter.EXTENSION)
    if ruling is None or asked_in not in (None, ruling.asked_in):
        asked = await desk.work.rulings.about(case.id)
        extensions = [one for one in asked if one.matter is Matter.EXTENSION and asked_in in (None, one.asked_in)]
        if not extensions:
            raise CaseUnknown(case_id)
        ruling = extensions[-1]
    if actor.id == ruling.asked_by:
        raise OwnRequest(case.id, number=case.number)
    if not desk.rights.may_rule(actor, ruling):
        raise NotAnAdmin(actor.id) if ruling.unit is None else NotALead(actor.id, units=[ruling.unit])
    if not ruling.is_open:
        raise await _past(desk, case, ruling)
    return case, ruling


async def _past(desk: Desk, case: Case, ruling: Ruling) -> TooLate:
    """Return the error that says what has become of a request."""
    row = await desk.work.history.get(ruling.decided_in) if ruling.decided_in else None
    if ruling.outcome is Outcome.LAPSED and row is not None and row.told.get("until"):
        return RequestOvertaken(case.id, number=case.number)
    if ruling.outcome is Outcome.LAPSED:
        return RequestLapsed(case.id, number=case.number, state=case.shown_as)
    if ruling.decided_by == DESK.id:
        return NobodyRuled(case.id, number=case.number)
    error = AlreadyGranted if ruling.outcome is Outcome.GRANTED else AlreadyDenied
    return error(case.id, number=case.number, name=row.told.get("worker", "") if row else "")


async def grant(desk: Desk, actor: Actor, case_id: CaseId, asked_in: EventId | None) -> Case:
    """Move the deadline as it was asked for; what falls due by it is planned anew, and all concerned are told.

    Raises:
        CaseUnknown, OwnRequest, NotALead, NotAnAdmin, TooLate: see `open_request`.
    """
    case, ruling = await open_request(desk, actor, case_id, asked_in)
    asked = await desk.work.history.get(ruling.asked_in)
    until = ruling.until or case.responsible.resolve.due_at
    after = extended(case, until, desk.now, desk.policy, desk.rules.calendar)
    reason = asked.told.get("text", "") if asked else ""
    told = {"text": reason, "extensions": after.extensions, **_told(actor, until)}
    event = await desk.record.event(actor, Event.EXTENSION_GRANTED, after, **told)
    await _close(desk, actor, ruling, Outcome.GRANTED, event)
    if after.followers.open:
        await desk.work.memberships.prolong(after.id, after.responsible.resolve)
        after = replace(after, followers=replace(after.followers, resolve=None))
    after = await desk.record.save_and_replan(after)
    await _tell_all(desk, after, ruling, event)
    return after


async def ask_why_denied(
    desk: Desk, actor: Actor, case_id: CaseId, asked_in: EventId | None, *, again: bool = False
) -> Case:
    """Ask the actor why not, in the group of the unit that was asked; `again`: because there were no words.

    Raises:
        CaseUnknown, OwnRequest, NotALead, NotAnAdmin, TooLate: see `open_request`.
    """
    case, ruling = await open_request(desk, actor, case_id, asked_in)
    purpose, unit = Purpose.DENIAL_PROMPT, ruling.unit
    await desk.questions.prompt(actor, case, purpose, again=again, unit=unit, about=ruling.asked_in)
    return case


async def ask_why_denied_in_private(
    desk: Desk, actor: Actor, case_id: CaseId, asked_in: EventId | None
) -> tuple[Case, EventId]:
    """Let the actor's next message in private be the reason why not; return the row that asks, too.

    Raises:
        CaseUnknown, OwnRequest, NotALead, NotAnAdmin, TooLate: see `open_request`.
    """
    case, ruling = await open_request(desk, actor, case_id, asked_in)
    await desk.questions.ask(Question(actor.id, Asked.WHY_DENIED, desk.now, case=case.id))
    return case, ruling.asked_in


async def is_request_open(desk: Desk, actor: Actor, case_id: CaseId, asked_in: EventId | None) -> bool:
    """Whether a request for a later deadline still waits, and the actor may rule on it."""
    asked = (one for one in await desk.work.rulings.about(case_id) if one.asked_in == asked_in)
    return any(one.is_open and desk.rights.may_rule(actor, one) for one in asked)


async def request_asked_about(desk: Desk, question: Question, case_id: CaseId) -> EventId | None:
    """Return the row of history that asked for what somebody was to say no to: the last one before the question."""
    rulings = await desk.work.rulings.about(case_id)
    extensions = (one for one in rulings if one.matter is Matter.EXTENSION)
    before = [one.asked_in for one in extensions if one.asked_at <= question.asked_at]
    return before[-1] if before else None


async def deny(desk: Desk, actor: Actor, case_id: CaseId, asked_in: EventId | None, message: Message) -> Case:
    """Let the deadline stay, with the reason, which all concerned read.

    Raises:
        CaseUnknown, OwnRequest, NotALead, NotAnAdmin, TooLate: see `open_request`.
        WordsMissing: there are no words.
    """
    case, ruling = await open_request(desk, actor, case_id, asked_in)
    if not message.text:
        raise WordsMissing
    told = _told(actor, ruling.until)
    event = await desk.record.message(actor, case, Event.EXTENSION_DENIED, message, **told)
    case = await _let_stay(desk, actor, case, ruling, event)
    if message.attachments:
        await desk.tell.files_to_residents(case, event)
    return case


async def let_nobody_rule(desk: Desk, case: Case) -> Case:
    """Let the deadline stay because nobody has ruled in time."""
    ruling = await desk.work.rulings.open_about(case.id, Matter.EXTENSION)
    if ruling is None:
        return case
    until = ruling.until.isoformat() if ruling.until else None
    event = await desk.record.event(DESK, Event.EXTENSION_UNRULED, case, until=until)
    return await _let_stay(desk, DESK, case, ruling, event)


async def _let_stay(desk: Desk, actor: Actor, case: Case, ruling: Ruling, event: EventId) -> Case:
    await _close(desk, actor, ruling, Outcome.DENIED, event)
    case = await desk.record.save(not_extended(case))
    await desk.work.followups.cancel(case.id, [case.responsible.turn], what=[Due.RULING_DUE])
    await _tell_all(desk, case, ruling, event, scheduled=actor.id == DESK.id)
    return case


def _told(actor: Actor, until: datetime | None) -> dict[str, str]:
    """Return what history tells of who has ruled, and on what."""
    return {"worker": actor.name, **({"until": until.isoformat()} if until else {})}


async def _close(desk: Desk, actor: Actor, ruling: Ruling, outcome: Outcome, event: EventId) -> None:
    await desk.work.rulings.decide(ruling.decided(outcome, actor.id, event, desk.now))
    await take_buttons_away(desk, ruling.case, [Purpose.RULING])


async def _tell_all(desk: Desk, case: Case, ruling: Ruling, event: EventId, *, scheduled: bool = False) -> None:
    """Tell the resident, the owner or their deputy, their group, and the group that was asked."""
    await desk.tell.residents(case, event, scheduled=scheduled)
    await desk.tell.unit(case.unit, case, event, scheduled=scheduled)
    if ruling.unit is not None and ruling.unit in desk.org:
        await desk.tell.unit(ruling.unit, case, event, scheduled=scheduled)
    await desk.tell.owner(case, event)
