"""Quiet hours, decided when a letter goes: what was held up is told as it is in the morning, or not at all."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.town import Town, open_town

POLICY = """
clock: calendar
quiet_hours: {from: "22:00", to: "08:00"}
resident_updates: [690m]
"""
CLIMBED = "没有人及时接单"


@pytest.fixture
async def quiet_town(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(database_url, tmp_path, policy=POLICY) as opened:
        yield opened


async def climbed_at_night(town: Town) -> str:
    """Let a case climb shortly before midnight, and leave half an hour of Monday."""
    await town.passes(hours=13)
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.passes(minutes=30)
    assert (await town.case(number)).unit == "ZN"
    assert CLIMBED not in town.texts(town.li)
    return number


FAILED = "outbox WHERE ended_at IS NULL AND attempts > 0"


async def until(town: Town, rows: str) -> None:
    """Wait until the database has such rows, while not everything that may go can go."""
    with town.world.ground.feed.subscribe() as changes:
        while await town.count(rows) == 0:
            await anext(changes)


async def goes_down(town: Town) -> None:
    """Let Telegram be gone, and the desk notice."""
    assert town.app
    town.world.faults.down()
    with town.world.ground.feed.subscribe() as changes:
        while town.app.pulse.caught_up_at is not None:
            await anext(changes)


async def test_in_the_morning_the_resident_reads_once_where_a_case_has_climbed_to(quiet_town: Town) -> None:
    number = await climbed_at_night(quiet_town)
    await quiet_town.passes(minutes=30)
    assert (await quiet_town.case(number)).unit == "GHQ"
    await quiet_town.passes(hours=7, minutes=59)
    assert CLIMBED not in quiet_town.texts(quiet_town.li)
    await quiet_town.passes(minutes=1)

    assert quiet_town.texts(quiet_town.li).count(CLIMBED) == 1
    assert "播州区" in quiet_town.last(quiet_town.li, CLIMBED).text


async def test_of_a_case_that_was_confirmed_at_night_nothing_is_told_in_the_morning(quiet_town: Town) -> None:
    town, number = quiet_town, await climbed_at_night(quiet_town)
    await town.accepts(town.zhou, town.community, number)
    await town.finishes(town.zhou, town.community, number, "换了灯泡")
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "已解决")
    before = len(town.private(town.li))
    await town.passes(hours=12)

    assert (await town.case(number)).state == "confirmed"
    assert len(town.private(town.li)) == before


async def test_of_a_case_that_was_withdrawn_at_night_nothing_is_told_in_the_morning(quiet_town: Town) -> None:
    town, number = quiet_town, await climbed_at_night(quiet_town)
    await town.says(town.li, "我的诉求")
    await town.presses(town.li, town.last(town.li, "我的诉求"), number.removeprefix("#"))
    await town.presses_twice(town.li, town.private(town.li)[-1], "撤回")
    before = len(town.private(town.li))
    await town.passes(hours=12)

    assert (await town.case(number)).state == "withdrawn"
    assert len(town.private(town.li)) == before


async def test_what_was_posted_before_the_night_and_held_up_waits_for_the_morning(quiet_town: Town) -> None:
    town = quiet_town
    number = await town.raises(town.li, "煤炭小区想要一把长椅，微心愿")
    await town.accepts(town.wang, town.grid, number)
    await town.passes(hours=11, minutes=29)
    town.world.faults.refuse("sendMessage", 502, "Bad Gateway", chat=town.li)
    town.clock.advance(timedelta(minutes=1))  # half past nine in the evening
    await until(town, FAILED)
    town.clock.advance(timedelta(hours=1))
    town.world.faults.clear()
    await town.settle()
    assert "还在跟进" not in town.texts(town.li)

    await town.passes(hours=9, minutes=29)
    assert "还在跟进" not in town.texts(town.li)
    await town.passes(minutes=1)
    assert town.texts(town.li).count("还在跟进") == 1


async def test_after_a_week_without_telegram_the_night_is_kept_and_everything_is_told_as_it_is(
    quiet_town: Town,
) -> None:
    town = quiet_town
    done = await town.raises(town.li, "煤炭小区想要一把长椅，微心愿")
    await town.accepts(town.wang, town.grid, done)
    await town.presses(town.wang, town.card(town.grid, done), "办结")
    free = await town.raises(town.zhao, "煤炭小区路灯坏了")
    town.world.faults.refuse("sendMessage", 502, "Bad Gateway", chat=town.li)
    town.wang.replies(town.last(town.grid, "办理结果"), "椅子放好了")
    await until(town, FAILED)
    await goes_down(town)
    town.clock.advance(timedelta(days=7, hours=13))  # to eleven at night
    town.world.faults.clear()
    town.world.faults.up()
    await town.settle()

    assert town.texts(town.li).count("说已经办好了") == 1  # what a worker says is not held back
    assert "正等您确认" not in town.texts(town.li)  # who reads the question now needs no reminder
    assert "还在跟进" not in town.texts(town.li)
    assert (await town.case(free)).unit != "ZN-01"
    assert "⬆️" not in town.texts(town.zhao)
    await town.passes(minutes=30)
    await town.passes(hours=8, minutes=30)
    assert "正等您确认" not in town.texts(town.li)
    assert town.texts(town.zhao).count("⬆️") == 1
    assert "播州区" in town.last(town.zhao, "⬆️").text
    await town.passes(days=3)
    assert "正等您确认" in town.texts(town.li)


@pytest.mark.both_databases
async def test_a_refusal_does_not_stand_before_it_has_reached_the_resident(quiet_town: Town) -> None:
    town = quiet_town
    number = await town.raises(town.li, "煤炭小区投诉隔壁市的地铁太挤")
    await town.presses(town.wang, town.card(town.grid, number), "不予受理")
    town.world.faults.refuse("sendMessage", 502, "Bad Gateway", chat=town.li)
    town.wang.replies(town.posted(town.grid)[-1], "不属于本区管辖")
    await until(town, FAILED)
    town.clock.advance(timedelta(days=7))
    await until(town, "followups WHERE what = 'refusal_stands' AND due_at > '2026-12-01'")
    town.world.faults.clear()
    await town.settle()

    told = town.last(town.li, "不属于本区管辖")
    assert "12月7日 10:00" in told.text
    assert await town.presses(town.li, told, "不同意") == ""
    assert (await town.case(number)).unit == "ZN"


@pytest.mark.both_databases
async def test_a_question_that_was_answered_on_the_way_asks_no_more(quiet_town: Town) -> None:
    town = quiet_town
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    town.world.faults.refuse("sendMessage", 502, "Bad Gateway", chat=town.li)
    town.wang.replies(town.card(town.grid, number), "是哪一盏灯？")
    await until(town, FAILED)
    town.li.replies(town.last(town.li, number), "门口那盏")
    await until(town, "cases WHERE state = 'accepted'")
    town.world.faults.clear()
    await town.settle()

    assert "💬" in town.last(town.li, "是哪一盏灯？").text
    assert "❓" not in town.texts(town.li)
