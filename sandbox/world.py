"""A world: people, groups and bots, the Bot API over them, and everything that tests turn or look at."""

from collections.abc import Callable
from itertools import count
from types import TracebackType
from typing import Self, TypeVar

from sandbox.api import BotApi
from sandbox.bots import Bot
from sandbox.errors import UnreachableError
from sandbox.faults import Faults
from sandbox.feed import Feed, Subscription
from sandbox.ground import Clock, real_time
from sandbox.groups import SUPERGROUPS_BELOW, Group
from sandbox.journal import Journal
from sandbox.jsons import Json
from sandbox.limits import Limits
from sandbox.people import Person
from sandbox.profile import DEFAULT_SCOPE, Scope
from sandbox.stage import Stage
from sandbox.updates import UpdateQueue

T = TypeVar("T")


class World(Stage):
    """A world of its own: two of them in one process do not see each other.

    `now` returns an aware datetime; dates of messages and the keeping of updates go by it.
    """

    def __init__(self, now: Clock = real_time) -> None:
        self.now = now
        self.feed = Feed()
        self.limits = Limits()
        self.faults = Faults(self._clock, self._changed)
        self.journal = Journal()
        self._numbers = count(1)
        super().__init__(now, self.feed)
        self.api = BotApi(self, self.faults, self.limits, self.journal)
        self.faults.on_switch.append(lambda down: self._break_polls() if down else None)

    def add_bot(
        self, token: str, username: str, name: str, *, privacy: bool = True, can_join_groups: bool = True
    ) -> Bot:
        """Create a bot; its identifier is the number at the beginning of the token."""
        bot = Bot(
            id=int(token.partition(":")[0]),
            first_name=name,
            username=username,
            token=token,
            updates=UpdateQueue(self.now, self._changed),
            privacy=privacy,
            can_join_groups=can_join_groups,
        )
        self.bots[token] = bot
        self.ground.introduce(bot)
        return bot

    def add_person(
        self,
        user_id: int | None = None,
        first_name: str = "",
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "zh-hans",
    ) -> Person:
        """Create a person; without `user_id` the next free one from 900001 on is taken."""
        person = Person(
            id=user_id or 900_000 + next(self._numbers),
            first_name=first_name or "无名",
            last_name=last_name,
            username=username,
            language_code=language_code,
            ground=self.ground,
        )
        self.people[person.id] = person
        self.ground.introduce(person)
        return person

    def add_group(
        self,
        chat_id: int | None = None,
        title: str = "",
        *,
        supergroup: bool = True,
        forum: bool = False,
        username: str | None = None,
        owner: Person | None = None,
    ) -> Group:
        """Create a group with its owner, who is somebody new if not named.

        A supergroup's identifier is below -1000000000000, a small group's above; a forum is a supergroup.
        """
        number = next(self._numbers)
        large = supergroup or forum
        chat_id = chat_id or -900_000 - number + (SUPERGROUPS_BELOW if large else 0)
        if chat_id in self.groups or (chat_id < SUPERGROUPS_BELOW) is not large:
            raise ValueError(f"{chat_id} cannot be the identifier of this group: it is taken, or of the other kind")
        return Group(
            self.ground,
            chat_id,
            title or f"群{number}",
            groups=self.groups,
            owner=owner or self.add_person(first_name="群主"),
            is_forum=forum,
            username=username,
        )

    def commands_shown(self, bot: Bot, person: Person, group: Group | None = None) -> list[Json]:
        """Return the command menu that a person sees, in private or in a group, as Telegram chooses it."""
        return bot.profile.commands_shown(_scopes(person, group), person.language_code or "")

    def changes(self) -> Subscription:
        """Listen to what changes from now on."""
        return self.feed.subscribe()

    async def until(self, condition: Callable[[], T], seconds: float = 10) -> T:
        """Return what `condition` gives once that is true, looking after every change in the world.

        Raises TimeoutError when it has not become true in time.
        """
        return await self.feed.until(condition, seconds)

    async def reset(self) -> None:
        """Begin anew: nobody is there, nothing was called, nothing is broken."""
        await self.close()
        self.faults.clear()
        self.limits.enforce = False
        self.limits.clear()
        self.journal.clear()
        Stage.__init__(self, self.now, self.feed)

    async def close(self) -> None:
        """End what runs in the background: deliveries by webhook, and polls that wait."""
        self._break_polls()
        for bot in self.bots.values():
            if bot.webhook:
                await bot.webhook.stop()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    def _break_polls(self) -> None:
        for bot in self.bots.values():
            bot.updates.interrupt(UnreachableError())

    def _clock(self) -> float:
        return self.limits.clock()  # looked up each time: a test may put another one there

    def _changed(self, what: str) -> None:
        self.ground.changed(what)


def _scopes(person: Person, group: Group | None) -> list[Scope]:
    """Return the scopes that concern a person somewhere, the narrowest first."""
    if group is None:
        return [("chat", person.id, 0), ("all_private_chats", 0, 0), DEFAULT_SCOPE]
    admin = group.member(person).is_admin
    scopes: list[tuple[bool, Scope]] = [
        (True, ("chat_member", group.id, person.id)),
        (admin, ("chat_administrators", group.id, 0)),
        (True, ("chat", group.id, 0)),
        (admin, ("all_chat_administrators", 0, 0)),
        (True, ("all_group_chats", 0, 0)),
        (True, DEFAULT_SCOPE),
    ]
    return [scope for applies, scope in scopes if applies]
