"""The buttons of a case's card in a unit's room."""

from domain.desk.casework.accept import accept
from domain.desk.casework.refuse import ask_for_reason
from domain.desk.casework.resolve import ask_for_result
from domain.desk.cooperation.escalate import escalate
from handlers.buttons import Accept, Escalate, Refuse, Resolve
from handlers.update_context import UpdateContext


async def on_accept_pressed(context: UpdateContext, action: Accept) -> None:
    """Own the case; exactly one wins."""
    case = await accept(context.desk, context.actor, action.case)
    if case.first_owner and case.first_owner != case.owner:
        await context.toast("answer.accepted_next", first=case.first_owner.name)
    else:
        await context.toast("answer.accepted")


async def on_escalate_pressed(context: UpdateContext, action: Escalate) -> None:
    """Hand the case to the unit above."""
    await escalate(context.desk, context.actor, action.case)
    await context.toast("answer.escalated")


async def on_refuse_pressed(context: UpdateContext, action: Refuse) -> None:
    """Ask for the reason."""
    await ask_for_reason(context.desk, context.actor, action.case)
    await context.toast("answer.asked_for_reason")


async def on_resolve_pressed(context: UpdateContext, action: Resolve) -> None:
    """Ask for the result."""
    await ask_for_result(context.desk, context.actor, action.case)
    await context.toast("answer.asked_for_result")
