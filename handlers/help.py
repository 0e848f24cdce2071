"""Help: a person is shown just the commands that they may use, and so does Telegram's menu for that chat."""

from markupsafe import Markup

from domain.letters.contents import HelpPage
from handlers.commands import Standing, commands_for
from handlers.rendering import Sending, Text, Written


async def write_help(sending: Sending, content: HelpPage) -> Written:
    """Write how the desk works for this person here, and their commands."""
    words, private = sending.words, sending.letter.to.person is not None
    lines = [words("help.resident" if private else "help.group"), Markup(""), words("help.commands")]
    names = commands_for(frozenset(map(Standing, content.standings)), private=private)
    lines += [Markup("/{} {}").format(name, words(f"command.{name}")) for name in names]
    if private:
        lines += [Markup(""), words("help.own_id", id=sending.room.chat)]
    return Written(Text(Markup("\n").join(lines)))
