"""What workers press and write to call other units, and what those who are called press."""

from collections.abc import Sequence

from domain.cases.assists import OFFERED_DAYS, can_be_called, read_days
from domain.cases.case import Case, CaseId
from domain.cases.messages import Message
from domain.cases.policy import Duration, days
from domain.cases.questions import Asked, Question
from domain.cases.transfers import found
from domain.desk.cooperation.assist import accept_assist, ask_for_report, ask_why_assist_back
from domain.desk.cooperation.call import (
    ask_until_when,
    ask_what,
    ask_whom,
    call,
    called_by_others,
    case_to_call_for,
    is_past,
)
from domain.letters.asking_pages import CallPage, Step
from domain.people.person import UnitCode
from handlers.assist.buttons import (
    AcceptAssist,
    CallWithin,
    CancelCall,
    GiveAssistBack,
    ReportAssist,
    ToggleUnit,
    TurnCallable,
    UnitsChosen,
)
from handlers.assist.page import UNITS_A_PAGE
from handlers.rendering.labels import unit_labels
from handlers.updates.asking import AskingInPrivate, call_off, end_question
from handlers.updates.context import UpdateContext

CALL = AskingInPrivate("a_", CallPage(), ask_whom)
ASKED = frozenset({Asked.ASSIST_UNITS, Asked.ASSIST_TASK, Asked.ASSIST_UNTIL})


async def on_units_turned(context: UpdateContext, action: TurnCallable) -> None:
    """Show another page of units, in the same message."""
    chosen = await _chosen(context, action.case)
    case = await ask_whom(context.desk, context.actor, action.case, chosen)
    await context.show(CallPage(page=action.page, chosen=chosen), case=case.id, edits=context.pressed_on)


async def on_unit_toggled(context: UpdateContext, action: ToggleUnit) -> None:
    """Choose a unit, or leave it out again."""
    chosen, unit = await _chosen(context, action.case), action.unit
    chosen = tuple(code for code in chosen if code != unit) if unit in chosen else (*chosen, unit)
    case = await ask_whom(context.desk, context.actor, action.case, chosen)
    still = await _chosen(context, case.id)
    await context.show(CallPage(page=action.page, chosen=still), case=case.id, edits=context.pressed_on)


async def on_units_chosen(context: UpdateContext, action: UnitsChosen) -> None:
    """Ask for the task, in the same message."""
    chosen = await _chosen(context, action.case)
    if await _is_called_already(context, action.case, chosen):
        return
    case = await ask_what(context.desk, context.actor, action.case, chosen)
    still = await _chosen(context, case.id)
    await context.show(CallPage(Step.WHAT, chosen=still), case=case.id, edits=context.pressed_on)


async def on_deadline_chosen(context: UpdateContext, action: CallWithin) -> None:
    """Call the units; without a choice they have as long as the policy says."""
    question = await context.desk.work.questions.open_to(context.person.id)
    if question is None or question.case != action.case or question.asked is not Asked.ASSIST_UNTIL:
        await context.take_buttons_away()
        await context.toast("answer.question_past")
    elif action.days not in (0, *OFFERED_DAYS):
        await context.toast("answer.old_button", alert=True)
    else:
        await _call(context, question, action.case, days(action.days) if action.days else None)


async def on_call_cancelled(context: UpdateContext, action: CancelCall) -> None:
    """Call nobody."""
    await call_off(context, action.case, ASKED, "call.cancelled")


async def on_call_answered(context: UpdateContext, question: Question, case_id: CaseId, message: Message) -> None:
    """Take a message as the name of a unit, as the task, or as a number of days."""
    case = await context.desk.find.case(case_id)
    if is_past(context.desk, context.actor, case):
        await end_question(context, case, "call.past", state=case.shown_as)
    elif question.asked is Asked.ASSIST_UNITS:
        await _find_unit(context, case, question, message.text)
    elif question.asked is Asked.ASSIST_TASK:
        await ask_until_when(context.desk, context.actor, question, case_id, message)
        await context.show(CallPage(Step.UNTIL, chosen=question.chosen), case=case_id)
    else:
        await _call(context, question, case_id, days(read_days(message.text)))


async def on_assist_accepted(context: UpdateContext, action: AcceptAssist) -> None:
    """Own what the unit was called to do; exactly one wins."""
    await accept_assist(context.desk, context.actor, action.case, action.turn)
    await context.toast("answer.assist_accepted")


async def on_report_pressed(context: UpdateContext, action: ReportAssist) -> None:
    """Ask for the report."""
    await ask_for_report(context.desk, context.actor, action.case, action.turn, privately=context.private)
    await context.toast("answer.asked_for_report")


async def on_assist_back_pressed(context: UpdateContext, action: GiveAssistBack) -> None:
    """Ask for the reason."""
    await ask_why_assist_back(context.desk, context.actor, action.case, action.turn, privately=context.private)
    await context.toast("answer.asked_for_give_back")


async def _is_called_already(context: UpdateContext, case_id: CaseId, chosen: Sequence[UnitCode]) -> bool:
    """Whether colleagues have called all that were chosen meanwhile; then nothing is asked any more, and it is said."""
    case = await case_to_call_for(context.desk, context.actor, case_id)
    callers = await called_by_others(context.desk, case, chosen)
    if callers is None:
        return False
    units = unit_labels(context.desk.org, chosen, context.words)
    await end_question(context, case, "call.already", units=units, name=callers)
    return True


async def _call(context: UpdateContext, question: Question, case_id: CaseId, within: Duration | None) -> None:
    if await _is_called_already(context, case_id, question.chosen):
        return
    task, files, said = question.task, question.files, question.said
    case, begun = await call(
        context.desk, context.actor, case_id, question.chosen, task, within, files=files, said=said
    )
    units = unit_labels(context.desk.org, [given.unit for given in begun], context.words)
    until, resolve_by = begun[0].resolve.due_at, case.responsible.resolve.due_at
    key = "call.done_later" if until > resolve_by else "call.done"
    await end_question(context, case, key, units=units, until=until, resolve_by=resolve_by)


async def _chosen(context: UpdateContext, case: CaseId) -> tuple[UnitCode, ...]:
    """Return the units that the worker has chosen so far."""
    question = await context.desk.work.questions.open_to(context.person.id)
    is_this = question is not None and question.case == case and question.asked in ASKED
    return question.chosen if question and is_this else ()


async def _find_unit(context: UpdateContext, case: Case, question: Question, words: str) -> None:
    meant = found(context.desk.org, words)
    fitting = tuple(code for code in meant if can_be_called(context.desk.org, case, code))
    if not fitting:
        key = "call.cannot_be_called" if meant else "call.unit_unknown"
        await context.say(key, buttons=[[("button.cancel", CancelCall(case.id))]])
    elif len(fitting) > 1:
        page = CallPage(chosen=question.chosen, fitting=fitting[:UNITS_A_PAGE])
        await context.show(page, case=case.id)
    else:
        chosen = tuple(dict.fromkeys((*question.chosen, fitting[0])))
        await ask_whom(context.desk, context.actor, case.id, chosen)
        await context.show(CallPage(chosen=chosen), case=case.id)
