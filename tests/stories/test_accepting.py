"""A worker accepts: exactly one wins, strangers change nothing, and the resident knows who."""

import pytest

from tests.town import Town


@pytest.mark.both_databases
async def test_the_first_to_press_owns_the_case_and_the_next_reads_who(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    card = town.card(town.grid, number)

    first, second = town.wang.presses(card, "接单"), town.chen.presses(card, "接单")
    await town.settle()

    assert first.answer
    assert second.answer
    assert first.answer.text == "接单成功，您是首问负责人。"
    assert second.answer.text == f"{number} 已由 王建国 接单。"
    assert second.answer.show_alert
    case = await town.case(number)
    assert case.owner
    assert case.owner.name == "王建国"
    assert (await town.events(number)).count("case_accepted") == 1


async def test_who_does_not_work_for_the_unit_changes_nothing_and_is_told_so(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    card = town.card(town.grid, number)
    town.grid.add(town.liu)
    for person in (town.stranger, town.liu):
        assert await town.presses(person, card, "接单") == "这件事现在归 遵南社区 · 第1网格 ，请由他们操作。"
    assert (await town.case(number)).owner is None
    await town.replies(town.stranger, card, "我来修")
    assert town.posted(town.grid)[-1].text == "这件事现在归 遵南社区 · 第1网格 ，请由他们操作。"
    assert (await town.case(number)).state == "submitted"
    assert "我来修" not in town.texts(town.li)

    await town.accepts(town.wang, town.grid, number)  # and the card shows what works now
    assert card.buttons() == ["办结", "协办", "延期", "转派", "上报"]
    assert "王建国 接单" in card.text
    assert "11月25日 10:00 前办结，还剩2天" in card.text
    assert f"{number} 「煤炭小区路灯坏了」 由 王建国 接单" in town.texts(town.li)


async def test_an_old_button_acts_if_its_move_is_still_allowed_else_tells_the_state(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    old = f"wa:{(await town.case(number)).id}"
    await town.passes(hours=1)  # it has climbed by itself
    assert (await town.case(number)).unit == "ZN"
    assert "现在归 遵南社区" in await town.forges(town.wang, town.card(town.grid, number), old)
    assert "接单成功" in await town.forges(town.zhou, town.card(town.community, number), old)
    await town.finishes(town.zhou, town.community, number, "好了")

    answer = await town.forges(town.zhou, town.card(town.community, number), old)
    assert answer == f"{number} 没有生效：这件已办结，待居民确认"


async def test_members_act_under_the_name_that_the_organisation_gives_them(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.chen, town.grid, number)

    assert "陈静 接单" in town.card(town.grid, number).text
    assert "静静" not in town.texts(town.li)
