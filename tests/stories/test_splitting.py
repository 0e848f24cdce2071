"""拆分: one message held two matters; the second becomes a case of the same resident, and each names the other."""

from datetime import timedelta

import pytest

from tests.town import Town

BOTH = "煤炭小区路灯坏了，还有楼下垃圾没人清"
RUBBISH = "楼下垃圾堆了一个星期没人清运"


def second_told(town: Town) -> str:
    """Return the number of the case that 李秀英 read of last that it was split off."""
    return town.last(town.li, "分开办理").text.split()[1]


async def split_off(town: Town, number: str, words: str = RUBBISH) -> str:
    """Let 王建国 split a second matter off a case in the group; return its number."""
    await town.says_in(town.wang, town.grid, f"/split {number}")
    await town.replies(town.wang, town.last(town.grid, "拆出来的那件事"), words)
    return second_told(town)


async def test_the_second_matter_is_a_new_case_at_the_same_unit_as_its_resident_and_both_files_read(town: Town) -> None:
    number = await town.raises(town.li, BOTH)
    await town.accepts(town.wang, town.grid, number)
    await town.passes(hours=1)
    other = await split_off(town, number)

    first, second = await town.case(number), await town.case(other)
    assert (first.text, first.state, first.splits) == (BOTH, "accepted", 1)
    assert (second.text, second.state, second.unit, second.owner) == (RUBBISH, "submitted", "ZN-01", None)
    assert (second.resident, second.address, second.split_from) == (first.resident, first.address, first.id)
    assert second.category != first.category
    assert second.responsible.accept.due_at == town.clock.now() + timedelta(minutes=30)
    assert f"✂️ 另拆出 {other}" in town.card(town.grid, number).text
    card = town.card(town.grid, other)
    assert f"✂️ 拆自 {number}" in card.text
    assert card.buttons() == ["接单", "转派", "上报", "不予受理"]

    assert town.private(town.li)[-1].text == (
        f"✂️ {other} 「{RUBBISH}」\n"
        f"您在 {number} 里说了两件事，那件照常办理，这一件单独登记，分开办理：\n{RUBBISH}\n\n"
        f"由 遵南社区 · 第1网格 负责，最晚 11月23日 11:30 有人接单，11月25日 11:00 办完。"
    )
    own = (await town.opens(town.li, number)).text
    assert f"✂️ 另拆出 {other}" in own
    assert f"其中一件单独登记为 {other} ：{RUBBISH}" in own
    own = (await town.opens(town.li, other)).text
    assert f"✂️ 拆自 {number}" in own
    assert f"从您的 {number} 拆出，由 遵南社区 · 第1网格 负责" in own
    assert f"王建国 从 {number} 拆出" in (await town.opens(town.wang, other)).text
    await town.replies(town.li, town.last(town.li, "分开办理"), "在三单元门口")
    assert (await town.events(other))[-1] == "case_supplemented"


async def test_in_private_it_can_be_left_and_the_words_are_the_next_message_for_which_a_photo_alone_is_asked(
    town: Town,
) -> None:
    number = await town.raises(town.li, BOTH)
    page = await town.opens(town.wang, number)
    await town.presses(town.wang, page, "拆分")
    await town.presses(town.wang, town.last(town.wang, "说了两件事？"), "取消")
    assert await town.count("cases") == 1
    await town.presses(town.wang, page, "拆分")
    town.wang.sends_photo(town.bot)
    await town.settle()
    assert "还差文字" in town.last(town.wang, "✂️").text
    town.wang.sends_photo(town.bot, RUBBISH)
    await town.settle()

    other = second_told(town)
    assert (await town.case(other)).text == RUBBISH
    assert town.last(town.wang, "已单独登记").text.startswith(f"✅ 已单独登记： {other} ")
    assert f"{number} 「{BOTH[:15]}…」 王建国 拆出另一件 {other} ：{RUBBISH}" in town.texts(town.grid)
    assert town.posted(town.grid)[-1].kind == "photo"
    await town.says(town.wang, "好了")
    assert await town.count("cases") == 2


async def test_a_prompt_answered_twice_makes_one_and_two_who_both_write_make_two(town: Town) -> None:
    number = await town.raises(town.li, BOTH)
    for worker in (town.wang, town.chen):
        await town.says_in(worker, town.grid, f"/split {number}")
    mine, hers = [message for message in town.posted(town.grid) if "拆出来的那件事" in message.text]
    await town.replies(town.wang, mine, RUBBISH)
    await town.replies(town.wang, mine, "门禁也坏了")
    assert "已经拆过一次了" in town.posted(town.grid)[-1].text
    await town.replies(town.chen, hers, "门禁也坏了")

    assert await town.count("cases") == 3
    assert (await town.case(number)).splits == 2
    assert "门禁也坏了" not in [row.told.get("text") for row in await town.file(number) if row.event == "progress_told"]


