"""A neighbourhood of eight grids in which people live by themselves, and of one that helps them: each case is worked
on, and on the way something happens to it that workers do.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import cycle

from domain.record.history import Event
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.world import World
from tests.organisations import unit, worker, written
from tests.town import NUMBER, TOKEN

GRIDS = 8
HELPER = 0
"""The grid that is asked for help, or has a case passed on to it.

Nobody lives there: a second life in one group would wait a minute for what Telegram lets a group be sent.
"""
PATIENCE = 180.0


@dataclass
class Life:
    """A case: who has raised it, and who works on it in which group now."""

    n: int
    grid: int
    resident: Person
    worker: Person
    group: Group
    number: str = ""
    follower: "Life | None" = None
    is_over: bool = False


class Neighbourhood:
    """Grids with a worker and a lead each; in all but one residents come one after the other.

    `numbers`: of the cases that lived a whole life; `otherwise`: of those that were merged, or ended by a recorded
    yes; `in_person`: of those that were raised for somebody without an account; `again`: what happened to which case
    once more, because it came back.
    """

    def __init__(self, world: World, plays: Sequence["Play"]) -> None:
        self.world = world
        self.bot = world.add_bot(TOKEN, "minhu_bot", "民呼")
        self.chief = world.add_person(3001, "周主任")
        self.community = world.add_group(-1002000000001, "社区群")
        self.workers = [world.add_person(2001 + n, f"网格员{n}") for n in range(GRIDS + 1)]
        self.leads = [world.add_person(4001 + n, f"网格长{n}") for n in range(GRIDS + 1)]
        self.groups = [world.add_group(-1001000000001 - n, f"第{n}网格群") for n in range(GRIDS + 1)]
        for group, *people in zip(self.groups, self.workers, self.leads, strict=True):
            for person in (*people, self.chief):
                group.add(person)
            group.add_bot(self.bot)
        self.community.add(self.chief)
        self.community.add_bot(self.bot)
        self.bot.updates.clear()
        for person in (*self.workers, *self.leads):
            person.starts(self.bot)
        self.told: list[str] = []
        self.lives = 0
        self.numbers: list[str] = []
        self.otherwise: list[str] = []
        self.in_person: list[str] = []
        self.withdrawn: list[str] = []
        self.again = Counter[tuple[str, Event]]()
        self.played = Counter[Play]()
        self._plays = cycle(plays)

    def organisation(self) -> str:
        """Return the organisation file of the neighbourhood."""
        grids = [
            unit(
                f"G-{n}",
                f"第{n}网格",
                "grid",
                chat=group.id,
                members=[*worker(2001 + n, f"网格员{n}"), *worker(4001 + n, f"网格长{n}", "lead")],
            )
            for n, group in enumerate(self.groups)
        ]
        chief = worker(3001, "周主任", "lead")
        return written(unit("C", "社区", "community", *grids, chat=self.community.id, members=chief))

    async def life(self, n: int) -> None:
        """Let a resident raise a case and add to it; the worker accepts, answers, and reports it done with photos.

        On the way one thing more happens, to each case the next of the plays.
        """
        life = await self.begins(n, f"第{n}盏路灯坏了")
        self.numbers.append(life.number)
        self.lives += 1
        play = next(self._plays)
        await self._play(play, life, When.FREE)
        await self.presses(life, life.worker, "接单")
        await self.sees(life.resident, "接单，正在办理")
        self.says(life.worker, f"第{n}件正在修", await self.card(life, "办结"))
        await self._play(play, life, When.AT_WORK)
        await self.reports(life, f"第{n}件修好了")
        await self._play(play, life, When.REPORTED)
        if not life.is_over:
            await self.confirms(life)
            await self.sees(life.group, "居民确认", number=life.number)
        await self._play(play, life, When.OVER)

    async def begins(self, n: int, words: str) -> Life:
        """Let a resident of the grid raise a case, and add to it."""
        grid = 1 + n % GRIDS
        resident = self.world.add_person(100_000 + len(self.world.people), f"居民{n}")
        life = Life(n, grid, resident, self.workers[grid], self.groups[grid])
        resident.starts(self.bot, f"g_G-{grid}")
        self.says(resident, words)
        resident.presses(await self.sees(resident, "提交", label=True), "提交")
        receipt = await self.sees(resident, "已提交 #MH")
        life.number = NUMBER.findall(receipt.text)[0]
        self.says(resident, f"{words}，补充", receipt)
        return life

    async def reports(self, life: Life, words: str, after: Message | None = None) -> None:
        await self.presses(life, life.worker, "办结")
        prompt = await self.sees(life.group, "办理结果", number=life.number, after=after)
        self.shows(life.worker, words, prompt)

    async def confirms(self, life: Life, after: Message | None = None) -> None:
        asked = await self.sees(life.resident, "已解决", label=True, number=life.number, after=after)
        life.resident.presses(asked, "已解决")
        await self.sees(life.resident, "打个分", number=life.number, after=after)

    async def withdraws(self, resident: Person, number: str) -> None:
        """撤回, pressed twice on the file of the case."""
        resident.writes(self.bot, f"/case {number}")
        file = await self.sees(resident, "撤回", label=True, number=number)
        for _ in range(2):
            resident.presses(file, "撤回")
        self.withdrawn.append(number)

    async def _play(self, play: "Play", life: Life, when: "When") -> None:
        if when in play.acts:
            await play.acts[when](self, life)
            if when is [*play.acts][-1]:
                self.played[play] += 1

    # --- what people do ---

    async def card(self, life: Life, label: str) -> Message:
        """Return the card of a case, once it has a button.

        Where a death between answer and note has doubled the card, that is the one that lives.
        """
        return await self.sees(life.group, label, label=True, number=life.number)

    async def presses(self, life: Life, person: Person, label: str) -> None:
        """Press a button under the card of a case, once it is there."""
        person.presses(await self.card(life, label), label)

    async def opens(self, life: Life, person: Person, label: str) -> Message:
        """Open the file of a case in private, and return it once it has a button."""
        person.writes(self.bot, f"/case {life.number}")
        return await self.sees(person, label, label=True, number=life.number)

    def says(self, person: Person, words: str, reply_to: Message | None = None) -> None:
        """Write what must stand in history once."""
        place = reply_to.chat if reply_to else self.bot
        person.writes(place, words, reply_to=reply_to)  # type: ignore[arg-type]
        self.told.append(words)

    def shows(self, person: Person, words: str, reply_to: Message) -> None:
        """Write it under two photos."""
        person.sends_album(reply_to.chat, ["photo", "photo"], ["", words], reply_to=reply_to)  # type: ignore[arg-type]
        self.told.append(words)

    async def sees(
        self, place: Person | Group, words: str, *, label: bool = False, number: str = "", after: Message | None = None
    ) -> Message:
        """Wait for the bot's message with these words, or with a button of this label, and return it.

        `after`: it stands below this one.
        """

        def found() -> Message | None:
            messages = place.chat_with(self.bot).messages if isinstance(place, Person) else place.messages
            for message in messages:
                said = message.buttons() if label else message.text
                is_below = after is None or message.id > after.id
                if message.sender is self.bot and words in said and number in message.text and is_below:
                    return message
            return None

        try:
            message = await self.world.until(found, PATIENCE)
        except TimeoutError:
            messages = place.chat_with(self.bot).messages if isinstance(place, Person) else place.messages
            there = [f"{message.text} {message.buttons()}" for message in messages if number in message.text]
            raise AssertionError(f"{words} never came about {number}; what there is: {there}") from None
        assert message
        return message


class When(Enum):
    """When in the life of a case something happens on the way."""

    FREE = auto()
    AT_WORK = auto()
    REPORTED = auto()
    OVER = auto()


@dataclass(frozen=True, eq=False)
class Play:
    """Something that happens to a case on the way, and the `events` that history shows of it each time."""

    acts: Mapping[When, Callable[[Neighbourhood, Life], Awaitable[None]]]
    events: tuple[Event, ...]
