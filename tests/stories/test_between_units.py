"""Between units that work beside each other: what they say reaches each other, and nobody else."""

import pytest

from tests.assists import accepted, assist_card, calls, in_one_group
from tests.organisations import WITH_LAMPS
from tests.stories.test_albums import arrived, held_back
from tests.town import Town

pytestmark = pytest.mark.town(organisation=WITH_LAMPS, known=("wang", "chen", "wu"))


async def test_where_both_units_work_in_one_group_no_answer_about_an_assist_reaches_the_resident(town: Town) -> None:
    number = await accepted(town)
    await in_one_group(town)
    await calls(town, number, "路灯所")
    await town.replies(town.wang, assist_card(town, town.grid), "你们什么时候到")
    assert (await town.file(number))[-1].told["unit"] == "LD"
    await town.replies(town.wu, assist_card(town, town.grid), "灯杆是几号的？")
    assert (await town.events(number))[-1] == "assist_told"
    await town.presses(town.wang, town.card(town.grid, number), "办结")
    await town.alters("DELETE FROM posts")  # as if the process had died before it could note what it sent
    await town.replies(town.wang, town.last(town.grid, "还有单位在协办"), "再等等他们")
    await town.presses(town.wu, assist_card(town, town.grid), "退单")
    prompt = town.last(town.grid, "不能协办的原因")
    await town.replies(town.wang, prompt, "我替他说")
    assert "请由他们操作" in town.posted(town.grid)[-1].text
    await town.replies(town.wu, prompt, "不归我们")
    await town.replies(town.wang, assist_card(town, town.grid, over=True), "那算了")

    for words in ("你们什么时候到", "灯杆", "再等等他们", "我替他说", "那算了"):
        assert words not in town.texts(town.li)
    await town.replies(town.wang, town.card(town.grid, number), "师傅下午来")
    assert "师傅下午来" in town.texts(town.li)


async def test_in_the_group_of_a_called_unit_nothing_is_said_to_the_resident(town: Town) -> None:
    number = await accepted(town)
    town.wang.joins(town.lamps)
    await town.settle()
    await calls(town, number, "路灯所")
    await town.replies(town.wang, assist_card(town, town.lamps), "你们什么时候到")
    assert "你们什么时候到" in town.posted(town.lamps)[-1].text
    await town.presses(town.wu, assist_card(town, town.lamps), "退单")
    await town.replies(town.wu, town.last(town.lamps, "不能协办的原因"), "不归我们")
    await town.replies(town.wang, assist_card(town, town.lamps, over=True), "那算了")

    for words in ("你们什么时候到", "那算了"):
        assert words not in town.texts(town.li)


async def test_what_is_put_right_or_comes_late_between_units_reaches_who_read_it_and_so_does_an_answer_to_that(
    town: Town,
) -> None:
    number = await accepted(town)
    await calls(town, number, "路灯所")
    asked = await town.replies(town.wu, assist_card(town, town.lamps), "灯杆是几号的？")
    answered = await town.replies(town.wang, town.last(town.grid, "灯杆是几号的"), "7号杆")
    town.wu.edits(asked, "灯杆是几号的？几米高？")
    town.wang.edits(answered, "8号杆")
    await town.settle()
    assert town.posted(town.grid)[-1].text.endswith("吴师傅 改为：\n灯杆是几号的？几米高？")
    assert town.posted(town.lamps)[-1].text.endswith("王建国 改为：\n8号杆")

    await town.replies(town.wang, town.last(town.grid, "几米高"), "六米")
    assert "六米" in town.texts(town.lamps)
    town.wang.edits(answered, "//业主欠费")
    await town.settle()
    for words in ("六米", "8号杆", "业主欠费"):
        assert words not in town.texts(town.li)
    assert "业主欠费" not in town.texts(town.lamps)

    card = assist_card(town, town.lamps)
    _, second = town.wu.sends_album(town.lamps, ["photo", "photo"], "灯杆断了", reply_to=card)
    late = held_back(town, second)
    await arrived(town)
    town.bot.updates.put("message", late)
    await arrived(town)
    assert [message.kind for message in town.posted(town.grid)].count("photo") == 2
    assert "photo" not in [message.kind for message in town.private(town.li)]


