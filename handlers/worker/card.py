"""The buttons of a case's card in a unit's room."""

from domain.desk.accept import accept
from domain.desk.escalate import escalate
from domain.desk.refuse import ask_for_reason
from domain.desk.resolve import ask_for_result
from handlers.buttons import Accept, Escalate, Refuse, Resolve
from handlers.visit import Visit


async def on_accept_pressed(visit: Visit, action: Accept) -> None:
    """Own the case; exactly one wins."""
    case = await accept(visit.desk, visit.actor, action.case)
    if case.first_owner and case.first_owner != case.owner:
        await visit.toast("answer.accepted_next", first=case.first_owner.name)
    else:
        await visit.toast("answer.accepted")


async def on_escalate_pressed(visit: Visit, action: Escalate) -> None:
    """Hand the case to the unit above."""
    await escalate(visit.desk, visit.actor, action.case)
    await visit.toast("answer.escalated")


async def on_refuse_pressed(visit: Visit, action: Refuse) -> None:
    """Ask for the reason."""
    await ask_for_reason(visit.desk, visit.actor, action.case)
    await visit.toast("answer.asked_for_reason")


async def on_resolve_pressed(visit: Visit, action: Resolve) -> None:
    """Ask for the result."""
    await ask_for_result(visit.desk, visit.actor, action.case)
    await visit.toast("answer.asked_for_result")
