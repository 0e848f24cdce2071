"""回访: where a resident is silent, somebody asks in person and records the answer: yes, no, or nobody met."""

from datetime import timedelta

import pytest

from tests.revisits import ASKED, LAMP, done, opens, records
from tests.town import Town

pytestmark = pytest.mark.town(known=("wang", "chen", "zhou", "he"))


async def test_after_a_silent_week_a_recorded_yes_ends_the_case_everybody_reads_how_and_in_the_end_it_stands(
    town: Town,
) -> None:
    number = await done(town)
    assert town.card(town.grid, number).buttons() == []
    await town.passes(days=7)

    assert town.card(town.grid, number).buttons() == ["回访"]
    request = town.last(town.grid, "该回访了")
    assert request.buttons() == ["回访"]
    assert "居民一直没有回音" in request.text
    assert "王建国 报的结果：灯泡换好了" in request.text
    assert "13800138000" not in request.text
    assert await town.presses(town.wang, request, "回访") == (
        f"{number} 您经手过，或者是您提出的，回访要请没经手的同事来做。"
    )

    page = await opens(town, town.chen, town.grid, number)
    assert page.buttons() == ["居民说已解决", "居民说未解决", "没联系上", "取消"]
    assert "李秀英" in page.text
    await records(town, town.chen, "居民说已解决")

    case = await town.case(number)
    assert (case.state, case.closed_at, case.revisited_at) == ("confirmed", town.clock.now(), town.clock.now())
    assert town.last(town.chen, number).text == f"✅ {number} 已记下：居民说已解决，这件办完了。"
    assert f"✅ {number} 「{LAMP}」 陈静 回访，居民说：已解决。\n{ASKED}" in town.texts(town.grid)
    assert "回访确认解决" in town.card(town.grid, number).text
    assert request.buttons() == town.card(town.grid, number).buttons() == []
    told = town.last(town.li, "记的是您说已解决")
    assert ASKED in told.text
    assert told.buttons() == ["未解决"]
    reminded = len(town.private(town.li))
    await town.passes(days=6)
    assert len(town.private(town.li)) == reminded
    assert f"陈静 回访，居民说已解决（{ASKED}）" in (await town.opens(town.chen, number)).text
    own = await town.opens(town.li, number)
    assert "陈静 回访，记的是您说已解决" in own.text
    assert own.buttons() == ["未解决", "又出现了"]

    await town.passes(days=9)
    assert "请直接发给我重新提交" in await town.presses(town.li, told, "未解决")
    assert (await town.case(number)).state == "confirmed"


async def test_a_recorded_yes_is_contradicted_by_its_resident_and_that_is_a_return(town: Town) -> None:
    number = await done(town)
    due = (await town.case(number)).responsible.resolve.due_at
    await town.passes(days=7)
    await opens(town, town.chen, town.grid, number)
    await records(town, town.chen, "居民说已解决")
    await town.passes(days=2)
    await town.presses(town.li, town.last(town.li, "记的是您说已解决"), "未解决")
    await town.says(town.li, "没人来问过我，灯还是坏的")

    case = await town.case(number)
    assert (case.state, case.returns, case.owner and case.owner.name) == ("accepted", 1, "王建国")
    assert case.responsible.resolve.due_at == due + timedelta(days=9)
    assert "居民说：未解决（第 1 次退回）" in town.texts(town.grid)
    assert "没人来问过我，灯还是坏的" in town.texts(town.grid)
    assert case.closed_at is None


async def test_a_recorded_no_returns_the_case_with_its_reason_and_counts_to_the_limit(town: Town) -> None:
    number = await done(town)
    await town.passes(days=7)
    await opens(town, town.chen, town.grid, number)
    await records(town, town.chen, "居民说未解决", "上门问了，灯还是不亮")

    case = await town.case(number)
    assert (case.state, case.returns, case.owner and case.owner.name) == ("accepted", 1, "王建国")
    assert f"↩️ {number} 「{LAMP}」 陈静 回访，居民说：未解决（第 1 次退回），请继续办理。\n上门问了，灯还是不亮" in (
        town.texts(town.grid)
    )
    assert "记的是您说未解决：上门问了，灯还是不亮" in town.texts(town.li)
    assert town.card(town.grid, number).buttons() == ["办结", "协办", "延期", "转派", "上报"]
    await town.finishes(town.wang, town.grid, number, "又修好了")
    await town.passes(days=7)
    await opens(town, town.chen, town.grid, number)
    await records(town, town.chen, "居民说未解决", "又去问了，还是不亮")

    case = await town.case(number)
    assert (case.state, case.unit, case.returns) == ("submitted", "ZN", 2)
    assert "又去问了，还是不亮" in town.texts(town.community)


