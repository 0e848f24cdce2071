"""拆分, /split: the second matter of one message becomes a case of its own."""

from dataclasses import dataclass

from domain.cases.case import CaseId
from domain.desk.casework.split import ask_for_second_matter, ask_for_second_matter_of
from domain.rights.permissions import Rights
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.rendering.case_buttons import CaseButton, is_open
from handlers.rendering.labels import numbered
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext
from handlers.updates.replied import find_meant


@tagged("wp")
@dataclass(frozen=True, slots=True)
class SplitCase:
    """拆分; in a group the one of several cases that is meant."""

    case: CaseId


async def on_split(context: UpdateContext) -> None:
    """Ask for the words of the second matter of a case; where its last digits fit several, ask which."""
    number, several = await find_meant(context, " ".join(context.arguments))
    if several:
        rows = [[(numbered(case), SplitCase(case.id))] for case in several]
        await context.say("answer.which_number", buttons=rows)
    elif number is None:
        await context.say("answer.usage_split")
    else:
        chat = None if context.private else context.chat
        await ask_for_second_matter_of(context.desk, context.actor, number, chat)


async def on_split_pressed(context: UpdateContext, action: SplitCase) -> None:
    """Ask for the words of the second matter, where the button was pressed."""
    if context.private:
        await ask_for_second_matter(context.desk, context.actor, action.case, privately=True)
        await context.toast()
        return
    case = await context.desk.find.case(action.case)
    await ask_for_second_matter_of(context.desk, context.actor, case.number, context.chat)
    await context.take_buttons_away()


FEATURE = Feature(
    commands={Command("split", private=Standing.MEMBER, group=Standing.MEMBER): on_split},
    pressed_in_private={SplitCase: on_split_pressed},
    pressed_in_groups={SplitCase: on_split_pressed},
    on_file=[CaseButton("button.split", SplitCase, is_open, row=2, may=Rights.may_split)],
)
