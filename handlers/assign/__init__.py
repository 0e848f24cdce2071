"""/assign: a lead or an admin gives a case to a unit."""

from domain.desk.cooperation.assign import assign
from handlers.feature import Feature
from handlers.rendering.labels import numbered, unit_label
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext
from handlers.updates.replied import find_meant

ASSIGN_ARGUMENTS = 2


async def on_assign(context: UpdateContext) -> None:
    """Give a case to another unit."""
    written = context.arguments[0] if len(context.arguments) == ASSIGN_ARGUMENTS else ""
    number, several = await find_meant(context, written)
    if several:
        await context.say("answer.which_to_assign", numbers=" ".join(numbered(case) for case in several))
        return
    if number is None:
        await context.say("answer.usage_assign")
        return
    case = await assign(context.desk, context.actor, number, context.unit_named(1))
    unit = unit_label(context.desk.org, case.unit, context.words)
    await context.say("answer.assigned", number=numbered(case), unit=unit)


FEATURE = Feature(commands={Command("assign", private=Standing.LEAD): on_assign})
