"""协办: the unit responsible calls others to work beside, each with a task, a deadline and a report."""

from pathlib import Path

import pytest

from tests.assists import TASK, accepted, assist_card, calls
from tests.organisations import WITH_LAMPS
from tests.town import Town

pytestmark = pytest.mark.town(organisation=WITH_LAMPS, known=("wang", "chen", "wu"))


async def test_a_unit_is_called_accepts_asks_and_reports_and_the_resident_reads_none_of_it(town: Town) -> None:
    number = await accepted(town)
    before = len(town.private(town.li))
    await calls(town, number, "路灯所")

    assert town.private(town.wang)[-1].text == (
        f"✅ {number} 已请 路灯所 协办，最晚 11月26日 10:00 报告。请注意：这件本身最晚 11月25日 10:00 办完，比这还早。"
    )
    card = assist_card(town, town.lamps)
    assert card.text.startswith(f"🤝 协办 🟢 {number}\n📌 {TASK}")
    assert card.buttons() == ["接单", "退单"]
    assert "王建国 请 路灯所 协办" in town.texts(town.grid)
    assert "🤝 🟢 路灯所 协办，还没接单，11月26日 10:00 前报告" in town.card(town.grid, number).text

    await town.presses(town.wu, card, "接单")
    assert assist_card(town, town.lamps).buttons() == ["办结", "退单"]
    assert "路灯所 的 吴师傅 已接单协办" in town.texts(town.grid)
    await town.replies(town.wu, assist_card(town, town.lamps), "灯杆是几号的？")
    asked = town.last(town.grid, "灯杆是几号的")
    await town.replies(town.wang, asked, "7号杆")
    assert "7号杆" in town.texts(town.lamps)

    await town.presses(town.wu, assist_card(town, town.lamps), "办结")
    await town.replies(town.wu, town.last(town.lamps, "协办情况"), "灯头换好了")
    assert "报告协办完成：\n灯头换好了" in town.texts(town.grid)
    assert "🤝" not in town.card(town.grid, number).text
    assert (await town.case(number)).assisting == ()
    for person, told, words in (
        (town.wang, "报告协办完成", "这个别跟居民说"),
        (town.wang, "已接单协办", "来得真慢"),
        (town.stranger, "已接单协办", "我也说一句"),
    ):
        await town.replies(person, town.last(town.grid, told), words)
    assert len(town.private(town.li)) == before
    assert "我也说一句" not in town.texts(town.lamps)


async def test_a_unit_that_is_not_the_right_one_gives_it_back_with_a_reason_and_may_be_called_again(town: Town) -> None:
    number = await accepted(town)
    await calls(town, number, "路灯所")
    await town.presses(town.wu, assist_card(town, town.lamps), "退单")
    await town.replies(town.wu, town.last(town.lamps, "不能协办的原因"), "这是小区内部的灯")

    assert "路灯所 的 吴师傅 退回协办：\n这是小区内部的灯" in town.texts(town.grid)
    assert (await town.case(number)).assisting == ()
    over = assist_card(town, town.lamps, over=True)
    assert (over.text, over.buttons()) == (f"🤝 {number} 协办已结束。", [])
    await town.replies(town.wu, town.last(town.lamps, "不能协办的原因"), "我们不管")
    assert "协办已经结束了" in town.posted(town.lamps)[-1].text

    told = town.texts(town.lamps).count("王建国 请 路灯所 协办")
    await calls(town, number, "路灯所")
    assert town.texts(town.lamps).count("王建国 请 路灯所 协办") == told + 1
    assert assist_card(town, town.lamps).buttons() == ["接单", "退单"]


async def test_several_units_are_chosen_and_left_out_again_by_pressing_and_by_name(town: Town) -> None:
    number = await accepted(town)
    await town.presses(town.wang, town.card(town.grid, number), "协办")
    asked = town.private(town.wang)[-1]
    assert "路灯所" in asked.buttons()
    assert not {"下一步", "桂花桥街道", "播州区"} & {*asked.buttons()}
    await town.presses(town.wang, asked, "遵南社区 · 第2网格")
    await town.says(town.wang, "路灯所")
    both = town.private(town.wang)[-1]
    assert [label for label in both.buttons() if label.startswith("✅")] == ["✅ 遵南社区 · 第2网格", "✅ 路灯所"]
    await town.presses(town.wang, both, "✅ 遵南社区 · 第2网格")
    await town.presses(town.wang, town.private(town.wang)[-1], "下一步")
    await town.says(town.wang, TASK)
    await town.says(town.wang, "过几天")
    assert "没看懂几天" in town.private(town.wang)[-1].text
    await town.says(town.wang, "五天")

    assert [given.unit for given in (await town.case(number)).assisting] == ["LD"]
    assert "11月28日 10:00" in assist_card(town, town.lamps).text


