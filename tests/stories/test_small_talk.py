"""What is no matter for anybody gets a kind answer, and opens no draft."""

from domain.text.folding import fold
from tests.town import Town


async def test_small_talk_is_answered_in_the_language_of_whoever_says_it_and_opens_no_draft(town: Town) -> None:
    for words, answer in (
        ("你好，在吗", "直接发给我就行"),
        ("这个怎么用", "点「提交」"),
        ("人工客服", "网格员本人"),
        ("谢谢", "不客气"),
        ("收到", "好的"),
    ):
        await town.says(town.li, words)
        assert answer in town.last(town.li).text
    john = town.world.add_person(3003, "John", language_code="en")
    await town.says(john, "hello, how does this work?")

    assert "press “Submit”" in town.last(john).text
    assert await town.count("drafts") == 0


async def test_who_takes_the_draft_for_submitted_is_told_that_it_is_not(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "你好，我家楼下路灯坏了")
    await town.says(town.li, "好的，谢谢")

    assert "还差一步" in town.texts(town.li)
    card = town.draft_card(town.li)
    assert "💬 你好，我家楼下路灯坏了\n" in card.text
    await town.presses(town.li, card, "提交")
    assert (await town.case(town.number_told(town.li))).text == "你好，我家楼下路灯坏了"


async def test_what_is_plainly_part_of_the_draft_goes_into_it(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    story = "".join(f"第{n}天，垃圾还是没人收。" for n in range(1, 1000))[:4096]
    town.li.writes(town.bot, story)
    town.li.writes(town.bot, "谢谢")
    town.li.sends_photo(town.bot, "谢谢")
    await town.settle()
    await town.presses(town.li, town.draft_card(town.li), "提交")

    case = await town.case(town.number_told(town.li))
    assert case.text == f"{story}谢谢\n谢谢"


async def test_thanks_to_a_message_about_a_case_belong_to_that_case(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.replies(town.li, town.last(town.li, number), "谢谢")

    assert (await town.events(number))[-1] == "case_supplemented"


async def test_a_question_of_the_bot_takes_even_small_talk_for_its_answer(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "换了灯泡")
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "已解决")
    await town.presses(town.li, town.last(town.li, "打个分"), "满意")
    await town.says(town.li, "谢谢")

    assert (await town.events(number))[-1] == "rating_explained"


async def test_a_bare_number_opens_ones_own_case_and_no_draft(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    drafts = await town.count("drafts")
    for written in (number, f" {number} ", "mh2611_00001", "00001", "#1"):
        await town.says(town.li, written)
        assert number in town.last(town.li).text
        assert "经过" in town.last(town.li).text
    assert await town.count("drafts") == drafts

    for written in (number, "00001"):
        await town.says(town.zhao, written)
    assert "煤炭小区" not in town.texts(town.zhao).replace("💬 00001", "")
    assert "没找到" in town.texts(town.zhao)


async def test_an_answer_to_where_it_is_that_looks_like_a_number_is_the_place(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.raises(town.li, "路灯坏了")
    await town.says(town.zhao, "红星苑的路灯坏了")
    await town.says(town.zhao, "3栋")

    assert "第1网格" in fold(town.draft_card(town.zhao).text).text


async def test_what_is_broken_is_help_and_what_is_unsure_says_so_until_a_kind_is_chosen(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "今天上午")
    assert "反映问题" in town.draft_card(town.li).text
    await town.says(town.li, "楼下的路灯坏了")
    assert "求助" in town.draft_card(town.li).text

    await town.says(town.zhao, "煤炭小区3栋的情况")
    assert "反映问题" in town.draft_card(town.zhao).text
    await town.presses(town.zhao, town.draft_card(town.zhao), "类别")
    await town.presses(town.zhao, town.draft_card(town.zhao), "求助")
    assert "反映问题" not in town.draft_card(town.zhao).text
    await town.presses(town.zhao, town.draft_card(town.zhao), "提交")
    assert (await town.case(town.number_told(town.zhao))).kind == "help"
