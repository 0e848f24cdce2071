"""紧急 and 不紧急: a member of the unit sets or lifts urgency in private, with a reason, and everything follows."""

from datetime import timedelta

import pytest

from sandbox.people import Person
from tests.town import MONDAY_TEN, Town

FIRE = "煤炭小区会议室着火点检查，着火了"


async def judges(town: Town, worker: Person, number: str, verb: str, reason: str) -> None:
    """Let a worker set urgency, or lift it."""
    await town.presses(worker, await town.opens(worker, number), verb)
    await town.says(worker, reason)


async def test_a_member_sets_urgency_with_a_reason_and_its_terms_run_from_now(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区楼道里有一股怪味")
    town.chen.starts(town.bot)
    await town.passes(minutes=5)
    await judges(town, town.wang, number, "紧急", "闻着像燃气")

    given = (await town.case(number)).responsible
    assert given.accept.due_at - MONDAY_TEN == timedelta(minutes=15)
    assert given.resolve.due_at - MONDAY_TEN == timedelta(days=1, minutes=5)
    assert town.card(town.grid, number).text.startswith("🆘 紧急 🔴")
    assert (
        f"🆘 {number} 「煤炭小区楼道里有一股怪味」 王建国 改为紧急：闻着像燃气\n⏱ 请在 11月23日 10:15 前接单"
        in town.texts(town.grid)
    )
    assert "王建国 改为紧急：闻着像燃气" in town.last(town.chen, number).text
    assert town.last(town.wang, number).text == f"🆘 {number} 已改为紧急，本单位的人都通知了。"
    read = town.last(town.li, number).text
    assert (
        read
        == f"🆘 {number} 「煤炭小区楼道里有一股怪味」 已按紧急办理：最晚 11月23日 10:15 有人接单，11月24日 10:05 办完。"
    )


async def test_a_member_lifts_a_false_alarm_and_the_terms_of_its_kind_hold(town: Town) -> None:
    number = await town.raises(town.li, FIRE)
    await town.passes(minutes=5)
    await judges(town, town.wang, number, "不紧急", "去看过了，是消防检查")

    case = await town.case(number)
    assert not case.urgent
    assert case.responsible.accept.due_at - MONDAY_TEN == timedelta(minutes=30)
    assert case.responsible.resolve.due_at - MONDAY_TEN == timedelta(days=2)
    assert "🆘" not in town.card(town.grid, number).text
    assert (
        f"{number} 「煤炭小区会议室着火点检查，着火了」 王建国 改为不紧急："
        "去看过了，是消防检查\n⏱ 请在 11月23日 10:30 前接单" in town.texts(town.grid)
    )
    read = town.last(town.li, number).text
    assert read == (
        f"{number} 「煤炭小区会议室着火点检查，着火了」 核实后不算紧急，按平常的时限办理："
        "最晚 11月23日 10:30 有人接单，11月25日 10:00 办完。"
    )

    await town.passes(minutes=10)
    assert (await town.case(number)).unit == "ZN-01"
    await town.says(town.li, f"/case {number}")
    own = town.last(town.li, "改按平常的时限办理").text
    assert "消防检查" not in own
    assert "王建国 改为不紧急：去看过了，是消防检查" in (await town.opens(town.wang, number)).text


async def test_where_it_changes_no_promise_the_resident_is_left_alone(town: Town) -> None:
    number = await town.raises(town.li, FIRE)
    await town.accepts(town.wang, town.grid, number)
    await town.passes(days=1)
    before = len(town.private(town.li))
    await judges(town, town.zhou, number, "不紧急", "已经控制住了")

    assert not (await town.case(number)).urgent
    assert len(town.private(town.li)) == before


async def test_a_reason_needs_words_can_be_left_and_may_come_as_a_reply_that_is_no_word_to_the_resident(
    town: Town,
) -> None:
    number = await town.raises(town.li, FIRE)
    await town.presses(town.wang, await town.opens(town.wang, number), "不紧急")
    town.wang.sends_photo(town.bot)
    await town.settle()
    assert town.private(town.wang)[-1].text == "请用文字写明原因，群里会看到。"
    await town.presses(town.wang, town.last(town.wang, "改为不紧急？"), "取消")
    assert town.private(town.wang)[-1].text == f"好的， {number} 不改。"
    assert (await town.case(number)).urgent

    await town.presses(town.wang, town.last(town.wang, "经过"), "不紧急")
    await town.replies(town.wang, town.last(town.wang, "改为不紧急？"), "是演习")
    assert not (await town.case(number)).urgent
    assert "是演习" not in town.texts(town.li)


@pytest.mark.both_databases
async def test_of_two_who_lift_it_at_once_one_does_and_the_other_reads_that_it_is_done(town: Town) -> None:
    number = await town.raises(town.li, FIRE)
    for worker in (town.wang, town.chen):
        await town.presses(worker, await town.opens(worker, number), "不紧急")
    town.wang.writes(town.bot, "是演习")
    await town.says(town.chen, "误报")

    assert (await town.events(number)).count("urgency_lifted") == 1
    assert "不用写原因了" in town.texts(town.wang) + town.texts(town.chen)


async def test_whoever_sets_it_while_another_lifts_it_has_said_what_is_so_last(town: Town) -> None:
    number = await town.raises(town.li, FIRE)
    await town.presses(town.wang, await town.opens(town.wang, number), "不紧急")
    await town.says(town.wang, "误报")
    await judges(town, town.chen, number, "紧急", "不是误报，三楼冒烟")

    assert (await town.case(number)).urgent
    assert (await town.events(number))[-3:].count("urgency_set") == 1


async def test_the_lift_in_the_second_in_which_it_would_climb_keeps_it_here_or_comes_too_late(town: Town) -> None:
    number = await town.raises(town.li, FIRE)
    await town.presses(town.wang, await town.opens(town.wang, number), "不紧急")
    town.clock.advance(timedelta(minutes=10))
    await town.says(town.wang, "是演习")

    case = await town.case(number)
    lifted, climbed = ("ZN-01", False), ("ZN", True)
    assert (case.unit, case.urgent) == (climbed if "case_escalated" in await town.events(number) else lifted)


async def test_those_above_find_no_button_to_lift_it_before_it_has_climbed_and_alone_lift_it_then(town: Town) -> None:
    number = await town.raises(town.li, FIRE)
    file = await town.opens(town.zhou, number)
    assert file.buttons() == ["归并", "拆分", "换人"]
    assert await town.forges(town.zhou, file, "wn:1") == "这件事现在归 遵南社区 · 第1网格 ，请由他们操作。"
    assert (await town.case(number)).urgent

    await town.presses(town.wang, await town.opens(town.wang, number), "不紧急")
    await town.passes(minutes=10)
    await town.says(town.wang, "是演习")
    case = await town.case(number)
    assert (case.unit, case.urgent) == ("ZN", True)
    assert town.private(town.wang)[-1].text.startswith(f"{number} 不用写原因了")
    await judges(town, town.zhou, number, "不紧急", "问过了，是演习")
    assert not (await town.case(number)).urgent
