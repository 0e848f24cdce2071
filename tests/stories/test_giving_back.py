"""退单 and 定责: what was passed on is given back with a reason; too often, and somebody above settles who has it."""

import pytest

from domain.rights.rulings import Outcome, Ruling
from sandbox.groups import Group
from sandbox.people import Person
from tests.organisations import WITH_LAMPS
from tests.town import LAMPS, ORGANISATION, Town

AT_THE_ROOT = f"""{ORGANISATION}
  - code: LD
    name: 路灯所
    level: department
    chat: {LAMPS}
    members: [{{id: 2007, name: 吴师傅, role: worker}}]
"""

KNOWN = ("wang", "chen", "wu", "sun", "he")
pytestmark = pytest.mark.town(organisation=WITH_LAMPS, known=KNOWN)


async def passes_on(town: Town, worker: Person, group: Group, number: str, unit: str) -> None:
    await town.presses(worker, town.card(group, number), "转派")
    await town.says(worker, unit)
    await town.says(worker, "归他们管")


async def gives_back(town: Town, number: str, reason: str = "灯杆不是我们的") -> None:
    await town.presses(town.wu, town.card(town.lamps, number), "退单")
    await town.replies(town.wu, town.last(town.lamps, "退单的原因"), reason)


async def gone_back_and_forth(town: Town) -> str:
    """Let a case be given back, and then be passed on once more to the unit that gave it back."""
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await passes_on(town, town.wang, town.grid, number, "LD")
    await gives_back(town, number)
    await passes_on(town, town.wang, town.grid, number, "LD")
    return number


async def rulings_of(town: Town, number: str) -> list[Ruling]:
    case = await town.case(number)
    async with town.desks.reading() as (_, work):
        return list(await work.rulings.about(case.id))


