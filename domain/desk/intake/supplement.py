"""Add to a case: what the resident sends after submitting is appended to the file and shown to the unit."""

from dataclasses import replace
from typing import Any

from domain.cases.case import Case, CaseId, State, Verb, move
from domain.cases.drafts import DraftId, DraftState, text_of
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.desk import Desk
from domain.desk.intake.hear import hear
from domain.desk.intake.heed_danger import heed_danger
from domain.desk.intake.heed_place import take_place
from domain.desk.intake.keep_draft import close_draft, own_draft
from domain.desk.parts.recorder import words_of
from domain.errors import DeskError, MoveNotAllowed
from domain.people.person import Actor
from domain.record.history import Event


class CaseEnded(DeskError):
    """Nobody works on the case any more, so that nothing is added to it; the words stay in the draft."""

    key = "error.case_ended"


async def ask_for_supplement(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Ask what is to be added (`补充`); the actor's next message is taken for it.

    Raises:
        NotTheResident: somebody else raised the case.
        MoveNotAllowed: it has ended.
    """
    case = await desk.find.case_to_stand_for(actor, case_id)
    if not case.is_open:
        raise MoveNotAllowed(case.state, number=case.number, state=case.shown_as)
    await desk.questions.ask(Question(actor.id, Asked.SUPPLEMENT, desk.now, case=case.id))
    return case


async def supplement(desk: Desk, actor: Actor, case_id: CaseId, message: Message) -> Case:
    """Append a resident's message to the case; it answers the worker's question where one waits.

    A closed case takes it too: the file grows and the unit reads it, the state stays.

    Raises:
        NotTheResident: somebody else raised the case.
    """
    case = await desk.find.case_to_stand_for(actor, case_id)
    return await _answered(desk, await hear(desk, actor, case_id, _kind_of(actor, case), message))


async def add_draft_to_case(desk: Desk, actor: Actor, draft_id: DraftId, case_id: CaseId) -> Case:
    """Append a whole draft to a case instead of raising a new one (`补充到 #MH…`).

    Raises:
        DraftGone: the draft is not theirs, or was cancelled.
        DraftSubmitted: it has become a case already, or part of one.
        DraftPutAway: it has to be taken up again first.
        NotTheResident: somebody else raised the case.
        CaseEnded: nobody works on the case any more; the draft stays as it is.
    """
    draft = await own_draft(desk, actor, draft_id)
    case = await desk.find.case_to_stand_for(actor, case_id)
    if not case.is_open:
        raise CaseEnded(case.id, number=case.number, state=case.shown_as)
    parts = await desk.work.drafts.parts_of(draft.id)
    text = text_of(parts)
    told: dict[str, Any] = {"text": text, "files": draft.attachments, "parts": words_of(parts)}
    event = await desk.record.event(actor, _kind_of(actor, case), case, **told)
    await desk.work.attachments.hand_over(draft.id, case.id, event)
    await desk.record.link_messages(case, event, actor.id, parts)
    await close_draft(desk, replace(draft, state=DraftState.ADDED, case=case.id))
    case = await heed_danger(desk, case, text)
    if not case.place_known:
        case = await take_place(desk, actor, case, draft)
    case = await _answered(desk, case)
    await desk.tell.unit_with_files(case, event, files=draft.attachments)
    return case


def _kind_of(actor: Actor, case: Case) -> Event:
    if actor.id != case.resident:
        return Event.ADDED_FOR_NEIGHBOUR
    return Event.QUESTION_ANSWERED if case.state is State.WAITING else Event.CASE_SUPPLEMENTED


async def _answered(desk: Desk, case: Case) -> Case:
    """Go on working once the question is answered."""
    return await desk.record.save_and_replan(move(case, Verb.ANSWER, desk.now)) if case.state is State.WAITING else case
