"""/case: the file of a case, for everybody whom it concerns."""

from domain.desk.casework.view import view_case
from domain.letters.contents import FilePage
from handlers.feature import Feature
from handlers.rendering.labels import numbered
from handlers.rendering.lists import OpenCase
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext
from handlers.updates.replied import find_meant


async def on_case(context: UpdateContext) -> None:
    """Open the file of a case; where its last digits fit several, ask which."""
    number, several = await find_meant(context, " ".join(context.arguments))
    if several:
        rows = [[(numbered(case), OpenCase(case.id))] for case in several]
        await context.say("answer.which_number", buttons=rows)
    elif number is None:
        await context.say("answer.usage_case")
    else:
        await open_file(context, number)


async def on_case_opened(context: UpdateContext, action: OpenCase) -> None:
    """Open the file of a case of a list."""
    await open_file(context, (await context.desk.find.case(action.case)).number)


async def open_file(context: UpdateContext, number: str) -> None:
    """Show the file of a case to somebody whom it concerns."""
    case = await view_case(context.desk, context.actor, number, None if context.private else context.chat)
    own = context.private and context.desk.rights.may_speak_for(context.actor, case)
    await context.show(FilePage(own), case=case.id)


FEATURE = Feature(
    commands={Command("case", private=Standing.ANYBODY, group=Standing.MEMBER): on_case},
    pressed_in_private={OpenCase: on_case_opened},
    pressed_in_groups={OpenCase: on_case_opened},
)
