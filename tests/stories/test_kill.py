"""The process is killed at random instants while residents write and workers press: nothing lost, nothing doubled."""

import asyncio
import os
import random
from collections import Counter
from datetime import UTC, datetime
from itertools import count, pairwise
from pathlib import Path

import pytest

from domain.record.history import Event
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.wire import serve
from sandbox.world import World
from storage.unit_of_work import Storage
from tests.organisations import unit, worker, written
from tests.process import Process, installed
from tests.town import NUMBER, TOKEN

pytestmark = pytest.mark.both_databases

KILLS = int(os.environ.get("MINHU_KILLS", "3"))
GRIDS = 8
LONGEST_LIFE = 2.0
"""In seconds; shorter than the patience with albums, which goes on over a restart."""
PATIENCE = 180.0
POLICY = "clock: calendar\nquiet_hours: null\n"


class Neighbourhood:
    """Eight grids with a worker each, in which residents come one after the other."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.bot = world.add_bot(TOKEN, "minhu_bot", "民呼")
        self.workers = [world.add_person(2001 + n, f"网格员{n}") for n in range(GRIDS)]
        self.groups = [world.add_group(-1001000000001 - n, f"第{n}网格群") for n in range(GRIDS)]
        for group, person in zip(self.groups, self.workers, strict=True):
            group.add(person)
            group.add_bot(self.bot)
        self.bot.updates.clear()
        for person in self.workers:
            person.starts(self.bot)
        self.told: list[str] = []
        self.numbers: list[str] = []

    def organisation(self) -> str:
        grids = [
            unit(f"G-{n}", f"第{n}网格", "grid", chat=group.id, members=worker(2001 + n, f"网格员{n}"))
            for n, group in enumerate(self.groups)
        ]
        return written(unit("C", "社区", "community", *grids))

    async def life(self, n: int) -> None:
        """Let a resident raise a case and add to it; the worker accepts, answers, and reports it done with photos.

        Every third case is passed on to the next grid first, whose worker goes on with it; for another third the next
        grid is called to work beside.
        """
        grid = n % GRIDS
        resident = self.world.add_person(100_000 + n, f"居民{n}")
        group, person = self.groups[grid], self.workers[grid]
        resident.starts(self.bot, f"g_G-{grid}")
        self.says(resident, f"第{n}盏路灯坏了")
        draft = await self.sees(resident, "提交", label=True)
        resident.presses(draft, "提交")
        receipt = await self.sees(resident, "已提交 #MH")
        number = NUMBER.findall(receipt.text)[0]
        self.numbers.append(number)
        self.says(resident, f"第{n}次补充", receipt)
        card = await self.sees(group, "接单", label=True, number=number)
        if n % 3 == 0:
            group, person, card = await self.passes_on(n, number, person, card)
        person.presses(card, "接单")
        await self.sees(resident, "接单，正在办理")
        self.says(person, f"第{n}件正在修", card)
        if n % 3 == 1:
            await self.calls(n, number, person, group)
        # Where a death between answer and note has doubled the card, the one that lives is pressed.
        card = await self.sees(group, "办结", label=True, number=number)
        person.presses(card, "办结")
        prompt = await self.sees(group, "办理结果", number=number)
        self.shows(person, f"第{n}件修好了", prompt)
        question = await self.sees(resident, "说已经办好了")
        resident.presses(question, "已解决")
        await self.sees(group, "居民确认", number=number)

    async def passes_on(self, n: int, number: str, worker: Person, card: Message) -> tuple[Group, Person, Message]:
        """Let a worker pass a case on to the next grid; return its group, its worker, and the card there."""
        to = (n + 1) % GRIDS
        worker.presses(card, "转派")
        question = await self.sees(worker, "转派给哪个单位", number=number)
        worker.presses(question, f"社区 · 第{to}网格")
        await self.sees(worker, f"转派给 社区 · 第{to}网格", number=number)
        self.says(worker, f"第{n}件在第{to}网格")
        return self.groups[to], self.workers[to], await self.sees(self.groups[to], "接单", label=True, number=number)

    async def calls(self, n: int, number: str, worker: Person, group: Group) -> None:
        """Let a worker call the next grid to work beside, whose worker accepts and reports."""
        to = (n + 1) % GRIDS
        other, helper = self.groups[to], self.workers[to]
        worker.presses(await self.sees(group, "协办", label=True, number=number), "协办")
        page = await self.sees(worker, "请哪些单位协办", number=number)
        worker.presses(page, f"社区 · 第{to}网格")
        worker.presses(await self.sees(worker, "下一步", label=True, number=number), "下一步")
        await self.sees(worker, "做什么", number=number)
        self.says(worker, f"第{n}件请搭把手")
        worker.presses(await self.sees(worker, "3天", label=True, number=number), "3天")
        helper.presses(await self.sees(other, "接单", label=True, number=number), "接单")
        helper.presses(await self.sees(other, "办结", label=True, number=number), "办结")
        self.says(helper, f"第{n}件搭好了", await self.sees(other, "协办情况", number=number))
        await self.sees(group, "报告协办完成", number=number)

    def says(self, person: Person, words: str, reply_to: Message | None = None) -> None:
        place = reply_to.chat if reply_to else self.bot
        person.writes(place, words, reply_to=reply_to)  # type: ignore[arg-type]
        self.told.append(words)

    def shows(self, person: Person, words: str, reply_to: Message) -> None:
        person.sends_album(reply_to.chat, ["photo", "photo"], ["", words], reply_to=reply_to)  # type: ignore[arg-type]
        self.told.append(words)

    async def sees(self, place: Person | Group, words: str, *, label: bool = False, number: str = "") -> Message:
        def found() -> Message | None:
            messages = place.chat_with(self.bot).messages if isinstance(place, Person) else place.messages
            for message in messages:
                said = message.buttons() if label else message.text
                if message.sender is self.bot and words in said and number in message.text:
                    return message
            return None

        message = await self.world.until(found, PATIENCE)
        assert message
        return message


@pytest.mark.waits
async def test_killed_at_any_instant_nothing_is_lost_and_nothing_doubled(database_url: str, tmp_path: Path) -> None:
    async with World() as world, serve(world) as address:
        place = Neighbourhood(world)
        world.limits.enforce = True
        files = {"org.yaml": place.organisation(), "policy.yaml": POLICY}
        settings = {"MINHU_ORG": str(tmp_path / "org.yaml"), "MINHU_POLICY": str(tmp_path / "policy.yaml")}
        async with installed(address, tmp_path, database_url, files, **settings) as process:
            kills = await _live_and_be_killed(place, process)
            await _calm_down(place, database_url)
            await _check(place, database_url, kills)
            assert await process.stop() == 0
            code, said = await process.run("audit", "verify")
            assert code == 0, said


async def _live_and_be_killed(place: Neighbourhood, process: Process) -> list[datetime]:
    """Let people come and go while the process is killed again and again; return the instants of the kills.

    One in three strikes as early as while it starts, the others when it is at work.
    """
    chance, kills = random.Random(KILLS), list[datetime]()
    over = asyncio.Event()

    async def come(grid: int) -> None:
        """Live one life after the other in a grid: more at once than its group may be sent would only pile up."""
        for turn in count():
            await place.life(turn * GRIDS + grid)
            if over.is_set():
                return

    lives = [asyncio.create_task(come(grid)) for grid in range(GRIDS)]
    for kill in range(KILLS):
        await _start(place, process, at_work=kill % 3 != 1)
        await asyncio.sleep(chance.uniform(0.1, LONGEST_LIFE))
        await process.kill()
        kills.append(datetime.now(UTC))
    over.set()
    await process.start()
    await asyncio.gather(*lives)
    return kills


async def _start(place: Neighbourhood, process: Process, *, at_work: bool) -> None:
    """Start the process; `at_work`: and wait until it calls Telegram."""
    called = len(place.world.journal)
    await process.start()
    if at_work:
        await place.world.until(lambda: len(place.world.journal) > called, PATIENCE)


async def _calm_down(place: Neighbourhood, url: str) -> None:
    """Wait until the bot has taken everything, and nothing is left to be handled or sent."""
    storage = Storage(url, lambda: datetime.now(UTC))
    async with asyncio.timeout(PATIENCE):
        while not place.bot.updates.idle or not await _is_empty(storage):  # noqa: ASYNC110 - another process rings not
            await asyncio.sleep(0.1)
    await storage.close()


async def _is_empty(storage: Storage) -> bool:
    async with storage.reading() as work:
        return not (await work.inbox.counts())["waiting"] and not await work.outbox.counts()


async def _check(place: Neighbourhood, url: str, kills: list[datetime]) -> None:
    storage = Storage(url, lambda: datetime.now(UTC))
    async with storage.reading(at_once=True) as work:
        rows = [row async for row in work.history.rows()]
        inbox = await work.inbox.counts()
    await storage.close()
    assert inbox == {"waiting": 0, "parked": 0}

    kept = Counter(row.told.get("text") for row in rows)
    assert {words: kept[words] for words in place.told} == dict.fromkeys(place.told, 1)
    albums = [row.told for row in rows if row.event == Event.CASE_RESOLVED]
    assert {album["files"] for album in albums} == {2}
    once = Counter((row.case, row.event) for row in rows if row.case)
    assert set(once.values()) == {1}

    arrived = _notices(place)
    doubled = {notice: times for notice, times in arrived.items() if len(times) > 1}
    for notice, times in doubled.items():
        for first, second in pairwise(times):
            assert any(first <= kill <= second for kill in kills), notice
    expected = {(number, sign) for number in place.numbers for sign in SIGNS}
    assert expected <= {(number, sign) for number, sign, _ in arrived}
    assert any(row.event == Event.CASE_TRANSFERRED for row in rows)
    refused = sum(entry.status == 429 for entry in place.world.journal)
    print(f"\n{len(kills)} kills, {len(place.numbers)} cases, {len(rows)} rows of history, {len(place.told)} messages")
    sent = sum(map(len, arrived.values()))
    print(f"{sent} notices, {len(doubled)} of them more than once, {refused} refused with 429")


RECEIPT = "已提交"
"""What the card of a draft becomes, in its place or, where others came after it, as a message of its own."""
SIGNS = (RECEIPT, "📍", "居民补充", "接单，正在办理", "正在修", "办理结果", "已经办好了", "打个分", "居民确认：已解决")


def _notices(place: Neighbourhood) -> dict[tuple[str, str, str], list[datetime]]:
    """Return when each notice of each case was sent, by what marks it and the chat that it went to."""
    found: dict[tuple[str, str, str], list[datetime]] = {}
    for entry in place.world.journal:
        text = str(entry.params.get("text", ""))
        numbers = NUMBER.findall(text.replace("<b>", "").replace("</b>", ""))
        sign = next((sign for sign in SIGNS if sign in text), None)
        is_told = entry.method == "sendMessage" or (entry.method == "editMessageText" and sign == RECEIPT)
        if entry.ok and numbers and sign and is_told:
            found.setdefault((numbers[0], sign, str(entry.params["chat_id"])), []).append(entry.at)
    return found
