"""What those above press and write to rule on a later deadline."""

from domain.cases.case import CaseId
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.desk.cooperation.rule import (
    ask_why_denied,
    ask_why_denied_in_private,
    deny,
    grant,
    is_request_open,
    request_asked_about,
)
from domain.letters.asking_pages import DenialPage
from handlers.extension.buttons import CancelDenial, Deny, DenyOpen, Grant, GrantOpen
from handlers.updates.asking import call_off, end_question
from handlers.updates.context import UpdateContext


async def on_grant_pressed(context: UpdateContext, action: Grant | GrantOpen) -> None:
    """Move the deadline."""
    asked_in = action.asked_in if isinstance(action, Grant) else None
    case = await grant(context.desk, context.actor, action.case, asked_in)
    await context.toast("answer.extension_granted", until=case.responsible.resolve.due_at)


async def on_deny_pressed(context: UpdateContext, action: Deny) -> None:
    """Ask for the reason, in the group."""
    await ask_why_denied(context.desk, context.actor, action.case, action.asked_in)
    await context.toast("answer.asked_why_denied")


async def on_deny_pressed_in_private(context: UpdateContext, action: Deny | DenyOpen) -> None:
    """Ask for the reason, here."""
    asked_in = action.asked_in if isinstance(action, Deny) else None
    case, asked_in = await ask_why_denied_in_private(context.desk, context.actor, action.case, asked_in)
    await context.show(DenialPage(asked_in), case=case.id)


async def on_why_told(context: UpdateContext, question: Question, case_id: CaseId, message: Message) -> None:
    """Take a message as the reason; none is needed once a colleague was first, or the case has moved on."""
    asked_in = await request_asked_about(context.desk, question, case_id)
    if not await is_request_open(context.desk, context.actor, case_id, asked_in):
        await end_question(context, await context.desk.find.case(case_id), "extension.ruled")
        return
    case = await deny(context.desk, context.actor, case_id, asked_in, message)
    await end_question(context, case, "extension.denied")


async def on_denial_cancelled(context: UpdateContext, action: CancelDenial) -> None:
    """Leave the request as it is: it may still be granted."""
    await call_off(context, action.case, (Asked.WHY_DENIED,), "extension.not_denied")
