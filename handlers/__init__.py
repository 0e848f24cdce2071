"""The routing table: which handler takes an update, in order. Everything that people send or press starts here."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from markupsafe import Markup

from domain.cases import CaseId
from domain.errors import DeskError, NotAnAdmin, NotAnyLead
from domain.letters import Priority
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
from handlers.visit import Visit
from handlers.worker import card, group

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
COMMAND = re.compile(r"^/(?P<name>[A-Za-z]\w*)(?:@(?P<bot>\w+))?(?:\s|$)")

Handler = Callable[[Visit], Awaitable[None]]

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

PressHandler = Callable[[Visit, Any], Awaitable[None]]

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


async def handle(visit: Visit) -> None:
    """Let the first route that matches take the update.

    Raises:
        DeskError: the rules refuse what the person wants; `explain` says so to them.
    """
    await next(handler for matches, handler in ROUTES if matches(visit))(visit)


async def explain(visit: Visit, error: DeskError) -> None:
    """Tell the person in one sentence why nothing has changed."""
    values = dict(error.values)
    if "number" in values:
        values["number"] = f"#{values['number']}"
    if "units" in values:
        labels = (unit_label(visit.desk.org, code, visit.words) for code in values["units"])
        values["units"] = Markup("、").join(labels)
    if visit.update.callback_query is not None:
        await _refresh_pressed_card(visit)
        await visit.toast(error.key, alert=True, **values)
    else:
        await visit.say(error.key, **values)


async def _refresh_pressed_card(visit: Visit) -> None:
    """Bring the card up to date whose button was refused: perhaps it shows what is not so any more."""
    query = visit.update.callback_query
    action = buttons.decode(query.data or "") if query else None
    if visit.private and (draft_id := getattr(action, "draft", None)) is not None:
        await refresh_draft(visit, draft_id)
    case: CaseId | None = getattr(action, "case", None)
    if case is None or visit.private:
        return
    shown = await visit.desk.work.cards.units_shown(case)
    for unit in visit.desk.org.in_chat(visit.room.chat):
        if unit.code in shown:
            await visit.desk.cards.post(case, unit.code, Priority.CARD)


async def on_command(visit: Visit) -> None:
    """Run a command in the place that it is for; it also cancels a question that waits for an answer."""
    if visit.private:
        await visit.desk.work.questions.drop(visit.person.id)
    name = _command(visit) or ""
    command = next((command for command in COMMANDS if command.name == name), None)
    if command is None:
        if visit.private or _names_us(visit):
            await visit.say("answer.command_unknown")
    elif not visit.private and hides_sender(visit.sent):
        await visit.say("answer.hidden_identity")
    elif Standing.ADMIN in (command.private, command.group) and not visit.desk.rights.may_administer(visit.actor):
        raise NotAnAdmin(visit.actor.id)
    elif visit.private and command.private is Standing.LEAD and not _leads(visit):
        raise NotAnyLead(visit.actor.id)
    elif (command.private if visit.private else command.group) is None:
        await visit.say("answer.only_here", keys={"where": "where.group" if visit.private else "where.private"})
    else:
        await COMMAND_HANDLERS[name](visit)


async def on_press(visit: Visit) -> None:
    """Act on a pressed button; data that name no action of ours, or none of this place, get one kind sentence."""
    query = visit.update.callback_query
    action = buttons.decode(query.data or "") if query else None
    handler = (PRESSED_IN_PRIVATE if visit.private else PRESSED_IN_GROUPS).get(type(action))
    if handler is None:
        await visit.toast("answer.old_button", alert=True)
        return
    await handler(visit, action)
    await visit.toast()


async def ignore(_visit: Visit) -> None:
    """Do nothing: the update is for others, or tells nothing new."""


def _command(visit: Visit) -> str | None:
    """Return the command's name if the message is a command for this bot."""
    text = (visit.update.message.text if visit.update.message else None) or ""
    found = COMMAND.match(text)
    if found is None or (found["bot"] and found["bot"].lower() != visit.bot.username.lower()):
        return None
    return found["name"].lower()


def _leads(visit: Visit) -> bool:
    rights = visit.desk.rights
    return rights.is_lead(visit.actor) or rights.may_administer(visit.actor)


def _names_us(visit: Visit) -> bool:
    """Whether a command says that it is for this bot: in a group one that does not may be for another."""
    found = COMMAND.match(visit.sent.text or "")
    return found is not None and found["bot"] is not None


def _is_press(visit: Visit) -> bool:
    return visit.update.callback_query is not None


def _is_membership(visit: Visit) -> bool:
    return visit.update.my_chat_member is not None


def _is_migration(visit: Visit) -> bool:
    message = visit.update.message
    return message is not None and bool(message.migrate_to_chat_id or message.migrate_from_chat_id)


def _is_for_another_bot(visit: Visit) -> bool:
    text = (visit.update.message.text if visit.update.message else None) or ""
    return COMMAND.match(text) is not None and _command(visit) is None


def _is_command(visit: Visit) -> bool:
    return _command(visit) is not None


def _is_edit(visit: Visit) -> bool:
    return visit.update.edited_message is not None


def _is_tick(visit: Visit) -> bool:
    """Whether a live location has moved: where it was first is the place that was meant."""
    return visit.update.edited_message is not None and visit.update.edited_message.location is not None


def _is_private_edit(visit: Visit) -> bool:
    return _is_edit(visit) and visit.private


def _is_anything(_visit: Visit) -> bool:
    return True


def _is_private(visit: Visit) -> bool:
    return visit.private


def _is_service(visit: Visit) -> bool:
    return visit.update.message is not None and is_service(visit.update.message)


ROUTES: tuple[tuple[Callable[[Visit], bool], Handler], ...] = (
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
