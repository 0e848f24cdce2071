"""转派 while something else happens: prompts left open, units retired, two at once, owners gone, weekends."""

import asyncio
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.cases.assignments import Because
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.people import Person
from tests.organisations import WITH_LAMPS
from tests.town import ORGANISATION, Town, open_town

pytestmark = pytest.mark.town(organisation=WITH_LAMPS, known=("wang", "chen", "wu"))


async def is_asked_why(town: Town, worker: Person, group: Group, number: str) -> Message:
    """Let a worker choose the street lamps; return the question for the reason."""
    await town.presses(worker, town.card(group, number), "转派")
    question = town.last(worker, "转派给哪个单位")
    await town.presses(worker, question, "路灯所")
    return question


async def passes_on(town: Town, worker: Person, group: Group, number: str) -> None:
    await is_asked_why(town, worker, group, number)
    await town.says(worker, "灯杆归他们管")


async def takes_over(town: Town, organisation: str) -> None:
    """Let the desk start again with another organisation."""
    assert town.settings.org
    town.settings.org.write_text(organisation, "utf-8")
    await town.restart()


async def test_a_refusal_prompt_left_open_refuses_nothing_of_another_unit(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.presses(town.chen, town.card(town.grid, number), "不予受理")
    prompt = town.last(town.grid, "不予受理的原因")
    await passes_on(town, town.wang, town.grid, number)
    await town.replies(town.chen, prompt, "这不归我们管")

    case = await town.case(number)
    assert (case.state, case.unit) == ("submitted", "LD")
    assert "这件事现在归 路灯所 ，请由他们操作" in town.texts(town.grid)
    assert "这不归我们管" not in town.texts(town.li)


async def test_a_unit_that_is_retired_before_it_accepts_leaves_the_case_to_the_one_above(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await passes_on(town, town.wang, town.grid, number)
    await takes_over(town, ORGANISATION)

    case = await town.case(number)
    assert (case.state, case.unit) == ("submitted", "GHQ")
    assert town.card(town.street, number).buttons() == ["接单", "转派", "上报", "不予受理"]
    assert case.units_before == {"ZN-01", "LD"}


@pytest.mark.both_databases
async def test_of_two_who_pass_it_on_at_once_one_wins_and_the_other_reads_where_it_is(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await is_asked_why(town, town.wang, town.grid, number)
    await town.presses(town.chen, town.card(town.grid, number), "转派")
    await town.says(town.chen, "第2网格")
    town.wang.writes(town.bot, "灯杆归他们管")
    await town.says(town.chen, "在他们那一片")

    case = await town.case(number)
    assert case.unit in ("LD", "ZN-02")
    assert (await town.events(number)).count("case_transferred") == 1
    loser = town.chen if case.unit == "LD" else town.wang
    assert "不用转派了：现在在" in town.private(loser)[-1].text


@pytest.mark.both_databases
async def test_of_two_who_press_at_once_in_two_groups_each_reads_what_is_so(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    old = town.card(town.grid, number)
    await is_asked_why(town, town.wang, town.grid, number)
    await town.presses(town.chen, old, "上报")
    town.wang.writes(town.bot, "灯杆归他们管")
    press = town.chen.presses(old, "上报")
    await town.settle()

    case, events = await town.case(number), await town.events(number)
    assert events.count("case_transferred") + events.count("case_escalated") == 1
    assert press.answer
    assert (press.answer.text == "已上报") is (case.unit == "ZN")


@pytest.mark.both_databases
async def test_given_back_in_the_second_in_which_it_would_climb_it_goes_one_way(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await passes_on(town, town.wang, town.grid, number)
    await town.presses(town.wu, town.card(town.lamps, number), "退单")
    question = town.last(town.lamps, "退单的原因")
    due_at = (await town.case(number)).responsible.accept.due_at
    town.clock.advance(due_at - town.clock.now())
    town.wu.replies(question, "灯杆不是我们的")
    await asyncio.sleep(0)
    await town.settle()

    case, events = await town.case(number), await town.events(number)
    assert events.count("case_given_back") + events.count("case_escalated") == 1
    assert case.unit == ("ZN-01" if "case_given_back" in events else "GHQ")
    assert case.state == "submitted"


async def test_an_owner_who_is_dismissed_passes_nothing_on(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    question = await is_asked_why(town, town.wang, town.grid, number)
    await takes_over(town, WITH_LAMPS.replace("- {id: 2001, name: 王建国, role: worker}", ""))
    await town.says(town.wang, "灯杆归他们管")

    case = await town.case(number)
    assert (case.state, case.unit, case.owner) == ("submitted", "ZN-01", None)
    assert "不用转派了" in town.private(town.wang)[-1].text
    assert question.buttons() == []
    assert "请由他们操作" in await town.forges(town.wang, question, f"tp:{case.id}:0")
    await passes_on(town, town.chen, town.grid, number)
    assert (await town.case(number)).unit == "LD"


async def test_whose_colleague_reports_it_done_meanwhile_reads_that_its_resident_is_to_answer(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    await is_asked_why(town, town.wang, town.grid, number)
    await town.finishes(town.chen, town.grid, number, "灯换好了")
    await town.says(town.wang, "灯杆归他们管")

    assert "已办结，待居民确认" in town.private(town.wang)[-1].text


async def test_a_case_that_its_resident_withdraws_on_the_way_goes_nowhere(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await is_asked_why(town, town.wang, town.grid, number)
    await town.says(town.li, "/my")
    await town.presses(town.li, town.private(town.li)[-1], number.removeprefix("#"))
    await town.presses_twice(town.li, town.private(town.li)[-1], "撤回")
    await town.says(town.wang, "灯杆归他们管")

    assert (await town.case(number)).state == "withdrawn"
    assert "不用转派了" in town.private(town.wang)[-1].text
    await town.says(town.wang, "我家楼道灯也坏了")
    assert "还没提交" in town.texts(town.wang)


async def test_a_case_to_settle_is_handed_to_no_colleague(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await passes_on(town, town.wang, town.grid, number)
    await town.presses(town.wu, town.card(town.lamps, number), "退单")
    await town.replies(town.wu, town.last(town.lamps, "退单的原因"), "灯杆不是我们的")
    await passes_on(town, town.wang, town.grid, number)
    town.sun.starts(town.bot)
    await town.settle()
    page = await town.opens(town.sun, number)

    assert "换人" not in page.buttons()
    said = await town.forges(town.sun, page, f"ho:{(await town.case(number)).id}")
    assert said == f"{number} 还在定责，定了由哪个单位办才能换人。"


async def test_a_case_withdrawn_while_it_waits_to_be_settled_leaves_nothing_to_decide(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await passes_on(town, town.wang, town.grid, number)
    await town.presses(town.wu, town.card(town.lamps, number), "退单")
    await town.replies(town.wu, town.last(town.lamps, "退单的原因"), "灯杆不是我们的")
    await passes_on(town, town.wang, town.grid, number)
    case = await town.case(number)
    await town.says(town.li, "/my")
    await town.presses(town.li, town.private(town.li)[-1], number.removeprefix("#"))
    await town.presses_twice(town.li, town.private(town.li)[-1], "撤回")

    async with town.desks.reading() as (_, work):
        assert [ruling.outcome for ruling in await work.rulings.about(case.id)] == ["lapsed"]
    assert await town.count("followups") == 1
    assert town.card(town.street, number).buttons() == []


async def test_passed_on_on_friday_at_half_past_five_it_is_to_be_accepted_on_monday(
    database_url: str, tmp_path: Path
) -> None:
    async with open_town(database_url, tmp_path, organisation=WITH_LAMPS, policy="quiet_hours: null\n") as town:
        town.wang.starts(town.bot)
        await town.settle()
        await town.passes(days=4, hours=7)
        number = await town.raises(town.li, "煤炭小区路灯坏了")
        await town.passes(minutes=29)
        assert f"{town.clock.now().astimezone(ZoneInfo('Asia/Shanghai')):%a %H:%M}" == "Fri 17:29"
        resolve_by = (await town.case(number)).responsible.resolve
        await passes_on(town, town.wang, town.grid, number)

        case = await town.case(number)
        local = case.responsible.accept.due_at.astimezone(ZoneInfo("Asia/Shanghai"))
        assert f"{local:%a %H:%M}" == "Mon 08:59"
        assert case.responsible.resolve == resolve_by
        await town.passes(days=2)
        assert (await town.case(number)).unit == "LD"
        assert case.ended == ()
        assert case.responsible.begun_because is Because.TRANSFERRED
