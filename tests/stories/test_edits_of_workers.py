"""What workers edit: those who read it before read it anew, or the editor reads that nobody does."""

import pytest

from sandbox.messages import Message
from sandbox.people import Person
from tests.assists import accepted, assist_card
from tests.revisits import done, opens
from tests.town import Town

LOST = "您改的这条没有转出去"
FILED = "改动只记进了档案，没有转给别人"
PASSED_ON = "改动收到，看过原话的人也能看到。"

pytestmark = pytest.mark.town(known=("wang", "chen", "zhou"))


async def edits(town: Town, person: Person, message: Message, words: str) -> None:
    person.edits(message, words)
    await town.settle()


async def test_a_task_that_is_edited_is_that_of_the_units_before_they_are_called_and_after(town: Town) -> None:
    number = await accepted(town)
    await town.presses(town.wang, town.card(town.grid, number), "协办")
    for pressed in ("遵南社区", "下一步"):
        await town.presses(town.wang, town.private(town.wang)[-1], pressed)
    task = await town.says(town.wang, "带一辆车")
    page = town.private(town.wang)[-1]
    await edits(town, town.wang, task, "带一辆高空车")
    assert "就是改过的内容" in town.last(town.wang).text
    await town.presses(town.wang, page, "3天")
    assert "带一辆高空车" in assist_card(town, town.community).text

    await edits(town, town.wang, task, "带两辆高空车")
    assert town.last(town.wang).text == PASSED_ON
    assert "带两辆高空车" in assist_card(town, town.community).text
    assert "王建国 改为：\n带两辆高空车" in town.last(town.community).text
    assert "带两辆高空车" in town.texts(town.grid)
    assert "高空车" not in town.texts(town.li)


async def test_a_reason_for_a_later_deadline_is_edited_until_somebody_has_ruled(town: Town) -> None:
    number = await accepted(town)
    await town.presses(town.wang, town.card(town.grid, number), "延期")
    await town.presses(town.wang, town.private(town.wang)[-1], "+3天")
    reason = await town.says(town.wang, "等灯头")
    await edits(town, town.wang, reason, "等灯头到货")
    assert "王建国 改为：\n等灯头到货" in town.last(town.community).text
    await town.presses(town.zhou, town.last(town.community, "申请"), "不同意")
    denial = await town.replies(town.zhou, town.last(town.community, "不同意延期的原因"), "库房有")
    await edits(town, town.zhou, denial, "库房里有灯头")
    for place in (town.li, town.grid):
        assert "库房里有灯头" in town.last(place, number).text

    await edits(town, town.wang, reason, "等灯头，下周到货")
    assert FILED in town.last(town.wang).text
    assert "下周到货" not in town.texts(town.community)


async def test_the_word_of_who_asked_in_person_is_edited_for_all_who_read_it(town: Town) -> None:
    number = await done(town)
    await town.passes(days=7)
    await town.presses(town.chen, await opens(town, town.chen, town.grid, number), "居民说未解决")
    word = await town.says(town.chen, "问了李秀英，灯又灭了")
    await edits(town, town.chen, word, "问了李秀英，灯还闪")

    assert "网格员更正：\n问了李秀英，灯还闪" in town.last(town.li).text
    assert "陈静 改为：\n问了李秀英，灯还闪" in town.last(town.grid).text
    assert town.last(town.chen).text == PASSED_ON


async def test_what_is_edited_in_a_reply_that_was_not_taken_is_said_to_be_lost(town: Town) -> None:
    number = await accepted(town)
    card = town.card(town.grid, number)
    await town.presses(town.wang, card, "办结")
    photo = town.wang.sends_photo(town.grid, reply_to=town.last(town.grid, "办理结果"))
    await town.settle()
    await edits(town, town.wang, photo, "换好了")
    assert LOST in town.last(town.grid).text
    assert (await town.case(number)).state == "accepted"
    refused = await town.replies(town.stranger, card, "我也来看看")
    await edits(town, town.stranger, refused, "我明天来看看")
    assert LOST in town.last(town.grid).text
    assert "来看看" not in town.texts(town.li)
