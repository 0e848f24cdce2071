"""Buttons that have done their work go away, wherever the answer came from."""

from tests.assists import accepted, calls
from tests.stories.test_refusing import refused
from tests.stories.test_results import done
from tests.town import Town


async def test_the_answer_under_one_message_ends_the_question_under_all_and_in_words_or_by_another_it_ends_too(
    town: Town,
) -> None:
    number = await done(town)
    await town.passes(days=1)
    first, reminder = (one for one in town.private(town.li) if "已解决" in one.buttons())
    await town.presses(town.li, reminder, "未解决")
    assert first.buttons() == reminder.buttons() == []
    question = town.private(town.li)[-1]
    assert question.buttons() == ["跳过"]

    await town.presses(town.li, await town.opens(town.li, number), "补充")
    assert question.buttons() == []
    question = town.private(town.li)[-1]
    assert question.buttons() == ["跳过"]
    await town.says(town.li, "还是不亮")
    assert question.buttons() == []


async def test_a_rating_that_was_given_leaves_only_the_way_back_and_that_goes_in_time(town: Town) -> None:
    await done(town)
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "已解决")
    rating = town.last(town.li, "打个分")
    await town.presses(town.li, rating, "满意")

    assert "评价：满意" in rating.text
    assert rating.buttons() == ["点错了"]
    await town.passes(minutes=10)
    await town.presses(town.li, rating, "点错了")
    assert rating.buttons() == ["又出现了"]


async def test_a_yes_taken_back_is_neither_rated_nor_taken_back_again(town: Town) -> None:
    await done(town)
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "已解决")
    rating = town.last(town.li, "打个分")
    await town.presses(town.li, rating, "点错了")

    assert rating.buttons() == []
    assert town.private(town.li)[-1].buttons() == ["已解决", "未解决"]


async def test_an_objection_and_a_transfer_leave_no_buttons_behind(town: Town) -> None:
    await refused(town)
    told = town.last(town.li, "没有受理")
    await town.presses(town.li, told, "不同意")
    assert told.buttons() == []

    number = await town.raises(town.zhao, "煤炭小区路灯坏了")
    await town.says(town.wang, "/start")
    await town.presses(town.wang, town.card(town.grid, number), "转派")
    page = town.private(town.wang)[-1]
    await town.presses(town.wang, page, "遵南社区 · 第2网格")
    assert "取消" in page.buttons()
    await town.says(town.wang, "在他们那边")
    assert page.buttons() == []


async def test_where_only_the_grid_is_known_the_building_is_asked_for_and_joins_the_case(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "着火了，有老人被困")
    await town.passes(minutes=2)
    number = town.number_told(town.li)
    assert number in town.last(town.li, "在几栋几单元").text
    await town.says(town.li, "2栋3单元")

    assert await town.count("drafts WHERE state = 'open'") == 0
    assert await town.count("cases") == 1
    assert "2栋3单元" in town.texts(town.grid)
    assert town.private(town.li)[-1].text == f"{number} 「着火了，有老人被困」 已补充，网格员看得到。"


async def test_what_answers_a_workers_question_that_is_past_reaches_nobody_and_says_so(town: Town) -> None:
    town.wang.starts(town.bot)
    number = await accepted(town)
    await calls(town, number, "遵南社区", task="借一辆高空车")
    page = town.last(town.wang, "做什么")
    before = len(town.private(town.li))
    await town.replies(town.wang, page, "再带两个灯头")
    said = town.last(town.wang)
    await town.replies(town.wang, page, "// 灯头在仓库")

    assert "您写的没有发出" in said.text
    assert len(town.private(town.li)) == before
    assert "灯头" not in town.texts(town.community)
    assert (await town.events(number))[-1] == "note_taken"
    await town.replies(town.wang, said, "明天带高空车来")
    assert "明天带高空车来" in town.texts(town.li)


async def test_a_result_that_comes_too_late_is_refused_and_one_more_photo_of_it_is_passed_on(town: Town) -> None:
    number = await accepted(town)
    await town.presses(town.wang, town.card(town.grid, number), "办结")
    prompt = town.last(town.grid, "办理结果")
    await town.replies(town.wang, prompt, "换好了")
    town.wang.sends_photo(town.grid, "亮了", reply_to=prompt)
    await town.settle()
    assert town.last(town.li).caption.endswith("亮了")

    await town.presses(town.li, town.last(town.li, "解决了吗"), "未解决")
    await town.presses(town.wang, town.card(town.grid, number), "办结")
    await town.presses_twice(town.wang, town.card(town.grid, number), "上报")
    await town.replies(town.wang, town.last(town.grid, "办理结果"), "又修了一遍")
    assert "又修了一遍" not in town.texts(town.li)
    assert "遵南社区" in town.posted(town.grid)[-1].text
