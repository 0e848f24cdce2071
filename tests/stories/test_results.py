"""Done is a proposal: the resident is asked, and only their yes ends the case."""

import pytest

from tests.town import Town


async def done(town: Town, words: str = "已经换了新灯") -> str:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, words)
    return number


async def test_the_prompt_names_the_worker_and_the_number_and_wants_a_reply_in_words(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    toast = await town.presses(town.wang, town.card(town.grid, number), "办结")

    prompt = town.posted(town.grid)[-1]
    assert toast == "请回复群里那条消息，写明办理结果。"
    assert "王建国" in prompt.text
    assert number in prompt.text
    assert town.wang.asked_in(town.grid) == prompt
    assert town.chen.asked_in(town.grid) is None

    for sends in (town.wang.sends_sticker, town.wang.sends_photo):
        told = len(town.posted(town.grid))
        sends(town.grid, reply_to=prompt)
        await town.settle()
        (asked,) = town.posted(town.grid)[told:]
        assert f"还差文字：请回复本条消息，写明 {number} 「煤炭小区路灯坏了」 的办理结果" in asked.text
        assert (await town.case(number)).state == "accepted"
    town.wang.sends_photo(town.grid, "新灯装好了", reply_to=asked)
    await town.settle()
    assert (await town.case(number)).state == "resolved"
    assert "说已经办好了：\n新灯装好了" in town.texts(town.li)


async def test_the_resident_gets_the_evidence_and_then_the_question(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    await town.presses(town.wang, town.card(town.grid, number), "办结")
    prompt = town.posted(town.grid)[-1]
    town.wang.sends_sticker(town.grid, reply_to=prompt)
    await town.settle()
    town.wang.sends_album(town.grid, ["photo", "photo"], "新灯装好了", reply_to=prompt)
    await town.settle()
    await town.passes(seconds=3)

    received = town.private(town.li)[-3:]
    assert [message.kind for message in received] == ["photo", "photo", "text"]
    assert "说已经办好了：\n新灯装好了" in received[-1].text
    assert received[-1].buttons() == ["已解决", "未解决"]
    assert (await town.events(number)).count("case_resolved") == 1
    assert "已办结，待居民确认" in town.card(town.grid, number).text


async def test_only_the_owner_or_a_lead_reports_done(town: Town) -> None:
    number = await town.raises(town.li, "芸香小镇漏水")
    town.grid2.add(town.wang)
    await town.accepts(town.liu, town.grid2, number)

    assert "由接单人" in await town.presses(town.wang, town.card(town.grid2, number), "办结")

    other = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, other)
    await town.finishes(town.chen, town.grid, other, "负责人代为办结")
    assert (await town.case(other)).state == "resolved"


async def test_the_residents_yes_closes_the_case_and_asks_for_a_rating(town: Town) -> None:
    number = await done(town)
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "已解决")

    question = town.private(town.li)[-1]
    assert question.buttons() == ["满意", "基本满意", "不满意", "点错了"]
    await town.presses(town.li, question, "满意")
    await town.says(town.li, "小王很负责")

    case = await town.case(number)
    assert case.state == "confirmed"
    assert case.rating == "satisfied"
    assert "居民评价：满意" in town.texts(town.grid)
    assert "小王很负责" in town.texts(town.grid)
    assert town.card(town.grid, number).buttons() == []


async def test_the_optional_word_can_be_skipped(town: Town) -> None:
    number = await done(town)
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "已解决")
    await town.presses(town.li, town.private(town.li)[-1], "基本满意")
    await town.presses(town.li, town.private(town.li)[-1], "跳过")
    await town.says(town.li, "煤炭小区还有一件别的事")

    assert (await town.events(number))[-1] == "case_rated"
    assert "提交" in town.draft_card(town.li).buttons()


