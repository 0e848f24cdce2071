"""Danger to life: its own terms, by day and night, and what the desk does by itself before anybody presses anything."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.cases.kinds import Kind
from tests.town import Town, open_town

FIRE = "煤炭小区2栋着火了，有老人被困"
FRIDAY = datetime(2026, 11, 27, 11, 32, tzinfo=UTC)
"""Half past seven in the evening in Shanghai: the office is closed until Monday."""


@pytest.fixture
async def friday(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """Open a town with the policy that is built in: working hours, and quiet ones at night."""
    async with open_town(database_url, tmp_path, policy="clock: working\n") as opened:
        await opened.passes(seconds=(FRIDAY - opened.clock.now()).total_seconds())
        yield opened


async def test_danger_on_a_friday_evening_is_promised_for_the_same_evening(friday: Town) -> None:
    number = await friday.raises(friday.li, FIRE)

    case, card = await friday.case(number), friday.card(friday.grid, number).text
    assert (case.kind, case.urgent) == (Kind.HELP, True)
    assert card.startswith("🆘 紧急 🔴")
    assert "11月27日 19:42" in card
    receipt = friday.last(friday.li, number).text
    assert "11月27日 19:42" in receipt
    assert "11月28日 19:32" in receipt


async def test_words_of_danger_make_it_help_whatever_was_chosen_before_and_not_after(town: Town) -> None:
    await town.says(town.li, "咨询")
    await town.says(town.li, FIRE)
    assert "求助" in town.draft_card(town.li).text

    await town.presses(town.li, town.draft_card(town.li), "类别")
    await town.presses(town.li, town.draft_card(town.li), "投诉")
    await town.says(town.li, "还在冒烟")
    assert "投诉" in town.draft_card(town.li).text


async def test_the_wait_for_an_answer_counts_by_the_clock_of_danger(friday: Town) -> None:
    number = await friday.raises(friday.li, FIRE)
    await friday.accepts(friday.wang, friday.grid, number)
    await friday.finishes(friday.wang, friday.grid, number, "火已经灭了")
    await friday.passes(hours=5)
    await friday.presses(friday.li, friday.last(friday.li, "火已经灭了"), "未解决")

    given = (await friday.case(number)).responsible
    assert given.resolve.due_at == datetime(2026, 11, 28, 16, 32, tzinfo=UTC)


async def test_in_a_list_danger_stands_first_and_is_marked(town: Town) -> None:
    lamp = await town.raises(town.zhao, "煤炭小区路灯坏了")
    fire = await town.raises(town.li, FIRE)
    town.wang.writes(town.grid, "/todo@minhu_bot")
    await town.settle()

    listed = town.last(town.grid, "待办 2 件").text
    assert listed.index(f"🆘 🔴 {fire}") < listed.index(lamp)


async def test_all_who_work_for_the_unit_are_told_in_private_with_sound_at_any_hour(friday: Town) -> None:
    friday.wang.starts(friday.bot)
    friday.chen.starts(friday.bot)
    friday.zhou.starts(friday.bot)
    await friday.passes(hours=4)
    number = await friday.raises(friday.li, FIRE)

    for worker in (friday.wang, friday.chen):
        alarm = friday.last(worker, number)
        assert alarm.text.startswith(f"🆘 {FIRE}\n{number} 📍 煤炭小区2栋（遵南社区 · 第1网格）\n")
        assert "还没有人接单，请在 11月27日 23:42 前接单，还剩10分钟" in alarm.text
        assert not alarm.silent
    assert number not in friday.texts(friday.zhou)


async def test_danger_is_accepted_where_it_is_read(friday: Town) -> None:
    friday.wang.starts(friday.bot)
    friday.chen.starts(friday.bot)
    await friday.settle()
    number = await friday.raises(friday.li, FIRE)

    assert await friday.presses(friday.wang, friday.last(friday.wang, number), "接单") == "接单成功，您是首问负责人。"
    assert await friday.presses(friday.chen, friday.last(friday.chen, number), "接单") == f"{number} 已由 王建国 接单。"
    assert friday.last(friday.wang, number).buttons() == []


async def test_each_miss_climbs_at_once_in_the_night_and_alarms_those_above(friday: Town) -> None:
    friday.zhou.starts(friday.bot)
    friday.sun.starts(friday.bot)
    await friday.passes(hours=3)
    number = await friday.raises(friday.li, FIRE)
    await friday.passes(minutes=10)

    assert (await friday.case(number)).unit == "ZN"
    alarm = friday.last(friday.zhou, number)
    assert "超时未接单，自动上报：遵南社区 · 第1网格 → 遵南社区" in alarm.text
    assert not alarm.silent
    assert not friday.last(friday.community, "超时").silent
    assert "没有人及时接单" in friday.texts(friday.li)

    await friday.passes(minutes=10)
    assert (await friday.case(number)).unit == "GHQ"
    assert number in friday.texts(friday.sun)


async def test_where_nobody_of_the_unit_can_be_reached_those_above_are_alarmed(town: Town) -> None:
    town.zhou.starts(town.bot)
    town.wang.starts(town.bot)
    town.he.starts(town.bot)
    await town.settle()
    town.wang.blocks(town.bot)
    number = await town.raises(town.li, FIRE)

    assert number in town.texts(town.zhou)
    assert number not in town.texts(town.he)


async def test_an_alarm_waits_until_somebody_can_be_reached(town: Town) -> None:
    number = await town.raises(town.li, FIRE)
    town.he.starts(town.bot)
    await town.settle()

    assert town.last(town.he, number).text.startswith(f"🆘 {FIRE}")


async def test_danger_that_comes_later_shortens_what_runs_and_alarms_the_owner(friday: Town) -> None:
    friday.wang.starts(friday.bot)
    await friday.settle()
    number = await friday.raises(friday.li, "煤炭小区楼道有怪味")
    await friday.accepts(friday.wang, friday.grid, number)
    await friday.replies(friday.li, friday.last(friday.li, number), "是燃气泄漏，有人晕倒了")

    case = await friday.case(number)
    assert (case.urgent, case.responsible.resolve.due_at) == (True, datetime(2026, 11, 28, 11, 32, tzinfo=UTC))
    assert "居民说到有危险，改为紧急\n⏱ 请在 11月28日 19:32 前办结" in friday.texts(friday.grid)
    assert "居民说到有危险" in friday.last(friday.wang, number).text
    assert "已按紧急办理：最晚 11月28日 19:32 办完" in friday.texts(friday.li)


async def test_after_days_away_danger_is_told_to_those_who_have_it_now(friday: Town) -> None:
    for worker in (friday.wang, friday.zhou, friday.ma):
        worker.starts(friday.bot)
    number = await friday.raises(friday.li, FIRE)
    await friday.stop()
    friday.clock.advance(timedelta(days=2))
    await friday.start()

    case = await friday.case(number)
    assert case.unit == "GHQ"
    assert number not in friday.texts(friday.zhou)
    assert "办理超时，自动上报：遵南社区 → 桂花桥街道" in friday.last(friday.ma, number).text
    assert case.promise is not None
    assert case.promise.due_at > friday.clock.now()


@pytest.mark.both_databases
async def test_who_accepts_in_the_second_in_which_it_would_climb_has_it(friday: Town) -> None:
    number = await friday.raises(friday.li, FIRE)
    friday.clock.advance(timedelta(minutes=10))
    answer = await friday.accepts(friday.wang, friday.grid, number)

    case = await friday.case(number)
    assert answer == "接单成功，您是首问负责人。"
    assert (case.unit, case.responsible.accepted_in_time) == ("ZN-01", False)
    assert "case_escalated" not in await friday.events(number)
