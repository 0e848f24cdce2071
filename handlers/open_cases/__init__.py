"""/cases: all open cases, or those below a unit."""

from dataclasses import dataclass

from domain.desk.casework.view import list_cases_below, list_open_cases
from domain.letters.contents import CasesPage
from domain.people.person import UnitCode
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.rendering.lists import case_list
from handlers.rendering.sending import Sending, Written
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext


@tagged("lc")
@dataclass(frozen=True, slots=True)
class ListCases:
    """A page of all open cases below a unit; all of them where the unit is empty."""

    unit: str
    page: int


async def on_cases(context: UpdateContext) -> None:
    """List all open cases, or those below a unit."""
    unit = context.unit_named() if context.arguments else None
    await list_cases_below(context.desk, context.actor, unit, 0)
    await context.show(CasesPage(unit))


async def on_cases_turned(context: UpdateContext, action: ListCases) -> None:
    """Show another page, in the same message."""
    unit = UnitCode(action.unit) if action.unit else None
    await list_cases_below(context.desk, context.actor, unit, action.page)
    await context.show(CasesPage(unit, action.page), edits=context.pressed_on)


async def write_cases(sending: Sending, content: CasesPage) -> Written:
    """Write a page of the open cases of a branch of the organisation, for an admin; others find none."""
    page, unit = None, content.unit
    if sending.reader and sending.desk.rights.may_administer(sending.reader):
        below = [unit.code for unit in sending.desk.org.below(unit)] if unit else None
        page = await list_open_cases(sending.desk, below, content.page)
    return case_list(page, "list.cases", lambda page: ListCases(unit or "", page), sending)


FEATURE = Feature(
    commands={Command("cases", private=Standing.ADMIN): on_cases},
    pressed_in_private={ListCases: on_cases_turned},
)
