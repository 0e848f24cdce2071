"""/todo: the open cases of the units that work in a chat; in private, of those that somebody works for."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton

from domain.cases.listing import Which
from domain.desk.casework.view import count_assisted, list_open_cases
from domain.errors import NotAnyMember
from domain.letters.contents import TodoPage
from domain.people.person import UnitCode
from handlers.feature import Feature
from handlers.rendering.buttons import button, tagged
from handlers.rendering.lists import case_list
from handlers.rendering.sending import Sending, Written
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext


@tagged("lt")
@dataclass(frozen=True, slots=True)
class ListTodo:
    """A page of open cases, or of a part of them."""

    page: int
    which: Which


async def on_todo(context: UpdateContext) -> None:
    """List the open cases of the units that work here; in private, of those that the person works for."""
    if not context.private and not context.desk.org.in_chat(context.chat):
        await context.say("answer.not_bound")
        return
    _require_work(context)
    await context.show(TodoPage(mine_of=context.person.id))


async def on_todo_turned(context: UpdateContext, action: ListTodo) -> None:
    """Show another page, or another part, in the same message."""
    _require_work(context)
    await context.show(TodoPage(action.page, action.which, context.person.id), edits=context.pressed_on)


def _require_work(context: UpdateContext) -> None:
    """Let only those go on who work here; in private, who work for any unit.

    Raises:
        NotAMember: somebody in a group who works for none of its units.
        NotAnyMember: somebody in private who works for no unit at all.
    """
    if not context.private:
        context.require_member()
    elif not context.desk.org.units_of(context.person.id):
        raise NotAnyMember(context.person.id)


async def write_todo(sending: Sending, content: TodoPage) -> Written:
    """Write a page of open cases; in private the reader's own come first, and nothing once they work for no unit."""
    private = sending.reader is not None
    units = _units(sending)
    reader = content.mine_of if private or content.which is Which.MINE else None
    page = await list_open_cases(sending.desk, units, content.page, content.which, reader)
    assisted = await count_assisted(sending.desk, units)
    nothing = not page.total and not assisted and content.which is Which.ALL
    title = "list.todo" if content.which is Which.ALL else f"list.todo_{content.which}"
    narrowing = () if nothing else _narrowing(content.which, sending, assists=bool(assisted))
    return case_list(page, title, lambda to: ListTodo(to, content.which), sending, narrowing)


def _units(sending: Sending) -> Sequence[UnitCode]:
    org, reader = sending.desk.org, sending.reader
    return [unit.code for unit in (org.units_of(reader.id) if reader else org.in_chat(sending.chat))]


def _narrowing(shown: Which, sending: Sending, *, assists: bool) -> list[InlineKeyboardButton]:
    """Return buttons for the other parts; in a chat their own is another part for everybody."""
    always = set() if sending.reader else {Which.MINE}
    parts = [which for which in Which if assists or which is not Which.BESIDE]
    offered = [which for which in parts if which is not shown or which in always]
    return [button(sending.words(f"which.{which}"), ListTodo(0, which)) for which in offered]


FEATURE = Feature(
    commands={Command("todo", private=Standing.MEMBER, group=Standing.MEMBER): on_todo},
    pressed_in_private={ListTodo: on_todo_turned},
    pressed_in_groups={ListTodo: on_todo_turned},
)
