"""`make storm`: one burst main and hundreds of residents; what a worker waits for, and when the last resident is asked.

The same with few and with many followers, each on an empty database. Times of one run are to be compared, no others.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bench.case import DATABASES, databases
from bench.process import ROOT, started
from bench.street import Street, place
from domain.desk.merging.merge import AT_ONCE
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.world import World

T = TypeVar("T")
PATIENCE = 120.0
SIZES = (5, 500)
WRITE_AT_ONCE = 25
QUIET_SECONDS = 1.0
BYSTANDER = 900_000


class Storm(Street):
    """One grid in which everybody reports the same."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.group = self.groups[0]
        self.worker = world.people[2001]
        self.residents: list[Person] = []

    async def is_reported_by(self, count: int) -> None:
        """Let so many residents report one burst main, some at a time."""
        for start in range(0, count, WRITE_AT_ONCE):
            some = [
                self.world.add_person(100_000 + n, f"居民{n}") for n in range(start, min(start + WRITE_AT_ONCE, count))
            ]
            for n, resident in enumerate(some, start):
                resident.writes(self.bot, f"{place(0)}小区{n % 90 + 1}栋水管爆了")
            for resident in some:
                resident.presses(await self.sees(resident, lambda message: "提交" in message.buttons()), "提交")
            for resident in some:
                await self.sees(resident, lambda message: "#MH" in message.text)
            self.residents += some

    async def is_merged(self) -> float:
        """Merge everything into the first, fifty at a time; return the seconds that the last such command took."""
        cards = await self._seen(lambda: found if len(found := self._cards()) == len(self.residents) else None)
        main, *others = sorted(number_of(card).rpartition("_")[2] for card in cards)
        for start in range(0, len(others), AT_ONCE):
            await self.is_quiet()
            some, told = others[start : start + AT_ONCE], len(self._answers())
            began = time.perf_counter()
            self.worker.writes(self.group, " ".join(["/merge", main, *some]))
            await self._seen(lambda told=told: len(self._answers()) > told)  # type: ignore[misc]
            took = time.perf_counter() - began
        return took

    def _answers(self) -> list[Message]:
        return [message for message in self.group.messages if "一起办，" in message.text]

    async def is_quiet(self) -> None:
        """Return once the bot calls nobody any more."""
        called = -1
        while len(self.world.journal) != called or len(self.bot.updates):
            called = len(self.world.journal)
            await asyncio.sleep(QUIET_SECONDS)

    async def is_accepted(self) -> float:
        """Return the seconds from 接单 to its answer."""
        await self.is_quiet()
        return await self._press("接单")

    async def is_done(self) -> tuple[float, float, float]:
        """Report done; return the seconds until the main resident, a bystander, and the last resident are answered."""
        await self.is_quiet()
        await self._press("办结")
        prompt = await self._seen(lambda: next((m for m in self.group.messages if "办理结果" in m.text), None))
        main = self.residents[0]
        bystander = self.world.add_person(BYSTANDER, "路人")
        began = time.perf_counter()
        self.worker.writes(self.group, "换了水管", reply_to=prompt)
        await self._seen(lambda: is_asked(self, main))
        answered = time.perf_counter() - began
        bystander.writes(self.bot, f"{place(1)}小区的路灯坏了")
        said = time.perf_counter()
        await self.sees(bystander, lambda message: "提交" in message.buttons())
        other = time.perf_counter() - said
        await self._seen(lambda: all(is_asked(self, resident) for resident in self.residents))
        return answered, other, time.perf_counter() - began

    def _cards(self) -> list[Message]:
        return [message for message in self.group.messages if "📍" in message.text]

    async def _press(self, label: str) -> float:
        """Press a button of the main case's card; return the seconds until the answer."""
        card = await self._seen(
            lambda: next((m for m in self.group.messages if "位居民" in m.text and label in m.buttons()), None)
        )
        began = time.perf_counter()
        press = self.worker.presses(card, label)
        await self._seen(lambda: press.answer is not None)
        return time.perf_counter() - began

    async def sees(self, person: Person, fits: Callable[[Message], bool]) -> Message:
        """Return the bot's last message to somebody that fits, once it is there."""
        chat = person.chat_with(self.bot)
        return await self._seen(lambda: next((m for m in reversed(chat.messages) if fits(m)), None))

    async def _seen(self, look: Callable[[], T | None]) -> T:
        found = await self.world.until(lambda: look() or None, PATIENCE)
        assert found
        return found


def number_of(message: Message) -> str:
    """Return the first case number in a message."""
    return next(word for word in message.text.split() if word.startswith("#MH"))


def is_asked(storm: Storm, resident: Person) -> bool:
    """Whether somebody has been asked whether it is solved."""
    return any("已解决" in message.buttons() for message in resident.chat_with(storm.bot).messages[-3:])


async def main() -> None:
    """Let it come, with few and with many."""
    options = _options()
    for database in options.databases:
        print(f"{database}\n{'followers':>10}{'merge':>10}{'接单':>9}{'办结':>9}{'bystander':>11}{'last asked':>12}  s")
        for size in options.followers:
            with (
                tempfile.TemporaryDirectory(prefix="storm") as folder,
                databases(database, Path(folder), ["storm"]) as urls,
            ):
                async with started("bench.desk", Path(folder), urls["storm"], [ROOT], Storm) as measured:
                    storm = measured.street
                    await storm.is_reported_by(size + 1)
                    times = [await storm.is_merged(), await storm.is_accepted(), *await storm.is_done()]
            print(f"{size:>10}" + "".join(f"{one:>10.3f}" for one in times), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.storm", description=__doc__)
    parser.add_argument("--followers", type=int, nargs="+", default=SIZES)
    parser.add_argument("--databases", nargs="+", default=DATABASES, choices=DATABASES)
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main())
