"""Between units that work beside each other: what they say reaches each other, and nobody else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.assists import accepted, assist_card, calls, in_one_group
from tests.organisations import WITH_LAMPS
from tests.town import Town, open_town


@pytest.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(database_url, tmp_path, organisation=WITH_LAMPS) as opened:
        for person in (opened.wang, opened.chen, opened.wu):
            person.starts(opened.bot)
        await opened.settle()
        yield opened


async def test_no_answer_to_the_card_of_an_assist_or_to_who_is_still_at_it_reaches_the_resident(town: Town) -> None:
    number = await accepted(town)
    await in_one_group(town)
    await calls(town, number, "路灯所")
    await town.replies(town.wang, assist_card(town, town.grid), "你们什么时候到")
    assert (await town.file(number))[-1].told["unit"] == "LD"
    await town.presses(town.wang, town.card(town.grid, number), "办结")
    await town.alters("DELETE FROM posts")  # as if the process had died before it could note what it sent
    await town.replies(town.wang, town.last(town.grid, "还有单位在协办"), "再等等他们")
    await town.presses(town.wu, assist_card(town, town.grid), "退单")
    prompt = town.last(town.grid, "不能协办的原因")
    await town.replies(town.wang, prompt, "我替他说")
    assert "请由他们操作" in town.posted(town.grid)[-1].text
    await town.replies(town.wu, prompt, "不归我们")
    await town.replies(town.wang, assist_card(town, town.grid, over=True), "那算了")

    for words in ("你们什么时候到", "再等等他们", "我替他说", "那算了"):
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
