"""What the owner of a case presses and writes to ask for a later deadline."""

from datetime import datetime

from domain.cases.case import Case, CaseId
from domain.cases.extensions import OFFERED_DAYS, rules_on_extension
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.desk.cooperation.extend import ask_until, choose_date, choose_days, extend, is_date, is_past
from domain.letters.asking_pages import ExtensionPage
from handlers.extension.buttons import CancelExtension, ChooseDays
from handlers.rendering.labels import unit_label
from handlers.updates.asking import AskingInPrivate, call_off, end_question
from handlers.updates.context import UpdateContext

EXTENSION = AskingInPrivate("x_", ExtensionPage(), ask_until)
ABOUT_EXTENSION = (Asked.EXTENSION_DATE, Asked.EXTENSION_REASON)


async def on_days_chosen(context: UpdateContext, action: ChooseDays) -> None:
    """Ask for the reason, in the same message."""
    if action.days not in OFFERED_DAYS:
        await context.toast("answer.old_button", alert=True)
        return
    until = await choose_days(context.desk, context.actor, action.case, action.days)
    await context.show(ExtensionPage(until), case=action.case, edits=context.pressed_on)


async def on_extension_cancelled(context: UpdateContext, action: CancelExtension) -> None:
    """Leave the deadline as it is."""
    await call_off(context, action.case, ABOUT_EXTENSION, "extension.cancelled")


async def on_extension_answered(context: UpdateContext, question: Question, case_id: CaseId, message: Message) -> None:
    """Take a message as the date, or as the reason; none is needed once there is nothing to move any more."""
    case = await context.desk.find.case(case_id)
    if is_past(context.desk, context.actor, case):
        resolve_by = case.responsible.resolve.due_at
        await end_question(context, case, "extension.past", state=case.shown_as, resolve_by=resolve_by)
    elif question.until is None or is_date(context.desk, case, message):
        until = await choose_date(context.desk, context.actor, case_id, message)
        await context.show(ExtensionPage(until), case=case_id)
    else:
        asked = await extend(context.desk, context.actor, case_id, question.until, message)
        await _say_asked(context, asked, question.until)


async def _say_asked(context: UpdateContext, case: Case, until: datetime) -> None:
    above, rule_by = rules_on_extension(context.desk.org, case), case.responsible.rule_by or until
    if above is None:
        await end_question(context, case, "extension.asked_admins", until=until, rule_by=rule_by)
    else:
        unit = unit_label(context.desk.org, above, context.words)
        await end_question(context, case, "extension.asked", unit=unit, until=until, rule_by=rule_by)