async def test_whom_nobody_can_call_is_said_in_a_sentence_and_a_whole_street_may_be_typed(town: Town) -> None:
    number = await accepted(town)
    await town.presses(town.wang, town.card(town.grid, number), "协办")
    await town.says(town.wang, "第1网格")
    assert "这个单位现在不能协办" in town.private(town.wang)[-1].text
    await town.says(town.wang, "没有的单位")
    assert "没找到这个单位" in town.private(town.wang)[-1].text
    await town.presses(town.wang, town.private(town.wang)[-1], "取消")
    assert "不请协办" in town.private(town.wang)[-1].text
    assert (await town.case(number)).assisting == ()

    await town.presses(town.wang, town.card(town.grid, number), "协办")
    await town.says(town.wang, "桂花桥街道")
    assert "✅ 桂花桥街道" in town.private(town.wang)[-1].buttons()
    await town.presses(town.wang, town.private(town.wang)[-1], "下一步")
    await town.says(town.wang, "协调断电")
    assert "这件本身最晚 11月25日 10:00 办完" in town.private(town.wang)[-1].text


async def test_what_is_late_turns_yellow_and_red_and_both_sides_and_the_unit_above_read_it(town: Town) -> None:
    number = await accepted(town)
    await calls(town, number, "路灯所", within="1天")
    await town.passes(hours=20)
    assert "请抓紧协办" in town.texts(town.lamps)
    await town.passes(hours=5)

    assert assist_card(town, town.lamps).text.startswith("🤝 协办 🔴")
    for place in (town.grid, town.lamps, town.street, town.chen):
        assert f"{number} 「煤炭小区路灯坏了」 路灯所 协办超时" in town.texts(place)


async def test_done_with_an_assist_open_says_without_whom_and_ends_it_with_a_word(town: Town) -> None:
    number = await accepted(town)
    await calls(town, number, "路灯所")
    await town.presses(town.wang, town.card(town.grid, number), "办结")
    warned = town.last(town.grid, "还有单位在协办")
    assert "路灯所" in warned.text
    await town.presses(town.wang, warned, "仍要办结")
    await town.replies(town.wang, town.last(town.grid, "办理结果"), "自己接好了线")

    assert "路灯所 的协办结束：主办单位已办结，不用等了" in town.texts(town.lamps)
    assert (await town.case(number)).assisting == ()
    await town.says(town.wang, f"/case {number}")
    assert "路灯所 的协办结束：主办单位已办结，不用等了" in town.private(town.wang)[-1].text
    assert assist_card(town, town.lamps, over=True).buttons() == []


async def test_a_called_unit_that_becomes_responsible_works_beside_no_more(town: Town) -> None:
    number = await accepted(town)
    await calls(town, number, "路灯所", "遵南社区 · 第2网格")
    await town.presses(town.wang, town.card(town.grid, number), "转派")
    await town.says(town.wang, "路灯所")
    await town.says(town.wang, "归他们管")

    case = await town.case(number)
    assert (case.unit, [given.unit for given in case.assisting]) == ("LD", ["ZN-02"])
    assert town.card(town.lamps, number).buttons()[0] == "接单"
    assert "第2网格 协办，还没接单" in town.card(town.lamps, number).text


async def test_the_owner_of_an_assist_who_leaves_makes_it_free_and_with_its_unit_it_ends(
    town: Town, tmp_path: Path
) -> None:
    number = await accepted(town)
    await calls(town, number, "路灯所")
    await town.presses(town.wu, assist_card(town, town.lamps), "接单")
    written = (tmp_path / "org.yaml").read_text("utf-8")
    (tmp_path / "org.yaml").write_text(written.replace("id: 2007", "id: 2999"), "utf-8")
    await town.restart()
    assert "请重新接单" in town.texts(town.lamps)
    assert (await town.case(number)).assisting[0].owner is None

    (tmp_path / "org.yaml").write_text(written[: written.index("          - code: LD")], "utf-8")
    await town.restart()
    assert (await town.case(number)).assisting == ()
    for group in (town.grid, town.lamps):
        assert "路灯所 的协办结束：单位已撤销" in town.texts(group)
    await town.passes(days=4)
    assert "协办超时" not in town.texts(town.grid)


