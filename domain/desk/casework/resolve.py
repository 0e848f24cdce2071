"""Report a case done (办结): a proposal with evidence, which the resident is then asked about."""

from domain.cases.assignments import Because
from domain.cases.case import Case, CaseId, Verb, move
from domain.cases.messages import Message
from domain.cases.revisits import worked_on
from domain.desk import Desk
from domain.desk.cooperation.assist import end_assists
from domain.desk.cooperation.outcome import tell_helpers
from domain.errors import WordsMissing
from domain.letters.letter import to_person
from domain.letters.posts import Purpose
from domain.people.person import Actor
from domain.record.history import Event


async def case_to_resolve(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Return a case that the actor may report done.

    Raises:
        NotTheOwner: the actor neither owns the case nor leads its unit.
        MoveNotAllowed: the case is not being worked on.
    """
    return await desk.find.case_to_decide_on(actor, case_id, Verb.RESOLVE)


async def ask_for_result(
    desk: Desk, actor: Actor, case_id: CaseId, *, privately: bool = False, again: bool = False
) -> Case:
    """Ask the worker for the result, in the unit's chat or `privately`; `again`: because there were no words.

    Raises:
        NotTheOwner: the actor neither owns the case nor leads its unit.
        MoveNotAllowed: the case is not being worked on.
    """
    case = await case_to_resolve(desk, actor, case_id)
    await desk.questions.prompt(actor, case, Purpose.RESULT_PROMPT, privately=privately, again=again)
    return case


async def resolve(desk: Desk, actor: Actor, case_id: CaseId, message: Message) -> Case:
    """Report done, with the reply as evidence; the resident gets the evidence and is asked.

    Units that were called and have not reported are waited for no more, and the file says so.

    Raises:
        NotTheOwner: the actor neither owns the case nor leads its unit.
        MoveNotAllowed: the case is not being worked on.
        WordsMissing: a result is told in words, with files or without.
    """
    case = await case_to_resolve(desk, actor, case_id)
    if not message.text:
        raise WordsMissing
    reported = case.responsible.reported(desk.now)
    resolved = move(case, Verb.RESOLVE, desk.now, resolved_at=desk.now, responsible=reported)
    resolved = worked_on(resolved, actor.id)
    event = await desk.record.message(actor, resolved, Event.CASE_RESOLVED, message, worker=actor.name)
    resolved = await end_assists(desk, resolved, Because.DONE_WITHOUT, actor=actor)
    resolved = await desk.record.save_and_replan(resolved)
    await tell_helpers(desk, actor, resolved, Because.REPORTED)
    if message.attachments:
        await desk.tell.forward_files(to_person(case.resident), resolved, event)
    await desk.tell.resident(resolved, event)
    return resolved
