"""Accounts: how a person is reached through a channel; somebody may have none, or several."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NewType

TelegramId = NewType("TelegramId", int)
"""What Telegram calls a user. It is no `PersonId`: that one is our own."""

NEVER = datetime.min.replace(tzinfo=UTC)


class Channel(StrEnum):
    """Where people have accounts."""

    TELEGRAM = "telegram"


@dataclass(frozen=True, slots=True)
class AccountAddress:
    """What a channel calls an account: in Telegram, the digits of the user's id."""

    channel: Channel
    address: str

    def __str__(self) -> str:
        return f"{self.channel}:{self.address}"

    @classmethod
    def parse(cls, written: str) -> "AccountAddress":
        """Read back what `str` has written."""
        channel, _, address = written.partition(":")
        return cls(Channel(channel), address)

    @property
    def telegram_id(self) -> TelegramId:
        """The user's id, which is also that of their private chat."""
        return TelegramId(int(self.address))


def in_telegram(user: TelegramId) -> AccountAddress:
    """Return the address of a user of Telegram."""
    return AccountAddress(Channel.TELEGRAM, str(user))


@dataclass(frozen=True, slots=True)
class Account:
    """One account of a person.

    `started_at`: when they first wrote from it in private; before that the bot cannot write to it.
    `unreachable_since`: set while it refuses what we send. `preferred_since`: when they last came over to it from
    another one of theirs.
    """

    address: AccountAddress
    started_at: datetime | None = None
    unreachable_since: datetime | None = None
    preferred_since: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether a private message is likely to arrive."""
        return self.started_at is not None and self.unreachable_since is None


def account_to_use(accounts: Sequence[Account], answered: AccountAddress | None = None) -> Account | None:
    """Return the account that a message goes to: an open one, of several the one that it answers or that was used last.

    Where none is open, one that does not refuse us may still be tried. None for somebody without any.
    """

    def worth(account: Account) -> tuple[bool, bool, bool, datetime]:
        not_refused, started = account.unreachable_since is None, account.started_at is not None
        return not_refused, started, account.address == answered, account.preferred_since or NEVER

    return max(accounts, key=worth, default=None)


def preferred_from(now: datetime, accounts: Sequence[Account]) -> datetime:
    """Return since when an account is preferred that is turned to now: later than all others."""
    others = [account.preferred_since for account in accounts if account.preferred_since is not None]
    return max([now, *(since + timedelta(microseconds=1) for since in others)])
