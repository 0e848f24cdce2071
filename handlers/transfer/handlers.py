"""What workers press and write to pass a case on, or to give it back."""

from domain.cases import Case, CaseId
from domain.desk.give_back import ask_why_given_back
from domain.desk.transfer import ask_where, ask_why, is_past, transfer
from domain.errors import CaseUnknown
from domain.letters import Letter, Priority, to_person
from domain.letters.contents import TransferPage
from domain.messages import Message
from domain.people import UnitCode
from domain.questions import Asked, Question
from domain.transfers import can_receive, found
from handlers.cards import numbered, unit_label
from handlers.transfer.buttons import CancelTransfer, ChooseUnit, GiveBack, TransferCase, TurnUnits
from handlers.transfer.page import UNITS_A_PAGE
from handlers.visit import Visit

LINK = "t_"
"""What begins the link to the page of a transfer; the case's number follows."""


async def on_transfer_pressed(visit: Visit, action: TransferCase) -> None:
    """Open the worker's private chat, where the group is not disturbed; who has used the bot finds the page there."""
    case = await ask_where(visit.desk, visit.actor, action.case)
    if await visit.desk.work.accounts.reachable([visit.actor.id]):
        page = Letter(to_person(visit.actor.id), TransferPage(), Priority.ANSWER, case.id)
        await visit.desk.work.outbox.post(page)
    await visit.open_private(f"{LINK}{case.number}")


async def on_give_back_pressed(visit: Visit, action: GiveBack) -> None:
    """Ask for the reason."""
    await ask_why_given_back(visit.desk, visit.actor, action.case)
    await visit.toast("answer.asked_for_give_back")


async def on_link_opened(visit: Visit, number: str) -> None:
    """Show the page anew; the link carries no right.

    Raises:
        CaseUnknown: no case has this number.
    """
    case = await visit.desk.work.cases.numbered(number)
    if case is None:
        raise CaseUnknown(number)
    await ask_where(visit.desk, visit.actor, case.id)
    await visit.show(TransferPage(), case=case.id)


async def on_units_turned(visit: Visit, action: TurnUnits) -> None:
    """Show another page of units, in the same message."""
    case = await ask_where(visit.desk, visit.actor, action.case)
    await visit.show(TransferPage(action.page), case=case.id, edits=visit.pressed_on)


async def on_unit_chosen(visit: Visit, action: ChooseUnit) -> None:
    """Ask for the reason, in the same message."""
    case = await ask_why(visit.desk, visit.actor, action.case, UnitCode(action.unit))
    await visit.show(TransferPage(unit=UnitCode(action.unit)), case=case.id, edits=visit.pressed_on)


async def on_transfer_cancelled(visit: Visit, action: CancelTransfer) -> None:
    """Leave the case where it is."""
    question = await visit.desk.work.questions.open_to(visit.person.id)
    await visit.take_buttons_away()
    if question is None or question.case != action.case:
        await visit.toast("answer.question_past")
        return
    await visit.desk.work.questions.drop(visit.person.id, case=action.case)
    await visit.say("transfer.cancelled", about=await visit.desk.find.case(action.case))


async def on_transfer_answered(visit: Visit, question: Question, case_id: CaseId, message: Message) -> None:
    """Take a message as the name of the unit, or as the reason; none is needed once others have the case."""
    case = await visit.desk.find.case(case_id)
    if is_past(visit.desk, visit.actor, case):
        await visit.desk.work.questions.drop(visit.person.id, case=case_id)
        unit = unit_label(visit.desk.org, case.unit, visit.words)
        await visit.say("transfer.past", about=case, unit=unit, state=case.state)
    elif question.asked is Asked.TRANSFER_REASON and question.unit is not None:
        await _transfer(visit, case, question.unit, message)
    else:
        await _find_unit(visit, case, message.text)


async def _transfer(visit: Visit, case: Case, unit: UnitCode, message: Message) -> None:
    moved = await transfer(visit.desk, visit.actor, case.id, unit, message)
    await visit.desk.work.questions.drop(visit.person.id, case=case.id)
    key = "transfer.to_settle" if moved.responsible.is_to_settle else "transfer.done"
    label = unit_label(visit.desk.org, moved.unit, visit.words)
    await visit.say(key, number=numbered(moved), unit=label)


async def _find_unit(visit: Visit, case: Case, words: str) -> None:
    meant = found(visit.desk.org, words)
    fitting = tuple(code for code in meant if can_receive(visit.desk.org, case, code))
    if not meant:
        await visit.say("transfer.unit_unknown", buttons=[[("button.cancel", CancelTransfer(case.id))]])
    elif len(fitting) > 1:
        await visit.show(TransferPage(fitting=fitting[:UNITS_A_PAGE]), case=case.id)
    else:
        unit = (fitting or meant)[0]
        await ask_why(visit.desk, visit.actor, case.id, unit)
        await visit.show(TransferPage(unit=unit), case=case.id)
