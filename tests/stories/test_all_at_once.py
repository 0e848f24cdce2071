"""Everything at once: workers, residents and leads press and write whatever they find, and every case stays whole."""

import os
import random
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.record.history import GENESIS, Event, Row, hash_of
from sandbox.errors import ImpossibleError
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.people import Person
from tests.organisations import unit, written
from tests.town import NUMBER, Town, open_town

TURNS = int(os.environ.get("MINHU_TURNS", "12"))
"""Few at each commit; `MINHU_TURNS=200` plays them for minutes, with fifty cases; each `MINHU_SEED` another way."""
SEED = int(os.environ.get("MINHU_SEED", TURNS))
AT_ONCE = 8
GRIDS, WORKERS, RESIDENTS = 5, 4, 9 if TURNS < 100 else 50
WORDS = (
    "换了灯泡",
    "不归我们管",
    "请带上高空车",
    "// 先记一笔",
    "还要几天？",
    "+3天",
    "网格1",
    "好的",
    "还是不亮",
    "12-05",
)
COMMANDS = ("/merge {} {}", "/merge {} {} {}", "/unmerge {}", "/split {}")
POLICY = "clock: calendar\nquiet_hours: null\nextension_limit: 1\nrevisit_after: 6h\n"
FOUND_AMONG, SEEN_AMONG = 12, 40
CALLS = ("协办", "路灯所", "下一步", "请带上高空车", "3天")
ASKS_FOR_TIME = ("延期", "+1天", "等配件")
PASSES_ON = ("转派", "路灯所", "归他们管")


