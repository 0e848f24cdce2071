"""What admins can see and do, in private."""

import re
from pathlib import Path

import pytest

from bot.app import import_file
from bot.org_file import read_organisation
from tests.town import ORGANISATION, Town, open_town


async def test_the_organisation_and_its_members_are_shown(town: Town) -> None:
    town.wang.starts(town.bot)
    await town.says(town.he, "/units")
    await town.says(town.he, "/members ZN-01")

    units = town.last(town.he, "组织架构").text
    assert "ZN-01 第1网格 ✅" in units
    members = town.private(town.he)[-1].text
    assert "王建国 · 网格员" in members
    assert "陈静 · 负责人（还没有私聊过机器人）" in members
    assert "王建国 · 网格员（" not in members
    await town.says(town.he, "/units zn")
    assert "播州区" not in town.private(town.he)[-1].text
    assert "第2网格" in town.private(town.he)[-1].text
    await town.says(town.he, "/members NOPE")
    assert "没有编码为 NOPE 的单位" in town.private(town.he)[-1].text


async def test_the_rules_in_force_and_the_head_of_the_record_are_shown(town: Town) -> None:
    await town.says(town.he, "/policy")
    rules = town.private(town.he)[-1].text
    assert "投诉：30分钟内接单，3天内办结" in rules
    assert "提醒网格员：先满4小时提醒，以后每天一次" in rules
    assert "🆘 紧急：10分钟内接单，1天内办结，昼夜都算；草稿放着没提交，2分钟后自动提交" in rules

    await town.says(town.he, "/audit")
    async with town.desks.reading() as (_, work):
        head = await work.history.head()
    assert head.hash in town.private(town.he)[-1].text


async def test_a_lead_reads_who_works_for_their_units_and_those_below_and_nobody_else(town: Town) -> None:
    for asked, shown in (("/members", "遵南社区"), ("/members ZN-02", "刘洋 · 网格员")):
        await town.says(town.zhou, asked)
        assert shown in town.last(town.zhou).text
    await town.says(town.zhou, "/members GHQ")
    assert town.last(town.zhou).text == "仅管理员、 桂花桥街道 或其上级的负责人可用。"
    await town.says(town.wang, "/members ZN-01")
    assert town.last(town.wang).text == "仅负责人和管理员可用。"
    await town.says(town.zhou, "/help")
    assert "/members" in town.last(town.zhou).text


@pytest.mark.both_databases
async def test_open_cases_are_listed_below_a_unit(town: Town) -> None:
    one = await town.raises(town.li, "煤炭小区路灯坏了")
    two = await town.raises(town.zhao, "芸香小镇漏水")
    await town.says(town.he, "/cases")
    assert "在办 2 件" in town.private(town.he)[-1].text
    await town.says(town.he, "/cases ZN-02")
    assert two in town.private(town.he)[-1].text
    assert one not in town.private(town.he)[-1].text


async def test_an_admin_opens_any_file_with_phone_numbers_but_never_an_anonymous_name(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "楼上太吵，电话13812345678")
    await town.presses(town.li, town.draft_card(town.li), "匿名")
    await town.presses(town.li, town.draft_card(town.li), "提交")
    number = town.number_told(town.li)
    await town.says(town.he, f"/case {number.lower()}")

    file = town.private(town.he)[-1].text
    assert "13812345678" in file
    assert "李秀英" not in file
    assert (await town.events(number))[-1] == "case_viewed"


async def test_a_case_is_assigned_by_the_last_digits_of_its_number(town: Town) -> None:
    one, two = await town.raises(town.li, "煤炭小区路灯坏了"), await town.raises(town.zhao, "红星苑3栋的水管漏了")
    await town.says(town.he, "/assign 2 zn-02")
    assert two in town.private(town.he)[-1].text
    assert [(await town.case(number)).unit for number in (one, two)] == ["ZN-01", "ZN-02"]

    await town.says(town.he, "/assign 99 zn-02")
    assert "没找到" in town.private(town.he)[-1].text


async def test_assigning_gives_a_case_to_another_unit_that_must_accept(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    await town.says(town.he, f"/assign {number} zn-02")

    assert (await town.case(number)).unit == "ZN-02"
    assert town.card(town.grid2, number).buttons()[0] == "接单"
    assert "何管理 派单：遵南社区 · 第1网格 → 遵南社区 · 第2网格" in town.texts(town.grid)
    assert "已转给 遵南社区 · 第2网格 接单" in town.texts(town.li)
    await town.says(town.he, "/assign 1")
    assert "请写上编号和单位编码" in town.private(town.he)[-1].text


async def test_the_days_of_an_announced_calendar_are_shown(database_url: str, tmp_path: Path) -> None:
    policy = 'clock: working\ncalendar: {working: ["2027-02-06"], free: ["2027-01-01", "2027-02-15..2027-02-21"]}\n'
    async with open_town(database_url, tmp_path, policy=policy) as town:
        await town.says(town.he, "/policy")
        rules = town.private(town.he)[-1].text
        assert "按通知上班：2027-02-06" in rules
        assert "按通知放假：2027-01-01、2027-02-15 至 2027-02-21" in rules


async def test_a_unit_without_any_group_tells_the_admins(town: Town) -> None:
    town.he.starts(town.bot)
    await town.settle()
    for group in (town.grid, town.grid2, town.community, town.street, town.district):
        group.remove(town.bot)
    await town.settle()
    number = await town.raises(town.li, "煤炭小区路灯坏了")

    assert f"{number} 「煤炭小区路灯坏了」 由 遵南社区 · 第1网格 负责，可是没有可用的群" in town.texts(town.he)


async def test_an_import_while_running_retires_units_and_hands_their_cases_up(town: Town, tmp_path: Path) -> None:
    waiting = await town.raises(town.zhao, "芸香小镇漏水")
    resolved = await town.raises(town.li, "芸香小镇井盖松了")
    await town.accepts(town.liu, town.grid2, resolved)
    await town.finishes(town.liu, town.grid2, resolved, "好了")
    smaller = tmp_path / "smaller.yaml"
    smaller.write_text(ORGANISATION[: ORGANISATION.index("              - code: ZN-02")], "utf-8")

    await import_file(town.desks, smaller, read_organisation(smaller))
    await town.settle()

    assert (await town.case(waiting)).unit == "ZN"
    assert town.card(town.community, waiting).buttons()[0] == "接单"
    assert (await town.case(resolved)).unit == "ZN"
    for group in (town.grid2, town.community):
        assert f"{waiting} 「芸香小镇漏水」 原单位已撤销，转交：第2网格 → 遵南社区" in town.texts(group)
    assert "派单" not in town.texts(town.community)
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "已解决")
    assert (await town.case(resolved)).state == "confirmed"


async def test_a_restart_does_not_undo_a_binding(town: Town) -> None:
    new = town.world.add_group(-1001000008888, "新群")
    new.add(town.chen)
    new.add_bot(town.bot)
    await town.settle()
    await town.says_in(town.chen, new, "/bind@minhu_bot ZN-01")
    await town.restart()
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    assert town.card(new, number)


async def test_an_admin_who_tries_it_before_any_group_is_bound_reads_both_halves(
    database_url: str, tmp_path: Path
) -> None:
    unbound = re.sub(r"\n +chat: -?\d+", "", ORGANISATION)
    async with open_town(database_url, tmp_path, organisation=unbound) as town:
        town.he.starts(town.bot, "g_ZN-01")
        await town.raises(town.he, "煤炭小区路灯坏了")

        assert "✅ 已提交 #MH2611_00001" in town.texts(town.he)
        assert "没人能接单" in town.texts(town.he)
