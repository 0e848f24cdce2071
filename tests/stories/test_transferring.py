"""转派: a unit passes a case on to another, in its worker's private chat, with a reason that both groups read."""

from pathlib import Path

import pytest

from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.people import Person
from tests.organisations import WITH_LAMPS
from tests.town import ORGANISATION, Town, open_town

MANY = WITH_LAMPS + "".join(
    f"          - {{code: D-{n:02d}, name: 第{n}管理所, level: department, chat: {-1001000000100 - n}}}\n"
    for n in range(1, 12)
)

pytestmark = pytest.mark.town(organisation=WITH_LAMPS, known=("wang", "chen", "wu", "sun"))


async def asks(town: Town, worker: Person, group: Group, number: str) -> Message:
    """Let a worker press 转派, and return the question that they then find in private."""
    await town.presses(worker, town.card(group, number), "转派")
    return town.last(worker, "转派给哪个单位")


async def passes_on(town: Town, worker: Person, group: Group, number: str, unit: str, reason: str) -> None:
    """Let a worker pass a case on to a unit."""
    await asks(town, worker, group, number)
    await town.says(worker, unit)
    await town.says(worker, reason)


async def test_a_case_goes_to_another_unit_with_a_reason_that_both_groups_read_and_its_resident_does_not(
    town: Town,
) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    before = await town.case(number)
    await town.passes(minutes=20)

    question = await asks(town, town.wang, town.grid, number)
    await town.presses(town.wang, question, "路灯所")
    assert "转派给 路灯所" in question.text
    await town.says(town.wang, "灯杆归他们管")

    case = await town.case(number)
    assert (case.state, case.unit, case.owner) == ("submitted", "LD", None)
    assert case.responsible.resolve == before.responsible.resolve
    assert (case.responsible.accept.due_at - town.clock.now()).total_seconds() == 30 * 60
    assert case.first_owner is not None
    assert case.first_owner.name == "王建国"
    for group in (town.grid, town.lamps):
        assert "王建国 转派：遵南社区 · 第1网格 → 路灯所\n灯杆归他们管" in town.texts(group)
    assert f"{number} 「煤炭小区路灯坏了」 已转给 路灯所 接单" in town.texts(town.li)
    assert "灯杆归他们管" not in town.texts(town.li)
    assert f"{number} 已转派给 路灯所" in town.texts(town.wang)
    assert town.card(town.grid, number).buttons() == []
    assert "现由 路灯所 负责" in town.card(town.grid, number).text
    card = town.card(town.lamps, number)
    assert card.buttons() == ["接单", "退单", "上报", "不予受理"]
    assert "首问负责 王建国" in card.text

    file, own = await town.opens(town.wu, number), await town.opens(town.li, number)
    assert "王建国 转派：遵南社区 · 第1网格 → 路灯所（灯杆归他们管）" in file.text
    assert "由 遵南社区 · 第1网格 转到 路灯所" in own.text
    assert "灯杆归他们管" not in own.text


async def test_the_press_opens_the_private_chat_and_the_link_shows_the_page_anew_but_carries_no_right(
    town: Town,
) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    press = town.wang.presses(town.card(town.grid, number), "转派")
    await town.settle()

    assert press.answer
    assert press.answer.url == f"https://t.me/minhu_bot?start=t_{number.removeprefix('#')}"
    assert len(town.private(town.wang)) == len([m for m in town.private(town.wang) if "转派给哪个" not in m.text]) + 1
    town.wang.starts(town.bot, f"t_{number.removeprefix('#')}")
    await town.settle()
    assert "转派给哪个单位" in town.private(town.wang)[-1].text

    await town.accepts(town.chen, town.grid, number)
    press = town.wang.presses(town.card(town.grid, number), "转派")
    await town.settle()
    assert press.answer
    assert (press.answer.text[:5], press.answer.url) == ("这件事由接", "")
    for person in (town.wu, town.zhao):
        person.starts(town.bot, f"t_{number.removeprefix('#')}")
        await town.settle()
        assert "这件事由接单人或 遵南社区 · 第1网格 的负责人操作" in town.private(person)[-1].text
    town.zhao.starts(town.bot, "t_MH2611_99999")
    await town.settle()
    assert "没找到，或您没有查看权限" in town.private(town.zhao)[-1].text


async def test_who_has_never_used_the_bot_gets_the_page_by_the_link(town: Town) -> None:
    number = await town.raises(town.li, "芸香小镇路灯坏了")
    press = town.liu.presses(town.card(town.grid2, number), "转派")
    await town.settle()
    assert press.answer
    assert town.private(town.liu) == []

    town.liu.starts(town.bot, press.answer.url.partition("start=")[2])
    await town.settle()
    await town.says(town.liu, "ld")
    await town.says(town.liu, "灯杆归他们管")

    assert (await town.case(number)).unit == "LD"


async def test_where_it_cannot_go_is_said(database_url: str, tmp_path: Path) -> None:
    organisation = WITH_LAMPS + "          - {code: NG, name: 没群的所, level: department}\n"
    async with open_town(database_url, tmp_path, organisation=organisation) as town:
        town.wang.starts(town.bot)
        number = await town.raises(town.li, "煤炭小区路灯坏了")
        await asks(town, town.wang, town.grid, number)
        for typed, said in (
            ("遵南社区 第1网格", "这件就在 遵南社区 · 第1网格"),
            ("ZN-01", "这件就在 遵南社区 · 第1网格"),
            ("没群的所", "没群的所 没有能用的群"),
            ("月亮", "没找到这个单位"),
        ):
            await town.says(town.wang, typed)
            assert said in town.private(town.wang)[-1].text
        await town.says(town.wang, "路灯所")
        await town.says(town.wang, "灯杆归他们管")
        assert (await town.case(number)).unit == "LD"


