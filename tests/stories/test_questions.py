"""What the bot asks in private has one answer: the right one, for the right case, while anybody still wants it."""

from sandbox.messages import Message
from tests.town import Town


async def two_cases(town: Town) -> tuple[str, str]:
    """Let 李秀英 raise two cases, both accepted."""
    town.li.starts(town.bot, "g_ZN-01")
    numbers = await town.raises(town.li, "路灯坏了"), await town.raises(town.li, "井盖松了")
    for number in numbers:
        await town.accepts(town.wang, town.grid, number)
    return numbers


async def asks_to_add(town: Town, number: str) -> Message:
    """Let 李秀英 press 补充 on a case's page; return the question."""
    await town.presses(town.li, await town.opens(town.li, number), "补充")
    return town.last(town.li, "请发来要补充的内容")


async def test_a_reply_to_a_workers_question_is_the_answer_whatever_it_says_and_whatever_the_bot_has_asked(
    town: Town,
) -> None:
    number, _ = await two_cases(town)
    for word in ("咨询", "跳过", "我的诉求"):
        await town.replies(town.wang, town.card(town.grid, number), "您要投诉还是咨询？")
        await town.replies(town.li, town.last(town.li, "想问您"), word)

        assert (await town.file(number))[-1].told["text"] == word
        assert (await town.case(number)).state == "accepted"
        assert "还没提交" not in "".join(message.text for message in town.private(town.li)[-3:])

    await town.finishes(town.wang, town.grid, number, "换了")
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "未解决")
    await town.replies(town.wang, town.card(town.grid, number), "哪一盏还不亮？")
    await town.replies(town.li, town.last(town.li, "想问您"), "最里面那盏")
    assert (await town.events(number))[-1] == "question_answered"
    assert (await town.case(number)).state == "accepted"


async def test_skipping_one_question_leaves_the_one_about_another_case(town: Town) -> None:
    first, second = await two_cases(town)
    past = await asks_to_add(town, first)
    now = await asks_to_add(town, second)
    assert past.buttons() == []
    skip = f"sq:{(await town.case(first)).id}:supplement"
    assert "不用回答了" in await town.forges(town.li, past, skip)
    await town.says(town.li, "就在门口")

    assert (await town.file(second))[-1].told["text"] == "就在门口"
    assert now.buttons() == []


async def test_what_happens_to_a_draft_leaves_the_question_about_a_case_which_takes_an_answer_for_ten_minutes(
    town: Town,
) -> None:
    first, _ = await two_cases(town)
    await town.says(town.li, "还有一件事")
    await asks_to_add(town, first)
    await town.presses(town.li, town.draft_card(town.li), "取消")
    await town.says(town.li, "就在门口")
    assert (await town.file(first))[-1].told["text"] == "就在门口"

    await asks_to_add(town, first)
    await town.passes(minutes=11)
    await town.says(town.li, "楼道灯也坏了")
    assert "楼道灯也坏了" in town.draft_card(town.li).text


async def test_skipping_the_reason_of_a_return_leaves_the_word_to_the_rating_of_the_same_case(town: Town) -> None:
    number, _ = await two_cases(town)
    await town.finishes(town.wang, town.grid, number, "换了")
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "未解决")
    reason = town.last(town.li, "哪里没有解决好")
    await town.finishes(town.wang, town.grid, number, "又换了")
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "已解决")
    await town.presses(town.li, town.last(town.li, "打个分"), "满意")
    await town.forges(town.li, reason, f"sq:{(await town.case(number)).id}:return_reason")
    await town.says(town.li, "师傅很好")

    assert (await town.events(number))[-1] == "rating_explained"


async def test_a_yes_taken_back_leaves_the_question_about_another_case(town: Town) -> None:
    first, second = await two_cases(town)
    await town.finishes(town.wang, town.grid, first, "换了")
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "已解决")
    await asks_to_add(town, second)
    await town.presses(town.li, town.last(town.li, "打个分"), "点错了")
    await town.says(town.li, "就在门口")

    assert (await town.file(second))[-1].told["text"] == "就在门口"


async def test_the_answer_for_a_case_that_has_ended_meanwhile_stays_as_a_draft(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    number = await town.raises(town.li, "路灯坏了")
    question = await asks_to_add(town, number)
    await town.presses(town.wang, town.card(town.grid, number), "不予受理")
    await town.replies(town.wang, town.last(town.grid), "不归我们管")
    await town.says(town.li, "一共三盏")

    assert f"{number} 已经结束（不予受理），补充进去没人再办了" in town.texts(town.li)
    assert "一共三盏" in town.draft_card(town.li).text
    assert await town.events(number) == ["case_raised", "case_refused"]
    await town.replies(town.li, question, "在3栋门口")
    assert (await town.file(number))[-1].told["text"] == "在3栋门口"
    assert "这件已经结束" in town.texts(town.li)


async def test_withdrawing_a_case_ends_the_question_about_it_and_an_old_button_asks_no_more(town: Town) -> None:
    first, _ = await two_cases(town)
    await asks_to_add(town, first)
    page = town.last(town.li, "经过")
    await town.presses_twice(town.li, page, "撤回")
    await town.says(town.li, "楼道灯也坏了")
    assert "楼道灯也坏了" in town.draft_card(town.li).text
    assert "没有人再办" not in town.texts(town.li)

    assert page.buttons() == []
    add = f"ms:{(await town.case(first)).id}"
    assert "已撤回" in await town.forges(town.li, page, add)
    assert town.texts(town.li).count("请发来要补充的内容") == 1


async def test_who_skips_with_two_questions_open_leaves_first_the_one_asked_last(town: Town) -> None:
    number = await town.raises(town.zhao, "红星苑12栋路灯坏了")
    await town.says(town.zhao, "红星苑电梯坏了")
    await town.presses(town.zhao, await town.opens(town.zhao, number), "补充")
    await town.says(town.zhao, "跳过")
    assert "已跳过" in town.texts(town.zhao)
    assert "提交" not in town.draft_card(town.zhao).buttons()
    await town.says(town.zhao, "跳过")
    assert "弄清楚地点" in town.texts(town.zhao)
    assert "提交" in town.draft_card(town.zhao).buttons()
    await town.says(town.zhao, "跳过")
    assert "现在没有要跳过的问题" in town.texts(town.zhao)


async def test_the_place_can_be_skipped_as_long_as_it_is_missing(town: Town) -> None:
    await town.says(town.li, "路灯坏了")
    await town.passes(minutes=11)
    await town.says(town.li, "/my")
    await town.says(town.li, "跳过")

    assert "先交给 播州区 弄清楚地点" in town.texts(town.li)
    assert "提交" in town.draft_card(town.li).buttons()
