"""Where a person can write, and what stops them."""

from dataclasses import dataclass, field
from typing import TypeAlias, TypedDict

from sandbox.bots import Bot
from sandbox.chats import Chat, PrivateChat
from sandbox.content import Content
from sandbox.entities import QUOTE_LIMIT, Words, polished, units
from sandbox.errors import ImpossibleError
from sandbox.ground import Ground
from sandbox.groups import Group
from sandbox.jsons import Json
from sandbox.messages import Message, Topic
from sandbox.users import User

Place: TypeAlias = Bot | Chat | Topic
Wording: TypeAlias = str | Words
"""What somebody writes: plain, or with entities such as a link behind a word."""


class Where(TypedDict, total=False):
    """Where in a chat: as an answer to a message, of which some words may be quoted, or in a topic."""

    reply_to: Message | None
    quote: str
    thread: Topic | int | None


@dataclass(eq=False, kw_only=True)
class Actor(User):
    """A person as the chats know them."""

    ground: Ground = field(repr=False)
    dialogs: dict[int, PrivateChat] = field(default_factory=dict, repr=False)

    def chat_with(self, bot: Bot) -> PrivateChat:
        """Return the private chat with a bot; empty until somebody writes."""
        if bot.id not in self.dialogs:
            self.dialogs[bot.id] = PrivateChat(self.ground, self, bot)
        return self.dialogs[bot.id]

    def _chat(self, place: Place | Message) -> Chat:
        """Return the chat that a place is, or that a topic or a message stands in."""
        if isinstance(place, Bot):
            return self.chat_with(place)
        chat = place.chat if isinstance(place, Topic | Message) else place
        assert isinstance(chat, Chat)
        return chat

    def _send(
        self,
        place: Place,
        content: Content,
        where: Where,
        *,
        album: str | None = None,
        origin: Json | None = None,
        quoted: Message | None = None,
    ) -> Message:
        chat = self._chat(place)
        thread = place if isinstance(place, Topic) else where.get("thread")
        thread_id = thread.id if isinstance(thread, Topic) else thread
        reply_to = where.get("reply_to")
        self._check_access(chat)
        self._check_topic(chat, thread_id or chat.thread_of(reply_to))
        if reply_to and (reply_to.chat is not chat or reply_to.deleted):
            raise ImpossibleError(f"{self} cannot answer what does not stand in this chat: {reply_to}", "no_message")
        chat.asked.pop(self.id, None)
        return chat.post(
            self,
            content,
            reply_to=reply_to,
            thread_id=thread_id,
            album=album,
            origin=origin,
            quoted=quoted,
            quote=self._quote(reply_to, quoted, where.get("quote")),
        )

    def _quote(self, reply_to: Message | None, quoted: Message | None, words: str | None) -> Json | None:
        """Return the TextQuote: the words that were picked, or of what stands in another chat its beginning."""
        answered = quoted or reply_to
        told = answered.words.text if answered else ""
        if words is None:
            return {"text": told[:QUOTE_LIMIT], "position": 0} if quoted and told else None
        if words not in told:
            raise ImpossibleError(f"{self} cannot quote {words!r} from {answered}", "no_message")
        return {"text": words, "position": units(told[: told.index(words)]), "is_manual": True}

    def _check_access(self, chat: Chat) -> None:
        if self.deactivated:
            raise ImpossibleError(f"{self} has deleted the account", "no_person")
        if self not in chat.people():
            raise ImpossibleError(f"{self} is not in {chat}", "not_member")
        if isinstance(chat, PrivateChat) and chat.blocked:
            raise ImpossibleError(f"{self} has blocked {chat.bot}", "blocked")
        if isinstance(chat, Group) and chat.migrated_to:
            raise ImpossibleError(f"{chat} has become a supergroup")

    def _check_topic(self, chat: Chat, thread_id: int | None) -> None:
        topic = chat.topic(thread_id)
        if topic and topic.deleted:
            raise ImpossibleError(f"the topic {topic.name} is deleted", "topic_closed")
        if topic and topic.closed and isinstance(chat, Group) and not chat.member(self).is_admin:
            raise ImpossibleError(f"the topic {topic.name} is closed", "topic_closed")

    def _words(self, text: Wording, limit: int) -> Words:
        words = polished(Words(text) if isinstance(text, str) else text)
        if len(words) > limit:
            raise ImpossibleError(f"{len(words)} characters do not fit: {limit}", "too_long")
        return words
