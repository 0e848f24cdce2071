"""代报 and 巡查: a worker raises a case for a neighbour without an account, which ends by another's 回访."""

from pathlib import Path

import pytest

from tests.proxies import AUNT, LAMP, PHONE, raises
from tests.town import Town

pytestmark = pytest.mark.town(known=("wang", "chen", "zhou", "liu", "he"))


async def test_a_case_for_a_neighbour_is_worked_on_like_any_other_and_ends_by_anothers_revisit(town: Town) -> None:
    await town.says(town.liu, "/proxy")
    assert town.last(town.liu).buttons() == ["跳过", "取消"]
    await town.says(town.liu, AUNT)
    assert f"{AUNT} 的电话" in town.last(town.liu).text
    await town.says(town.liu, PHONE)
    assert f"代 {AUNT} 提" in town.draft_card(town.liu).text
    await town.says(town.liu, LAMP)
    await town.presses(town.liu, town.draft_card(town.liu), "提交")
    number = town.number_told(town.liu)

    receipt = town.last(town.liu, "已提交")
    assert f"已提交 {number}\n👤 代 {AUNT} 提" in receipt.text
    case = await town.case(number)
    assert (case.unit, case.resident_name, case.unreachable) == ("ZN-01", AUNT, True)
    assert case.resident != await town.id_of(town.liu)
    card = town.card(town.grid, number)
    assert f"👤 {AUNT}（刘洋 代报）" in card.text
    await town.accepts(town.wang, town.grid, number)
    await town.replies(town.wang, card, "明天上午来修，可以吗？")
    assert (await town.case(number)).state == "accepted"
    assert "刚才的话送不到，已记进档案" in town.texts(town.grid)
    await town.finishes(town.wang, town.grid, number, "修好了")

    assert card.buttons() == ["回访"]
    assert "这件是代报或巡查的" in town.last(town.grid, "该回访了").text
    assert "联系不上居民" not in town.texts(town.grid)
    await town.passes(days=2)
    assert "您经手过" in await town.forges(town.liu, receipt, "wv:1")
    await town.presses(town.chen, card, "回访")
    await town.presses(town.chen, town.last(town.chen, "居民怎么说"), "居民说已解决")
    await town.says(town.chen, "上门问了张大妈")

    case = await town.case(number)
    assert (case.state, case.is_revisited) == ("confirmed", True)
    assert "陈静 回访，居民说：已解决" in town.last(town.liu, number).text
    events = await town.events(number)
    assert not {"resident_unreachable", "resident_updated", "question_asked"} & set(events)
    await town.has_handled_everything()


async def test_what_a_worker_found_is_nobodys_and_ends_by_another_worker(town: Town) -> None:
    number = await raises(town, town.wang, "跳过", words="煤炭小区楼道堆了杂物")
    case = await town.case(number)
    assert (case.resident_name, case.raised_by and case.raised_by.name) == ("", "王建国")
    assert "👤 巡查（王建国 发现）" in town.card(town.grid, number).text
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "清走了")
    card = town.card(town.grid, number)
    assert "您经手过" in await town.presses(town.wang, card, "回访")
    await town.presses(town.chen, card, "回访")
    await town.presses(town.chen, town.last(town.chen, "居民怎么说"), "居民说未解决")
    await town.says(town.chen, "去看了，又堆上了")

    case = await town.case(number)
    assert (case.state, case.returns) == ("accepted", 1)


async def test_the_place_is_the_neighbours_and_not_that_which_the_worker_remembers(town: Town) -> None:
    await town.says(town.wang, "/start g_ZN-02")
    await town.says(town.wang, "/proxy")
    await town.presses(town.wang, town.last(town.wang, "替哪位街坊提"), "跳过")
    await town.says(town.wang, "路灯坏了")

    assert "提交" not in town.draft_card(town.wang).buttons()
    assert "这件事在哪里" in town.texts(town.wang)
    await town.says(town.wang, "煤炭小区")
    await town.presses(town.wang, town.draft_card(town.wang), "提交")
    assert (await town.case(town.number_told(town.wang))).unit == "ZN-01"


