"""Who and what exists in a world, to be looked up by identifier."""

from datetime import timedelta

from sandbox.bots import Bot
from sandbox.chats import PrivateChat
from sandbox.feed import Feed
from sandbox.ground import Clock, Ground
from sandbox.groups import Group
from sandbox.people import Person
from sandbox.webhook import Courier


class Stage:
    """The people, groups and bots of one world."""

    def __init__(self, now: Clock, feed: Feed) -> None:
        self.ground = Ground(now, feed)
        self.courier = Courier()
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.bots: dict[str, Bot] = {}
        self.answer_within = timedelta(seconds=15)

    def group_named(self, username: str) -> Group | None:
        """Return the public group with a username."""
        return next((group for group in self.groups.values() if group.username == username), None)

    def dialog(self, person: Person, bot: Bot) -> PrivateChat | None:
        """Return the private chat of a person with a bot, if they ever spoke."""
        chat = person.dialogs.get(bot.id)
        return chat if chat and chat.begun else None

    def have_met(self, person: Person, bot: Bot) -> bool:
        """Whether a bot has seen a person: in a group that both are, or were, in."""
        return any(person.id in group.members and bot.id in group.members for group in self.groups.values())
