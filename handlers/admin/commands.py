"""The commands of admins, in private."""

from domain.desk.assign import assign
from domain.desk.view import list_cases_below
from domain.letters.contents import CasesPage, MembersPage, PolicyPage, UnitsPage
from domain.people import UnitCode
from handlers.buttons import ListCases
from handlers.cards import numbered, unit_label
from handlers.replied import parse_number
from handlers.visit import Visit

ASSIGN_ARGUMENTS = 2


async def on_units(visit: Visit) -> None:
    """Show the organisation, or the part below a unit."""
    unit = visit.desk.org[_unit(visit)].code if visit.arguments else None
    await visit.show(UnitsPage(unit))


async def on_members(visit: Visit) -> None:
    """Show who works for a unit; without a code, for the first one at the top."""
    top = next(iter(visit.desk.org.children(None)), None)
    unit = visit.desk.org[_unit(visit)] if visit.arguments else top
    if unit is None:
        await visit.show(UnitsPage())
    else:
        await visit.show(MembersPage(unit.code))


async def on_cases(visit: Visit) -> None:
    """List all open cases, or those below a unit."""
    unit = _unit(visit) if visit.arguments else None
    await list_cases_below(visit.desk, visit.actor, unit, 0)
    await visit.show(CasesPage(unit))


async def on_cases_turned(visit: Visit, action: ListCases) -> None:
    """Show another page, in the same message."""
    unit = UnitCode(action.unit) if action.unit else None
    await list_cases_below(visit.desk, visit.actor, unit, action.page)
    await visit.show(CasesPage(unit, action.page), edits=visit.pressed_on)


async def on_assign(visit: Visit) -> None:
    """Give a case to another unit."""
    number = parse_number(visit.arguments[0]) if len(visit.arguments) == ASSIGN_ARGUMENTS else None
    if number is None:
        await visit.say("answer.usage_assign")
        return
    case = await assign(visit.desk, visit.actor, number, UnitCode(visit.arguments[1].upper()))
    await visit.say("answer.assigned", number=numbered(case), unit=unit_label(visit.desk.org, case.unit, visit.words))


async def on_policy(visit: Visit) -> None:
    """Show the rules in force."""
    await visit.show(PolicyPage())


async def on_audit(visit: Visit) -> None:
    """Show the number of rows and the head of the history."""
    head = await visit.desk.work.history.head()
    await visit.say("answer.head_told", count=head.count, hash=head.hash)


def _unit(visit: Visit) -> UnitCode:
    return UnitCode(visit.arguments[0].upper())
