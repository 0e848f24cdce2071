"""请假与代理: who is away is not reminded, who stands in has their rights, and it ends by itself."""

from pathlib import Path

import pytest

from tests.town import ORGANISATION, Town, open_town

LAMP = "煤炭小区路灯坏了"


async def starts(town: Town) -> None:
    for person in (town.wang, town.chen, town.zhou, town.liu):
        person.starts(town.bot)
    town.zhou.joins(town.grid)
    await town.settle()


@pytest.mark.both_databases
async def test_who_stands_in_does_what_the_owner_could_in_their_own_name_until_it_ends_by_itself(town: Town) -> None:
    await starts(town)
    number = await town.raises(town.li, LAMP)
    await town.accepts(town.wang, town.grid, number)
    await town.says(town.wang, "/away 11-23 11-23 周主任")

    assert "王建国 请假：11月23日 00:00 到 11月23日 23:59，由 周主任 代办" in town.private(town.wang)[-1].text
    assert "📅 王建国 11-23 至 11-23 请假，由 周主任 代办。" in town.texts(town.grid)
    assert "请您代办" in town.private(town.zhou)[-1].text
    assert "📅 请假中，周主任 代办" in town.card(town.grid, number).text
    await town.replies(town.zhou, town.card(town.grid, number), "我来跟进")
    assert "我来跟进" in town.texts(town.li)

    await town.passes(days=1)
    assert "由接单人或" in await town.presses(town.zhou, town.card(town.grid, number), "办结")
    assert "办理结果" in await town.presses(town.wang, town.card(town.grid, number), "办结")


async def test_the_deputy_of_a_deputy_acts_until_the_first_is_back_early(town: Town) -> None:
    await starts(town)
    number = await town.raises(town.li, LAMP)
    await town.accepts(town.wang, town.grid, number)
    await town.says(town.wang, "/away 11-23 11-30 陈静")
    await town.says(town.chen, "/away 11-23 11-23 周主任")
    await town.finishes(town.zhou, town.grid, number, "换了灯泡")
    assert (await town.case(number)).state == "resolved"
    case = await town.case(number)
    assert case.owner
    assert case.owner.name == "王建国"

    await town.presses(town.li, town.last(town.li, "解决了吗"), "未解决")
    await town.says(town.chen, "/back")
    assert "陈静 已经回来了" in town.private(town.zhou)[-1].text
    assert "由接单人或" in await town.presses(town.zhou, town.card(town.grid, number), "办结")


async def test_what_is_written_wrong_is_said_in_a_sentence_and_that_two_cannot_stand_in_for_each_other(
    town: Town,
) -> None:
    await starts(town)
    for written, said in (
        ("/away", "请假请这样发"),
        ("/away 11-23", "请假请这样发"),
        ("/away 11-40 11-50", "日期没看懂"),
        ("/away 11-25 2026-11-24", "末一天在头一天前面了"),
        ("/away 11-25 11-20", "末一天在头一天前面了"),
        ("/away 2026-11-01 2026-11-02", "已经过去了"),
        ("/away 11-23 2028-01-01", "最长一年"),
        ("/away 11-23 11-25 刘洋", "没找到「刘洋」"),
        ("/away 11-23 11-25 没有的人", "没找到「没有的人」"),
        ("/back", "没有登记请假"),
    ):
        await town.says(town.wang, written)
        assert said in town.private(town.wang)[-1].text

    await town.says(town.wang, "/away 11-23 11-30 陈静")
    await town.says(town.chen, "/away 11-25 11-26 王建国")
    assert "互相代办" in town.private(town.chen)[-1].text
    await town.says(town.chen, "/away 12-01 12-02 王建国")
    assert "由 王建国 代办" in town.private(town.chen)[-1].text


async def test_a_lead_says_it_for_a_member_and_a_worker_not_for_a_lead(town: Town) -> None:
    await starts(town)
    await town.says(town.chen, "/away 王建国 11-23 11-25")
    assert "王建国 请假" in town.private(town.chen)[-1].text
    assert "负责人给您登记了请假" in town.texts(town.wang)

    await town.says(town.wang, "/away 陈静 11-23 11-25")
    assert "没找到「陈静」" in town.private(town.wang)[-1].text


async def test_a_deputy_who_is_dismissed_acts_no_more_and_the_group_is_told(town: Town, tmp_path: Path) -> None:
    await starts(town)
    number = await town.raises(town.li, LAMP)
    await town.accepts(town.wang, town.grid, number)
    await town.says(town.wang, "/away 11-23 11-30 陈静")
    await town.stop()
    (tmp_path / "org.yaml").write_text(ORGANISATION.replace("id: 2002", "id: 2999"), "utf-8")
    await town.start()

    assert "王建国 请假期间现在没人代办" in town.texts(town.grid)
    assert "由接单人或" in await town.presses(town.chen, town.card(town.grid, number), "办结")


async def test_of_two_with_one_name_the_button_says_which(database_url: str, tmp_path: Path) -> None:
    twins = ORGANISATION.replace("{id: 2003, name: 周主任, role: lead}", "{id: 2003, name: 陈静, role: lead}")
    async with open_town(database_url, tmp_path, organisation=twins) as town:
        await starts(town)
        await town.says(town.wang, "/away 11-23 11-25 陈静")
        asked = town.private(town.wang)[-1]
        assert asked.buttons() == ["陈静 · 遵南社区 · 第1网格", "陈静 · 遵南社区"]
        await town.presses(town.wang, asked, "陈静 · 遵南社区")
        assert "由 陈静 代办" in town.private(town.wang)[-1].text
        assert "请您代办" in town.private(town.zhou)[-1].text


async def test_who_is_away_is_told_nothing_in_private_and_who_stands_in_is(town: Town) -> None:
    await starts(town)
    town.he.starts(town.bot)
    await town.says(town.wang, "/away 11-22 11-25 周主任")
    assert "王建国 请假：11月22日" in town.private(town.wang)[-1].text
    before = len(town.private(town.wang))
    await town.raises(town.li, "煤炭小区2栋着火了，有老人被困")

    assert len(town.private(town.wang)) == before
    assert "着火了" in town.texts(town.zhou)


async def test_the_morning_shows_on_the_cards_who_went_away_and_who_is_back_by_itself(town: Town) -> None:
    await starts(town)
    number = await town.raises(town.li, LAMP)
    await town.accepts(town.wang, town.grid, number)
    await town.says(town.wang, "/away 11-24 11-24 周主任")
    assert "请假中" not in town.card(town.grid, number).text
    await town.passes(hours=5)  # what reminds of the case for today is over
    await town.passes(hours=18, minutes=1)
    assert "📅 请假中，周主任 代办" in town.card(town.grid, number).text
    assert {"办结", "延期", "紧急"} <= set((await town.opens(town.zhou, number)).buttons())
    await town.says(town.liu, "/away 11-25 11-25")
    await town.passes(days=1)

    assert "请假中" not in town.card(town.grid, number).text
