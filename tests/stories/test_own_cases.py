"""我的诉求: a resident's own cases, with timeline, adding, nudging and withdrawing."""

import pytest

from domain.desk.casework.view import PAGE
from tests.town import Town


async def opened(town: Town, number: str) -> None:
    await town.says(town.li, "我的诉求")
    await town.presses(town.li, town.last(town.li, "我的诉求"), number.removeprefix("#"))


@pytest.mark.both_databases
async def test_the_list_shows_numbers_and_states_and_turns_pages_in_place(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    numbers = [await town.raises(town.li, f"第{n}件事") for n in range(PAGE + 1)]
    await town.accepts(town.wang, town.grid, numbers[0])
    await town.says(town.li, "/my")

    page = town.last(town.li, "我的诉求")
    assert "第 1/2 页" in page.text
    assert f"{numbers[-1]} 求助 · 待接单" in page.text
    assert page.buttons()[-1] == "下一页 ›"
    await town.presses(town.li, page, "下一页 ›")
    assert "第 2/2 页" in page.text
    assert f"{numbers[0]} 求助 · 办理中" in page.text


async def test_a_case_opens_to_its_timeline_and_what_can_be_done(town: Town) -> None:
    await town.says(town.li, "/my")
    assert "还没有提交过诉求" in town.private(town.li)[-1].text
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    await town.replies(town.wang, town.card(town.grid, number), "明天修")
    await opened(town, number)
    file = town.last(town.li, "经过")
    assert file.buttons() == ["补充", "催办", "撤回"]
    for line in ("您提交，由 遵南社区 · 第1网格 负责", "王建国 接单", "王建国：明天修"):
        assert f"11月23日 10:00 {line}" in file.text

    await town.presses(town.li, file, "补充")  # which takes the next message of any kind
    assert town.private(town.li)[-1].buttons() == ["跳过"]
    town.li.sends_album(town.bot, ["photo", "photo"], "就是这两盏")
    await town.settle()
    await town.passes(seconds=3)
    assert "居民补充：\n就是这两盏" in town.texts(town.grid)
    assert len([m for m in town.posted(town.grid) if m.album]) == 2
    assert await town.count("drafts") == 1

    await town.presses_twice(town.li, file, "撤回")
    assert (await town.case(number)).state == "withdrawn"
    assert "居民撤回了这件诉求" in town.texts(town.grid)
    assert town.card(town.grid, number).buttons() == []
    await town.passes(days=30)
    assert "worker_reminded" not in await town.events(number)


async def test_nudging_reaches_the_chat_and_is_limited_in_rate(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区想要一把长椅，微心愿")
    await opened(town, number)
    file = town.last(town.li, "经过")
    await town.presses(town.li, file, "催办")
    assert f"{number} 「煤炭小区想要一把长椅，微心愿」：居民催办" in town.texts(town.grid)

    again = await town.presses(town.li, file, "催办")
    assert again == f"{number} 刚催过不久，11月23日 14:00 之后可以再催。"
    await town.passes(hours=4)
    await town.presses(town.li, file, "催办")
    assert (await town.events(number)).count("case_nudged") == 2


async def test_a_reply_to_a_message_of_last_month_still_finds_its_case(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    receipt = town.last(town.li, number)
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "好了")
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "已解决")
    await town.passes(days=40)
    await town.replies(town.li, receipt, "又坏了")

    assert (await town.events(number))[-1] == "case_supplemented"
    assert "又坏了" in town.texts(town.grid)
    assert "这件已经结束" in town.texts(town.li)
    assert (await town.case(number)).state == "confirmed"


async def test_a_resident_opens_their_own_case_in_private_only_and_nobody_opens_that_of_somebody_else(
    town: Town,
) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了，请别告诉邻居是我说的")
    town.grid.add(town.li)
    await town.says_in(town.li, town.grid, f"/case@minhu_bot {number}")
    assert "没有查看权限" in town.posted(town.grid)[-1].text
    await town.says(town.li, f"/case {number}")
    assert "请别告诉邻居是我说的" in town.private(town.li)[-1].text

    town.zhao.starts(town.bot)
    await town.says(town.zhao, f"/case {number}")
    assert "没找到，或您没有查看权限" in town.private(town.zhao)[-1].text
    forged = await town.forges(town.zhao, town.private(town.zhao)[0], f"mo:{(await town.case(number)).id}")
    assert forged == "这件事只有提出的居民能操作。"
