"""Commands: what one is called, and who may use it where."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """What somebody is, where they type a command: anybody, a member of a unit of this chat, a lead, an admin."""

    ANYBODY = "anybody"
    MEMBER = "member"
    LEAD = "lead"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `private`, `group`: who may use it there; None: it is not for there."""

    name: str
    private: Standing | None = None
    group: Standing | None = None


def commands_for(commands: Iterable[Command], standings: frozenset[Standing], *, private: bool) -> tuple[str, ...]:
    """Return the names of the commands that somebody may use here, in the order of the menu; admins may use all."""
    return tuple(
        command.name
        for command in commands
        if (wanted := command.private if private else command.group) and {wanted, Standing.ADMIN} & standings
    )