async def test_a_case_is_given_back_with_a_reason_in_words_that_both_groups_read(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    before = await town.case(number)
    await passes_on(town, town.wang, town.grid, number, "LD")
    await town.presses(town.wu, town.card(town.lamps, number), "退单")
    town.wu.sends_photo(town.lamps, reply_to=town.last(town.lamps, "退单的原因"))
    await town.settle()
    assert "还差文字" in town.texts(town.lamps)
    assert (await town.case(number)).unit == "LD"
    await town.replies(town.wu, town.last(town.lamps, "退单的原因"), "灯杆不是我们的")

    case = await town.case(number)
    assert (case.state, case.unit, case.give_backs) == ("submitted", "ZN-01", 1)
    assert case.responsible.resolve == before.responsible.resolve
    for group in (town.grid, town.lamps):
        assert "吴师傅 退单：路灯所 → 遵南社区 · 第1网格\n灯杆不是我们的" in town.texts(group)
    assert f"{number} 「煤炭小区路灯坏了」 已转给 遵南社区 · 第1网格 接单" in town.texts(town.li)
    assert "灯杆不是我们的" not in town.texts(town.li)
    assert town.card(town.grid, number).buttons() == ["接单", "转派", "上报", "不予受理"]
    assert "退单 1 次" in town.card(town.grid, number).text
    assert town.card(town.lamps, number).buttons() == []


async def test_once_accepted_it_is_not_given_back_but_passed_on(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await passes_on(town, town.wang, town.grid, number, "LD")
    await town.presses(town.wu, town.card(town.lamps, number), "退单")
    question = town.last(town.lamps, "退单的原因")
    await town.accepts(town.wu, town.lamps, number)
    await town.replies(town.wu, question, "灯杆不是我们的")

    assert (await town.case(number)).unit == "LD"
    assert "灯杆不是我们的" not in town.texts(town.li)
    assert town.card(town.lamps, number).buttons() == ["办结", "协办", "延期", "转派", "上报"]


async def test_given_back_too_often_it_stands_with_the_unit_above_both_and_what_its_lead_settles_stays(
    town: Town,
) -> None:
    number = await gone_back_and_forth(town)

    case = await town.case(number)
    assert (case.unit, case.state, case.give_backs) == ("GHQ", "submitted", 2)
    card = town.card(town.street, number)
    assert card.buttons() == ["接单", "转派", "上报"]
    assert "待 桂花桥街道 的负责人定责" in card.text
    for group in (town.grid, town.lamps, town.street):
        assert f"{number} 「煤炭小区路灯坏了」 已退单 2 次，由 桂花桥街道 的负责人定责" in town.texts(group)
    assert "请定责" in town.texts(town.sun)
    assert "定责" not in town.texts(town.li)
    (ruling,) = await rulings_of(town, number)
    assert (ruling.unit, ruling.due_at) == ("GHQ", case.responsible.accept.due_at)

    await passes_on(town, town.sun, town.street, number, "LD")

    assert (await town.case(number)).unit == "LD"
    assert town.card(town.lamps, number).buttons() == ["接单", "上报", "不予受理"]
    assert f"{number} 「煤炭小区路灯坏了」 孙科长 定责：由 路灯所 办理" in town.texts(town.lamps)
    assert [ruling.outcome for ruling in await rulings_of(town, number)] == [Outcome.GRANTED]
    await town.accepts(town.wu, town.lamps, number)
    assert town.card(town.lamps, number).buttons() == ["办结", "协办", "延期", "上报"]
    town.wu.starts(town.bot, f"t_{number.removeprefix('#')}")
    await town.settle()
    assert "已经定责" in town.private(town.wu)[-1].text
    await town.says(town.sun, f"/assign {number} ZN-01")
    assert town.card(town.grid, number).buttons() == ["接单", "上报", "不予受理"]


async def test_given_back_by_two_units_it_stands_with_the_unit_above_the_last_two(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await passes_on(town, town.wang, town.grid, number, "LD")
    await gives_back(town, number)
    await passes_on(town, town.wang, town.grid, number, "ZN-02")
    await town.presses(town.liu, town.card(town.grid2, number), "退单")
    await town.replies(town.liu, town.last(town.grid2, "退单的原因"), "不在我们网格")

    assert (await town.case(number)).unit == "ZN"
    assert town.card(town.community, number).buttons() == ["接单", "转派", "上报"]


async def test_a_lead_may_settle_it_by_accepting(town: Town) -> None:
    number = await gone_back_and_forth(town)
    await town.accepts(town.sun, town.street, number)

    case = await town.case(number)
    assert (case.unit, case.state) == ("GHQ", "accepted")
    assert town.card(town.street, number).buttons() == ["办结", "协办", "延期", "上报"]
    assert [ruling.outcome for ruling in await rulings_of(town, number)] == [Outcome.GRANTED]


async def test_a_lead_may_settle_it_by_assigning_and_nobody_below_may(town: Town) -> None:
    number = await gone_back_and_forth(town)
    await town.says(town.chen, f"/assign {number} LD")
    assert "没找到，或您没有查看权限" in town.private(town.chen)[-1].text
    await town.says(town.wu, f"/assign {number} ZN-01")
    assert "仅负责人和管理员可用" in town.private(town.wu)[-1].text
    await town.says(town.sun, f"/assign {number} LD")

    assert (await town.case(number)).unit == "LD"
    assert town.card(town.lamps, number).buttons() == ["接单", "上报", "不予受理"]


async def test_where_nobody_settles_it_in_time_the_next_above_is_asked(town: Town) -> None:
    number = await gone_back_and_forth(town)
    await town.passes(minutes=31)

    assert (await town.case(number)).unit == "BZ"
    assert "待 播州区 的负责人定责" in town.card(town.district, number).text
    assert [ruling.outcome for ruling in await rulings_of(town, number)] == [Outcome.PASSED_UP, None]
    await town.passes(minutes=31)
    assert (await town.case(number)).unit == "BZ"
    await town.accepts(town.ma, town.district, number)
    assert [ruling.outcome for ruling in await rulings_of(town, number)] == [Outcome.PASSED_UP, Outcome.GRANTED]


async def test_passed_on_to_a_unit_that_had_it_counts_as_given_back(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await passes_on(town, town.wang, town.grid, number, "LD")
    await town.accepts(town.wu, town.lamps, number)
    await passes_on(town, town.wu, town.lamps, number, "ZN-01")
    assert ((await town.case(number)).unit, (await town.case(number)).give_backs) == ("ZN-01", 1)
    await town.accepts(town.wang, town.grid, number)
    await passes_on(town, town.wang, town.grid, number, "LD")

    case = await town.case(number)
    assert (case.unit, case.give_backs) == ("GHQ", 2)
    assert "现在由 桂花桥街道 定责" in town.private(town.wang)[-1].text


@pytest.mark.town(organisation=AT_THE_ROOT, known=KNOWN)
async def test_where_no_unit_stands_above_both_the_admins_settle_it(town: Town) -> None:
    number = await gone_back_and_forth(town)

    assert town.card(town.lamps, number).buttons() == ["转派"]
    assert "待管理员定责" in town.card(town.lamps, number).text
    assert "请定责" in town.texts(town.he)
    assert "仅管理员可用" in await town.presses(town.wu, town.card(town.lamps, number), "转派")
    await town.passes(minutes=31)
    assert "已经到最高一级" in town.texts(town.he)
    await town.says(town.he, f"/assign {number} LD")

    assert (await town.case(number)).responsible.settling == "final"
    assert town.card(town.lamps, number).buttons() == ["接单", "不予受理"]