async def test_names_and_numbers_that_are_none_are_asked_for_again_and_it_can_be_left(town: Town) -> None:
    await town.says(town.wang, "/proxy")
    await town.says(town.wang, "张" * 41)
    assert "请只发姓名" in town.last(town.wang).text
    await town.says(town.wang, AUNT)
    await town.says(town.wang, "没有电话")
    assert "没看懂这个电话" in town.last(town.wang).text
    await town.presses(town.wang, town.last(town.wang, "的电话是多少"), "取消")
    assert town.last(town.wang).text == "好的，什么也没有提交。"
    assert "已经" in await town.presses(town.wang, town.last(town.wang, "替哪位街坊提"), "跳过")
    assert await town.count("drafts") == 0
    await town.says(town.wang, "煤炭小区井盖坏了")
    await town.says(town.wang, "/proxy")
    assert "您正在写另一份" in town.texts(town.wang)
    await town.says(town.li, "/proxy")
    assert "仅网格员和负责人可用" in town.texts(town.li)


async def test_danger_goes_at_once_also_before_a_name_is_given(town: Town) -> None:
    await town.says(town.wang, "/proxy")
    await town.says(town.wang, "煤炭小区3栋着火了，有人被困")
    assert "119" in town.texts(town.wang)
    await town.passes(minutes=2)

    number = town.number_told(town.wang)
    case = await town.case(number)
    assert (case.urgent, case.unit, case.resident_name) == (True, "ZN-01", "")
    assert "已经替您提交" in town.texts(town.wang)


async def test_who_raised_it_elsewhere_adds_to_it_and_objects_for_the_neighbour(town: Town) -> None:
    number = await raises(town, town.liu)
    await town.replies(town.liu, town.last(town.liu, "已提交"), "是3栋门口那盏")
    assert "是3栋门口那盏" in town.texts(town.grid)
    await town.presses(town.wang, town.card(town.grid, number), "不予受理")
    await town.replies(town.wang, town.last(town.grid, "不予受理的原因"), "归路灯所")
    assert "归路灯所" in town.texts(town.liu)
    await town.presses(town.liu, await town.opens(town.liu, number), "不同意")
    await town.says(town.liu, "张大妈晚上看不见路")

    case = await town.case(number)
    assert (case.unit, case.state) == ("ZN", "submitted")
    assert "张大妈晚上看不见路" in town.texts(town.community)


async def test_a_refusal_stands_if_nobody_objects_and_nobody_withdraws_it_for_them(town: Town) -> None:
    number = await raises(town, town.liu)
    assert "只有提出的居民" in await town.forges(town.liu, town.last(town.liu, "已提交"), "mw:1")
    await town.presses(town.wang, town.card(town.grid, number), "不予受理")
    await town.replies(town.wang, town.last(town.grid, "不予受理的原因"), "归路灯所")
    await town.passes(days=8)
    case = await town.case(number)
    assert (case.state, case.closed_at is not None) == ("refused", True)


async def test_who_was_dismissed_meanwhile_submits_nothing_for_others(town: Town, tmp_path: Path) -> None:
    await town.says(town.liu, "/proxy")
    await town.says(town.liu, AUNT)
    await town.says(town.liu, "跳过")
    await town.says(town.liu, LAMP)
    org = tmp_path / "org.yaml"
    org.write_text(org.read_text("utf-8").replace("members: [{id: 2006, name: 刘洋, role: worker}]", ""), "utf-8")
    await town.restart()
    assert "仅网格员和负责人可用" in await town.presses(town.liu, town.draft_card(town.liu), "提交")
    assert await town.count("cases") == 0


async def test_the_same_neighbour_is_one_person(town: Town) -> None:
    first = await raises(town, town.liu)
    second = await raises(town, town.wang, phone="138 0013 8000", words="煤炭小区井盖坏了")
    other = await raises(town, town.wang, phone="跳过", words="煤炭小区水管漏水")

    residents = [(await town.case(number)).resident for number in (first, second, other)]
    assert residents[0] == residents[1] != residents[2]


