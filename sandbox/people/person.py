"""A person: what they say, and how they come and go."""

import re
from dataclasses import dataclass
from typing import Unpack

from sandbox.bots import Bot
from sandbox.chats import PrivateChat
from sandbox.content import Attachment, Text
from sandbox.entities import CAPTION_LIMIT, TEXT_LIMIT
from sandbox.errors import ImpossibleError
from sandbox.groups import Group
from sandbox.members import Member
from sandbox.messages import Message, forward_origin
from sandbox.people.actor import Place, Where, Wording
from sandbox.people.attachments import Attaching
from sandbox.people.pressing import Pressing

PARAMETER = re.compile(r"[A-Za-z0-9_-]{0,64}")


@dataclass(eq=False, kw_only=True)
class Person(Attaching, Pressing):
    """A person with a Telegram app.

    A place to write in is a bot (then it is the private chat), a group, a topic, or a chat. Verbs that no app would
    allow raise ImpossibleError.
    """

    def writes(self, place: Place, text: Wording, **where: Unpack[Where]) -> Message:
        """Send words."""
        words = self._words(text, TEXT_LIMIT)
        if not words:
            raise ImpossibleError("an empty message cannot be sent", "empty")
        return self._send(place, Text(words), where)

    def replies(self, message: Message, text: Wording, **where: Unpack[Where]) -> Message:
        """Answer a message with words."""
        return self.writes(self._chat(message), text, **(where | Where(reply_to=message)))

    def quotes(self, message: Message, place: Place, text: Wording, **where: Unpack[Where]) -> Message:
        """Answer a message in another chat, where its beginning is shown, or the `quote` that was picked."""
        self._check_access(self._chat(message))
        return self._send(place, Text(self._words(text, TEXT_LIMIT)), where, quoted=message)

    def forwards(self, message: Message, place: Place) -> Message:
        """Forward a message."""
        return self._send(place, message.content, {}, origin=forward_origin(message))

    def edits(self, message: Message, text: Wording) -> None:
        """Put other words into a message of one's own, or under its file."""
        chat, content = self._chat(message), message.content
        if message.sender is not self or message.deleted:
            raise ImpossibleError(f"{self} cannot edit {message}", "not_yours")
        if isinstance(content, Attachment):
            chat.amend(message, content.captioned(self._words(text, CAPTION_LIMIT)), message.reply_markup)
        elif isinstance(content, Text):
            chat.amend(message, Text(self._words(text, TEXT_LIMIT)), message.reply_markup)
        else:
            raise ImpossibleError(f"there are no words in {message}")

    def deletes(self, message: Message) -> None:
        """Delete a message for everybody: one's own, any in private, and any where one is an administrator."""
        chat = self._chat(message)
        if message.sender is not self and isinstance(chat, Group) and not chat.member(self).is_admin:
            raise ImpossibleError(f"{self} cannot delete {message}", "not_yours")
        chat.erase(message)

    def starts(self, bot: Bot, parameter: str = "") -> Message:
        """Press START, or follow a deep link `t.me/<bot>?start=<parameter>`; a blocked bot is unblocked by that."""
        if not PARAMETER.fullmatch(parameter):
            raise ImpossibleError(f"a deep link carries at most 64 of A-Za-z0-9_-, not {parameter!r}", "no_link")
        if self.chat_with(bot).blocked:
            self.unblocks(bot)
        return self.writes(bot, f"/start {parameter}".strip())

    def blocks(self, bot: Bot) -> None:
        """Block a bot: it is told, and can write no more."""
        self._set_blocked(self.chat_with(bot), blocked=True)

    def unblocks(self, bot: Bot) -> None:
        """Unblock a bot."""
        self._set_blocked(self.chat_with(bot), blocked=False)

    def deletes_account(self) -> None:
        """Be gone: the messages stay, and nobody can write any more."""
        self.deactivated = True

    def joins(self, group: Group) -> None:
        """Join a group; who was removed from it cannot."""
        if group.member(self).status == "kicked":
            raise ImpossibleError(f"{self} was removed from {group}", "not_member")
        group.add(self)

    def leaves(self, group: Group) -> None:
        """Leave a group."""
        group.let_go(self)

    def _set_blocked(self, chat: PrivateChat, *, blocked: bool) -> None:
        if chat.blocked is blocked:
            return
        chat.blocked = blocked
        free, barred = Member(chat.bot, "member").card(), Member(chat.bot, "kicked").card()
        old, new = (free, barred) if blocked else (barred, free)
        told = chat.happening(self) | {"old_chat_member": old, "new_chat_member": new}
        chat.bot.updates.put("my_chat_member", told)
        chat.changed("member")
