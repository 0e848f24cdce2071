"""The routes: which handler takes an update, in order. Everything that people send or press starts here."""

from collections.abc import Callable

from domain.errors import DeskError
from handlers.feature import Handler
from handlers.groups.membership import on_membership_changed, on_migrated
from handlers.rendering.labels import unit_labels
from handlers.routing.commands import command_in, is_for_another_bot, on_command
from handlers.routing.groups import on_group_edit, on_group_message
from handlers.routing.presses import on_press, refresh_pressed_card
from handlers.routing.private import on_private_edit, on_private_message
from handlers.updates.context import UpdateContext
from handlers.updates.reading import is_service

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]


async def handle(context: UpdateContext) -> None:
    """Let the first route that matches take the update.

    Raises:
        DeskError: the rules refuse what the person wants; `explain` says so to them.
    """
    await next(handler for matches, handler in ROUTES if matches(context))(context)


async def explain(context: UpdateContext, error: DeskError) -> None:
    """Tell the person in one sentence why nothing has changed."""
    values = dict(error.values)
    values |= {key: f"#{values[key]}" for key in ("number", "main") if key in values}
    if "units" in values:
        values["units"] = unit_labels(context.desk.org, values["units"], context.words)
    if context.update.callback_query is not None:
        await refresh_pressed_card(context, error)
        await context.toast(error.key, alert=True, **values)
    else:
        await context.say(error.key, **values)


async def ignore(_context: UpdateContext) -> None:
    """Do nothing: the update is for others, or tells nothing new."""


def _is_press(context: UpdateContext) -> bool:
    return context.update.callback_query is not None


def _is_membership(context: UpdateContext) -> bool:
    return context.update.my_chat_member is not None


def _is_migration(context: UpdateContext) -> bool:
    message = context.update.message
    return message is not None and bool(message.migrate_to_chat_id or message.migrate_from_chat_id)


def _is_command(context: UpdateContext) -> bool:
    return command_in(context) is not None


def _is_edit(context: UpdateContext) -> bool:
    return context.update.edited_message is not None


def _is_tick(context: UpdateContext) -> bool:
    """Whether a live location has moved: where it was first is the place that was meant."""
    return context.update.edited_message is not None and context.update.edited_message.location is not None


def _is_private_edit(context: UpdateContext) -> bool:
    return _is_edit(context) and context.private


def _is_anything(_context: UpdateContext) -> bool:
    return True


def _is_private(context: UpdateContext) -> bool:
    return context.private


def _is_service(context: UpdateContext) -> bool:
    return context.update.message is not None and is_service(context.update.message)


ROUTES: tuple[tuple[Callable[[UpdateContext], bool], Handler], ...] = (
    (_is_press, on_press),
    (_is_membership, on_membership_changed),
    (_is_migration, on_migrated),
    (_is_service, ignore),
    (_is_tick, ignore),
    (_is_private_edit, on_private_edit),
    (_is_edit, on_group_edit),
    (is_for_another_bot, ignore),
    (_is_command, on_command),
    (_is_private, on_private_message),
    (_is_anything, on_group_message),
)