async def test_a_unit_that_is_in_use_no_more_is_refused_by_name(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    question = await asks(town, town.wang, town.grid, number)
    assert town.settings.org
    town.settings.org.write_text(ORGANISATION, "utf-8")
    await town.restart()

    assert "路灯所 已经停用" in await town.presses(town.wang, question, "路灯所")
    await town.says(town.wang, "路灯所")
    assert "路灯所 已经停用" in town.private(town.wang)[-1].text


async def test_what_several_units_fit_is_offered_and_pages_turn(database_url: str, tmp_path: Path) -> None:
    async with open_town(database_url, tmp_path, organisation=MANY) as town:
        town.wang.starts(town.bot)
        town.world.add_group(-1001000000107, "第7管理所工作群").add_bot(town.bot)
        number = await town.raises(town.li, "煤炭小区路灯坏了")
        question = await asks(town, town.wang, town.grid, number)

        near = ["遵南社区", "遵南社区 · 第2网格", "桂花桥街道", "路灯所", *(f"第{n}管理所" for n in range(1, 5))]
        assert question.buttons() == [*near, "下一页 ›", "取消"]
        await town.presses(town.wang, question, "下一页 ›")
        assert question.buttons() == [*(f"第{n}管理所" for n in range(5, 12)), "播州区", "‹ 上一页", "取消"]
        await town.says(town.wang, "管理所")
        several = town.last(town.wang, "您说的是哪一个")
        assert several.buttons() == [*(f"第{n}管理所" for n in range(1, 9)), "取消"]
        await town.presses(town.wang, several, "第7管理所")
        await town.replies(town.wang, several, "归七所管")

        assert (await town.case(number)).unit == "D-07"
        assert "归七所管" not in town.texts(town.li)


async def test_who_was_chosen_often_here_stands_first(town: Town) -> None:
    for _ in range(2):
        number = await town.raises(town.li, "煤炭小区路灯坏了")
        await passes_on(town, town.wang, town.grid, number, "路灯所", "灯杆归他们管")
    number = await town.raises(town.li, "煤炭小区又坏了一盏")

    assert (await asks(town, town.wang, town.grid, number)).buttons()[0] == "路灯所"


async def test_it_may_be_cancelled_and_waits_an_hour(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    question = await asks(town, town.wang, town.grid, number)
    await town.presses(town.wang, question, "取消")
    assert "不转派" in town.private(town.wang)[-1].text
    assert question.buttons() == []

    question = await asks(town, town.chen, town.grid, number)
    await town.passes(minutes=20)
    await town.presses(town.chen, question, "路灯所")
    await town.passes(minutes=61)
    await town.replies(town.chen, question, "灯杆归他们管")

    assert "不用回答了" in town.private(town.chen)[-1].text
    assert (await town.case(number)).unit != "LD"
    assert "灯杆归他们管" not in town.texts(town.li)


async def test_a_reason_in_words_is_needed(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.presses(town.wang, await asks(town, town.wang, town.grid, number), "路灯所")
    town.wang.sends_photo(town.bot)
    await town.settle()
    assert "请用文字写明原因" in town.private(town.wang)[-1].text

    town.wang.sends_photo(town.bot, "灯杆归他们管")
    await town.settle()

    assert (await town.case(number)).unit == "LD"
    assert "photo" in [message.kind for message in town.posted(town.lamps)]
    assert "photo" not in [message.kind for message in town.private(town.li)]


async def test_the_first_owner_may_still_speak_is_told_where_it_goes_and_reminded_no_more(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    await passes_on(town, town.wang, town.grid, number, "路灯所", "灯杆归他们管")
    await town.accepts(town.wu, town.lamps, number)
    told = len(town.posted(town.grid))
    await town.passes(hours=5)
    assert len(town.posted(town.grid)) == told
    assert "吴师傅 办理中" in town.texts(town.lamps)
    await town.replies(town.wang, town.card(town.grid, number), "他们下午到，您看行吗？")

    assert "王建国：\n他们下午到，您看行吗？" in town.texts(town.li)
    assert (await town.case(number)).state == "accepted"
    await passes_on(town, town.wu, town.lamps, number, "桂花桥街道", "要换灯杆")
    assert "吴师傅 转派：路灯所 → 桂花桥街道" in town.texts(town.wang)
    await town.replies(town.chen, town.card(town.grid, number), "我也说一句")
    assert "我也说一句" not in town.texts(town.li)


async def test_what_a_worker_replies_about_their_own_case_is_an_addition_whatever_they_are_asked(town: Town) -> None:
    number = await town.raises(town.wang, "煤炭小区路灯坏了")
    told = town.last(town.wang, "已提交")
    await town.accepts(town.wang, town.grid, number)
    await asks(town, town.wang, town.grid, number)

    await town.replies(town.wang, told, "路灯所")
    assert (await town.events(number))[-1] == "case_supplemented"

    await town.says(town.wang, "路灯所")
    assert "请发来原因" in town.private(town.wang)[-1].text
