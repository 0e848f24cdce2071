"""/case: the file of a case, for everybody whom it concerns."""

from domain.desk.casework.view import view_case
from domain.letters.contents import FilePage
from handlers.feature import Feature
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext
from handlers.updates.replied import parse_number


async def on_case(context: UpdateContext) -> None:
    """Open the file of a case."""
    number = parse_number(" ".join(context.arguments))
    if number is None:
        await context.say("answer.usage_case")
        return
    await open_file(context, number)


async def open_file(context: UpdateContext, number: str) -> None:
    """Show the file of a case to somebody whom it concerns."""
    case = await view_case(context.desk, context.actor, number, None if context.private else context.chat)
    own = context.private and context.desk.rights.may_speak_for(context.actor, case)
    await context.show(FilePage(own), case=case.id)


FEATURE = Feature(commands={Command("case", private=Standing.ANYBODY, group=Standing.MEMBER): on_case})
