"""Chats: where messages stand, who hears of them, and the private chat of one person with one bot."""

from abc import ABC, abstractmethod
from typing import Unpack

from sandbox.bots import Bot
from sandbox.content import Content
from sandbox.ground import Ground
from sandbox.hearing import hears
from sandbox.jsons import Json, unix
from sandbox.keyboards import Shown
from sandbox.messages import How, Message, Pinned, Topic, reaction_cards, standing
from sandbox.users import User


class Chat(ABC):
    """A chat with its messages."""

    type: str

    def __init__(self, ground: Ground, chat_id: int) -> None:
        self.ground = ground
        self.id = chat_id
        self.keyboards: dict[int, Shown] = {}
        self.asked: dict[int, Message] = {}
        self.pinned: list[Message] = []
        self._history: dict[int, Message] = {}

    @property
    def messages(self) -> list[Message]:
        """What stands in the chat now, oldest first."""
        return standing(self._history)

    @property
    def last(self) -> Message:
        """The latest message that stands in the chat; IndexError where there is none."""
        for message in reversed(self._history.values()):
            if not message.deleted:
                return message
        raise IndexError(f"nothing stands in {self}")

    @abstractmethod
    def card(self) -> Json:
        """Return the Chat object."""

    @abstractmethod
    def bots(self) -> list[Bot]:
        """Return the bots that are in the chat."""

    @abstractmethod
    def people(self) -> list[User]:
        """Return the people who are in the chat."""

    @abstractmethod
    def trusts(self, bot: Bot, /) -> bool:
        """Whether privacy mode does not bind this bot here."""

    def spoke_last(self, _bot: Bot, /) -> bool:
        """Whether no other bot has written here since this one did."""
        return True

    def next_id(self) -> int:
        """Return the number of the next message."""
        return next(self.ground.message_ids)

    def find(self, message_id: int) -> Message | None:
        """Return the message that stands under a number."""
        message = self._history.get(message_id)
        return None if message is None or message.deleted else message

    def topic(self, _thread_id: int | None, /) -> Topic | None:
        """Return the topic with a thread id; only forums have any."""
        return None

    def thread_of(self, _reply_to: Message | None, /) -> int | None:
        """Return the thread that an answer to a message belongs to."""
        return None

    def post(self, sender: User, content: Content, *, message_id: int | None = None, **how: Unpack[How]) -> Message:
        """Let somebody send a message, and tell the bots that hear it."""
        how["thread_id"] = how.get("thread_id") or self.thread_of(how.get("reply_to"))
        number = message_id or self.next_id()
        message = Message(chat=self, id=number, date=self.ground.now(), sender=sender, content=content, **how)
        self._history[number] = message
        self._show_keyboard(message)
        self._announce("message", message)
        return message

    def amend(self, message: Message, content: Content, reply_markup: Json | None) -> None:
        """Put other content and another keyboard into a message."""
        message.content, message.reply_markup = content, reply_markup
        message.edited = self.ground.now()
        self._announce("edited_message", message)

    def erase(self, message: Message) -> None:
        """Delete a message."""
        message.deleted = True
        self.unpin(message)
        self.changed("deleted")

    def pin(self, message: Message, by: User) -> None:
        """Pin a message, and show that in the chat."""
        self.unpin(message)
        self.pinned.append(message)
        self.post(by, Pinned(message))

    def unpin(self, message: Message) -> None:
        """Take a message from the pinned ones."""
        self.pinned = [pinned for pinned in self.pinned if pinned is not message]

    def react(self, person: User, message: Message, emojis: list[str]) -> None:
        """Replace somebody's reactions to a message, and tell the bots that are trusted here."""
        told = self._reaction(person, message, emojis)
        message.reactions[person.id] = emojis
        for bot in self.bots():
            if self.trusts(bot) and not person.is_bot:
                bot.updates.put("message_reaction", told)
        self.changed("reaction")

    def changed(self, what: str) -> None:
        """Tell the feed."""
        self.ground.changed(what, self.id)

    def happening(self, actor: User) -> Json:
        """Return the fields that begin every update about something done in the chat."""
        return {"chat": self.card(), "date": unix(self.ground.now()), "from": actor.card()}

    def _announce(self, kind: str, message: Message) -> None:
        for bot in self.bots():
            if hears(bot, message, trusted=self.trusts(bot), spoke_last=self.spoke_last(bot)):
                bot.updates.put(kind, message.card(bot.id))
        self.changed(kind)

    def _reaction(self, person: User, message: Message, emojis: list[str]) -> Json:
        old = message.reactions.get(person.id, [])
        return {
            "chat": self.card(),
            "message_id": message.id,
            "user": person.card(),
            "date": unix(self.ground.now()),
            "old_reaction": reaction_cards(old),
            "new_reaction": reaction_cards(emojis),
        }

    def _show_keyboard(self, message: Message) -> None:
        markup = message.reply_markup or {}
        if not markup.keys() & {"keyboard", "remove_keyboard", "force_reply"}:
            return
        for person in self._addressed(message) if markup.get("selective") else self.people():
            if rows := markup.get("keyboard"):
                self.keyboards[person.id] = Shown(
                    rows,
                    message.id,
                    one_time=bool(markup.get("one_time_keyboard")),
                    resize=bool(markup.get("resize_keyboard")),
                    placeholder=str(markup.get("input_field_placeholder", "")),
                )
            elif markup.get("remove_keyboard"):
                self.keyboards.pop(person.id, None)
            elif markup.get("force_reply"):
                self.asked[person.id] = message

    def _addressed(self, message: Message) -> list[User]:
        """Return whom a selective keyboard is for: those mentioned, and the author of what it replies to."""
        mentioned = [entity.user for entity in message.entities if entity.user]
        names = {name.removeprefix("@") for name in message.words.every("mention")}
        replied = [message.reply_to.sender] if message.reply_to else []
        return [user for user in self.people() if user in mentioned or user in replied or user.username in names]


class PrivateChat(Chat):
    """What one person and one bot say to each other."""

    type = "private"

    def __init__(self, ground: Ground, person: User, bot: Bot) -> None:
        super().__init__(ground, person.id)
        self.person = person
        self.bot = bot
        self.blocked = False

    def __str__(self) -> str:
        return f"{self.person} with {self.bot}"

    @property
    def begun(self) -> bool:
        """Whether the person has ever written; before that the bot may not."""
        return bool(self._history)

    def card(self) -> Json:
        """Return the Chat object: the person."""
        person = self.person.card()
        shown = {name: person[name] for name in ("first_name", "last_name", "username") if name in person}
        return {"id": self.id, "type": self.type} | shown

    def bots(self) -> list[Bot]:
        """Return the one bot."""
        return [self.bot]

    def people(self) -> list[User]:
        """Return the one person."""
        return [self.person]

    def trusts(self, _bot: Bot, /) -> bool:
        """In private a bot hears everything."""
        return True

    def changed(self, what: str) -> None:
        """Tell the feed, naming the bot too."""
        self.ground.changed(what, self.id, self.bot.id)
