"""Neighbours without an account, for whom a worker raises a case (代报): a name, and a telephone number if given."""

from dataclasses import dataclass, field

from domain.errors import DeskError
from domain.people.person import tidy_name
from domain.text.folding import fold

NAME_AT_MOST = 40
DIGITS = range(5, 21)
"""So many digits a telephone number has, with whatever stands before and behind it."""
PARTING = dict.fromkeys(map(ord, " -"))
MOST_LETTERS = 4
"""So many letters may stand beside them: an extension, or whose it is."""


class NeighbourUnnamed(DeskError):
    """What came is no name: it has nothing that can be seen, or is far too long."""

    key = "error.neighbour_unnamed"


class PhoneUnreadable(DeskError):
    """What came is no telephone number."""

    key = "error.phone_unreadable"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """For whom a case is raised; without a name it is what the worker found on a round (巡查)."""

    name: str = ""
    phone: str = field(default="", repr=False)


def parse_name(text: str) -> str:
    """Return the name of a neighbour as it was written.

    Raises:
        NeighbourUnnamed: it is none.
    """
    name = tidy_name(text)
    if not name or len(text.strip()) > NAME_AT_MOST:
        raise NeighbourUnnamed
    return name


def parse_phone(text: str) -> str:
    """Return a telephone number in plain digits, without what only parts them.

    Raises:
        PhoneUnreadable: it is none.
    """
    written = " ".join(fold(text).text.split())
    digits = sum(character.isdecimal() for character in written)
    if digits not in DIGITS or sum(character.isalpha() for character in written) > MOST_LETTERS:
        raise PhoneUnreadable
    return written.translate(PARTING)
