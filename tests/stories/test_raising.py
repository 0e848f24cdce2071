"""A resident raises a case: at once, in any order, and exactly once."""

import pytest

from domain.text.folding import fold
from tests.town import Town


@pytest.mark.paced
async def test_a_resident_with_a_remembered_grid_reaches_submit_with_one_message(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")

    await town.says(town.li, "3号门的路灯坏了三天，晚上看不见路")

    card = town.draft_card(town.li)
    assert card.buttons() == ["提交", "类别", "地点", "匿名", "取消"]
    assert "第1网格" in card.text
    assert "3号门的路灯坏了三天" in card.text


@pytest.mark.both_databases
async def test_submitting_tells_the_number_the_unit_and_both_deadlines(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")

    number = await town.raises(town.li, "投诉：楼道里堆满了杂物")

    told = town.last(town.li, number).text
    assert number == "#MH2611_00001"
    assert "第1网格" in told
    assert "最晚 11月23日 10:30 有人接单" in told
    assert "最晚 11月26日 10:00 办完" in told
    assert "楼道里堆满了杂物" in told


async def test_the_grids_chat_gets_one_card_with_text_place_and_buttons(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区3号楼2单元501漏水，投诉物业不管")

    card = town.card(town.grid, number)
    assert card.buttons() == ["接单", "转派", "上报", "不予受理"]
    assert "煤炭小区3号楼2单元501（遵南社区 · 第1网格）" in card.text
    assert "漏水，投诉物业不管" in card.text
    assert "🟢" in card.text
    assert len(town.cards(town.grid)) == 1
    assert not town.cards(town.grid2)


async def test_one_draft_card_is_edited_however_many_messages_come(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.settle()
    before = len(town.private(town.li))

    await town.says(town.li, "门口的井盖松了")
    town.li.sends_photo(town.bot)
    town.li.sends_voice(town.bot)
    town.li.sends_location(town.bot, 27.535, 106.825)
    await town.settle()
    await town.says(town.li, "晚上走路很危险")

    assert len(town.private(town.li)) == before + 1
    card = town.draft_card(town.li)
    assert "门口的井盖松了\n晚上走路很危险" in card.text
    assert "附件 3 个" in card.text


@pytest.mark.both_databases
async def test_pressed_twice_it_is_one_case(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "广场上的长椅坏了")
    card = town.draft_card(town.li)

    first, second = town.li.presses(card, "提交"), town.li.presses(card, "提交")
    await town.settle()

    assert await town.count("cases") == 1
    assert first.answer
    assert second.answer
    assert {first.answer.text, second.answer.text} == {"已提交", "已经提交过了，编号 #MH2611_00001"}
    assert town.texts(town.li).count("#MH2611_00001") == 1


async def test_without_words_nothing_can_be_submitted(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    town.li.sends_photo(town.bot)
    await town.settle()

    card = town.draft_card(town.li)
    assert "提交" not in card.buttons()
    assert "还差一句话" in card.text

    forged = await town.forges(town.li, card, "ds:1")
    assert forged == "还差内容或地点，补上就能提交。"
    assert await town.count("cases") == 0


async def test_a_spoken_message_is_words_enough(town: Town) -> None:
    town.zhao.starts(town.bot, "g_ZN-01")
    town.zhao.sends_voice(town.bot)
    await town.settle()

    await town.presses(town.zhao, town.draft_card(town.zhao), "提交")

    card = town.cards(town.grid)[0]
    assert "语音诉求" in card.text


async def test_the_kind_is_guessed_and_can_be_changed(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "请问医保在哪里办理")
    assert "咨询" in town.draft_card(town.li).text

    await town.presses(town.li, town.draft_card(town.li), "类别")
    assert town.draft_card(town.li).buttons() == ["微心愿", "投诉", "求助", "建议", "咨询", "返回"]
    await town.presses(town.li, town.draft_card(town.li), "建议")

    assert "建议" in town.draft_card(town.li).text
    await town.says(town.li, "请问可以吗")
    assert "建议" in town.draft_card(town.li).text
    await town.presses(town.li, town.draft_card(town.li), "提交")
    assert (await town.case(town.number_told(town.li))).kind == "suggestion"


async def test_a_word_of_the_menu_begins_a_draft_of_that_kind(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.settle()

    town.li.taps_keyboard(town.bot, "微心愿")
    await town.settle()
    await town.says(town.li, "楼下装一把长椅")
    await town.presses(town.li, town.draft_card(town.li), "提交")

    assert (await town.case(town.number_told(town.li))).kind == "wish"


async def test_anonymous_hides_the_name_from_the_chat_but_not_from_the_record(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "楼上半夜装修")
    await town.presses(town.li, town.draft_card(town.li), "匿名")
    assert "匿名" in town.draft_card(town.li).text
    await town.presses(town.li, town.draft_card(town.li), "提交")

    number = town.number_told(town.li)
    await town.replies(town.li, town.last(town.li, number), "昨晚又来了")
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "已劝停")
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "未解决")
    await town.says(town.li, "今天又吵")

    assert "李秀英" not in town.texts(town.grid)
    assert (await town.case(number)).resident == await town.id_of(town.li)


async def test_a_cancelled_draft_leaves_nothing(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "路灯坏了")
    card = town.draft_card(town.li)

    assert await town.presses(town.li, card, "取消") == "已取消，什么也没有提交。"
    assert town.last(town.li, "已取消").buttons() == []
    assert await town.forges(town.li, card, "ds:1") == "这份草稿已经处理过了。有新的事，直接发给我就行。"
    assert await town.count("cases") == 0


async def test_an_edited_message_changes_the_draft(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    message = await town.says(town.li, "路灯坏了")
    town.li.edits(message, "路灯坏了，是煤炭小区5号楼门口那盏")
    await town.settle()

    card = town.draft_card(town.li)
    assert "煤炭小区5号楼" in card.text.splitlines()[1]
    await town.presses(town.li, card, "提交")
    assert (await town.case(town.number_told(town.li))).text == "路灯坏了，是煤炭小区5号楼门口那盏"


async def test_a_long_text_is_whole_in_the_file_and_short_on_the_card(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    story = "".join(f"第{n}天，垃圾还是没人收。" for n in range(1, 1000))[:9000]
    for start in range(0, len(story), 4096):
        town.li.writes(town.bot, story[start : start + 4096])
    await town.settle()
    await town.presses(town.li, town.draft_card(town.li), "提交")

    number = town.number_told(town.li)
    assert (await town.case(number)).text == story
    card = town.card(town.grid, number)
    assert story[:200] in card.text
    assert "全文 9000 字" in card.text
    assert len(card.text) < 1200


async def test_words_of_danger_are_answered_at_once_and_make_the_case_urgent(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "楼道里有很重的燃气味")

    answer = town.last(town.li, "119").text
    assert "110" in answer
    assert "120" in answer
    await town.presses(town.li, town.draft_card(town.li), "提交")
    assert "🆘 紧急" in town.cards(town.grid)[0].text


async def test_danger_in_a_reason_makes_the_case_urgent(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区楼道有怪味")
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "通风了")
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "未解决")
    await town.says(town.li, "是燃气泄漏，有人晕倒了")

    assert (await town.case(number)).urgent
    assert "🆘 紧急" in town.card(town.grid, number).text


async def test_danger_in_an_objection_makes_the_case_urgent(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区楼道有怪味")
    await town.presses(town.wang, town.card(town.grid, number), "不予受理")
    await town.replies(town.wang, town.last(town.grid), "没有闻到")
    await town.presses(town.li, town.last(town.li, "没有受理"), "不同意")
    await town.says(town.li, "是燃气泄漏，有人晕倒了")

    assert (await town.case(number)).urgent
    assert "🆘 紧急" in town.card(town.community, number).text


async def test_danger_in_the_word_to_a_rating_is_heard(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区楼道有怪味")
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "通风了")
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "已解决")
    await town.presses(town.li, town.last(town.li, "打个分"), "不满意")
    await town.says(town.li, "又着火了，有人被困")

    assert (await town.case(number)).urgent
    assert "119" in town.texts(town.li)


async def test_a_photo_whose_caption_is_a_word_of_the_keyboard_is_kept(town: Town) -> None:
    await town.says(town.li, "路灯坏了")
    town.li.sends_photo(town.bot, "跳过")
    await town.settle()

    assert "附件 1 个" in town.draft_card(town.li).text


async def test_phone_numbers_stay_out_of_the_chat_and_in_the_file(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区停水了，请打我电话13812345678")

    assert "13812345678" not in town.texts(town.grid)
    assert "138****5678" in town.card(town.grid, number).text
    assert "13812345678" in (await town.case(number)).text

    await town.accepts(town.wang, town.grid, number)
    town.wang.starts(town.bot)
    assert "13812345678" in (await town.opens(town.wang, number)).text
    assert "case_viewed" in await town.events(number)


@pytest.mark.both_databases
async def test_numbers_count_through_the_month_and_begin_anew_with_the_next(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    assert await town.raises(town.li, "一") == "#MH2611_00001"
    assert await town.raises(town.li, "二") == "#MH2611_00002"
    await town.passes(days=10)
    assert await town.raises(town.li, "三") == "#MH2612_00001"


async def test_no_number_reaches_the_chat_wherever_it_was_written(town: Town) -> None:
    neighbour = town.world.add_person(3010, "张三13812345678")
    await town.says(neighbour, "路灯坏了，座机0851-27225566，手机１３８ ７６５４ ３２１０")
    await town.says(neighbour, "煤炭小区3栋501 13811112222")
    neighbour.sends_contact(town.bot, "447911123456", "亲戚")
    await town.settle()
    await town.presses(neighbour, town.draft_card(neighbour), "提交")
    await town.says_in(town.wang, town.grid, f"/case@minhu_bot {town.number_told(neighbour)}")

    shown = fold(town.texts(town.grid)).text.replace(" ", "")
    for number in ("13812345678", "27225566", "13876543210", "13811112222", "447911123456"):
        assert number not in shown
    assert "13811112222" in (await town.case(town.number_told(neighbour))).text


async def test_words_of_danger_are_answered_wherever_they_come(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区有股怪味")
    await town.replies(town.li, town.last(town.li, number), "是燃气泄漏，有人晕倒了")

    assert town.texts(town.li).count("120") == 1
    assert (await town.case(number)).urgent
