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


async def test_danger_on_a_friday_evening_is_promised_for_the_same_evening_and_only_the_wait_for_an_answer_adds_to_it(
    friday: Town,
) -> None:
    number = await friday.raises(friday.li, FIRE)

    case, card = await friday.case(number), friday.card(friday.grid, number).text
    assert (case.kind, case.urgent) == (Kind.HELP, True)
    assert card.startswith("🆘 紧急 🔴")
    assert "11月27日 19:42" in card
    receipt = friday.last(friday.li, number).text
    assert "11月27日 19:42" in receipt
    assert "11月28日 19:32" in receipt

    await friday.accepts(friday.wang, friday.grid, number)
    await friday.finishes(friday.wang, friday.grid, number, "火已经灭了")
    await friday.passes(hours=5)
    await friday.presses(friday.li, friday.last(friday.li, "火已经灭了"), "未解决")
    given = (await friday.case(number)).responsible
    assert given.resolve.due_at == datetime(2026, 11, 28, 16, 32, tzinfo=UTC)


async def test_words_of_danger_make_it_help_whatever_was_chosen_before_and_not_after(town: Town) -> None:
    await town.says(town.li, "咨询")
    await town.says(town.li, FIRE)
    assert "求助" in town.draft_card(town.li).text

    await town.presses(town.li, town.draft_card(town.li), "类别")
    await town.presses(town.li, town.draft_card(town.li), "投诉")
    await town.says(town.li, "还在冒烟")
    assert "投诉" in town.draft_card(town.li).text


async def test_in_a_list_danger_stands_first_and_is_marked(town: Town) -> None:
    lamp = await town.raises(town.zhao, "煤炭小区路灯坏了")
    fire = await town.raises(town.li, FIRE)
    await town.says_in(town.wang, town.grid, "/todo@minhu_bot")

    listed = town.last(town.grid, "待办 2 件").text
    assert listed.index(f"🆘 🔴 {fire}") < listed.index(lamp)


async def test_all_who_work_for_the_unit_are_told_in_private_with_sound_at_any_hour_and_accept_it_there(
    friday: Town,
) -> None:
    friday.wang.starts(friday.bot)
    friday.chen.starts(friday.bot)
    friday.zhou.starts(friday.bot)
    await friday.passes(hours=4)
    number = await friday.raises(friday.li, FIRE)

    for worker in (friday.wang, friday.chen):
        alarm = friday.last(worker, number)
        assert alarm.text.startswith(f"🆘 {FIRE}\n{number} 📍 煤炭小区2栋（遵南社区 · 第1网格）\n")
        assert "还没有人接单，11月27日 23:42 截止，还剩10分钟" in alarm.text
        assert not alarm.silent
    assert number not in friday.texts(friday.zhou)

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
async def test_accepted_in_the_second_in_which_it_would_climb_it_does_one_of_both(friday: Town) -> None:
    number = await friday.raises(friday.li, FIRE)
    friday.clock.advance(timedelta(minutes=10))
    answer = await friday.accepts(friday.wang, friday.grid, number)

    case, events = await friday.case(number), await friday.events(number)
    if "case_escalated" in events:
        assert answer == "这件事现在归 遵南社区 ，请由他们操作。"
        assert (case.unit, case.owner) == ("ZN", None)
    else:
        assert answer == "接单成功，您是首问负责人。"
        assert (case.unit, case.responsible.accepted_in_time) == ("ZN-01", False)


async def test_danger_left_standing_submits_itself_and_its_resident_may_withdraw_it(friday: Town) -> None:
    await friday.says(friday.li, FIRE)
    assert "2分钟内没有点「提交」，会自动提交" in friday.draft_card(friday.li).text
    await friday.passes(seconds=119)
    assert await friday.count("cases") == 0
    await friday.passes(seconds=1)

    told = friday.last(friday.li, "已经替您提交")
    number = friday.number_told(friday.li)
    assert number in told.text
    assert not told.silent
    assert friday.card(friday.grid, number).text.startswith("🆘 紧急 🔴")
    assert (await friday.events(number))[:2] == ["case_raised", "submitted_itself"]
    await friday.passes(hours=1)
    assert await friday.count("cases") == 1

    await friday.presses(friday.li, told, "撤回")
    assert friday.last(friday.li, "撤回")


async def test_whoever_goes_on_writing_does_not_put_it_off(town: Town) -> None:
    await town.says(town.li, FIRE)
    for _ in range(3):
        await town.passes(seconds=35)
        await town.says(town.li, "火越来越大了")
    await town.passes(seconds=15)

    assert (await town.case(town.number_told(town.li))).text.count("火越来越大了") == 3


@pytest.mark.both_databases
async def test_it_submits_itself_once_though_the_desk_was_stopped_meanwhile(town: Town) -> None:
    await town.says(town.li, FIRE)
    await town.stop()
    town.clock.advance(timedelta(days=2))
    await town.start()
    await town.restart()

    assert await town.count("cases") == 1
    assert town.texts(town.li).count("已经替您提交") == 1
    assert "收起来了" not in town.texts(town.li)


async def test_a_clock_that_is_put_back_makes_nobody_wait(town: Town) -> None:
    await town.says(town.li, FIRE)
    await town.passes(hours=-1)

    assert await town.count("cases") == 1


@pytest.mark.both_databases
async def test_submitted_in_the_second_in_which_it_would_submit_itself_it_is_one_case(town: Town) -> None:
    await town.says(town.li, FIRE)
    town.clock.advance(timedelta(minutes=2))
    await town.presses(town.li, town.draft_card(town.li), "提交")

    assert await town.count("cases") == 1
    assert town.texts(town.li).count("已经替您提交") <= 1


