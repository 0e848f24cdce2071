"""The commands: their names, and who may use which where."""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """What somebody is, where they type a command: anybody, a member of a unit of this room, a lead, an admin."""

    ANYBODY = "anybody"
    MEMBER = "member"
    LEAD = "lead"
    ADMIN = "admin"


ANYBODY = frozenset({Standing.ANYBODY})


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `private`, `group`: who may use it there; None: it is not for there."""

    name: str
    private: Standing | None = None
    group: Standing | None = None


COMMANDS = (
    Command("start", private=Standing.ANYBODY),
    Command("my", private=Standing.ANYBODY),
    Command("todo", group=Standing.MEMBER),
    Command("case", private=Standing.ANYBODY, group=Standing.MEMBER),
    Command("bind", group=Standing.LEAD),
    Command("cases", private=Standing.ADMIN),
    Command("assign", private=Standing.LEAD),
    Command("units", private=Standing.ADMIN),
    Command("members", private=Standing.ADMIN),
    Command("policy", private=Standing.ADMIN),
    Command("audit", private=Standing.ADMIN),
    Command("language", private=Standing.ANYBODY, group=Standing.MEMBER),
    Command("help", private=Standing.ANYBODY, group=Standing.ANYBODY),
)


def commands_for(standings: frozenset[Standing], *, private: bool) -> tuple[str, ...]:
    """Return the names of the commands that somebody may use here, in the order of the menu; admins may use all."""
    return tuple(
        command.name
        for command in COMMANDS
        if (wanted := command.private if private else command.group) and {wanted, Standing.ADMIN} & standings
    )
