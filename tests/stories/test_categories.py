"""事项: what a case is about is guessed from its words, shown, put right by those who work on it, and recorded."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from domain.record.history import Row
from tests.organisations import WITH_LAMPS
from tests.town import Town, open_town

OFFICE = (
    WITH_LAMPS
    + """
categories:
  - name: 市政设施
    children:
      - {name: 路灯, unit: LD, words: [路灯, 漆黑]}
      - {name: 井盖}
  - {name: 邻里, words: [邻居]}
"""
)

pytestmark = pytest.mark.town(organisation=OFFICE, known=("wang", "chen", "liu"))


async def test_what_a_case_is_about_is_guessed_and_stands_on_its_card_and_in_its_file(town: Town) -> None:
    lamp = await town.raises(town.li, "煤炭小区路灯坏了")
    other = await town.raises(town.zhao, "红星苑3栋有点事想说说")

    assert "求助 · 路灯 · 待接单" in town.card(town.grid, lamp).text
    assert "求助 · 待接单" in town.card(town.grid, other).text
    assert "🏷 路灯" in (await town.opens(town.wang, lamp)).text


@pytest.mark.both_databases
async def test_a_worker_puts_it_right_step_by_step_and_the_file_says_who(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区门口路灯下的井盖松了")
    file = await town.opens(town.wang, number)
    await town.presses(town.wang, file, "改事项")
    asked = town.private(town.wang)[-1]
    assert f"🏷 {number} 「煤炭小区门口路灯下的井盖松了」 现在归在「路灯」" in asked.text
    assert asked.buttons() == ["市政设施", "邻里", "取消"]

    await town.presses(town.wang, asked, "市政设施")
    assert town.private(town.wang)[-1].buttons() == ["路灯", "井盖", "只归到「市政设施」", "返回", "取消"]
    await town.presses(town.wang, town.private(town.wang)[-1], "井盖")

    assert town.private(town.wang)[-1].text.endswith("已归到「井盖」，卡片上看得到。")
    assert town.private(town.wang)[-1].buttons() == []
    assert "🏷 井盖" in file.text
    assert "求助 · 井盖 · 待接单" in town.card(town.grid, number).text
    assert "王建国 把事项改为「井盖」" in (await town.opens(town.wang, number)).text
    await town.says(town.li, f"/case {number}")
    assert "事项改为「井盖」" in town.private(town.li)[-1].text
    assert "王建国" not in town.private(town.li)[-1].text


async def test_only_who_may_pass_it_on_may_say_what_it_is_about_also_on_an_old_page(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.presses(town.chen, await town.opens(town.chen, number), "改事项")
    groups = town.private(town.chen)[-1]
    file = await town.opens(town.wang, number)
    await town.presses(town.chen, groups, "市政设施")
    pages = town.private(town.chen)[-1]
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "换了灯泡")

    hers = await town.raises(town.zhao, "红星苑3栋路灯坏了")
    await town.accepts(town.chen, town.grid, hers)
    assert "改事项" not in (await town.opens(town.wang, hers)).buttons()
    case = await town.case(hers)
    assert "由接单人或" in await town.forges(town.wang, await town.opens(town.wang, hers), f"wc:{case.id}")

    assert "没有生效" in await town.presses(town.wang, file, "改事项")
    assert "没有生效" in await town.presses(town.chen, pages, "井盖")
    assert "改事项" not in (await town.opens(town.wang, number)).buttons()
    assert (await town.case(number)).category == "路灯"


async def test_two_choose_the_same_and_one_reads_that_it_is_so(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.presses(town.wang, await town.opens(town.wang, number), "改事项")
    mine = town.private(town.wang)[-1]
    await town.presses(town.chen, await town.opens(town.chen, number), "改事项")
    await town.presses(town.wang, mine, "邻里")

    assert f"{number} 已经归在「邻里」了" in await town.presses(town.chen, town.private(town.chen)[-1], "邻里")
    assert (await town.events(number)).count("category_changed") == 1


async def test_the_unit_of_a_category_is_offered_first(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.presses(town.wang, town.card(town.grid, number), "转派")

    assert town.last(town.wang, "转派给哪个单位").buttons()[0] == "路灯所"


async def test_a_category_that_the_file_drops_stays_on_the_case_and_can_be_chosen_no_more(
    town: Town, tmp_path: Path
) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.presses(town.wang, await town.opens(town.wang, number), "改事项")
    before = town.private(town.wang)[-1]
    await town.stop()
    (tmp_path / "org.yaml").write_text(OFFICE.replace("邻里", "停车"), "utf-8")
    await town.start()

    assert "这个事项已经没有了" in await town.presses(town.wang, before, "邻里")
    assert "求助 · 路灯 · 待接单" in town.card(town.grid, number).text


async def test_another_category_brings_its_terms_counted_from_raising_and_the_resident_reads_them(
    database_url: str, tmp_path: Path
) -> None:
    policy = "clock: calendar\nquiet_hours: null\ncategories: {井盖: {resolve_within: 1d}}\n"
    async with open_town(database_url, tmp_path, organisation=OFFICE, policy=policy) as town:
        town.wang.starts(town.bot)
        number = await town.raises(town.li, "煤炭小区门口路灯下的井盖松了")
        await town.accepts(town.wang, town.grid, number)
        await town.passes(hours=5)
        await town.presses(town.wang, await town.opens(town.wang, number), "改事项")
        await town.presses(town.wang, town.private(town.wang)[-1], "市政设施")
        await town.presses(town.wang, town.private(town.wang)[-1], "井盖")

        assert "11月24日 10:00 前办结，还剩19小时" in town.card(town.grid, number).text
        assert "归到「井盖」办理，最晚 11月24日 10:00 办完" in town.texts(town.li)
        await town.passes(hours=20)
        assert (await town.case(number)).unit == "ZN"


async def test_a_later_deadline_that_another_category_brings_by_itself_is_ruled_on_no_more(
    database_url: str, tmp_path: Path
) -> None:
    policy = (
        "clock: calendar\nquiet_hours: null\ncategories: {井盖: {resolve_within: 9d}, 邻里: {resolve_within: 3d}}\n"
    )
    async with open_town(database_url, tmp_path, organisation=OFFICE, policy=policy) as town:
        town.wang.starts(town.bot)
        number = await town.raises(town.li, "煤炭小区门口路灯下的井盖松了")
        await town.accepts(town.wang, town.grid, number)
        await town.presses(town.wang, town.card(town.grid, number), "延期")
        await town.presses(town.wang, town.last(town.wang, "要延到什么时候"), "+3天")
        await town.says(town.wang, "井盖要订货")
        first = town.last(town.community, "申请延期")

        await town.presses(town.wang, await town.opens(town.wang, number), "改事项")
        await town.presses(town.wang, town.private(town.wang)[-1], "邻里")
        anew = town.last(town.community, "申请延期")
        assert (first.buttons(), anew.buttons()) == ([], ["同意", "不同意"])
        assert "现在的时限：11月26日 10:00" in anew.text

        await town.presses(town.wang, await town.opens(town.wang, number), "改事项")
        await town.presses(town.wang, town.private(town.wang)[-1], "市政设施")
        await town.presses(town.wang, town.private(town.wang)[-1], "井盖")
        assert anew.buttons() == []
        told = town.last(town.wang, "延期不用审批了，也不算次数").text
        assert "现在的时限是 12月2日 10:00，已经不早于申请的 11月28日 10:00" in told
        case = await town.case(number)
        assert (case.extensions, case.responsible.rule_by) == (0, None)
        late = await town.forges(town.zhou, anew, f"xg:{case.id}:{first_asked(await town.file(number))}")
        assert "时限另有调整" in late


def first_asked(rows: Sequence[Row]) -> int:
    return next(row.id for row in rows if row.event == "extension_asked")
