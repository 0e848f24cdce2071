"""Commands: what somebody types is run in the place that it is for, by those who may use it."""

import re

from domain.errors import NotAnAdmin, NotAnyLead, NotAnyMember
from handlers.feature import merged
from handlers.features import COMMANDS, FEATURES
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext
from handlers.updates.reading import hides_sender

COMMAND = re.compile(r"^/(?P<name>[A-Za-z]\w*)(?:@(?P<bot>\w+))?(?:\s|$)")

HANDLERS = merged(feature.commands for feature in FEATURES)
LINKS = merged(feature.links for feature in FEATURES)


async def on_command(context: UpdateContext) -> None:
    """Run a command in the place that it is for; it also cancels a question that waits for an answer."""
    if context.private:
        await context.desk.questions.drop(context.person.id)
    name = command_in(context) or ""
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
    elif context.private and command.private is Standing.MEMBER and not _works(context):
        raise NotAnyMember(context.actor.id)
    elif (command.private if context.private else command.group) is None:
        await context.say("answer.only_here", keys={"where": "where.group" if context.private else "where.private"})
    else:
        await _run(context, command)


async def _run(context: UpdateContext, command: Command) -> None:
    """Run a command; /start with the parameter of a link opens what that leads to."""
    parameter = context.arguments[0] if command.name == "start" and context.arguments else ""
    for beginning, on_opened in LINKS.items():
        if parameter.startswith(beginning):
            await on_opened(context, parameter.removeprefix(beginning))
            return
    await HANDLERS[command](context)


def command_in(context: UpdateContext) -> str | None:
    """Return the command's name if the message is a command for this bot."""
    text = (context.update.message.text if context.update.message else None) or ""
    found = COMMAND.match(text)
    if found is None or (found["bot"] and found["bot"].lower() != context.bot.username.lower()):
        return None
    return found["name"].lower()


def is_for_another_bot(context: UpdateContext) -> bool:
    """Whether the message is a command that says that it is for another bot."""
    text = (context.update.message.text if context.update.message else None) or ""
    return COMMAND.match(text) is not None and command_in(context) is None


def _works(context: UpdateContext) -> bool:
    rights = context.desk.rights
    return bool(context.desk.org.units_of(context.actor.id)) or rights.may_administer(context.actor)


def _leads(context: UpdateContext) -> bool:
    rights = context.desk.rights
    return rights.is_lead(context.actor) or rights.may_administer(context.actor)


def _names_us(context: UpdateContext) -> bool:
    """Whether a command says that it is for this bot: in a group one that does not may be for another."""
    found = COMMAND.match(context.sent.text or "")
    return found is not None and found["bot"] is not None
