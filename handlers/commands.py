"""The commands: their names, and who may use which where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `private`, `group`: where it works; `admin`: for admins only."""

    name: str
    private: bool = False
    group: bool = False
    admin: bool = False


COMMANDS = (
    Command("start", private=True),
    Command("my", private=True),
    Command("todo", group=True),
    Command("case", private=True, group=True),
    Command("bind", group=True),
    Command("cases", private=True, admin=True),
    Command("assign", private=True, admin=True),
    Command("units", private=True, admin=True),
    Command("members", private=True, admin=True),
    Command("policy", private=True, admin=True),
    Command("audit", private=True, admin=True),
    Command("language", private=True, group=True),
    Command("help", private=True, group=True),
)


def commands_for(*, private: bool, admin: bool) -> tuple[str, ...]:
    """Return the names of the commands that a person may use here, in the order of the menu."""
    return tuple(
        command.name
        for command in COMMANDS
        if (command.private if private else command.group) and (admin or not command.admin)
    )