@pytest.mark.both_databases
async def test_two_at_once_each_get_a_number_of_their_own(town: Town) -> None:
    number = await town.raises(town.li, BOTH)
    for worker, words in ((town.wang, RUBBISH), (town.chen, "三单元门禁坏了")):
        await town.presses(worker, await town.opens(worker, number), "拆分")
        worker.writes(town.bot, words)
    await town.settle()

    assert await town.count("cases") == 3
    assert (await town.case(number)).splits == 2


async def test_what_was_split_off_can_be_split_again_and_names_both(town: Town) -> None:
    number = await town.raises(town.li, BOTH)
    second = await split_off(town, number)
    third = await split_off(town, second, "三单元门禁也坏了")

    text = town.card(town.grid, second).text
    assert f"✂️ 拆自 {number}" in text
    assert f"✂️ 另拆出 {third}" in text


async def test_an_ended_case_is_not_split_and_a_prompt_left_open_says_so(town: Town) -> None:
    number = await town.raises(town.li, BOTH)
    await town.says_in(town.wang, town.grid, f"/split {number}")
    await town.presses_twice(town.li, await town.opens(town.li, number), "撤回")
    await town.replies(town.wang, town.last(town.grid, "拆出来的那件事"), RUBBISH)
    assert f"{number} 没有生效" in town.posted(town.grid)[-1].text

    await town.says_in(town.wang, town.grid, f"/split {number}")
    assert f"{number} 没有生效" in town.posted(town.grid)[-1].text
    assert await town.count("cases") == 1
    assert "拆分" not in (await town.opens(town.chen, number)).buttons()


async def test_a_lead_above_splits_where_they_are_and_others_may_not(town: Town) -> None:
    number = await town.raises(town.li, BOTH)
    await town.accepts(town.wang, town.grid, number)
    await town.presses_twice(town.wang, town.card(town.grid, number), "上报")
    await town.says_in(town.wang, town.grid, f"/split {number}")
    assert "请由他们操作" in town.posted(town.grid)[-1].text

    await town.says_in(town.sun, town.street, f"/split@minhu_bot {number}")
    await town.replies(town.sun, town.last(town.street, "拆出来的那件事"), RUBBISH)
    assert await town.count("cases") == 2
    assert f"孙科长 拆出另一件 {second_told(town)} ：{RUBBISH}" in town.texts(town.community)
    assert f"✂️ 拆自 {number}" in town.card(town.community, second_told(town)).text


async def test_it_is_typed_in_private_too_and_without_a_number_it_says_how(town: Town) -> None:
    await town.says_in(town.wang, town.grid, "/split@minhu_bot")
    assert "/split MH2611_00042" in town.posted(town.grid)[-1].text
    number = await town.raises(town.li, BOTH)
    await town.says(town.wang, "/split 1")
    await town.says(town.wang, RUBBISH)

    other = second_told(town)
    assert other != number
    assert RUBBISH in town.card(town.grid, other).text
    assert "请回复本条消息" not in town.texts(town.grid)


async def test_danger_is_only_in_the_case_whose_words_tell_of_it(town: Town) -> None:
    town.chen.starts(town.bot)
    number = await town.raises(town.li, BOTH)
    other = await split_off(town, number, "二楼有人被困在电梯里了")
    assert ((await town.case(number)).urgent, (await town.case(other)).urgent) == (False, True)
    assert "被困" in town.private(town.chen)[-1].text

    calm = await split_off(town, other, RUBBISH)
    assert not (await town.case(calm)).urgent


async def test_an_anonymous_resident_stays_so_and_photos_go_along_when_the_second_is_passed_on(town: Town) -> None:
    town.li.sends_photo(town.bot, BOTH)
    await town.settle()
    await town.presses(town.li, town.draft_card(town.li), "匿名")
    await town.presses(town.li, town.draft_card(town.li), "提交")
    other = await split_off(town, town.number_told(town.li))
    assert "匿名" in town.card(town.grid, other).text

    await town.presses_twice(town.wang, town.card(town.grid, other), "上报")
    photo = town.posted(town.community)[-1]
    assert photo.kind == "photo"
    assert photo.reply_to == town.card(town.community, other)


async def test_an_edit_of_the_workers_words_rewords_the_second_case(town: Town) -> None:
    number = await town.raises(town.li, BOTH)
    await town.says_in(town.wang, town.grid, f"/split {number}")
    said = await town.replies(town.wang, town.last(town.grid, "拆出来的那件事"), "楼下垃圾没人轻")
    town.wang.edits(said, "楼下垃圾没人清")
    await town.settle()

    assert (await town.case(second_told(town))).text == "楼下垃圾没人清"
    assert "楼下垃圾没人清" in town.card(town.grid, second_told(town)).text
