"""Whoever leaves a unit, or the organisation, sees and receives nothing from then on."""

from bot.app import import_file
from bot.org_file import read_organisation
from tests.town import ORGANISATION, Town

WANG = "                  - {id: 2001, name: 王建国, role: worker}\n"
WITHOUT_WANG = ORGANISATION.replace(WANG, "")
WANG_IN_GRID_2 = WITHOUT_WANG.replace(
    "members: [{id: 2006", "members: [{id: 2001, name: 王建国, role: worker}, {id: 2006"
)
WANG_LEADS_THE_COMMUNITY = WITHOUT_WANG.replace(
    "members: [{id: 2003", "members: [{id: 2001, name: 王建国, role: lead}, {id: 2003"
)


async def imports(town: Town, organisation: str, *, settle: bool = True) -> None:
    """Import an organisation beside the running desk."""
    assert town.app
    assert town.settings.org
    town.settings.org.write_text(organisation, "utf-8")
    await import_file(town.app.desks, town.settings.org, read_organisation(town.settings.org))
    if settle:
        await town.settle()


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


async def test_an_owner_who_was_dismissed_reads_no_file_any_more(town: Town) -> None:
    number = await owned(town)
    assert "13812345678" in await asks_for_file(town, number)
    await imports(town, WITHOUT_WANG)

    assert (await asks_for_file(town, number)).startswith("没有找到这件诉求")
    assert (await town.events(number)).count("case_viewed") == 1


async def test_the_first_owner_reads_on_after_it_has_climbed_until_they_leave(town: Town) -> None:
    number = await owned(town)
    await town.presses(town.wang, town.card(town.grid, number), "上报")
    assert "路灯坏了" in await asks_for_file(town, number)

    await imports(town, WANG_IN_GRID_2)
    assert "没有找到" in await asks_for_file(town, number)
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


async def test_what_a_dismissed_worker_still_writes_and_presses_reaches_nobody(town: Town) -> None:
    number = await owned(town)
    card = town.card(town.grid, number)
    await town.presses(town.wang, card, "办结")
    prompt = town.last(town.grid, "办理结果")
    await imports(town, WITHOUT_WANG)
    for message in (card, prompt):
        await town.replies(town.wang, message, "修好了")
    for data in ("wa:1", "wd:1", "we:1", "wr:1"):
        assert "只有" in await town.forges(town.wang, card, data)

    assert "修好了" not in town.texts(town.li)
    assert "case_resolved" not in await town.events(number)
