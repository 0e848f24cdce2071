"""我的诉求: a resident's own cases, and each of them."""

from domain.letters.contents import FilePage, OwnCasesPage
from handlers.feature import Feature
from handlers.own_cases.buttons import ListMine, OpenMine
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext


async def on_my_cases(context: UpdateContext) -> None:
    """Show the resident's own cases."""
    await context.show(OwnCasesPage())


async def on_list_turned(context: UpdateContext, action: ListMine) -> None:
    """Show another page of the list, in the same message."""
    await context.show(OwnCasesPage(action.page), edits=context.pressed_on)


async def on_case_opened(context: UpdateContext, action: OpenMine) -> None:
    """Show one case from the list."""
    case = await context.desk.find.own_case(context.actor, action.case)
    await context.show(FilePage(own=True), case=case.id)


FEATURE = Feature(
    commands={Command("my", private=Standing.ANYBODY): on_my_cases},
    pressed_in_private={ListMine: on_list_turned, OpenMine: on_case_opened},
)
