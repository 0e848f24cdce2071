"""The private desk: who never opens the group does everything in private that can be done there."""

import pytest

from tests.organisations import WITHOUT_WANG, imports
from tests.town import Town


async def test_a_whole_case_is_lived_in_private(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    town.wang.starts(town.bot)
    await town.settle()
    await town.says(town.wang, "/todo")
    await town.presses(town.wang, town.last(town.wang, number), number.removeprefix("#"))
    page = town.last(town.wang, "经过")
    assert page.buttons() == ["接单", "转派", "上报", "不予受理", "紧急", "改事项", "归并", "拆分"]

    await town.presses(town.wang, page, "接单")
    assert "王建国 接单" in page.text
    assert page.buttons() == ["办结", "协办", "延期", "转派", "上报", "紧急", "改事项", "归并", "拆分"]
    assert "王建国" in town.card(town.grid, number).text

    town.wang.sends_photo(town.bot, caption="灯杆已经断了", reply_to=page)
    await town.settle()
    assert town.private(town.li)[-1].caption.endswith("灯杆已经断了")
    await town.replies(town.wang, page, "// 要找路灯所")
    assert "路灯所" not in town.texts(town.li)
    await town.replies(town.wang, page, "请问是几号楼前面？")
    assert (await town.case(number)).state == "waiting"
    await town.says(town.li, "3号楼")

    await town.presses(town.wang, await town.opens(town.wang, number), "办结")
    assert "回复" not in town.private(town.wang)[-1].text
    town.wang.sends_photo(town.bot)
    await town.settle()
    assert town.last(town.wang).text.startswith(f"🏁 {number}")
    assert "还差文字" in town.last(town.wang).text
    town.wang.sends_photo(town.bot, caption="换了新灯")
    await town.settle()
    assert (await town.case(number)).state == "resolved"
    assert town.last(town.wang).text == f"✅ {number} 已办结，待居民确认。"
    assert town.last(town.wang, "经过").buttons() == ["拆分"]
    assert "王建国 报告办结：换了新灯" in town.last(town.wang, "经过").text
    assert "请回复本条消息" not in town.texts(town.grid)
    await town.presses(town.li, town.last(town.li, "解决了吗"), "已解决")
    assert (await town.case(number)).state == "confirmed"
    assert await town.count("drafts") == 1


async def test_a_case_is_refused_escalated_and_given_back_in_private(town: Town) -> None:
    refused = await town.raises(town.li, "煤炭小区想在河边建码头")
    page = await town.opens(town.wang, refused)
    await town.presses(town.wang, page, "不予受理")
    await town.replies(town.wang, town.last(town.wang, "不予受理？"), "河道不归社区管")
    assert "河道不归社区管" in town.last(town.li, "没有受理").text
    assert town.last(town.wang).text == f"✅ {refused} 已不予受理，原因已发给居民。"
    assert page.buttons() == []

    climbed = await town.raises(town.li, "煤炭小区整条路都塌了")
    page = await town.opens(town.wang, climbed)
    assert await town.presses(town.wang, page, "上报") == "还没上报。再点一次「上报」就交给上一级。"
    assert await town.presses(town.wang, page, "上报") == "已上报"
    assert (await town.case(climbed)).unit == "ZN"
    assert page.buttons() == []

    passed = await town.raises(town.li, "煤炭小区垃圾没人收")
    page = await town.opens(town.wang, passed)
    await town.presses(town.wang, page, "转派")
    await town.presses(town.wang, town.last(town.wang, "转派给哪个单位"), "遵南社区 · 第2网格")
    await town.says(town.wang, "在2网格门口")
    assert (await town.case(passed)).unit == "ZN-02"
    assert page.buttons() == []
    page = await town.opens(town.liu, passed)
    assert page.buttons()[:2] == ["接单", "退单"]
    await town.presses(town.liu, page, "退单")
    await town.says(town.liu, "门口是1网格的")
    assert (await town.case(passed)).unit == "ZN-01"
    assert town.last(town.liu).text == f"✅ {passed} 已退单，现在在 遵南社区 · 第1网格。"
    assert "门口是1网格的" in town.last(town.grid, "退单").text


async def test_what_is_asked_in_private_can_be_left_and_a_note_answers_nothing(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    page = await town.opens(town.wang, number)
    await town.presses(town.wang, page, "办结")
    await town.says(town.wang, "// 灯泡还没到")
    assert (await town.case(number)).state == "accepted"
    await town.presses(town.wang, town.last(town.wang, "办好了？"), "取消")
    assert town.last(town.wang).text == f"好的， {number} 不改。"
    assert "note_taken" in await town.events(number)
    assert page.buttons()[0] == "办结"
    assert await town.presses(town.wang, page, "办结") == ""
    await town.passes(hours=1, minutes=1)
    await town.replies(town.wang, town.last(town.wang, "办好了？"), "换了灯泡")
    assert (await town.case(number)).state == "accepted"
    assert "灯泡" not in town.texts(town.li)


@pytest.mark.both_databases
async def test_of_two_who_press_at_once_in_group_and_in_private_one_wins(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    page = await town.opens(town.wang, number)
    mine = town.wang.presses(page, "接单")
    hers = town.chen.presses(town.card(town.grid, number), "接单")
    await town.settle()

    owner = (await town.case(number)).owner
    assert owner is not None
    answers = [press.answer.text for press in (mine, hers) if press.answer]
    assert sorted(answers) == sorted(["接单成功，您是首问负责人。", f"{number} 已由 {owner.name} 接单。"])
    assert f"{owner.name} 接单" in page.text
    assert "接单" not in page.buttons()
    assert (await town.events(number)).count("case_accepted") == 1


async def test_an_answer_is_not_taken_once_a_colleague_was_first_or_the_worker_is_dismissed(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    page = await town.opens(town.wang, number)
    await town.presses(town.wang, page, "办结")
    await town.finishes(town.chen, town.grid, number, "换了灯泡")
    await town.says(town.wang, "灯修好了")
    assert "您写的没有发出" in town.last(town.wang).text
    assert "灯修好了" not in town.texts(town.li)
    assert "办结" not in page.buttons()

    other = await town.raises(town.zhao, "煤炭小区水管漏了")
    page = await town.opens(town.wang, other)
    await town.presses(town.wang, page, "不予受理")
    await imports(town, WITHOUT_WANG)
    await town.says(town.wang, "不归我们")
    assert town.last(town.wang).text == f"{other} 已经不归您的单位，您写的没有发出。"
    assert page.buttons() == []
    assert (await town.case(other)).state == "submitted"
    assert await town.count("drafts") == 2


async def test_where_assists_are_open_the_private_desk_asks_before_it_asks(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    page = await town.opens(town.wang, number)
    await town.presses(town.wang, page, "协办")
    await town.presses(town.wang, town.last(town.wang, "协办"), "遵南社区 · 第2网格")
    await town.presses(town.wang, town.last(town.wang, "协办"), "下一步")
    await town.says(town.wang, "借个梯子")
    await town.presses(town.wang, town.private(town.wang)[-1], "3天")
    await town.presses(town.wang, page, "办结")
    await town.presses(town.wang, town.last(town.wang, "还有单位在协办"), "仍要办结")
    await town.says(town.wang, "借到了，修好了")
    assert (await town.case(number)).state == "resolved"
    assert page.buttons() == ["拆分"]


async def test_words_that_answer_a_list_open_no_draft(town: Town) -> None:
    await town.raises(town.li, "煤炭小区路灯坏了")
    await town.raises(town.li, "煤炭小区水管漏了")
    town.wang.starts(town.bot)
    await town.settle()
    await town.says(town.wang, "/todo")
    await town.replies(town.wang, town.last(town.wang, "水管"), "我去看看")
    assert town.last(town.wang).text.startswith("这条消息里不止一件诉求")
    assert await town.count("drafts") == 2


async def test_whose_own_case_it_is_reads_it_as_its_resident(town: Town) -> None:
    number = await town.raises(town.wang, "煤炭小区路灯坏了")
    page = await town.opens(town.wang, number)
    assert page.buttons() == ["补充", "催办", "撤回"]
    await town.replies(town.wang, page, "在3号楼前")
    assert "case_supplemented" in await town.events(number)


async def test_leads_above_find_only_what_is_theirs_to_press(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    page = await town.opens(town.zhou, number)
    assert page.buttons() == ["归并", "拆分", "换人"]
    case = await town.case(number)
    assert await town.forges(town.zhou, page, f"wr:{case.id}") == "这件事现在归 遵南社区 · 第1网格 ，请由他们操作。"


async def test_a_long_file_shows_how_it_ends_once_a_verb_has_acted(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了" + "，夜里很黑" * 700)
    await town.replies(town.li, town.last(town.li, number), "老人不敢出门，" * 300)
    await town.opens(town.wang, number)
    page = town.private(town.wang)[-1]
    await town.presses(town.wang, page, "接单")
    assert page.text.startswith(f"{number}")
    assert "\n…\n" in page.text
    assert "王建国 接单" in page.text
    assert "办结" in page.buttons()


async def test_a_sticker_is_answered_with_what_was_asked_and_a_photo_with_a_choice_is_said_not_to_be_kept(
    town: Town,
) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    page = await town.opens(town.wang, number)
    for verb, wanted in (("办结", "还差文字"), ("转派", "没找到这个单位"), ("紧急", "请用文字写明原因")):
        await town.presses(town.wang, page, verb)
        town.wang.sends_sticker(town.bot)
        await town.settle()
        assert wanted in town.last(town.wang).text
        await town.presses(town.wang, town.last(town.wang, number), "取消")

    await town.presses(town.wang, page, "转派")
    town.wang.sends_photo(town.bot, caption="ZN-02")
    await town.settle()
    assert "附件没有留下" in town.private(town.wang)[-2].text
    assert "原因" in town.last(town.wang).text


async def test_a_photo_is_no_name_of_a_neighbour_whatever_stands_under_it(town: Town) -> None:
    await town.says(town.wang, "/proxy")
    town.wang.sends_photo(town.bot, caption="煤炭小区路灯坏了")
    await town.settle()

    assert "请只发姓名" in town.last(town.wang).text
