"""The commands of admins, in private."""

from domain.desk.casework.view import list_cases_below
from domain.desk.cooperation.assign import assign
from domain.letters.contents import CasesPage, MembersPage, PolicyPage, UnitsPage
from domain.people.person import UnitCode
from handlers.buttons import ListCases
from handlers.cards import numbered, unit_label
from handlers.replied import parse_number
from handlers.update_context import UpdateContext

ASSIGN_ARGUMENTS = 2


async def on_units(context: UpdateContext) -> None:
    """Show the organisation, or the part below a unit."""
    unit = context.desk.org[_unit(context)].code if context.arguments else None
    await context.show(UnitsPage(unit))


async def on_members(context: UpdateContext) -> None:
    """Show who works for a unit; without a code, for the first one at the top."""
    top = next(iter(context.desk.org.children(None)), None)
    unit = context.desk.org[_unit(context)] if context.arguments else top
    if unit is None:
        await context.show(UnitsPage())
    else:
        await context.show(MembersPage(unit.code))


async def on_cases(context: UpdateContext) -> None:
    """List all open cases, or those below a unit."""
    unit = _unit(context) if context.arguments else None
    await list_cases_below(context.desk, context.actor, unit, 0)
    await context.show(CasesPage(unit))


async def on_cases_turned(context: UpdateContext, action: ListCases) -> None:
    """Show another page, in the same message."""
    unit = UnitCode(action.unit) if action.unit else None
    await list_cases_below(context.desk, context.actor, unit, action.page)
    await context.show(CasesPage(unit, action.page), edits=context.pressed_on)


async def on_assign(context: UpdateContext) -> None:
    """Give a case to another unit."""
    number = parse_number(context.arguments[0]) if len(context.arguments) == ASSIGN_ARGUMENTS else None
    if number is None:
        await context.say("answer.usage_assign")
        return
    case = await assign(context.desk, context.actor, number, UnitCode(context.arguments[1].upper()))
    unit = unit_label(context.desk.org, case.unit, context.words)
    await context.say("answer.assigned", number=numbered(case), unit=unit)


async def on_policy(context: UpdateContext) -> None:
    """Show the rules in force."""
    await context.show(PolicyPage())


async def on_audit(context: UpdateContext) -> None:
    """Show the number of rows and the head of the history."""
    head = await context.desk.work.history.head()
    await context.say("answer.head_told", count=head.count, hash=head.hash)


def _unit(context: UpdateContext) -> UnitCode:
    return UnitCode(context.arguments[0].upper())
