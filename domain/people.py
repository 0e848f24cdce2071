"""The people of a neighbourhood as the desk knows them: residents, members of units, admins."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from domain.folding import MARKS, is_seen

PersonId = NewType("PersonId", int)
UnitCode = NewType("UnitCode", str)

NAME_LIMIT = 40
MOST_MARKS = 3
"""So many marks may stand on one letter: scripts of India and Thailand need them; more only disturb other lines."""


class Role(StrEnum):
    """What a member is to a unit; leads also rule on what comes up from the units below."""

    WORKER = "worker"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Member:
    """A person who works for a unit, under the name that residents read."""

    person: PersonId
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Person:
    """Anybody who ever wrote to the desk.

    `started_at`: when they first opened a private chat with the bot; before that it cannot write to them.
    `unreachable_since`: set while Telegram refuses what we send them.
    """

    id: PersonId
    name: str
    language: str | None = None
    language_chosen: bool = False
    unit: UnitCode | None = None
    started_at: datetime | None = None
    unreachable_since: datetime | None = None

    @property
    def reachable(self) -> bool:
        """Whether a private message is likely to arrive."""
        return self.started_at is not None and self.unreachable_since is None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something now. The desk itself acts as `DESK`."""

    id: PersonId
    name: str
    is_admin: bool = False


DESK = Actor(PersonId(0), "")


def tidy_name(*parts: str | None) -> str:
    """Join the parts of a name, at most `NAME_LIMIT` long; empty where nothing of it can be seen.

    What is invisible or changes the direction of writing is left out, and so are marks piled up on a letter.
    """
    joined = unicodedata.normalize("NFC", " ".join(part for part in parts if part))
    return " ".join("".join(_seen(joined)).split())[:NAME_LIMIT].rstrip()


def _seen(name: str) -> Iterator[str]:
    """Yield the letters of a name with few marks on each, and the spaces between them."""
    marks = MOST_MARKS
    for sign in name:
        if unicodedata.category(sign) in MARKS:
            marks += 1
            if marks <= MOST_MARKS:
                yield sign
        elif is_seen(sign):
            marks = 0
            yield sign
        elif sign.isspace():
            marks = MOST_MARKS
            yield " "
