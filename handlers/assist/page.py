"""The private page of whoever calls other units: whom, then what for, then until when."""

from collections.abc import Sequence
from functools import partial

from telegram import InlineKeyboardButton

from domain.cases.assists import OFFERED_DAYS
from domain.cases.case import Case
from domain.desk.cooperation.call import is_past, units_to_call
from domain.letters.asking_pages import CallPage, Step
from domain.organisation.units import Organisation
from domain.people.person import UnitCode
from handlers.assist.buttons import CallWithin, CancelCall, ToggleUnit, TurnCallable, UnitsChosen
from handlers.rendering.buttons import button
from handlers.rendering.labels import first_words, numbered, unit_label, unit_labels
from handlers.rendering.questions import on_page, question
from handlers.rendering.sending import Sending, Written
from handlers.words import Words

UNITS_A_PAGE = 8


async def write_call_page(sending: Sending, content: CallPage) -> Written:
    """Write the question that the worker answers next; none once there is nobody for them to call."""
    case, reader = await sending.case(), sending.reader
    if case is None or reader is None or is_past(sending.desk, reader, case):
        return Written()
    if content.step is Step.WHOM:
        around = await units_to_call(sending.desk, case)
        return _ask_whom(case, content.fitting or around, content, sending)
    key = "call.what" if content.step is Step.WHAT else "call.until"
    units = unit_labels(sending.desk.org, content.chosen, sending.words)
    text = sending.words(key, number=numbered(case), units=units, resolve_by=case.responsible.resolve.due_at)
    return question(sending, case, text, *_rows(case, content, sending))


def _ask_whom(case: Case, codes: Sequence[UnitCode], content: CallPage, sending: Sending) -> Written:
    words, org, chosen = sending.words, sending.desk.org, content.chosen
    codes = [*(code for code in chosen if code not in codes), *codes]
    shown, page, ways = on_page(codes, content.page, UNITS_A_PAGE, partial(TurnCallable, case.id), words)
    units = [[_unit(org, code, case, page, words, chosen=code in chosen)] for code in shown]
    on = [button(words("button.next"), UnitsChosen(case.id))] if chosen else []
    key = "call.whom_chosen" if chosen else "call.whom"
    text = words(key, number=numbered(case), about=first_words(case, words), units=unit_labels(org, chosen, words))
    return question(sending, case, text, *units, ways, [*on, _cancel(case, words)])


def _unit(
    org: Organisation, code: UnitCode, case: Case, page: int, words: Words, *, chosen: bool
) -> InlineKeyboardButton:
    label = unit_label(org, code, words)
    return button(words("button.chosen", unit=label) if chosen else label, ToggleUnit(case.id, code, page))


def _rows(case: Case, content: CallPage, sending: Sending) -> list[list[InlineKeyboardButton]]:
    words = sending.words
    if content.step is Step.WHAT:
        return [[button(words("button.other_units"), TurnCallable(case.id, 0)), _cancel(case, words)]]
    days = [button(words("button.days", count=count), CallWithin(case.id, count)) for count in OFFERED_DAYS]
    return [days, [button(words("button.skip"), CallWithin(case.id, 0)), _cancel(case, words)]]


def _cancel(case: Case, words: Words) -> InlineKeyboardButton:
    return button(words("button.cancel"), CancelCall(case.id))
