"""Routing: the chat that a letter goes to now."""

from collections.abc import Mapping, Sequence

from domain.letters.contents import Reaction, Removed, Spent
from domain.letters.letter import Letter
from domain.organisation.units import Chat, ChatId, Organisation
from domain.people.accounts import Account, account_to_use
from domain.people.person import PersonId

NOWHERE = Chat(ChatId(0))
"""Where the answer to a press goes, which Telegram knows by the press alone."""


def chat_of(org: Organisation, letter: Letter, accounts: Mapping[PersonId, Sequence[Account]]) -> Chat | None:
    """Return where a letter goes now; None if its unit has no chat, or its person no account."""
    to, content = letter.to, letter.content
    if to.person is not None:
        account = account_to_use(accounts.get(to.person, ()), letter.account)
        return Chat(ChatId(account.address.telegram_id)) if account else None
    if to.unit is not None:
        return org[to.unit].chat if to.unit in org and org[to.unit].has_chat else None
    if isinstance(content, Reaction | Spent | Removed):
        return Chat(content.chat)
    return to.chat or NOWHERE