async def test_a_withdrawn_case_ends_what_others_were_called_for(town: Town) -> None:
    number = await accepted(town)
    await calls(town, number, "路灯所")
    await town.says(town.li, f"/case {number}")
    await town.presses_twice(town.li, town.private(town.li)[-1], "撤回")

    assert "路灯所 的协办结束：居民已撤回" in town.texts(town.lamps)
    assert await town.count("followups") == 1  # the daily head alone


async def test_an_assist_is_listed_done_in_private_and_shown_in_a_group_bound_anew(
    town: Town,
) -> None:
    number = await accepted(town)
    await calls(town, number, "路灯所")
    await town.says(town.wu, "/todo")
    listed = town.private(town.wu)[-1]
    await town.presses(town.wu, listed, "协办")

    assert "协办 1 件" in town.private(town.wu)[-1].text
    assert number in town.private(town.wu)[-1].text
    await town.presses(town.wu, town.private(town.wu)[-1], number.removeprefix("#"))
    assert "王建国 请 路灯所 协办" in town.private(town.wu)[-1].text

    opened = town.private(town.wu)[-1]
    assert opened.buttons() == ["接单", "退单"]
    await town.presses(town.wu, opened, "接单")
    assert opened.buttons() == ["办结", "退单"]
    await town.presses(town.wu, opened, "退单")
    await town.says(town.wu, "车坏了")
    assert town.last(town.wu, "已退回协办").text == f"✅ {number} 已退回协办，主办单位看得到。"
    assert "路灯所 的 吴师傅 退回协办：\n车坏了" in town.texts(town.grid)
    await calls(town, number, "路灯所")

    town.he.starts(town.bot)
    town.he.joins(town.grid2)
    await town.says_in(town.he, town.grid2, "/bind@minhu_bot LD")
    assert assist_card(town, town.grid2).buttons() == ["接单", "退单"]


@pytest.mark.both_databases
async def test_done_in_the_same_second_as_a_report_loses_neither(town: Town) -> None:
    number = await accepted(town)
    await calls(town, number, "路灯所")
    await town.presses(town.wu, assist_card(town, town.lamps), "接单")
    await town.presses(town.wu, assist_card(town, town.lamps), "办结")
    await town.presses(town.wang, town.card(town.grid, number), "办结")
    await town.presses(town.wang, town.last(town.grid, "还有单位在协办"), "仍要办结")
    result, report = town.last(town.grid, "办理结果"), town.last(town.lamps, "协办情况")
    town.wu.writes(town.lamps, "灯头换好了", reply_to=report)
    await town.says_in(town.wang, town.grid, "都好了", reply_to=result)

    case, events = await town.case(number), await town.events(number)
    assert (case.state, case.assisting) == ("resolved", ())
    assert events.count("assist_reported") + events.count("assist_ended") == 1
    assert "报告协办完成：\n灯头换好了" in town.texts(town.grid) or "协办已经结束了" in town.texts(town.lamps)


async def test_whoever_stands_in_for_an_assistant_reports_for_them(town: Town) -> None:
    number = await accepted(town)
    town.sun.starts(town.bot)
    town.sun.joins(town.lamps)
    await town.settle()
    await calls(town, number, "路灯所")
    await town.presses(town.wu, assist_card(town, town.lamps), "接单")
    await town.says(town.wu, "/away 11-23 11-24 孙科长")
    await town.presses(town.sun, assist_card(town, town.lamps), "办结")
    await town.replies(town.sun, town.last(town.lamps, "协办情况"), "换好了")

    assert "报告协办完成：\n换好了" in town.texts(town.grid)


async def test_in_danger_nobody_who_is_called_has_longer_than_the_case(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区2栋着火了，有老人被困")
    await town.accepts(town.wang, town.grid, number)
    await calls(town, number, "路灯所", within="7天")

    case = await town.case(number)
    assert case.assisting[0].resolve.due_at == case.responsible.resolve.due_at