async def test_a_photo_sent_along_with_the_task_reaches_who_is_called_and_nobody_else(town: Town) -> None:
    number = await accepted(town)
    await town.presses(town.wang, town.card(town.grid, number), "协办")
    await town.presses(town.wang, town.private(town.wang)[-1], "路灯所")
    await town.presses(town.wang, town.private(town.wang)[-1], "下一步")
    town.wang.sends_photo(town.bot)
    await town.settle()
    assert "照片请和文字一起发" in town.private(town.wang)[-1].text
    town.wang.sends_photo(town.bot, "换灯头")
    await town.settle()
    await town.presses(town.wang, town.private(town.wang)[-1], "3天")

    sent = [message for message in town.posted(town.lamps) if message.kind == "photo"]
    assert [(photo.reply_to, "王建国" in photo.caption) for photo in sent] == [(assist_card(town, town.lamps), True)]
    for place in (town.private(town.li), town.posted(town.grid)):
        assert "photo" not in [message.kind for message in place]
    await town.says(town.li, f"/case {number}")
    assert "附件" not in town.private(town.li)[-1].text


async def test_who_takes_a_case_over_reads_the_open_tasks_and_those_called_read_who_it_is_and_if_it_is_refused(
    town: Town,
) -> None:
    number = await accepted(town)
    await calls(town, number, "路灯所", "遵南社区 · 第2网格", task="换灯头")
    await town.presses(town.wang, town.card(town.grid, number), "转派")
    await town.says(town.wang, "遵南社区")
    reason = await town.says(town.wang, "要社区协调")
    town.wang.edits(reason, "要社区协调用电")
    await town.settle()

    assert "王建国 请 路灯所、遵南社区 · 第2网格 协办：换灯头" in town.texts(town.community)
    for group in (town.lamps, town.grid2):
        assert "现在由 遵南社区 主办，你们的协办照旧" in town.texts(group)
    assert "现在由 遵南社区 主办，你们" not in town.texts(town.li)
    for group in (town.grid, town.community):
        assert "王建国 改为：\n要社区协调用电" in town.texts(group)
    assert "要社区协调用电" not in town.texts(town.li)

    await town.presses(town.zhou, town.card(town.community, number), "不予受理")
    await town.replies(town.zhou, town.last(town.community, "不予受理的原因"), "不在本区")
    for unit, group in (("路灯所", town.lamps), ("遵南社区 · 第2网格", town.grid2)):
        assert f"{unit} 的协办结束：主办单位不予受理" in town.texts(group)
    assert (await town.case(number)).assisting == ()


async def test_who_has_reported_hears_once_that_the_case_is_done_and_that_it_was_withdrawn(town: Town) -> None:
    number = await accepted(town)
    await calls(town, number, "路灯所")
    await town.presses(town.wu, assist_card(town, town.lamps), "接单")
    await town.presses(town.wu, assist_card(town, town.lamps), "办结")
    await town.replies(town.wu, town.last(town.lamps, "协办情况"), "灯头换好了")
    for _ in range(2):
        await town.finishes(town.wang, town.grid, number, "灯亮了")
        await town.presses(town.li, town.last(town.li, "灯亮了"), "未解决")
    done = "你们协办过，现在有结果：主办单位已办结，正请居民确认。"
    assert town.texts(town.lamps).count(done) == 1

    await town.says(town.li, f"/case {number}")
    await town.presses_twice(town.li, town.private(town.li)[-1], "撤回")
    assert "你们协办过，现在有结果：居民已撤回。" in town.texts(town.lamps)


async def test_a_called_unit_reads_the_name_of_the_resident_nowhere(town: Town) -> None:
    number = await accepted(town)
    await calls(town, number, "路灯所")
    await town.presses(town.wu, assist_card(town, town.lamps), "接单")
    town.wu.writes(town.lamps, f"/case@minhu_bot {number}")
    await town.says(town.wu, f"/case {number}")
    await town.says(town.wu, "/todo")
    await town.presses(town.wu, assist_card(town, town.lamps), "办结")
    await town.replies(town.wu, town.last(town.lamps, "协办情况"), "灯头换好了")

    for place in (town.lamps, town.wu):
        assert "换灯头" in town.texts(place)
        assert "李秀英" not in town.texts(place)
    await town.says(town.wang, f"/case {number}")
    assert "👤 李秀英" in town.private(town.wang)[-1].text


async def test_who_calls_a_unit_second_reads_who_was_first_and_is_asked_no_more(town: Town) -> None:
    number = await accepted(town)
    await town.presses(town.chen, town.card(town.grid, number), "协办")
    await town.presses(town.chen, town.private(town.chen)[-1], "路灯所")
    await town.presses(town.chen, town.private(town.chen)[-1], "下一步")
    await town.says(town.chen, "换灯泡")
    page = town.private(town.chen)[-1]
    await calls(town, number, "路灯所")
    await town.presses(town.chen, page, "1天")

    assert town.private(town.chen)[-1].text == f"{number} 不用再请了：王建国 已经请 路灯所 协办。"
    assert page.buttons() == []
    assert await town.count("questions") == 0
    assert (await town.events(number)).count("assist_called") == 1