async def test_a_second_matter_split_off_is_the_neighbours_too(town: Town) -> None:
    number = await raises(town, town.liu, words="煤炭小区路灯坏了，井盖也坏了")
    await town.presses(town.wang, await town.opens(town.wang, number), "拆分")
    await town.says(town.wang, "井盖坏了")
    second = str(town.number_told(town.wang))

    case = await town.case(second)
    assert second != number
    assert (case.resident_name, case.has_stand_in, case.raised_by and case.raised_by.name) == (AUNT, True, "刘洋")
    assert "联系不上居民" not in town.texts(town.grid)


async def test_in_danger_without_a_place_who_raised_it_is_asked_and_it_goes_there(town: Town) -> None:
    await town.says(town.liu, "/proxy")
    await town.says(town.liu, AUNT)
    await town.says(town.liu, "跳过")
    await town.says(town.liu, "着火了，有人被困")
    await town.passes(minutes=2)
    number = town.number_told(town.liu)
    assert (await town.case(number)).unit == "BZ"
    await town.replies(town.liu, town.last(town.liu, number), "煤炭小区3栋")

    assert (await town.case(number)).unit == "ZN-01"


async def test_who_raised_it_and_works_in_the_unit_adds_by_a_reply_and_the_group_reads_whose_words_they_are(
    town: Town,
) -> None:
    number = await raises(town, town.wang)
    await town.replies(town.wang, town.last(town.wang, "已提交"), "是3栋门口那盏")
    await town.replies(town.wang, town.last(town.wang, "已提交"), "// 张大妈耳朵不好，要上门")

    assert "➕ " + number in town.texts(town.grid)
    added = next(m for m in town.wang.chat_with(town.bot).messages if m.text == "是3栋门口那盏")
    town.wang.edits(added, "是3栋后门那盏")
    await town.settle()
    assert "王建国 改为：\n是3栋后门那盏" in town.last(town.grid).text
    assert "王建国 代居民补充：\n是3栋门口那盏" in town.texts(town.grid)
    assert "送不到" not in town.texts(town.grid)
    assert (await town.events(number))[-2:] == ["note_taken", "message_edited"]
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "修好了")
    await town.presses(town.chen, town.card(town.grid, number), "回访")
    assert f"📞 {PHONE}" in town.last(town.chen, "居民怎么说").text


async def test_a_file_tells_the_number_to_few_and_that_only_a_revisit_can_end_it_until_the_neighbour_has_an_account(
    town: Town,
) -> None:
    number = await raises(town, town.liu)
    await town.accepts(town.wang, town.grid, number)
    for worker, reads in ((town.wang, True), (town.chen, True), (town.he, True), (town.liu, False)):
        file = (await town.opens(worker, number)).text
        assert (f"📞 {PHONE}" in file) is reads
        assert "刘洋 代居民提交" in file
    assert PHONE not in town.texts(town.grid)
    await town.presses(town.wang, town.last(town.wang, "经过"), "办结")
    assert "再请没经手的同事回访" in town.last(town.wang).text
    await town.says(town.wang, "修好了")

    card = town.card(town.grid, number)
    assert town.last(town.wang, "✅").text == f"✅ {number} 已办结，待回访。"
    assert "求助 · 路灯 · 已办结，待回访\n☎️ 请没经手的同事问一问，或到现场看一看，再点「回访」" in card.text
    await town.says(town.chen, "/todo")
    assert "已办结，待回访" in town.last(town.chen).text
    await town.passes(days=1)
    assert (await town.events(number))[-1] == "revisit_due"
    assert "resident_reminded" not in await town.events(number)
    assert "已办结，待回访" in await town.forges(town.wang, card, "wa:1")

    await town.says(town.he, f"/link {number}")
    await town.says(town.li, f"/start {town.last(town.he, 'start=l_').text.split('start=')[1].split()[0]}")
    await town.presses(town.he, town.last(town.he, "打开了"), "同意")
    assert "已办结，待居民确认\n" in card.text
    assert "☎️" not in card.text
