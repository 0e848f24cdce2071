"""/case: the file of a case, for everybody whom it concerns."""

from collections.abc import Sequence

from domain.cases.case import Case
from domain.desk.casework.view import find_ending, view_case
from domain.letters.contents import FilePage
from handlers.feature import Feature
from handlers.rendering.labels import numbered
from handlers.rendering.lists import OpenCase
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext
from handlers.updates.replied import parse_ending, parse_number


async def on_case(context: UpdateContext) -> None:
    """Open the file of a case; where its last digits fit several, ask which."""
    written = " ".join(context.arguments)
    number, ending = parse_number(written), parse_ending(written)
    if number is None and ending is None:
        await context.say("answer.usage_case")
        return
    meant: Sequence[Case] = ()
    if number is None and ending is not None:
        meant = await find_ending(context.desk, context.actor, ending, None if context.private else context.chat)
    if len(meant) > 1:
        rows = [[(numbered(case), OpenCase(case.id))] for case in meant]
        await context.say("answer.which_number", buttons=rows)
        return
    await open_file(context, number or (meant[0].number if meant else written))


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
