"""The private page of a transfer: which unit, and then why."""

from collections.abc import Sequence
from functools import partial

from telegram import InlineKeyboardButton

from domain.cases.case import Case
from domain.desk.cooperation.transfer import is_past, units_offered
from domain.letters.asking_pages import TransferPage
from domain.people.person import UnitCode
from handlers.rendering.buttons import button
from handlers.rendering.labels import first_words, numbered, unit_label
from handlers.rendering.questions import on_page, question
from handlers.rendering.sending import Sending, Written
from handlers.transfer.buttons import CancelTransfer, ChooseUnit, TurnUnits

UNITS_A_PAGE = 8


async def write_transfer_page(sending: Sending, content: TransferPage) -> Written:
    """Write the question that the worker answers next; none once there is nothing for them to transfer."""
    case, reader = await sending.case(), sending.reader
    if case is None or reader is None or is_past(sending.desk, reader, case):
        return Written()
    if content.unit is not None:
        return _question_why(case, content.unit, sending)
    codes = content.fitting or await units_offered(sending.desk, case)
    return _question_where(case, codes, content, sending)


def _question_where(case: Case, codes: Sequence[UnitCode], content: TransferPage, sending: Sending) -> Written:
    words, org = sending.words, sending.desk.org
    shown, _, ways = on_page(codes, content.page, UNITS_A_PAGE, partial(TurnUnits, case.id), words)
    units = [[button(unit_label(org, code, words), ChooseUnit(case.id, code))] for code in shown]
    key = "transfer.several" if content.fitting else "transfer.where"
    text = words(key, number=numbered(case), about=first_words(case, words))
    return question(sending, case, text, *units, [*ways, _cancel(case, sending)])


def _question_why(case: Case, unit: UnitCode, sending: Sending) -> Written:
    label = unit_label(sending.desk.org, unit, sending.words)
    other = button(sending.words("button.other_unit"), TurnUnits(case.id, 0))
    text = sending.words("transfer.why", number=numbered(case), unit=label)
    return question(sending, case, text, [other, _cancel(case, sending)])


def _cancel(case: Case, sending: Sending) -> InlineKeyboardButton:
    return button(sending.words("button.cancel"), CancelTransfer(case.id))