async def test_nobody_met_is_recorded_and_it_is_to_be_asked_again(town: Town) -> None:
    number = await done(town)
    await town.passes(days=7)
    await opens(town, town.chen, town.grid, number)
    await records(town, town.chen, "没联系上", "去了两次，家里没人")

    assert (await town.case(number)).state == "resolved"
    assert town.card(town.grid, number).buttons() == ["回访"]
    assert "陈静 回访，没联系上居民，还要再问。\n去了两次，家里没人" in town.texts(town.grid)
    asked = town.last(town.li, "没联系上您")
    await town.passes(days=7)
    assert town.texts(town.grid).count("该回访了") == 2
    await town.presses(town.li, asked, "已解决")
    case = await town.case(number)
    assert (case.state, case.is_revisited) == ("confirmed", False)


@pytest.mark.both_databases
async def test_the_residents_own_word_in_the_same_second_is_one_and_the_other_reads_it(town: Town) -> None:
    number = await done(town)
    await town.passes(days=7)
    await opens(town, town.chen, town.grid, number)
    await town.presses(town.chen, town.last(town.chen, "居民怎么说"), "居民说已解决")
    town.chen.writes(town.bot, ASKED)
    town.li.presses(town.last(town.li, "解决了吗"), "已解决")
    await town.settle()

    events = await town.events(number)
    assert ("revisit_solved" in events) + ("case_confirmed" in events) == 1
    read = town.last(town.chen, number).text
    assert read in (
        f"✅ {number} 已记下：居民说已解决，这件办完了。",
        f"{number} 不用回访了：居民已确认解决。",
    )


async def test_the_word_is_required_and_the_question_can_be_left_and_chosen_anew(town: Town) -> None:
    number = await done(town)
    await town.passes(days=7)
    await opens(town, town.chen, town.grid, number)
    await town.says(town.chen, "问过了")
    assert "居民怎么说" in town.private(town.chen)[-1].text
    await town.says(town.chen, "居民说未解决")
    assert "哪里没解决" in town.private(town.chen)[-1].text
    await town.presses(town.chen, town.private(town.chen)[-1], "重选")
    for answer, wanted in (
        ("居民说已解决", "问了谁，怎么问的。"),
        ("居民说未解决", "问了谁，怎么问的，哪里没解决。"),
        ("没联系上", "找了谁，怎么找的。"),
    ):
        await town.presses(town.chen, town.last(town.chen, "居民怎么说"), answer)
        town.chen.sends_photo(town.bot)
        await town.settle()
        assert town.last(town.chen).text == f"请用文字写一句：{wanted}照片可以一起再发。"
        await town.presses(town.chen, town.last(town.chen, answer), "重选")
    await town.presses(town.chen, town.last(town.chen, "居民怎么说"), "没联系上")
    await town.presses(town.chen, town.last(town.chen, "记下以后"), "取消")
    assert town.private(town.chen)[-1].text == f"好的， {number} 先不记。"
    assert "revisit_missed" not in await town.events(number)
    assert (await town.case(number)).state == "resolved"


async def test_a_follower_ends_by_a_revisit_of_its_own_and_not_by_who_worked_on_the_matter(town: Town) -> None:
    mei = town.world.add_person(4100, "梅姐")
    main = await town.raises(town.li, "煤炭小区水管爆了")
    number = await town.raises(mei, "煤炭小区2栋没水了")
    await town.says_in(town.wang, town.grid, f"/merge {main} {number}")
    await town.accepts(town.wang, town.grid, main)
    await town.finishes(town.wang, town.grid, main, "水管换好了")
    await town.presses(town.li, town.last(town.li, "水管换好了"), "已解决")
    await town.passes(days=7)

    assert "回访" not in (await town.opens(town.wang, number)).buttons()
    await town.presses(town.chen, await town.opens(town.chen, number), "回访")
    assert "王建国 报的结果：水管换好了" in town.last(town.chen, "居民怎么说").text
    await records(town, town.chen, "居民说已解决", "打电话问了梅姐")
    assert (await town.case(number)).is_revisited
    assert not (await town.case(main)).is_revisited
    assert f"{number} 「煤炭小区2栋没水了」 陈静 回访，居民说：已解决" in town.texts(town.grid)


async def test_many_that_wait_to_be_asked_about_are_named_in_one_message(town: Town) -> None:
    numbers = [await done(town), await done(town, town.zhao)]
    town.world.faults.flood(town.grid, retry_after=1)
    await town.passes(days=7)

    told = town.last(town.grid, "该回访了")
    assert told.text.startswith("☎️ 有 2 件该回访了")
    assert all(number in told.text for number in numbers)
