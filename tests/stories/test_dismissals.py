"""Whoever leaves a unit, or the organisation, sees and receives nothing from then on."""

import pytest

from tests.organisations import WITHOUT_WANG, imports
from tests.town import ORGANISATION, Town

WANG_IN_GRID_2 = WITHOUT_WANG.replace(
    "members: [{id: 2006", "members: [{id: 2001, name: 王建国, role: worker}, {id: 2006"
)
WANG_LEADS_THE_COMMUNITY = WITHOUT_WANG.replace(
    "members: [{id: 2003", "members: [{id: 2001, name: 王建国, role: lead}, {id: 2003"
)


async def owned(town: Town, words: str = "煤炭小区路灯坏了，电话13812345678") -> str:
    """Let 王建国 accept a case; he has pressed START before."""
    town.wang.starts(town.bot)
    number = await town.raises(town.li, words)
    await town.accepts(town.wang, town.grid, number)
    return number


async def asks_for_file(town: Town, number: str) -> str:
    """Let 王建国 ask for a file in private; return what he reads."""
    await town.says(town.wang, f"/case {number}")
    return town.private(town.wang)[-1].text


async def test_the_first_owner_reads_on_after_it_has_climbed_until_they_leave(town: Town) -> None:
    number = await owned(town)
    await town.presses_twice(town.wang, town.card(town.grid, number), "上报")
    assert "路灯坏了" in await asks_for_file(town, number)

    await imports(town, WANG_IN_GRID_2)
    assert "没找到" in await asks_for_file(town, number)
    await imports(town, WANG_LEADS_THE_COMMUNITY)
    assert "13812345678" in await asks_for_file(town, number)


async def test_a_file_that_was_asked_for_before_does_not_go_to_who_has_left_meanwhile(town: Town) -> None:
    number = await owned(town, "煤炭小区" + "".join(f"第{n}天没人管。" for n in range(700))[:3900])
    gate = town.world.faults.hold("sendMessage")
    town.wang.writes(town.bot, f"/case {number}")
    await town.world.until(lambda: gate.waiting > 0)
    await imports(town, WITHOUT_WANG, settle=False)
    gate.open()
    await town.settle()

    assert number in town.texts(town.wang)
    assert "经过" not in town.texts(town.wang)


async def test_who_was_dismissed_reads_no_file_and_what_they_still_write_and_press_reaches_nobody(town: Town) -> None:
    number = await owned(town)
    assert "13812345678" in await asks_for_file(town, number)
    card = town.card(town.grid, number)
    await town.presses(town.wang, card, "办结")
    prompt = town.last(town.grid, "办理结果")
    await imports(town, WITHOUT_WANG)
    assert (await asks_for_file(town, number)).startswith("没找到，或您没有查看权限")
    assert (await town.events(number)).count("case_viewed") == 1

    for message in (card, prompt):
        await town.replies(town.wang, message, "修好了")
    for data in ("wa:1", "wd:1", "we:1", "wr:1"):
        assert "请由他们操作" in await town.forges(town.wang, card, data)
    assert "修好了" not in town.texts(town.li)
    assert "case_resolved" not in await town.events(number)


async def test_the_case_of_an_owner_who_left_is_free_in_its_unit_and_the_group_is_told(town: Town) -> None:
    number = await owned(town)
    resolve_by = (await town.case(number)).responsible.resolve
    await town.passes(hours=2)
    await imports(town, WITHOUT_WANG)

    told = town.last(town.grid, "王建国 已不在 遵南社区 · 第1网格，这件诉求现在没人办，请重新接单。")
    assert number in told.text
    assert "13812345678" not in told.text
    case = await town.case(number)
    assert (case.state, case.unit, case.owner) == ("submitted", "ZN-01", None)
    assert case.responsible.resolve == resolve_by
    assert case.responsible.accept.due_at > town.clock.now()
    await town.accepts(town.chen, town.grid, number)
    assert "陈静 接单，首问负责 王建国" in town.card(town.grid, number).text
    assert "由 陈静 接单" in town.texts(town.li)
    await town.finishes(town.chen, town.grid, number, "换好了")
    assert (await town.case(number)).state == "resolved"


