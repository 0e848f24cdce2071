"""The street where measured cases happen: sixteen grids with a group each, and residents who come once."""

from collections.abc import Callable
from functools import partial
from itertools import count
from typing import TypeVar

import yaml

from sandbox.chats import PrivateChat
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.world import World

T = TypeVar("T")
TOKEN = "1000:measured"  # noqa: S105 - of a bot that is nowhere but here
GRIDS = 16
POLICY = "clock: calendar\nquiet_hours: null\n"
PATIENCE = 120.0
ECHOES = 3
"""How many updates of the plain echo are put beside one case."""


class Street:
    """A Telegram of its own with one bot, and the people who write to it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.bot = world.add_bot(TOKEN, "minhu_bot", "民呼")
        self.groups = [world.add_group(-1001000000001 - n, f"第{n}网格群") for n in range(GRIDS)]
        for n, group in enumerate(self.groups):
            group.add(world.add_person(2001 + n, f"网格员{n}"))
            group.add_bot(self.bot)
        self.bot.updates.clear()
        self._residents = count(1)

    def organisation(self) -> str:
        """Return the organisation file of the street."""
        grids = [
            {
                "code": f"G-{n}",
                "name": f"第{n}网格",
                "level": "grid",
                "chat": group.id,
                "places": [f"{place(n)}小区"],
                "members": [{"id": 2001 + n, "name": f"网格员{n}", "role": "worker"}],
            }
            for n, group in enumerate(self.groups)
        ]
        community = {"code": "C", "name": "遵南社区", "level": "community", "children": grids}
        return yaml.safe_dump({"units": [community]}, allow_unicode=True)

    async def raise_case(self) -> None:
        """Let a new resident raise a case, to the card in the group."""
        await self.submit(await self.write())

    async def write(self) -> tuple[Person, int, Message]:
        """Let a new resident write what is wrong; return them with their grid and the card of their draft."""
        n = next(self._residents)
        resident = self.world.add_person(100_000 + n, f"居民{n}")
        resident.writes(self.bot, f"{place(n % GRIDS)}小区的路灯坏了")
        return (
            resident,
            n % GRIDS,
            await self._sees(lambda: _with_button(resident.chat_with(self.bot).messages, "提交")),
        )

    async def submit(self, draft: tuple[Person, int, Message]) -> None:
        """Let them press `提交`, and wait until they have the number and the group has the card."""
        resident, grid, card = draft
        before = len(self.groups[grid].messages)
        press = resident.presses(card, "提交")
        private = resident.chat_with(self.bot)
        await self._sees(lambda: press.answer is not None or None)
        told = await self._sees(lambda: next(filter(is_receipt, private.messages), None))
        number = next(word for word in told.text.split() if word.startswith("#MH"))
        await self._sees(lambda: next((m for m in self.groups[grid].messages[before:] if number in m.text), None))

    async def echo(self) -> None:
        """Let a new resident write as often as is put beside one case, and read each echo."""
        n = next(self._residents)
        resident = self.world.add_person(100_000 + n, f"居民{n}")
        private = resident.chat_with(self.bot)
        for _ in range(ECHOES):
            said = resident.writes(self.bot, f"{place(n % GRIDS)}小区的路灯坏了")
            await self._sees(partial(_answered, private, said))

    async def _sees(self, look: Callable[[], T | None]) -> T:
        found = await self.world.until(look, PATIENCE)
        assert found is not None
        return found


def place(n: int) -> str:
    """Return the name of a grid's housing estate."""
    return "松竹梅兰菊荷桂柳枫桐槐榆杨杉柏桃"[n] + "园"


def _answered(chat: PrivateChat, said: Message) -> bool | None:
    return chat.messages[-1] is not said or None


def is_receipt(message: Message) -> bool:
    """Whether it tells a number that somebody got, and not that of a neighbour's case."""
    return "#MH" in message.text and "提交" not in message.buttons()


def _with_button(messages: list[Message], label: str) -> Message | None:
    return next((message for message in reversed(messages) if label in message.buttons()), None)
