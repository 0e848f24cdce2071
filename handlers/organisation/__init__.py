"""/units, /members: the organisation, and who works for a unit."""

from domain.desk.office.members import unit_to_list
from domain.letters.contents import MembersPage, UnitsPage
from handlers.feature import Feature
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext


async def on_units(context: UpdateContext) -> None:
    """Show the organisation, or the part below a unit."""
    unit = context.desk.org[context.unit_named()].code if context.arguments else None
    await context.show(UnitsPage(unit))


async def on_members(context: UpdateContext) -> None:
    """Show who works for a unit; without a code, for the first one at the top of what they may see."""
    unit = unit_to_list(context.desk, context.actor, context.unit_named() if context.arguments else None)
    if unit is None:
        await context.show(UnitsPage())
    else:
        await context.show(MembersPage(unit.code))


FEATURE = Feature(
    commands={
        Command("units", private=Standing.ADMIN): on_units,
        Command("members", private=Standing.LEAD): on_members,
    }
)
