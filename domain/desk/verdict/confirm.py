"""Confirm (已解决): the resident's yes, which alone ends a case as solved; with a rating, and ten minutes to undo."""

from dataclasses import replace

from domain.cases.assignments import Because
from domain.cases.case import Case, CaseId, Rating, State, Verb, close, may_take_back, move, reassign
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.desk import Desk
from domain.desk.intake.hear import hear
from domain.errors import DeskError, MoveNotAllowed, TooLate
from domain.people.person import Actor
from domain.record.history import Event


class AlreadyRated(DeskError):
    """The resident has rated the case; the person reads how."""

    key = "error.already_rated"


async def confirm(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Take the resident's word that it is solved; the case is closed and the unit told.

    Of a merged case the card of its main case tells: hundreds may confirm in an hour.

    Raises:
        NotTheResident: somebody else raised the case.
        MoveNotAllowed: it is not reported done.
    """
    case = await desk.find.own_case(actor, case_id)
    confirmed = close(move(case, Verb.CONFIRM, desk.now), Because.CONFIRMED, desk.now)
    event = await desk.record.event(actor, Event.CASE_CONFIRMED, confirmed)
    confirmed = await desk.record.save_and_replan(confirmed)
    await desk.questions.drop(actor.id, case=case.id)
    if not case.merged:
        await desk.tell.unit(case.unit, confirmed, event)
        await desk.tell.first_owner(actor, confirmed, event)
    await desk.tell.raiser(actor, confirmed, event)
    return confirmed


async def take_back(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Undo a mistaken yes; the case waits for the resident's answer again, where it was.

    Raises:
        NotTheResident: somebody else raised the case.
        MoveNotAllowed: it is not confirmed.
        TooLate: ten minutes have passed.
    """
    case = await desk.find.own_case(actor, case_id)
    back = move(case, Verb.TAKE_BACK, desk.now, closed_at=None, rating=None)
    if not may_take_back(case, desk.now):
        raise TooLate(number=case.number)
    unit = desk.org.successor_of(case.unit).code if case.unit not in desk.org else case.unit
    if not case.merged:
        back = reassign(back, unit, Because.TAKEN_BACK, desk.now)
    event = await desk.record.event(actor, Event.CONFIRMATION_TAKEN_BACK, back)
    back = await desk.record.save_and_replan(back)
    await desk.questions.drop(actor.id, case=case.id)
    if not case.merged:
        await desk.tell.unit(unit, back, event)
    return back


async def rate(desk: Desk, actor: Actor, case_id: CaseId, rating: Rating) -> Case:
    """Keep the resident's rating of a confirmed case, and ask for an optional word; the unit is told.

    Of a merged case, as with its yes, only that somebody is dissatisfied.

    Raises:
        NotTheResident: somebody else raised the case.
        MoveNotAllowed: it is not confirmed.
        AlreadyRated: it was rated before.
    """
    case = await desk.find.own_case(actor, case_id)
    if case.state is not State.CONFIRMED:
        raise MoveNotAllowed(case.state, number=case.number, state=case.shown_as)
    if case.rating is not None:
        raise AlreadyRated(case.id, number=case.number, rating=case.rating)
    rated = replace(case, rating=rating)
    event = await desk.record.event(actor, Event.CASE_RATED, rated, rating=rating)
    rated = await desk.record.save(rated)
    await desk.questions.ask(Question(actor.id, Asked.RATING_WORD, desk.now, case=case.id))
    if not case.merged or rating is Rating.DISSATISFIED:
        await desk.tell.unit(case.unit, rated, event)
    return rated


async def explain_rating(desk: Desk, actor: Actor, case_id: CaseId, message: Message) -> Case:
    """Append the optional word to the rating.

    Raises:
        NotTheResident: somebody else raised the case.
    """
    return await hear(desk, actor, case_id, Event.RATING_EXPLAINED, message)
