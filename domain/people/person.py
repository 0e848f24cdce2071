"""The people of a neighbourhood as the desk knows them: residents, members of units, admins.

A person is not an account: their number is our own, and accounts are how they are reached (docs/adr/0024).
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NewType

from domain.people.accounts import Account, AccountAddress, account_to_use
from domain.text.folding import MARKS, is_seen

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
    """Anybody who ever wrote to the desk, works for it, or has a case there.

    `has_draft`: whether something waited for their 提交 when this was read.
    """

    id: PersonId
    name: str
    language: str | None = None
    language_chosen: bool = False
    unit: UnitCode | None = None
    accounts: tuple[Account, ...] = ()
    phone: str = field(default="", repr=False)
    has_draft: bool = False

    @property
    def reachable(self) -> bool:
        """Whether a private message is likely to arrive, at whichever account."""
        return any(account.is_open for account in self.accounts)

    @property
    def is_lost(self) -> bool:
        """Whether no private message can arrive: all their accounts refuse us, or they have none."""
        return all(account.unreachable_since is not None for account in self.accounts)

    def at(self, address: AccountAddress) -> Account:
        """Return what is known of one of their accounts; of one that is new to us, nothing."""
        return next((account for account in self.accounts if account.address == address), Account(address))

    def with_account(self, changed: Account) -> "Person":
        """Return the person with one account as it is now."""
        others = (account for account in self.accounts if account.address != changed.address)
        return replace(self, accounts=(*others, changed))

    def prefers(self, account: Account) -> bool:
        """Whether what is for them goes to this account."""
        return account_to_use(self.accounts) == account


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something now; a member, under the name by which they work. The desk itself acts as `DESK`."""

    id: PersonId
    name: str
    is_admin: bool = False


DESK = Actor(PersonId(0), "")
STRANGER = PersonId(-1)
"""The number of whoever only speaks in a group and is neither member nor admin: of them nothing is kept."""


def tidy_name(*parts: str | None) -> str:
    """Join the parts of a name, at most `NAME_LIMIT` long; empty where nothing of it can be seen.

    What is invisible or changes the direction of writing is left out, and so are marks piled up on a letter.
    """
    joined = unicodedata.normalize("NFC", " ".join(part for part in parts if part))
    return " ".join("".join(_seen(joined)).split())[:NAME_LIMIT].rstrip()


def _seen(name: str) -> Iterator[str]:
    """Yield the letters of a name with few marks on each, and the spaces between them."""
    marks = MOST_MARKS
    for character in name:
        if unicodedata.category(character) in MARKS:
            marks += 1
            if marks <= MOST_MARKS:
                yield character
        elif is_seen(character):
            marks = 0
            yield character
        elif character.isspace():
            marks = MOST_MARKS
            yield " "
