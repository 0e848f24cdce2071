"""Help: a person is shown just the commands that they may use, and so does Telegram's menu for that chat."""

from markupsafe import Markup

from handlers.commands import Standing, commands_for
from handlers.rendering import Facts, Text


def render_help(facts: Facts) -> Text:
    """Return how the desk works for this person here, and their commands."""
    words, private = facts.words, facts.letter.to.person is not None
    lines = [words("help.resident" if private else "help.group"), Markup(""), words("help.commands")]
    names = commands_for(frozenset(map(Standing, facts.values["standings"])), private=private)
    lines += [Markup("/{} {}").format(name, words(f"command.{name}")) for name in names]
    if private:
        lines += [Markup(""), words("help.own_id", id=facts.room.chat)]
    return Text(Markup("\n").join(lines))
