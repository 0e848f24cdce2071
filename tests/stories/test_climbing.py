"""The tree: a case climbs by hand, when nobody accepts in time, and when it is overdue; both groups are told."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.cases.case import Case
from domain.cases.policy import BUILT_IN_TERMS
from tests.town import Town, open_town

IN_WORKING_HOURS = "quiet_hours: null\n"


async def test_by_hand_the_parent_gets_the_card_the_files_and_a_fresh_time_to_accept(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    town.li.sends_photo(town.bot, "管道爆了")
    await town.settle()
    await town.presses(town.li, town.draft_card(town.li), "提交")
    number = town.number_told(town.li)
    before = await town.case(number)
    await town.accepts(town.wang, town.grid, number)
    await town.passes(minutes=20)

    assert await town.presses_twice(town.wang, town.card(town.grid, number), "上报") == "已上报"

    case = await town.case(number)
    assert (case.state, case.unit, case.owner) == ("submitted", "ZN", None)
    assert case.responsible.resolve == before.responsible.resolve
    assert (case.responsible.accept.due_at - town.clock.now()).total_seconds() == 30 * 60
    assert town.card(town.community, number).buttons() == ["接单", "转派", "上报", "不予受理"]
    assert "photo" in [message.kind for message in town.posted(town.community)]
    assert town.card(town.grid, number).buttons() == []
    assert "现由 遵南社区 负责" in town.card(town.grid, number).text
    for group in (town.grid, town.community):
        assert f"{number} 「管道爆了」 上报：遵南社区 · 第1网格 → 遵南社区" in town.texts(group)
    assert "需要上级处理，已报给上一级 遵南社区。现在还没有人接单" in town.texts(town.li)


async def test_a_case_that_nobody_accepts_climbs_by_itself_up_to_the_root(town: Town) -> None:
    town.he.starts(town.bot)
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    for group in (town.community, town.street, town.district):
        await town.passes(minutes=30)
        assert town.card(group, number).buttons()[0] == "接单"
        assert "超时未接单，自动上报" in town.texts(group)
    assert "超时未接单，自动上报" in town.texts(town.grid)

    await town.passes(minutes=30)

    assert (await town.case(number)).unit == "BZ"
    assert "超时没有人接单，已经到最高一级" in town.texts(town.he)
    assert town.card(town.district, number).buttons() == ["接单", "转派", "不予受理"]


async def test_yellow_reminds_and_red_climbs_and_stays_red_above_which_has_one_full_term(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了，投诉物业")
    await town.accepts(town.wang, town.grid, number)
    await town.passes(days=2, hours=6)

    assert town.card(town.grid, number).text.startswith(f"🟡 {number}")
    assert f"🟡 {number} 「煤炭小区路灯坏了，投诉物业」 王建国 办理中" in town.texts(town.grid)

    await town.passes(hours=18)

    case = await town.case(number)
    assert (case.unit, case.state) == ("ZN", "submitted")
    card = town.card(town.community, number).text
    assert card.startswith(f"🔴 {number}")
    assert "前接单，还剩" in card
    assert "前办结，刚刚超时" in card
    for group in (town.grid, town.community):
        assert "办理超时，自动上报" in town.texts(group)
    assert "没有按时办完" in town.texts(town.li)

    await town.accepts(town.zhou, town.community, number)
    assert town.card(town.community, number).text.startswith(f"🔴 {number}")
    await town.says_in(town.zhou, town.community, "/todo")
    assert f"🔴 {number}" in town.posted(town.community)[-1].text
    await town.passes(days=2)
    assert (await town.case(number)).unit == "ZN"
    await town.passes(days=1)
    assert (await town.case(number)).unit == "GHQ"


async def test_the_owner_or_a_lead_hands_up_and_nobody_else(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.chen, town.grid, number)

    for _ in range(2):
        assert "由接单人" in await town.presses(town.wang, town.card(town.grid, number), "上报")
    assert (await town.case(number)).unit == "ZN-01"


async def test_the_time_the_resident_takes_to_answer_does_not_count(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了，投诉物业")
    await town.accepts(town.wang, town.grid, number)
    await town.passes(days=1)
    await town.finishes(town.wang, town.grid, number, "好了")
    await town.passes(days=10)
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "未解决")

    case = await town.case(number)
    assert (case.state, case.unit) == ("accepted", "ZN-01")
    assert (case.responsible.resolve.due_at - town.clock.now()).days == 2


async def test_what_was_left_on_friday_evening_is_left_after_the_weekend(database_url: str, tmp_path: Path) -> None:
    async with open_town(database_url, tmp_path, policy=IN_WORKING_HOURS) as town:
        await town.passes(days=4)  # Friday at ten
        number = await town.raises(town.li, "煤炭小区的停车费，想咨询一下")
        await town.accepts(town.wang, town.grid, number)
        assert local_due(await town.case(number)) == "11-30 10:00"
        await town.passes(hours=7)  # at five: two working hours are left
        await town.finishes(town.wang, town.grid, number, "每月一百元")
        await town.passes(days=2, hours=3)  # Sunday at eight in the evening
        await town.presses(town.li, town.last(town.li, "说已经办好了"), "未解决")

        assert local_due(await town.case(number)) == "11-30 10:30"
        assert "11月30日 10:30" in town.card(town.grid, number).text
        await town.passes(hours=14, minutes=29)
        assert (await town.case(number)).unit == "ZN-01"
        await town.passes(minutes=1)
        assert (await town.case(number)).unit == "ZN"


def local_due(case: Case) -> str:
    return f"{case.responsible.resolve.due_at.astimezone(ZoneInfo('Asia/Shanghai')):%m-%d %H:%M}"


async def test_the_term_after_a_missed_one_does_not_run_either_while_the_resident_has_the_word(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了，投诉物业")
    await town.accepts(town.wang, town.grid, number)
    await town.passes(days=3)
    await town.accepts(town.zhou, town.community, number)
    missed = (await town.case(number)).responsible.resolve
    await town.passes(days=1)
    await town.finishes(town.zhou, town.community, number, "好了")
    await town.passes(days=14)
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "未解决")

    case = await town.case(number)
    assert (case.state, case.unit, case.responsible.resolve) == ("accepted", "ZN", missed)
    await town.passes(days=1, hours=23)
    assert (await town.case(number)).unit == "ZN"
    await town.passes(hours=1)
    assert (await town.case(number)).unit == "GHQ"


async def test_at_the_root_each_missed_promise_is_said_once(town: Town) -> None:
    town.he.starts(town.bot)
    number = await town.raises(town.li, "播州区的路灯坏了")
    for _ in range(2):
        await town.passes(minutes=31)
    for _ in range(2):
        await town.passes(days=3)

    ends = [row.told["because"] for row in await town.file(number) if row.event == "climb_ended"]
    assert ends == ["not_accepted", "overdue"]


async def test_what_the_resident_said_since_goes_up_with_the_case_and_the_name_of_the_first_owner(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    await town.replies(town.li, town.last(town.li, number), "电线还露在外面")
    await town.presses_twice(town.wang, town.card(town.grid, number), "上报")

    shown = town.texts(town.community)
    assert shown.index("上报：遵南社区") < shown.index("居民补充：\n电线还露在外面")
    assert town.texts(town.grid).count("电线还露在外面") == 1
    assert await town.accepts(town.zhou, town.community, number) == "接单成功，首问负责人是 王建国。"
    assert "周主任 接单，首问负责 王建国" in town.card(town.community, number).text


async def test_a_deadline_missed_at_the_top_leaves_the_other_rhythms_alone(town: Town) -> None:
    number = await town.raises(town.li, "播州区的路灯坏了")
    assert (await town.case(number)).unit == "BZ"
    await town.accepts(town.ma, town.district, number)
    await town.passes(days=3)

    assert "还在跟进" in town.texts(town.li)


async def test_the_card_above_says_that_it_climbed_from_where_and_why_and_the_resident_reads_who_was_told(
    town: Town,
) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.passes(minutes=30)

    told = town.last(town.li, "⬆️").text
    assert f"{number} 「煤炭小区路灯坏了」 没有人及时接单，已报给上一级 遵南社区。" in told
    assert "现在还没有人接单（最晚 11月23日 11:00）。" in told
    assert "负责" not in told
    card = town.card(town.community, number)
    assert "⬆️ 超时未接单，自动上报，来自 遵南社区 · 第1网格" in card.text
    assert "现由 遵南社区 负责，还没有人接单" in town.card(town.grid, number).text
    await town.accepts(town.zhou, town.community, number)
    assert "来自 遵南社区 · 第1网格" in card.text
    assert "现由 遵南社区 办理" in town.card(town.grid, number).text


async def test_notes_and_the_reason_for_a_refusal_climb_with_the_case_and_stay_inside(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区投诉地铁太挤")
    await town.replies(town.wang, town.card(town.grid, number), "// 打过电话 13812345678，没人接")
    await town.presses(town.wang, town.card(town.grid, number), "不予受理")
    await town.replies(town.wang, town.posted(town.grid)[-1], "不属于本区管辖")
    await town.presses(town.li, town.last(town.li, "没有受理"), "不同意")

    shown = town.texts(town.community)
    assert f"{number} 「煤炭小区投诉地铁太挤」 王建国 的内部记录：\n打过电话" in shown
    assert "13812345678" not in shown
    assert f"{number} 「煤炭小区投诉地铁太挤」：王建国 没有受理，原因：\n不属于本区管辖" in shown
    await town.replies(town.zhou, town.last(town.community, "内部记录"), "我再打一次")
    assert (await town.events(number))[-1] == "note_taken"
    assert "打过电话" not in town.texts(town.li)
    assert "我再打一次" not in town.texts(town.li)


async def test_notes_stay_where_they_are_when_another_unit_is_given_the_case(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.replies(town.wang, town.card(town.grid, number), "// 户主不好说话")
    await town.says(town.he, f"/assign {number} ZN-02")

    assert "户主不好说话" not in town.texts(town.grid2)


async def test_the_first_owner_goes_on_speaking_and_hears_how_it_ends_above(town: Town) -> None:
    await town.says(town.wang, "/start")
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    await town.presses_twice(town.wang, town.card(town.grid, number), "上报")
    await town.replies(town.wang, town.card(town.grid, number), "我已经请社区派车")
    await town.replies(town.wang, town.card(town.grid, number), "// 社区有车")
    assert "我已经请社区派车" in town.texts(town.li)
    assert (await town.events(number))[-1] == "note_taken"

    await town.accepts(town.zhou, town.community, number)
    assert f"{number} 「煤炭小区路灯坏了」 遵南社区 的 周主任 接单。" in town.texts(town.wang)
    await town.finishes(town.zhou, town.community, number, "换好了")
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "已解决")
    assert f"{number} 「煤炭小区路灯坏了」 居民确认：已解决" in town.texts(town.wang)


async def test_a_category_and_the_level_of_a_unit_have_terms_of_their_own(database_url: str, tmp_path: Path) -> None:
    policy = "clock: calendar\nlevels: {community: {accept_within: 1d}}\ncategories: {路灯: {resolve_within: 2d}}\n"
    async with open_town(database_url, tmp_path, policy=policy + "quiet_hours: null\n") as town:
        number = await town.raises(town.li, "煤炭小区路灯坏了")
        lamp = (await town.case(number)).responsible
        other = await town.raises(town.li, "煤炭小区楼道里没有扶手")
        assert lamp.resolve.due_at - lamp.begun_at == timedelta(days=2)
        rail = await town.case(other)
        assert rail.responsible.resolve.due_at == (rail.raised_at + BUILT_IN_TERMS[rail.kind].resolve_within.always)
        await town.presses_twice(town.wang, town.card(town.grid, number), "上报")
        climbed = (await town.case(number)).responsible
        assert climbed.accept.due_at - climbed.begun_at == timedelta(days=1)
        assert climbed.resolve == lamp.resolve
        await town.says(town.he, "/policy")
        assert "路灯：2天内办结" in town.private(town.he)[-1].text
        assert "村社：1天内接单" in town.private(town.he)[-1].text
