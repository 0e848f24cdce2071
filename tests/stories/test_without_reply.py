"""Who does not know how to reply is understood all the same: by the case that waits for their word."""

import pytest

from tests.town import Town


async def asked(town: Town) -> str:
    """Let a worker ask about a case of 李秀英; return its number."""
    town.li.starts(town.bot, "g_ZN-01")
    number = await town.raises(town.li, "路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    await town.replies(town.wang, town.card(town.grid, number), "请问是哪一盏？")
    return number


async def two_asked(town: Town) -> tuple[str, str]:
    """Let a worker ask about two cases of 李秀英; return their numbers."""
    town.li.starts(town.bot, "g_ZN-01")
    first, second = await town.raises(town.li, "路灯坏了"), await town.raises(town.li, "井盖松了")
    for number in (first, second):
        await town.accepts(town.wang, town.grid, number)
        await town.replies(town.wang, town.card(town.grid, number), "请问在哪个门口？")
    return first, second


async def reported(town: Town) -> str:
    """Let a case of 李秀英 be reported done; return its number."""
    town.li.starts(town.bot, "g_ZN-01")
    number = await town.raises(town.li, "厨房漏水")
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "换了水管")
    return number


async def test_a_message_answers_the_one_case_that_waits_and_says_so(town: Town) -> None:
    number = await asked(town)
    drafts = await town.count("drafts")
    for words in ("最里面那盏", "好的"):
        await town.says(town.li, words)

        assert (await town.case(number)).state == "accepted"
        assert f"居民答复：\n{words}" in town.texts(town.grid)
        said = town.private(town.li)[-1]
        assert f"{number} 「路灯坏了」" in said.text
        assert said.buttons() == ["不是，这是新的事"]
        assert await town.count("drafts") == drafts
        await town.replies(town.wang, town.card(town.grid, number), "就这一盏吗？")


async def test_a_nod_to_a_report_that_it_is_done_is_asked_for_a_verdict_and_passed_on_to_nobody(town: Town) -> None:
    number = await reported(town)
    events = await town.events(number)
    await town.says(town.li, "好的")

    asked = town.private(town.li)[-1]
    assert asked.text == f"{number} 「厨房漏水」 解决了吗？请您点一下。"
    assert asked.buttons() == ["已解决", "未解决"]
    assert await town.events(number) == events
    await town.presses(town.li, asked, "已解决")
    assert (await town.case(number)).state == "confirmed"


@pytest.mark.both_databases
async def test_what_is_not_about_it_becomes_a_draft_of_its_own_and_the_group_is_told(town: Town) -> None:
    number = await asked(town)
    town.li.sends_photo(town.bot, "楼道的窗户破了")
    await town.settle()
    said = town.last(town.li, "已转给网格员")
    assert await town.presses(town.li, said, "不是，这是新的事") == "好的，当作新的事，请看下面的卡片"

    assert (await town.case(number)).state == "waiting"
    assert "刚才那句不是说这件事" in town.posted(town.grid)[-1].text
    assert said.buttons() == []
    card = town.private(town.li)[-1]
    assert "💬 楼道的窗户破了" in card.text
    assert "附件 1 个" in card.text
    assert "已经不在" in await town.forges(town.li, said, f"nw:1:{(await town.file(number))[3].id}")
    await town.presses(town.li, card, "提交")
    assert (await town.case(town.number_told(town.li))).text == "楼道的窗户破了"
    assert len([message for message in town.posted(town.grid) if message.kind == "photo"]) == 2

    assert "窗户" not in (await town.opens(town.li, number)).text
    await town.says(town.li, "最里面那盏")
    assert (await town.case(number)).state == "accepted"
    await town.presses_twice(town.wang, town.card(town.grid, number), "上报")
    assert "最里面那盏" in town.texts(town.community)
    assert "窗户" not in town.texts(town.community)


async def test_what_was_edited_before_it_is_taken_out_comes_along_as_it_is_now(town: Town) -> None:
    await asked(town)
    message = await town.says(town.li, "窗户")
    town.li.edits(message, "楼道的窗户破了")
    await town.settle()
    await town.presses(town.li, town.last(town.li, "已转给网格员"), "不是，这是新的事")
    assert "💬 楼道的窗户破了" in town.draft_card(town.li).text

    town.li.edits(message, "3楼楼道的窗户破了")
    await town.settle()
    assert "💬 3楼楼道的窗户破了" in town.draft_card(town.li).text


async def test_where_several_wait_the_bot_asks_which_by_their_words_or_whether_it_is_new(town: Town) -> None:
    first, second = await two_asked(town)
    await town.says(town.li, "楼道的窗户破了")
    await town.says(town.li, "在3楼")
    await town.presses(town.li, town.draft_card(town.li), "新的事")
    await town.presses(town.li, town.draft_card(town.li), "提交")
    assert (await town.case(town.number_told(town.li))).text == "楼道的窗户破了\n在3楼"

    await town.says(town.li, "最里面那盏")

    card = town.private(town.li)[-1]
    assert "您说的是哪一件" in card.text
    assert card.buttons()[:3] == ["井盖松了", "路灯坏了", "新的事"]
    await town.presses(town.li, card, "路灯坏了")
    assert (await town.case(first)).state == "accepted"
    assert (await town.case(second)).state == "waiting"
    assert "居民答复：\n最里面那盏" in town.texts(town.grid)


async def test_danger_and_what_is_plainly_new_are_never_swallowed(town: Town) -> None:
    number = await asked(town)
    for words in ("另外，楼道的窗户破了", "芸香小镇3栋也没灯", "家里着火了"):
        await town.says(town.li, words)
        assert words in town.draft_card(town.li).text
        await town.presses(town.li, town.draft_card(town.li), "取消")

    assert "119" in town.texts(town.li)
    assert (await town.case(number)).state == "waiting"


async def test_after_a_report_what_the_words_lean_to_is_offered_first_and_never_pressed(town: Town) -> None:
    number = await reported(town)
    for words, first in (
        ("没有解决，还在漏", "未解决"),
        ("谢谢，修好了", "已解决"),
        ("谢谢师傅", "已解决"),
        ("still leaking", "未解决"),
    ):
        await town.says(town.li, words)

        assert town.private(town.li)[-1].buttons()[0] == first
        assert f"居民补充：\n{words}" in town.texts(town.grid)
        assert (await town.case(number)).state == "resolved"


async def test_a_day_after_the_report_a_message_is_a_new_matter(town: Town) -> None:
    await reported(town)
    await town.passes(hours=25)
    await town.says(town.li, "窗户破了")

    assert "窗户破了" in town.draft_card(town.li).text


async def test_not_mended_after_a_pressed_yes_points_to_the_way_back(town: Town) -> None:
    number = await reported(town)
    for rated in (False, True):
        await town.presses(
            town.li, next(m for m in reversed(town.private(town.li)) if "已解决" in m.buttons()), "已解决"
        )
        if rated:
            await town.presses(town.li, town.last(town.li, "打个分"), "满意")
        told = town.texts(town.grid).count("没修好，还在漏")
        await town.says(town.li, "没修好，还在漏")

        said = town.last(town.li, "请点「点错了」")
        await town.presses(town.li, said, "点错了")
        assert (await town.case(number)).state == "resolved"
        assert town.texts(town.grid).count("没修好，还在漏") > told
