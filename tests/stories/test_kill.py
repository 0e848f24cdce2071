"""The process is killed at random instants while residents write and workers press: nothing lost, nothing doubled."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import count, groupby, pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.cases.assignments import Part
from domain.record.history import Event, Row
from sandbox.wire import serve
from sandbox.world import World
from storage.schema import assignments, cases, followups, outbox
from storage.unit_of_work import Storage
from tests.neighbourhood import GRIDS, PATIENCE, Neighbourhood
from tests.plays import PLAYS
from tests.process import Process, installed
from tests.town import NUMBER

pytestmark = pytest.mark.both_databases

KILLS = int(os.environ.get("MINHU_KILLS", "3"))
LONGEST_LIFE = 2.0
"""In seconds; shorter than the patience with albums, which goes on over a restart."""
POLICY = "clock: calendar\nquiet_hours: null\nrevisit_after: 45s\n"


@pytest.mark.waits
async def test_killed_at_any_instant_nothing_is_lost_and_nothing_doubled(database_url: str, tmp_path: Path) -> None:
    async with World() as world, serve(world) as address:
        place = Neighbourhood(world, PLAYS)
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
    assert inbox == {"waiting": 0, "parked": 0}
    async with storage.engine.connect() as connection:
        numbers = {case: f"#{number}" for case, number in await connection.execute(select(cases.c.id, cases.c.number))}
    _check_history(place, rows, numbers)
    await _check_what_has_ended(place, storage)
    await storage.close()

    arrived = _notices(place)
    doubled = {notice: times for notice, times in arrived.items() if len(times) > 1}
    for notice, times in doubled.items():
        calm = [pair for pair in pairwise(times) if not any(pair[0] <= kill <= pair[1] for kill in kills)]
        assert len(calm) <= place.again[notice[0], Event.CASE_RESOLVED], notice
    expected = {(number, sign) for number in place.numbers for sign in SIGNS}
    expected |= {(number, sign) for number in place.otherwise for sign in SIGNS_OF_ALL}
    expected |= {(number, sign) for number in place.in_person for sign in SIGNS_OF_ANY}
    assert expected <= {(number, sign) for number, sign, _ in arrived}
    refused = sum(entry.status == 429 for entry in place.world.journal)
    print(f"\n{len(kills)} kills, {len(place.numbers)} cases, {len(rows)} rows of history, {len(place.told)} messages")
    sent = sum(map(len, arrived.values()))
    print(f"{sent} notices, {len(doubled)} of them more than once, {refused} refused with 429")


def _check_history(place: Neighbourhood, rows: Sequence[Row], numbers: Mapping[int, str]) -> None:
    """Whatever people said stands there once, whatever happens to a case happened once, and every verb was played."""
    kept = Counter(row.told.get("text") for row in rows if row.event not in SAID_ELSEWHERE and "main" not in row.told)
    assert {words: kept[words] for words in place.told} == dict.fromkeys(place.told, 1)
    albums = [row.told for row in rows if row.event == Event.CASE_RESOLVED]
    assert {album["files"] for album in albums} == {2}
    happened = Counter((numbers[row.case], row.event) for row in rows if row.case and row.event not in OFTEN)
    assert happened - Counter(happened.keys()) == place.again

    assert len(place.played) == min(len(PLAYS), place.lives)
    played = Counter[str](event for play in place.played.elements() for event in play.events)
    events = Counter(row.event for row in rows)
    assert {event: events[event] for event in played} == played


async def _check_what_has_ended(place: Neighbourhood, storage: Storage) -> None:
    """Every case was with one unit after the other, nothing falls due any more, and no letter was lost."""
    async with storage.engine.connect() as connection:
        given = (await connection.execute(select(assignments).order_by(assignments.c.case_id))).mappings().all()
        due = (await connection.execute(select(followups).where(followups.c.case_id.is_not(None)))).all()
        outcomes = {*await connection.scalars(select(outbox.c.outcome).distinct())}
    assert due == []
    assert outcomes <= ENDS, outcomes
    assert all(one["ended_at"] for one in given)
    for case, those in groupby(given, lambda one: one["case_id"]):
        responsible = sorted((one for one in those if one["part"] == Part.RESPONSIBLE), key=lambda one: one["turn"])
        assert responsible, case
        assert all(first["ended_at"] <= second["begun_at"] for first, second in pairwise(responsible)), case
    assert len({one["case_id"] for one in given}) == len(
        {*place.numbers, *place.otherwise, *place.in_person, *place.withdrawn}
    )


ENDS = {"sent", "superseded", "unchanged", "no_account"}
"""What may become of a letter; who has no account is written none."""
RECEIPT = "已提交"
"""What the card of a draft becomes, in its place or, where others came after it, as a message of its own."""
TOLD_AGAIN = ("经过", "☎️")
"""What stands in what tells of a case once more: its file, and what asks to be asked in person."""
SIGNS = (RECEIPT, "📍", "居民补充", "接单，正在办理", "正在修", "办理结果", "已经办好了", "打个分", "居民确认：已解决")
SIGNS_OF_ANY = (RECEIPT, "📍")
SIGNS_OF_ALL = (*SIGNS_OF_ANY, "已经办好了")
"""Of what was merged, or confirmed by somebody who asked in person."""
SAID_ELSEWHERE = {Event.EXTENSION_GRANTED, Event.CASE_SPLIT_OFF}
"""What tells once more what another row has."""
OFTEN = {Event.CASE_VIEWED, Event.REVISIT_DUE}


def _notices(place: Neighbourhood) -> dict[tuple[str, str, str], list[datetime]]:
    """Return when each notice of each case was sent, by what marks it and the chat that it went to.

    What tells of it once more is no notice.
    """
    found: dict[tuple[str, str, str], list[datetime]] = {}
    for entry in place.world.journal:
        text = str(entry.params.get("text", ""))
        numbers = NUMBER.findall(text.replace("<b>", "").replace("</b>", ""))
        sign = next((sign for sign in SIGNS if sign in text), None)
        is_told = entry.method == "sendMessage" or (entry.method == "editMessageText" and sign == RECEIPT)
        if entry.ok and numbers and sign and is_told and not any(mark in text for mark in TOLD_AGAIN):
            found.setdefault((numbers[0], sign, str(entry.params["chat_id"])), []).append(entry.at)
    return found