@pytest.mark.both_databases
async def test_cancelled_in_the_second_in_which_it_would_submit_itself_it_ends_or_can_be_withdrawn(town: Town) -> None:
    await town.says(town.li, FIRE)
    card = town.draft_card(town.li)
    town.clock.advance(timedelta(minutes=2))
    answer = await town.presses(town.li, card, "取消")

    if await town.count("cases"):
        assert answer.startswith(f"已经提交了，编号是 {town.number_told(town.li)} 。不需要的话")
    else:
        assert answer == "已取消，什么也没有提交。"


async def test_a_false_alarm_that_is_cancelled_or_taken_out_of_the_words_costs_nothing(town: Town) -> None:
    await town.says(town.li, FIRE)
    await town.presses(town.li, town.draft_card(town.li), "取消")
    message = await town.says(town.li, "煤炭小区会议室着火了")
    town.li.edits(message, "煤炭小区会议室的灯坏了")
    await town.settle()
    await town.passes(minutes=5)

    assert await town.count("cases") == 0
    assert "🆘" not in town.draft_card(town.li).text


async def test_danger_without_a_place_goes_to_those_who_find_out_and_then_where_it_is(friday: Town) -> None:
    friday.ma.starts(friday.bot)
    friday.chen.starts(friday.bot)
    await friday.says(friday.li, "着火了，有老人被困")
    await friday.passes(minutes=2)

    number = friday.number_told(friday.li)
    assert friday.card(friday.district, number).text.startswith("地点不明 🆘 紧急 🔴")
    assert "地点不明，正在问居民" in friday.last(friday.ma, number).text
    assert friday.private(friday.li)[-1].text.startswith(f"{number} 在哪里？")

    await friday.says(friday.li, "快来啊")
    assert "快来啊" in friday.texts(friday.district)
    assert friday.private(friday.li)[-1].text.startswith(f"{number} 在哪里？")
    await friday.says(friday.li, "煤炭小区2栋")

    case = await friday.case(number)
    assert (case.unit, case.raised_in, case.address, case.place_known) == ("ZN-01", "ZN-01", "煤炭小区2栋", True)
    assert "case_placed" in await friday.events(number)
    assert (
        f"📍 {number} 「着火了，有老人被困」 地点清楚了：煤炭小区2栋（遵南社区 · 第1网格）\n播州区 → 遵南社区 · 第1网格"
        in friday.texts(friday.district)
    )
    assert friday.card(friday.grid, number).text.startswith("🆘 紧急 🔴")
    assert "现由 遵南社区 · 第1网格 负责" in friday.card(friday.district, number).text
    assert "快来啊" in friday.texts(friday.grid)
    assert number in friday.texts(friday.chen)
    assert friday.private(friday.li)[-1].text == (
        f"📍 {number} 「着火了，有老人被困」 地点记下了：煤炭小区2栋（遵南社区 · 第1网格），已交给 遵南社区 · 第1网格。"
    )


async def test_a_name_that_fits_several_places_goes_above_them_and_the_building_decides(town: Town) -> None:
    await town.says(town.li, "红星苑着火了，有人被困")
    await town.passes(minutes=2)
    number = town.number_told(town.li)
    assert (await town.case(number)).unit == "ZN"

    await town.says(town.li, "8栋")
    case = await town.case(number)
    assert (case.unit, case.place_known) == ("ZN-02", True)


async def test_a_pin_or_a_reply_tells_the_place_as_well(town: Town) -> None:
    for resident in (town.li, town.zhao):
        await town.says(resident, "着火了，有老人被困")
    await town.passes(minutes=2)
    town.li.sends_location(town.bot, 27.535, 106.825)
    await town.settle()
    await town.replies(town.zhao, town.last(town.zhao, "已经替您提交"), "在芸香小镇3栋")

    assert (await town.case(town.number_told(town.li))).unit == "ZN-01"
    assert (await town.case(town.number_told(town.zhao))).unit == "ZN-02"


async def test_while_nobody_accepts_it_the_place_is_asked_for_again(town: Town) -> None:
    await town.says(town.li, "红星苑着火了，有人被困")
    await town.passes(minutes=2)
    await town.says(town.li, "跳过")
    await town.passes(minutes=10)
    assert town.texts(town.li).count("在哪里？网格员正等着知道") == 2

    await town.says(town.li, "红星苑8栋")
    assert (await town.case(town.number_told(town.li))).unit == "ZN-02"


async def test_who_has_been_given_it_by_hand_keeps_it_and_reads_the_place(town: Town) -> None:
    await town.says(town.li, "着火了，有老人被困")
    await town.passes(minutes=2)
    number = town.number_told(town.li)
    await town.says(town.he, f"/assign {number} ghq")
    await town.says(town.li, "煤炭小区2栋")

    case = await town.case(number)
    assert (case.unit, case.raised_in) == ("GHQ", "ZN-01")
    assert f"📍 {number} 「着火了，有老人被困」 地点清楚了：煤炭小区2栋" in town.texts(town.street)
    assert "地点不明" not in town.card(town.street, number).text


async def test_whoever_skips_the_place_is_not_remembered_there(town: Town) -> None:
    await town.says(town.li, "着火了，有老人被困")
    await town.says(town.li, "跳过")
    await town.passes(minutes=2)
    assert town.cards(town.district)[0].text.startswith("地点不明")

    await town.says(town.li, "路灯坏了")
    assert "地点：还不知道" in town.draft_card(town.li).text
