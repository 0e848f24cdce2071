"""Routing: the chat that a letter goes to now."""

from collections.abc import Mapping, Sequence

from domain.letters.contents import Reaction, Spent
from domain.letters.letter import Letter
from domain.organisation.units import ChatId, Organisation, Room
from domain.people.accounts import Account, account_to_use
from domain.people.person import PersonId

NOWHERE = Room(ChatId(0))
"""Where the answer to a press goes, which Telegram knows by the press alone."""


def room_of(org: Organisation, letter: Letter, accounts: Mapping[PersonId, Sequence[Account]]) -> Room | None:
    """Return where a letter goes now; None if its unit has no room, or its person no account."""
    to, content = letter.to, letter.content
    if to.person is not None:
        account = account_to_use(accounts.get(to.person, ()), letter.account)
        return Room(ChatId(account.address.telegram_id)) if account else None
    if to.unit is not None:
        return org[to.unit].room if to.unit in org and org[to.unit].has_room else None
    if isinstance(content, Reaction | Spent):
        return Room(content.chat)
    return to.room or NOWHERE
