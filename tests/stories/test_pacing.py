"""Telegram's limits are kept, and within them what is new and what waits for somebody comes first."""

import re
from datetime import datetime, timedelta

import pytest

from bot.pacing import GROUP_LIMIT
from sandbox.people import Person
from tests.town import NUMBER, Town

MANY = GROUP_LIMIT + 1
"""More than a group may be sent within a minute."""

pytestmark = pytest.mark.paced


async def talks(town: Town, person: Person, number: str) -> datetime:
    """Let a resident reply many times, all of which then wait for the group; return when that is."""
    told = town.last(person, number)
    gate = town.world.faults.hold("sendMessage")
    for n in range(MANY):
        person.replies(told, f"还没人来{n}。")
    while await town.count("outbox WHERE kind = 'news' AND addressee = 'unit:ZN-01' AND ended_at IS NULL") < MANY:
        await town.world.until(lambda: True)
    town.world.faults.clear()
    gate.open()
    return town.clock.now()


def replies_told(town: Town) -> list[int]:
    return [int(n) for n in re.findall(r"还没人来(\d+)。", town.texts(town.grid))]


def refused(town: Town) -> int:
    return sum(call.status == 429 for call in town.world.journal.calls())


async def test_many_replies_of_one_resident_hold_up_neither_a_new_card_nor_what_a_neighbour_says(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    other = await town.raises(town.zhao, "煤炭小区水管爆了")
    await town.says(town.stranger, "煤炭小区井盖松了")
    await town.passes(minutes=2)
    since = await talks(town, town.li, number)
    town.zhao.replies(town.last(town.zhao, other), "水停了")
    await town.presses(town.stranger, town.draft_card(town.stranger), "提交")

    card = town.card(town.grid, town.number_told(town.stranger))
    assert card.date - since < timedelta(seconds=15)
    assert town.last(town.grid, "水停了").date - since < timedelta(seconds=20)
    assert replies_told(town) == list(range(MANY))
    assert refused(town) == 0


async def test_many_cases_at_once_are_all_named_before_their_cards_have_come(town: Town) -> None:
    people = [town.world.add_person(50_000 + n, f"居民{n}") for n in range(MANY)]
    for person in people:
        person.starts(town.bot, "g_ZN-01")
        person.writes(town.bot, "水管爆了，整条街都淹了" if person is not people[-1] else "楼道里有人触电")
    await town.settle()
    since = town.clock.now()
    for person in people:
        person.presses(town.draft_card(person), "提交")
    await town.settle()

    numbers = {town.number_told(person) for person in people}
    assert len(numbers) == MANY
    digests = [NUMBER.findall(message.text) for message in town.posted(town.grid) if "新到" in message.text]
    cards = [NUMBER.findall(card.text)[0] for card in town.cards(town.grid)]
    assert sorted(cards) == sorted(numbers)
    assert town.number_told(people[-1]) in cards[:4]
    assert all(len(named) <= 80 for named in digests)
    assert {number for named in digests for number in named} | {*cards[:4]} == numbers
    shown = [message for message in town.posted(town.grid) if "新到" in message.text]
    assert all((message.edited or message.date) - since < timedelta(seconds=60) for message in shown)
    assert town.clock.now() - since > timedelta(seconds=60)
    assert refused(town) == 0
