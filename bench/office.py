"""The office where the verbs of the desk are counted: two grids, their community, and an office beside them.

Everybody who works there can be reached in private, so that each verb has all the letters that it can have.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypeVar

import yaml

from bench.street import TOKEN
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.world import World

T = TypeVar("T")
PATIENCE = 20.0
QUIET_SECONDS = 0.15
UNITS = (("G-1", "第1网格", "grid"), ("G-2", "第2网格", "grid"), ("LD", "路灯所", "department"))


class Office:
    """A Telegram of its own with one bot; a worker and a lead for each unit, and residents who come once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.bot = world.add_bot(TOKEN, "minhu_bot", "民呼")
        self.chief = world.add_person(3001, "周主任")
        self.community = world.add_group(-1002000000001, "社区群")
        self.groups = [world.add_group(-1001000000001 - n, f"{name}群") for n, (_, name, _) in enumerate(UNITS)]
        self.workers = [world.add_person(2001 + n, f"办事员{n}") for n in range(len(UNITS))]
        self.leads = [world.add_person(4001 + n, f"所长{n}") for n in range(len(UNITS))]
        for group, *people in zip(self.groups, self.workers, self.leads, strict=True):
            for person in people:
                group.add(person)
            group.add_bot(self.bot)
        self.community.add(self.chief)
        self.community.add_bot(self.bot)
        self.bot.updates.clear()
        for person in (self.chief, *self.workers, *self.leads):
            person.starts(self.bot)
        self._residents = count(1)

    def organisation(self) -> str:
        """Return the organisation file of the office."""
        units = [
            {"code": code, "name": name, "level": level, "chat": group.id, "places": [f"{name}小区"]}
            | {"members": [_member(2001 + n, f"办事员{n}", "worker"), _member(4001 + n, f"所长{n}", "lead")]}
            for n, ((code, name, level), group) in enumerate(zip(UNITS, self.groups, strict=True))
        ]
        chief = [_member(3001, "周主任", "lead")]
        community = {"code": "C", "name": "遵南社区", "level": "community", "chat": self.community.id}
        return yaml.safe_dump({"units": [community | {"members": chief, "children": units}]}, allow_unicode=True)

    def comes(self) -> Person:
        """Return a new resident."""
        n = next(self._residents)
        return self.world.add_person(100_000 + n, f"居民{n}")

    def away(self, person: Person) -> None:
        """Let somebody say that they are away for two days, with the chief as their deputy."""
        today = datetime.now(UTC).date() + timedelta(days=1)
        person.writes(self.bot, f"/away {today} {today + timedelta(days=1)} 周主任")

    async def presses(self, person: Person, place: Person | Group, label: str, number: str = "") -> None:
        """Let somebody press the last button of this label, once it is there."""
        person.presses(await self.sees(place, lambda message: label in message.buttons(), number), label)

    async def replies(self, person: Person, place: Person | Group, words: str, text: str, number: str = "") -> None:
        """Let somebody reply to the last message with these words, once it is there."""
        to = await self.sees(place, lambda message: words in message.text, number)
        person.writes(to.chat, text, reply_to=to)  # type: ignore[arg-type]

    async def sees(self, place: Person | Group, fits: Callable[[Message], bool], number: str = "") -> Message:
        """Return the bot's last message that fits, and is about this case, once it is there."""

        def found() -> Message | None:
            messages = place.chat_with(self.bot).messages if isinstance(place, Person) else place.messages
            theirs = (message for message in reversed(messages) if message.sender is self.bot)
            return next((message for message in theirs if number in message.text and fits(message)), None)

        message = await self.world.until(found, PATIENCE)
        assert message is not None
        return message

    async def is_quiet(self) -> None:
        """Return once the bot has taken everything, and calls nobody any more."""
        called = -1
        while len(self.world.journal) != called or len(self.bot.updates):
            called = len(self.world.journal)
            await asyncio.sleep(QUIET_SECONDS)


def _member(person: int, name: str, role: str) -> dict[str, object]:
    return {"id": person, "name": name, "role": role}