class Crowd:
    """Five grids with four workers each, above them a community, a street and a department, and residents."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town, self.chance = town, random.Random(seed)
        self.groups: dict[Group, list[Person]] = {}
        town.he.starts(town.bot)
        for n, group in enumerate(groups_of(town)):
            workers = [town.world.add_person(7000 + 10 * n + m, f"同事{n}{m}") for m in range(WORKERS)]
            for worker in workers:
                worker.starts(town.bot)
                worker.joins(group)
            self.groups[group] = workers
        self.residents = [town.world.add_person(90_000 + n, f"居民{n}") for n in range(RESIDENTS)]

    async def come(self) -> None:
        """Let all residents raise a case, at once."""
        for n, resident in enumerate(self.residents):
            resident.starts(self.town.bot, f"g_G{n % GRIDS}")
            resident.writes(self.town.bot, f"{n}栋路灯坏了")
        await self.town.settle()
        for resident in self.residents:
            resident.presses(self.town.draft_card(resident), "提交")
        await self.town.settle()

    async def begin(self) -> None:
        """Let each case be accepted, and of three one call the lamp office, one ask for time, one be passed on."""
        all_groups = list(self.groups)
        for n in range(RESIDENTS):
            group = all_groups[group_of(n % GRIDS)]
            worker = self.groups[group][n % WORKERS]
            await self.town.presses(worker, self._card(group, n), "接单")
            for step in (CALLS, ASKS_FOR_TIME, PASSES_ON)[n % 3]:
                await self._take(worker, self._card(group, n), step)

    def _card(self, group: Group, n: int) -> Message:
        return next(card for card in self.town.cards(group) if f"\n{n}栋路灯坏了" in card.text)

    async def _take(self, worker: Person, card: Message, step: str) -> None:
        """Press what is called so on the card or on the page in private; else write it there."""
        page = self.town.private(worker)[-1]
        if found := next((message for message in (page, card) if step in message.buttons()), None):
            await self.town.presses(worker, found, step)
        else:
            await self.town.says(worker, step)

    def turn(self) -> None:
        """Let somebody press or write something that they find in front of them."""
        group = self.chance.choice(list(self.groups))
        person = self.chance.choice([*self.groups[group], self.chance.choice(self.residents)])
        is_resident = person in self.residents
        place = group if not is_resident and self.chance.random() < 0.6 else person
        there = self.town.posted(place) if isinstance(place, Group) else self.town.private(place)
        found = there[-FOUND_AMONG:]
        if not found:
            return
        message = self.chance.choice(found)
        try:
            self._act(person, message, place)
        except ImpossibleError:
            return

    def _act(self, person: Person, message: Message, place: Person | Group) -> None:
        labels, numbers = message.buttons(), NUMBER.findall(self._seen_in(place))
        if numbers and self.chance.random() < (0.2 if isinstance(place, Group) else 0.1):
            self._command(person, place, numbers)
        elif labels and self.chance.random() < 0.75:
            person.presses(message, self.chance.choice(labels))
        elif self.chance.random() < 0.7:
            to = place if isinstance(place, Group) else self.town.bot
            person.writes(to, self.chance.choice(WORDS), reply_to=message)
        elif isinstance(place, Person):
            person.writes(self.town.bot, self.chance.choice(WORDS))

    def _seen_in(self, place: Person | Group) -> str:
        there = self.town.posted(place) if isinstance(place, Group) else self.town.private(place)
        return "\n".join(message.text for message in there[-SEEN_AMONG:])

    def _command(self, person: Person, place: Person | Group, numbers: Sequence[str]) -> None:
        """Type a command about numbers that stand there; in private, open a file."""
        command = self.chance.choice(COMMANDS) if isinstance(place, Group) else "/case {}"
        chosen = [self.chance.choice(numbers) for _ in range(command.count("{}"))]
        person.writes(place if isinstance(place, Group) else self.town.bot, command.format(*chosen))


def groups_of(town: Town) -> list[Group]:
    return [town.grid, town.grid2, town.community, town.street, town.district, town.lamps, *more_groups(town)]


def more_groups(town: Town) -> list[Group]:
    made = [town.world.add_group(-1001000000100 - n, f"第{n}网格群") for n in range(GRIDS - 2)]
    for group in made:
        group.add_bot(town.bot)
    town.bot.updates.clear()
    return made


def organisation() -> str:
    chats = [-1001000000001, -1001000000002, *(-1001000000100 - n for n in range(GRIDS - 2))]
    grids = [unit(f"G{n}", f"网格{n}", "grid", chat=chat, members=staff(group_of(n))) for n, chat in enumerate(chats)]
    community = unit("C", "社区", "community", *grids, chat=-1001000000003, members=staff(2))
    lamps = unit("LD", "路灯所", "department", chat=-1001000000006, members=staff(5))
    street = unit("S", "街道", "street", community, lamps, chat=-1001000000004, members=staff(3))
    return written(unit("Q", "区", "district", street, chat=-1001000000005, members=staff(4)))


def group_of(grid: int) -> int:
    """Return the place of a grid's group among all groups."""
    return grid if grid < 2 else grid + 4


def staff(group: int) -> list[dict[str, object]]:
    return [
        {"id": 7000 + 10 * group + m, "name": f"同事{group}{m}", "role": "lead" if m == 0 else "worker"}
        for m in range(WORKERS)
    ]


@pytest.mark.both_databases
async def test_whatever_many_do_at_once_each_case_has_one_unit_and_nothing_that_has_ended_goes_on(
    database_url: str, tmp_path: Path
) -> None:
    async with open_town(database_url, tmp_path, organisation=organisation(), policy=POLICY) as town:
        crowd = Crowd(town, SEED)
        await town.settle()
        await crowd.come()
        await crowd.begin()
        for turn in range(TURNS):
            for _ in range(AT_ONCE):
                crowd.turn()
            await town.settle()
            if turn % 5 == 4:
                await town.passes(hours=crowd.chance.randint(1, 20))
        await check(town)