async def test_who_moved_to_another_unit_or_above_owns_nothing_any_more_in_the_old_one(town: Town) -> None:
    for organisation in (WANG_IN_GRID_2, WANG_LEADS_THE_COMMUNITY):
        await imports(town, ORGANISATION)
        number = await owned(town)
        await imports(town, organisation)
        assert (await town.case(number)).state == "submitted"


async def test_several_cases_of_who_left_are_told_in_one_message(town: Town) -> None:
    numbers = [await owned(town, f"煤炭小区第{n}盏路灯坏了") for n in range(1, 4)]
    await imports(town, WITHOUT_WANG)

    told = town.last(town.grid, "3 件诉求现在没人办，请重新接单").text
    for n, number in enumerate(numbers, 1):
        assert f"• {number} 煤炭小区第{n}盏路灯坏了" in told
    assert told.count("原由 王建国 办理：") == 1
    assert town.texts(town.grid).count("现在没人办") == 1


async def test_nobody_who_accepts_in_time_lets_it_climb_as_ever(town: Town) -> None:
    number = await owned(town)
    await town.passes(hours=1)
    await imports(town, WITHOUT_WANG)
    await town.passes(minutes=31)

    assert (await town.case(number)).unit == "ZN"
    assert "超时未接单" in town.texts(town.grid)


async def test_an_answer_that_comes_after_the_asker_has_left_reaches_the_group(town: Town) -> None:
    number = await owned(town)
    await town.replies(town.wang, town.card(town.grid, number), "是哪一盏？")
    await imports(town, WITHOUT_WANG)
    assert (await town.case(number)).state == "submitted"
    await town.replies(town.li, town.last(town.li, "是哪一盏"), "门口那盏")

    assert "门口那盏" in town.texts(town.grid)
    assert "门口那盏" not in town.texts(town.wang)


async def test_a_case_that_comes_back_after_its_owner_has_left_is_free_in_its_unit(town: Town) -> None:
    number = await owned(town)
    await town.finishes(town.wang, town.grid, number, "换好了")
    await imports(town, WITHOUT_WANG)
    assert (await town.case(number)).state == "resolved"
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "未解决")

    case = await town.case(number)
    assert (case.state, case.unit, case.owner, case.returns) == ("submitted", "ZN-01", None, 1)
    assert "现在没人办，请重新接单" in town.texts(town.grid)
    assert town.card(town.grid, number).buttons()[0] == "接单"


async def test_who_is_back_in_time_gets_back_what_comes_back(town: Town) -> None:
    number = await owned(town)
    await town.finishes(town.wang, town.grid, number, "换好了")
    await imports(town, WITHOUT_WANG)
    await imports(town, ORGANISATION)
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "未解决")

    case = await town.case(number)
    assert case.owner
    assert (case.state, case.owner.name) == ("accepted", "王建国")


async def test_an_owner_who_leaves_together_with_their_unit_leaves_the_case_to_the_unit_above(town: Town) -> None:
    number = await owned(town)
    done = await owned(town, "煤炭小区井盖松了")
    await town.finishes(town.wang, town.grid, done, "好了")
    cut = ORGANISATION.index("              - code: ZN-01"), ORGANISATION.index("              - code: ZN-02")
    await imports(town, ORGANISATION[: cut[0]] + ORGANISATION[cut[1] :])
    assert ((await town.case(number)).unit, (await town.case(number)).state) == ("ZN", "submitted")
    await town.presses(town.li, town.last(town.li, f"{done} 「煤炭小区井盖松了」 王建国 说已经办好了"), "未解决")

    assert ((await town.case(done)).unit, (await town.case(done)).state) == ("ZN", "submitted")
    assert town.card(town.community, done).buttons()[0] == "接单"


@pytest.mark.both_databases
async def test_an_owner_who_is_missing_in_the_file_at_a_restart_is_dismissed_too(town: Town) -> None:
    number = await owned(town)
    assert town.settings.org
    town.settings.org.write_text(WITHOUT_WANG, "utf-8")
    await town.restart()

    assert (await town.case(number)).state == "submitted"
    assert "现在没人办" in town.texts(town.grid)