async def test_a_question_takes_the_next_message_for_ten_minutes_only(town: Town) -> None:
    number = await done(town)
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "未解决")
    await town.passes(minutes=10)
    await town.says(town.li, "广场的喷泉坏了")

    assert "return_explained" not in await town.events(number)
    assert "广场的喷泉坏了" in town.draft_card(town.li).text


@pytest.mark.parametrize("instead", ["我的诉求", "微心愿", "/help"])
async def test_a_word_of_the_menu_or_a_command_cancels_the_question(town: Town, instead: str) -> None:
    number = await done(town)
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "未解决")
    await town.says(town.li, instead)
    await town.says(town.li, "广场的喷泉坏了")

    assert "return_explained" not in await town.events(number)
    assert "广场的喷泉坏了" in town.draft_card(town.li).text


async def test_not_solved_goes_back_at_once_and_the_second_time_climbs_and_each_reason_follows(town: Town) -> None:
    number = await done(town)
    question = town.last(town.li, "说已经办好了")
    await town.presses(town.li, question, "未解决")

    case = await town.case(number)
    assert (case.state, case.returns) == ("accepted", 1)
    assert case.owner
    assert case.owner.name == "王建国"
    assert question.buttons() == []
    assert "居民说：未解决（第 1 次退回）" in town.texts(town.grid)
    assert town.private(town.li)[-1].buttons() == ["跳过"]
    town.li.sends_photo(town.bot, "还是不亮")
    await town.settle()
    assert "退回原因：\n还是不亮" in town.texts(town.grid)
    assert town.posted(town.grid)[-1].kind == "photo"
    assert town.card(town.grid, number).buttons() == ["办结", "协办", "延期", "转派", "上报"]

    await town.finishes(town.wang, town.grid, number, "又修了一次")
    assert [m.buttons() for m in town.private(town.li) if "已解决" in m.buttons()] == [["已解决", "未解决"]]
    await town.presses(town.li, town.last(town.li, "又修了一次"), "未解决")
    await town.says(town.li, "根本没人来过")
    case = await town.case(number)
    assert (case.state, case.unit, case.returns) == ("submitted", "ZN", 2)
    assert case.first_owner
    assert case.first_owner.name == "王建国"
    assert "居民多次退回，自动上报" in town.texts(town.grid)
    assert "居民多次退回，自动上报" in town.texts(town.community)
    assert "根本没人来过" in town.texts(town.community)
    assert "首问负责 王建国" in town.card(town.community, number).text


async def test_a_mistaken_yes_can_be_taken_back_for_ten_minutes(town: Town) -> None:
    number = await done(town)
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "已解决")
    mistake = town.private(town.li)[-1]
    await town.passes(minutes=9)
    await town.presses(town.li, mistake, "点错了")

    assert (await town.case(number)).state == "resolved"
    assert town.private(town.li)[-1].buttons() == ["已解决", "未解决"]
    await town.presses(town.li, town.private(town.li)[-1], "已解决")
    await town.passes(minutes=10)
    late = await town.presses(town.li, town.last(town.li, "打个分"), "点错了")
    assert "已经过了可以更改的时间" in late
    assert (await town.case(number)).state == "confirmed"


async def test_nobody_but_the_resident_can_confirm_and_by_the_buttons_alone(town: Town) -> None:
    number = await done(town)
    town.zhao.starts(town.bot)
    await town.settle()
    case = await town.case(number)

    for data in (f"cy:{case.id}", f"cn:{case.id}", f"mw:{case.id}", f"cr:{case.id}:satisfied"):
        assert await town.forges(town.zhao, town.private(town.zhao)[0], data) == "这件事只有提出的居民能操作。"
    assert (await town.case(number)).state == "resolved"

    await town.replies(town.li, town.last(town.li, "说已经办好了"), "我明天去看看")
    assert (await town.events(number))[-1] == "case_supplemented"
    assert town.private(town.li)[-1].buttons() == ["已解决", "未解决"]
    assert (await town.case(number)).state == "resolved"