async def check(town: Town) -> None:
    """Check what must hold of every case, whatever was done to it."""
    assert await town.count("cases") >= RESIDENTS
    assert await rows(town, OPEN_WITHOUT_ONE_UNIT) == []
    assert await rows(town, ENDED_BUT_UNDER_WAY) == []
    assert await rows(town, MERGED_BUT_BY_ITSELF) == []
    assert await rows(town, TWO_STEPS_FROM_THE_MAIN_CASE) == []
    assert await rows(town, DUE_FOR_WHAT_HAS_ENDED) == []
    assert await rows(town, LOST_LETTERS) == []
    async with town.desks.storage.reading(at_once=True) as work:
        history = [row async for row in work.history.rows()]
    before = [GENESIS, *(row.hash for row in history)]
    assert [row.before for row in history] == before[:-1]
    assert [row.hash for row in history] == [hash_of(row) for row in history]
    for case, state, resident, closed_at in await rows(town, "SELECT id, state, resident, closed_at FROM cases"):
        check_life([row for row in history if row.case == case], state if closed_at else None, resident)
    assert {"case_accepted", "assist_called", "extension_asked", "case_transferred"} <= {row.event for row in history}


def check_life(file: Sequence[Row], end: object, resident: object) -> None:
    """Check that a case ended by a word that may end it, and that its resident was not asked twice for one report."""
    last = next((row for row in reversed(file) if row.event in ENDINGS or row.event in BEGINS_ANEW), None)
    assert (ENDINGS.get(last.event) if last else None) == end, file[0].case
    if last and last.event in OWN_WORDS:
        assert last.actor == resident, file[0].case
    asked = [row.event for row in file if row.event == Event.CASE_RESOLVED or row.event in BEGINS_ANEW]
    assert (Event.CASE_RESOLVED, Event.CASE_RESOLVED) not in pairwise(asked), file[0].case


OWN_WORDS = {Event.CASE_CONFIRMED, Event.CASE_WITHDRAWN}
ENDINGS: Mapping[str, str] = {
    Event.CASE_CONFIRMED: "confirmed",
    Event.REVISIT_SOLVED: "confirmed",
    Event.CASE_WITHDRAWN: "withdrawn",
    Event.REFUSAL_STOOD: "refused",
}
BEGINS_ANEW = {
    Event.CONFIRMATION_TAKEN_BACK,
    Event.CASE_REOPENED,
    Event.CASE_RETURNED,
    Event.REVISIT_UNSOLVED,
    Event.CASE_UNMERGED,
}
OPEN_WITHOUT_ONE_UNIT = """
    SELECT number FROM cases WHERE closed_at IS NULL
    AND id NOT IN (SELECT case_id FROM memberships WHERE ended_at IS NULL)
    AND 1 <> (SELECT count(*) FROM assignments WHERE case_id = cases.id AND part = 'responsible' AND ended_at IS NULL)
"""
ENDED_BUT_UNDER_WAY = """
    SELECT number FROM cases JOIN assignments ON case_id = cases.id
    WHERE assignments.ended_at IS NULL AND (closed_at IS NOT NULL OR (part = 'assisting' AND cases.state = 'resolved'))
"""
MERGED_BUT_BY_ITSELF = """
    SELECT case_id FROM assignments WHERE ended_at IS NULL
    AND case_id IN (SELECT case_id FROM memberships WHERE ended_at IS NULL)
"""
TWO_STEPS_FROM_THE_MAIN_CASE = """
    SELECT case_id FROM memberships WHERE ended_at IS NULL
    AND main_id IN (SELECT case_id FROM memberships WHERE ended_at IS NULL)
"""
DUE_FOR_WHAT_HAS_ENDED = """
    SELECT followups.case_id, what FROM followups JOIN cases ON cases.id = followups.case_id
    WHERE closed_at IS NOT NULL
    UNION
    SELECT followups.case_id, what FROM followups JOIN assignments
    ON assignments.case_id = followups.case_id AND assignments.turn = followups.turn
    WHERE assignments.ended_at IS NOT NULL
"""
LOST_LETTERS = """
    SELECT id, outcome FROM outbox WHERE ended_at IS NULL OR outcome NOT IN ('sent', 'superseded', 'unchanged')
"""


async def rows(town: Town, query: str) -> list[tuple[object, ...]]:
    async with town.desks.storage.engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(query))]
