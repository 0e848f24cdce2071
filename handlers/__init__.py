"""The routing table: which handler takes an update, in order. Everything that people send or press starts here."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from markupsafe import Markup

from domain.cases.case import CaseId
from domain.errors import DeskError, NotAnAdmin, NotAnyLead
from domain.letters.letter import Priority
from handlers import buttons, start
from handlers.admin import commands as admin
from handlers.cards import unit_label
from handlers.commands import COMMANDS, Standing
from handlers.membership import on_membership_changed, on_migrated
from handlers.reading import hides_sender, is_service
from handlers.resident import cases, draft, verdict
from handlers.resident.conversation import on_my_cases, on_private_edit, on_private_message
from handlers.resident.draft import refresh_draft
from handlers.transfer import buttons as transfer_buttons
from handlers.transfer import handlers as transfer
from handlers.update_context import UpdateContext
from handlers.worker import card, group

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
COMMAND = re.compile(r"^/(?P<name>[A-Za-z]\w*)(?:@(?P<bot>\w+))?(?:\s|$)")

Handler = Callable[[UpdateContext], Awaitable[None]]

COMMAND_HANDLERS: Mapping[str, Handler] = {
    "start": start.on_start,
    "help": start.on_help,
    "language": start.on_language,
    "my": on_my_cases,
    "bind": group.on_bind,
    "todo": group.on_todo,
    "case": group.on_case,
    "cases": admin.on_cases,
    "assign": admin.on_assign,
    "units": admin.on_units,
    "members": admin.on_members,
    "policy": admin.on_policy,
    "audit": admin.on_audit,
}

PressHandler = Callable[[UpdateContext, Any], Awaitable[None]]

PRESSED_IN_PRIVATE: Mapping[type[Any], PressHandler] = {
    buttons.Submit: draft.on_submit_pressed,
    buttons.OpenMenu: draft.on_menu_opened,
    buttons.PickKind: draft.on_kind_pressed,
    buttons.PickUnit: draft.on_unit_pressed,
    buttons.ToggleAnonymous: draft.on_anonymous_pressed,
    buttons.CancelDraft: draft.on_cancel_pressed,
    buttons.AddToCase: draft.on_add_pressed,
    buttons.TakeUpDraft: draft.on_take_up_pressed,
    buttons.ListMine: cases.on_list_turned,
    buttons.OpenMine: cases.on_case_opened,
    buttons.SupplementCase: cases.on_supplement_pressed,
    buttons.Nudge: cases.on_nudge_pressed,
    buttons.Withdraw: cases.on_withdraw_pressed,
    buttons.Solved: verdict.on_solved_pressed,
    buttons.Unsolved: verdict.on_unsolved_pressed,
    buttons.TakeBack: verdict.on_take_back_pressed,
    buttons.Rate: verdict.on_rating_pressed,
    buttons.Object: verdict.on_object_pressed,
    buttons.Skip: verdict.on_skip_pressed,
    buttons.SkipQuestion: verdict.on_skip_pressed,
    transfer_buttons.TurnUnits: transfer.on_units_turned,
    transfer_buttons.ChooseUnit: transfer.on_unit_chosen,
    transfer_buttons.CancelTransfer: transfer.on_transfer_cancelled,
    buttons.ListCases: admin.on_cases_turned,
    buttons.ChooseLanguage: start.on_language_chosen,
}

PRESSED_IN_GROUPS: Mapping[type[Any], PressHandler] = {
    buttons.Accept: card.on_accept_pressed,
    transfer_buttons.TransferCase: transfer.on_transfer_pressed,
    transfer_buttons.GiveBack: transfer.on_give_back_pressed,
    buttons.Escalate: card.on_escalate_pressed,
    buttons.Refuse: card.on_refuse_pressed,
    buttons.Resolve: card.on_resolve_pressed,
    buttons.ListTodo: group.on_todo_turned,
    buttons.ChooseLanguage: start.on_language_chosen,
}


async def handle(context: UpdateContext) -> None:
    """Let the first route that matches take the update.

    Raises:
        DeskError: the rules refuse what the person wants; `explain` says so to them.
    """
    await next(handler for matches, handler in ROUTES if matches(context))(context)


async def explain(context: UpdateContext, error: DeskError) -> None:
    """Tell the person in one sentence why nothing has changed."""
    values = dict(error.values)
    if "number" in values:
        values["number"] = f"#{values['number']}"
    if "units" in values:
        labels = (unit_label(context.desk.org, code, context.words) for code in values["units"])
        values["units"] = Markup("、").join(labels)
    if context.update.callback_query is not None:
        await _refresh_pressed_card(context)
        await context.toast(error.key, alert=True, **values)
    else:
        await context.say(error.key, **values)


async def _refresh_pressed_card(context: UpdateContext) -> None:
    """Bring the card up to date whose button was refused: perhaps it shows what is not so any more."""
    query = context.update.callback_query
    action = buttons.decode(query.data or "") if query else None
    if context.private and (draft_id := getattr(action, "draft", None)) is not None:
        await refresh_draft(context, draft_id)
    case: CaseId | None = getattr(action, "case", None)
    if case is None or context.private:
        return
    shown = await context.desk.work.cards.units_shown(case)
    for unit in context.desk.org.in_chat(context.room.chat):
        if unit.code in shown:
            await context.desk.cards.post(case, unit.code, Priority.CARD)


async def on_command(context: UpdateContext) -> None:
    """Run a command in the place that it is for; it also cancels a question that waits for an answer."""
    if context.private:
        await context.desk.work.questions.drop(context.person.id)
    name = _command(context) or ""
    command = next((command for command in COMMANDS if command.name == name), None)
    if command is None:
        if context.private or _names_us(context):
            await context.say("answer.command_unknown")
    elif not context.private and hides_sender(context.sent):
        await context.say("answer.hidden_identity")
    elif Standing.ADMIN in (command.private, command.group) and not context.desk.rights.may_administer(context.actor):
        raise NotAnAdmin(context.actor.id)
    elif context.private and command.private is Standing.LEAD and not _leads(context):
        raise NotAnyLead(context.actor.id)
    elif (command.private if context.private else command.group) is None:
        await context.say("answer.only_here", keys={"where": "where.group" if context.private else "where.private"})
    else:
        await COMMAND_HANDLERS[name](context)


async def on_press(context: UpdateContext) -> None:
    """Act on a pressed button; data that name no action of ours, or none of this place, get one kind sentence."""
    query = context.update.callback_query
    action = buttons.decode(query.data or "") if query else None
    handler = (PRESSED_IN_PRIVATE if context.private else PRESSED_IN_GROUPS).get(type(action))
    if handler is None:
        await context.toast("answer.old_button", alert=True)
        return
    await handler(context, action)
    await context.toast()


async def ignore(_context: UpdateContext) -> None:
    """Do nothing: the update is for others, or tells nothing new."""


def _command(context: UpdateContext) -> str | None:
    """Return the command's name if the message is a command for this bot."""
    text = (context.update.message.text if context.update.message else None) or ""
    found = COMMAND.match(text)
    if found is None or (found["bot"] and found["bot"].lower() != context.bot.username.lower()):
        return None
    return found["name"].lower()


def _leads(context: UpdateContext) -> bool:
    rights = context.desk.rights
    return rights.is_lead(context.actor) or rights.may_administer(context.actor)


def _names_us(context: UpdateContext) -> bool:
    """Whether a command says that it is for this bot: in a group one that does not may be for another."""
    found = COMMAND.match(context.sent.text or "")
    return found is not None and found["bot"] is not None


def _is_press(context: UpdateContext) -> bool:
    return context.update.callback_query is not None


def _is_membership(context: UpdateContext) -> bool:
    return context.update.my_chat_member is not None


def _is_migration(context: UpdateContext) -> bool:
    message = context.update.message
    return message is not None and bool(message.migrate_to_chat_id or message.migrate_from_chat_id)


def _is_for_another_bot(context: UpdateContext) -> bool:
    text = (context.update.message.text if context.update.message else None) or ""
    return COMMAND.match(text) is not None and _command(context) is None


def _is_command(context: UpdateContext) -> bool:
    return _command(context) is not None


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
    (_is_edit, group.on_group_edit),
    (_is_for_another_bot, ignore),
    (_is_command, on_command),
    (_is_private, on_private_message),
    (_is_anything, group.on_group_message),
)
