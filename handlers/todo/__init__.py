"""/todo: the open cases of the units that work in a chat."""

from dataclasses import dataclass

from domain.desk.casework.view import list_open_cases
from domain.letters.contents import TodoPage
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.rendering.lists import case_list
from handlers.rendering.sending import Sending, Written
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext


@tagged("lt")
@dataclass(frozen=True, slots=True)
class ListTodo:
    """A page of a chat's open cases."""

    page: int


async def on_todo(context: UpdateContext) -> None:
    """List the open cases of the units that work here."""
    if not context.desk.org.in_chat(context.chat):
        await context.say("answer.not_bound")
        return
    context.require_member()
    await context.show(TodoPage())


async def on_todo_turned(context: UpdateContext, action: ListTodo) -> None:
    """Show another page, in the same message."""
    context.require_member()
    await context.show(TodoPage(action.page), edits=context.pressed_on)


async def write_todo(sending: Sending, content: TodoPage) -> Written:
    """Write a page of a chat's open cases, the nearest deadline first."""
    units = [unit.code for unit in sending.desk.org.in_chat(sending.chat)]
    page = await list_open_cases(sending.desk, units, content.page)
    return case_list(page, "list.todo", ListTodo, sending)


FEATURE = Feature(
    commands={Command("todo", group=Standing.MEMBER): on_todo},
    pressed_in_groups={ListTodo: on_todo_turned},
)
