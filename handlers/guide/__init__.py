"""/help: a person is shown just the commands that they may use, and so does Telegram's menu for that chat."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.letters.contents import HelpPage
from handlers.feature import Feature
from handlers.rendering.sending import Sending, Text, Written
from handlers.updates.commands import Command, Standing, commands_for
from handlers.updates.context import UpdateContext
from handlers.updates.identity import standings


async def on_help(context: UpdateContext) -> None:
    """Show how it works and which commands this person may use here."""
    held = standings(context.desk.rights, context.actor, context.chat, private=context.private)
    await context.show(HelpPage(tuple(sorted(held))))


async def write_help(sending: Sending, content: HelpPage, commands: Sequence[Command]) -> Written:
    """Write how the desk works for this person here, and their commands."""
    words, private = sending.words, sending.letter.to.person is not None
    held = frozenset(map(Standing, content.standings))
    lines = [words("help.resident" if private else "help.group")]
    lines += [words("help.member")] if private and Standing.MEMBER in held else []
    lines += [Markup(""), words("help.commands")]
    names = commands_for(commands, held, private=private)
    lines += [Markup("/{} {}").format(name, words(f"command.{name}")) for name in names]
    if private:
        lines += [Markup(""), words("help.own_id", id=sending.chat.id)]
    return Written(Text(Markup("\n").join(lines)))


FEATURE = Feature(commands={Command("help", private=Standing.ANYBODY, group=Standing.ANYBODY): on_help})
