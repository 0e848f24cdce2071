"""Drafts survive, are put away, and may become part of a case that is open already."""

from tests.town import Town


async def test_a_draft_survives_a_restart(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "路灯坏了")
    await town.restart()
    await town.says(town.li, "一共三盏")
    await town.presses(town.li, town.draft_card(town.li), "提交")

    assert (await town.case(town.number_told(town.li))).text == "路灯坏了\n一共三盏"


async def test_an_unfinished_draft_is_put_away_with_a_word_and_can_be_taken_up(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "路灯坏了")
    await town.passes(days=1)

    word = town.last(town.li, "先替您收起来了")
    assert word.buttons() == ["继续填写"]
    await town.presses(town.li, word, "继续填写")
    await town.presses(town.li, town.draft_card(town.li), "提交")
    assert (await town.case(town.number_told(town.li))).text == "路灯坏了"


async def test_a_draft_that_is_still_written_on_is_not_put_away(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "路灯坏了")
    await town.passes(hours=20)
    await town.says(town.li, "还没修")
    await town.passes(hours=20)

    assert "收起来" not in town.texts(town.li)
    assert "提交" in town.draft_card(town.li).buttons()


async def test_a_draft_offers_to_be_added_to_an_open_case(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    number = await town.raises(town.li, "路灯坏了")
    await town.says(town.li, "今晚又黑了")
    town.li.sends_photo(town.bot)
    await town.settle()

    card = town.draft_card(town.li)
    assert f"补充到 {number}" in card.buttons()
    await town.presses(town.li, card, f"补充到 {number}")

    assert await town.count("cases") == 1
    assert (await town.events(number))[-1] == "case_supplemented"
    assert "居民补充：\n今晚又黑了" in town.texts(town.grid)
    assert town.posted(town.grid)[-1].kind == "photo"
    assert town.last(town.li, "已补充到").buttons() == []


async def test_an_answer_to_a_question_without_replying_is_offered_to_that_case_first(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    first = await town.raises(town.li, "路灯坏了")
    second = await town.raises(town.li, "井盖松了")
    await town.accepts(town.wang, town.grid, first)
    await town.replies(town.wang, town.card(town.grid, first), "请问是哪一盏？")
    assert "想问您" in town.texts(town.li)
    assert (await town.case(first)).state == "waiting"

    await town.says(town.li, "最里面那盏")
    offers = [label for label in town.draft_card(town.li).buttons() if label.startswith("补充到")]
    assert offers == [f"补充到 {first}", f"补充到 {second}"]
    await town.presses(town.li, town.draft_card(town.li), offers[0])

    assert (await town.case(first)).state == "accepted"
    assert "居民答复：\n最里面那盏" in town.texts(town.grid)


async def test_a_draft_of_somebody_else_cannot_be_submitted(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    town.zhao.starts(town.bot)
    await town.says(town.li, "路灯坏了")

    answer = await town.forges(town.zhao, town.last(town.zhao), "ds:1")

    assert answer == "这份草稿已经处理过了。有新的事，直接发给我就行。"
    assert await town.count("cases") == 0


async def test_a_draft_is_not_taken_up_while_another_is_being_written(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "路灯坏了")
    await town.passes(days=2)
    word = town.last(town.li, "放了太久，先替您收起来了")
    await town.says(town.li, "井盖松了")

    assert "您正在写另一份" in await town.presses(town.li, word, "继续填写")
    await town.presses(town.li, town.draft_card(town.li), "取消")
    await town.presses(town.li, word, "继续填写")
    assert "💬 路灯坏了" in town.draft_card(town.li).text
