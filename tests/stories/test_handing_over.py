"""换人: a lead gives a case to another member of its unit, in private."""

import pytest

from sandbox.messages import Message
from sandbox.people import Person
from tests.organisations import WITHOUT_WANG, imports
from tests.town import Town


async def asks(town: Town, lead: Person, number: str) -> tuple[Message, Message]:
    """Let a lead press 换人; return the file and the question."""
    lead.starts(town.bot)
    await town.settle()
    page = await town.opens(lead, number)
    await town.presses(lead, page, "换人")
    return page, town.last(lead, "换给谁办")


async def test_a_lead_gives_a_case_to_another_whose_it_is_at_once(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    town.wang.starts(town.bot)
    page, question = await asks(town, town.chen, number)
    assert question.buttons() == ["陈静（负责人）", "取消"]
    await town.presses(town.chen, question, "陈静（负责人）")

    case = await town.case(number)
    assert case.owner is not None
    assert case.first_owner is not None
    assert (case.owner.name, case.first_owner.name, case.state) == ("陈静", "王建国", "accepted")
    assert town.last(town.chen).text == f"✅ {number} 已交给 陈静 办。"
    assert town.last(town.li).text == f"👷 {number} 「煤炭小区路灯坏了」 现在由 陈静 办理。"
    assert "陈静 换人：现在由 陈静 办理" in town.last(town.grid, "换人").text
    assert "换人" in town.last(town.wang, number).text
    assert "陈静 换人：由 陈静 办理" in page.text
    assert question.buttons() == []


async def test_a_case_that_nobody_accepted_is_accepted_by_it_and_a_name_may_be_typed(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    town.wang.starts(town.bot)
    await asks(town, town.zhou, number)
    await town.says(town.zhou, "张三")
    assert town.last(town.zhou).text.startswith("单位里没找到这位同事")
    await town.says(town.zhou, "建国")

    case = await town.case(number)
    assert case.owner is not None
    assert case.owner == case.first_owner
    assert (case.owner.name, case.state) == ("王建国", "accepted")
    assert "换人" in town.last(town.wang, number).text
    await town.passes(hours=5)
    assert "王建国" in town.last(town.grid).text


async def test_a_waiting_case_goes_on_waiting(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    await town.replies(town.wang, town.card(town.grid, number), "几号楼？")
    await asks(town, town.chen, number)
    await town.says(town.chen, "陈静")
    case = await town.case(number)
    assert case.owner is not None
    assert (case.owner.name, case.state) == ("陈静", "waiting")


async def test_who_has_it_or_has_left_is_not_given_it_and_the_question_may_be_past(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    page, question = await asks(town, town.chen, number)
    await town.accepts(town.wang, town.grid, number)
    assert await town.presses(town.chen, question, "王建国（网格员）") == f"{number} 现在就由 王建国 办，不用换。"
    await imports(town, WITHOUT_WANG)
    said = await town.presses(town.chen, question, "王建国（网格员）")
    assert said == f"{number} 没有换：这位同事已经不在这个单位。"

    await town.accepts(town.chen, town.grid, number)
    await town.finishes(town.chen, town.grid, number, "修好了")
    await town.says(town.chen, "陈静")
    assert "不用换人了" in town.last(town.chen).text
    assert "换人" not in page.buttons()
    assert await town.count("drafts") == 1


@pytest.mark.both_databases
async def test_of_two_leads_who_hand_it_over_at_once_the_last_stands(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    _, of_chen = await asks(town, town.chen, number)
    _, of_zhou = await asks(town, town.zhou, number)
    town.chen.presses(of_chen, "陈静（负责人）")
    town.zhou.presses(of_zhou, "王建国（网格员）")
    await town.settle()

    case = await town.case(number)
    rows = [row for row in await town.file(number) if row.event == "case_handed_over"]
    assert case.owner is not None
    assert case.first_owner is not None
    assert [row.told["holder"] for row in rows] == [case.first_owner.name, case.owner.name]


async def test_only_leads_find_it_and_not_where_it_is_reported_done(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    town.wang.starts(town.bot)
    await town.settle()
    page = await town.opens(town.wang, number)
    assert "换人" not in page.buttons()
    refused = await town.forges(town.wang, page, f"ho:{(await town.case(number)).id}")
    assert "遵南社区 · 第1网格" in refused
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "修好了")
    town.chen.starts(town.bot)
    assert (await town.opens(town.chen, number)).buttons() == ["拆分"]


async def test_who_is_away_may_have_it_and_the_lead_reads_who_stands_in(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    town.wang.starts(town.bot)
    await town.settle()
    await town.says(town.wang, "/away 11-23 11-25 周主任")
    _, question = await asks(town, town.chen, number)
    assert question.buttons()[0] == "王建国（网格员，请假中）"
    await town.presses(town.chen, question, "王建国（网格员，请假中）")

    assert "请假到 11月26日 00:00，这期间由 周主任 代办" in town.last(town.chen).text
    assert "📅 请假中，周主任 代办" in town.card(town.grid, number).text
