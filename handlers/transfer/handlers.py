"""What workers press and write to pass a case on, or to give it back."""

from domain.cases.case import Case, CaseId
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.cases.transfers import can_receive, found
from domain.desk.cooperation.give_back import ask_why_given_back
from domain.desk.cooperation.transfer import ask_where, ask_why, is_past, transfer
from domain.letters.asking_pages import TransferPage
from domain.people.person import UnitCode
from handlers.rendering.labels import numbered, unit_label
from handlers.transfer.buttons import CancelTransfer, ChooseUnit, GiveBack, TurnUnits
from handlers.transfer.page import UNITS_A_PAGE
from handlers.updates.asking import AskingInPrivate, call_off, end_question
from handlers.updates.context import UpdateContext

TRANSFER = AskingInPrivate("t_", TransferPage(), ask_where)
ABOUT_TRANSFER = (Asked.TRANSFER_UNIT, Asked.TRANSFER_REASON)


async def on_give_back_pressed(context: UpdateContext, action: GiveBack) -> None:
    """Ask for the reason."""
    await ask_why_given_back(context.desk, context.actor, action.case, privately=context.private)
    await context.toast("" if context.private else "answer.asked_for_give_back")


async def on_units_turned(context: UpdateContext, action: TurnUnits) -> None:
    """Show another page of units, in the same message."""
    case = await ask_where(context.desk, context.actor, action.case)
    await context.show(TransferPage(action.page), case=case.id, edits=context.pressed_on)


async def on_unit_chosen(context: UpdateContext, action: ChooseUnit) -> None:
    """Ask for the reason, in the same message."""
    case = await ask_why(context.desk, context.actor, action.case, action.unit)
    await context.show(TransferPage(unit=action.unit), case=case.id, edits=context.pressed_on)


async def on_transfer_cancelled(context: UpdateContext, action: CancelTransfer) -> None:
    """Leave the case where it is."""
    await call_off(context, action.case, ABOUT_TRANSFER, "transfer.cancelled")


async def on_transfer_answered(context: UpdateContext, question: Question, case_id: CaseId, message: Message) -> None:
    """Take a message as the name of the unit, or as the reason; none is needed once others have the case."""
    case = await context.desk.find.case(case_id)
    if is_past(context.desk, context.actor, case):
        unit = unit_label(context.desk.org, case.unit, context.words)
        await end_question(context, case, "transfer.past", unit=unit, state=case.shown_as)
    elif question.asked is Asked.TRANSFER_REASON and question.unit is not None:
        await _transfer(context, case, question.unit, message)
    else:
        await _find_unit(context, case, message.text)


async def _transfer(context: UpdateContext, case: Case, unit: UnitCode, message: Message) -> None:
    moved = await transfer(context.desk, context.actor, case.id, unit, message)
    await context.desk.questions.drop(context.person.id, case=case.id)
    key = "transfer.to_settle" if moved.responsible.is_to_settle else "transfer.done"
    label = unit_label(context.desk.org, moved.unit, context.words)
    await context.say(key, number=numbered(moved), unit=label)


async def _find_unit(context: UpdateContext, case: Case, words: str) -> None:
    meant = found(context.desk.org, words)
    fitting = tuple(code for code in meant if can_receive(context.desk.org, case, code))
    if not meant:
        await context.say("transfer.unit_unknown", buttons=[[("button.cancel", CancelTransfer(case.id))]])
    elif len(fitting) > 1:
        await context.show(TransferPage(fitting=fitting[:UNITS_A_PAGE]), case=case.id)
    else:
        unit = (fitting or meant)[0]
        await ask_why(context.desk, context.actor, case.id, unit)
        await context.show(TransferPage(unit=unit), case=case.id)
