"""The guided tour leads from the first scan to the end of the story, one step at a time."""

import pytest
from playwright.async_api import Browser, Locator, expect

from sandbox.demo import Playing
from tests.page.visitor import COMMUNITY, GRID, LI, NARROW, STREET, WIDE, Place, Visitor

pytestmark = [pytest.mark.wire, pytest.mark.xdist_group("processes"), pytest.mark.asyncio(loop_scope="session")]

STEPS = (
    *("scan", "write", "submit", "accept", "progress", "clock"),
    *("resolve", "unsolved", "transfer", "receive", "again", "confirm", "end"),
)
SECOND = ("raise", "accept", "call", "choose", "task", "receive", "report", "finish", "solved", "end")
WANG, WU, LAMP_OFFICE = 2001, 2501, -1001000000008
TABLET = 820


@pytest.mark.parametrize(("language", "width"), [("zh", NARROW), pytest.param("en", WIDE, marks=pytest.mark.thorough)])
async def test_the_tour_runs_to_its_end(browser: Browser, played: Playing, language: str, width: int) -> None:
    async with Visitor.arrives(browser, played.address.root, width=width, language=language) as visitor:
        await visitor.page.locator(".tour-button").click()
        coach = visitor.page.locator("#coach")
        for step in STEPS[:-1]:
            await expect(coach).to_have_attribute("data-step", step)
            await expect(visitor.page.locator(".tour-target")).to_be_visible()
            await coach.locator(".help").click()
        await expect(coach).to_have_attribute("data-step", "end")
        await coach.locator("button.main").click()

        await expect(coach).to_be_hidden()
        await visitor.file_says({"zh": "居民评价：满意", "en": "Satisfied"}[language])


@pytest.mark.parametrize(
    ("language", "width"),
    [
        ("en", NARROW),
        pytest.param("zh", NARROW, marks=pytest.mark.thorough),
        pytest.param("zh", TABLET, marks=pytest.mark.thorough),
        pytest.param("en", WIDE, marks=pytest.mark.thorough),
    ],
)
async def test_the_second_story_runs_to_its_end(browser: Browser, played: Playing, language: str, width: int) -> None:
    async with Visitor.arrives(browser, played.address.root, width=width, language=language) as visitor:
        coach = await _begins_second(visitor)
        for step in SECOND[:-1]:
            await expect(coach).to_have_attribute("data-step", step)
            await expect(visitor.page.locator(".tour-target")).to_be_in_viewport()
            await expect(visitor.page.locator("#rail .current")).to_be_in_viewport(ratio=0.9)
            await coach.locator(".help").click()
        await expect(coach).to_have_attribute("data-step", "end")
        for button in await coach.locator("footer button:visible").all():
            assert (await Place.of(button)).is_within(await Place.of(coach))
        await coach.locator("button.main").click()

        await expect(coach).to_be_hidden()
        said = {
            "zh": ("申红 报告协办完成", "居民评价：满意"),
            "en": ("申红 of 路灯管理所 has done their part", "Satisfied"),
        }
        await visitor.file_says(*said[language])


async def test_the_second_story_moves_on_however_its_steps_are_done(browser: Browser, played: Playing) -> None:
    async with Visitor.arrives(browser, played.address.root, width=NARROW) as visitor:
        coach = await _begins_second(visitor)
        li = await visitor.takes(LI)
        await li.root.locator(".start").click()
        await li.writes("煤炭小区3号门的路灯不亮了")
        await li.presses("提交")
        await expect(coach).to_have_attribute("data-step", "accept")
        await coach.locator(".help").click()

        await expect(coach).to_have_attribute("data-step", "call")
        grid = await visitor.on(GRID)
        await grid.presses("协办")
        await expect(coach).to_have_attribute("data-step", "choose")
        wang = await visitor.on(WANG)
        await wang.presses("路灯管理所")
        await wang.presses("取消")
        await expect(coach).to_have_attribute("data-step", "call")
        await coach.locator(".help").click()
        await expect(coach).to_have_attribute("data-step", "choose")
        await coach.locator(".help").click()
        await expect(coach).to_have_attribute("data-step", "task")
        await wang.writes("请换灯头")
        await wang.presses("3天")

        await expect(coach).to_have_attribute("data-step", "receive")
        lamps = await visitor.on(LAMP_OFFICE)
        await lamps.presses("退单")
        await lamps.sees("不能协办的原因")
        await lamps.writes("高空车在修")
        await expect(coach).to_have_attribute("data-step", "call")
        for step in ("choose", "task", "receive"):
            await coach.locator(".help").click()
            await expect(coach).to_have_attribute("data-step", step)
        lamps = await visitor.on(LAMP_OFFICE)
        await lamps.speaks_as(WU)
        await lamps.presses("接单")
        await expect(coach).to_have_attribute("data-step", "report")
        await coach.locator(".help").click()
        await expect(coach).to_have_attribute("data-step", "finish")
        await visitor.file_says("吴长明 报告协办完成")


async def test_the_second_story_goes_on_when_nobody_waits_for_the_report(browser: Browser, played: Playing) -> None:
    async with Visitor.arrives(browser, played.address.root, width=NARROW) as visitor:
        coach = await _begins_second(visitor)
        for step in SECOND[:5]:
            await expect(coach).to_have_attribute("data-step", step)
            await coach.locator(".help").click()
        await expect(coach).to_have_attribute("data-step", "receive")
        grid = await visitor.takes(GRID)
        await grid.presses("办结")
        await grid.presses("仍要办结")
        await grid.sees("办理结果")
        await grid.writes("自己接好了线")

        await expect(coach).to_have_attribute("data-step", "solved")


async def test_a_tour_left_and_begun_again_follows_who_acts_alone_and_leaves_the_next_story_to_somebody_else(
    visitor: Visitor,
) -> None:
    coach = visitor.page.locator("#coach")
    await visitor.page.locator(".tour-button").click()
    await expect(coach).to_be_visible()
    for composer in await visitor.page.locator(".composer").all():
        assert not (await Place.of(coach)).overlaps(await Place.of(composer))
    await coach.get_by_role("button", name="不看了").click()
    await expect(coach).to_be_hidden()

    await visitor.page.locator(".tour-button").click()

    await expect(coach).to_have_attribute("data-step", "scan")
    li = await visitor.takes(LI)
    await li.scans("ZN-01")
    await expect(coach).to_have_attribute("data-step", "write")
    await li.writes("3号门的路灯坏了三天了")
    await expect(coach).to_have_attribute("data-step", "submit")
    await li.presses("提交")
    await expect(coach).to_have_attribute("data-step", "accept")

    await visitor.number()
    await visitor.page.locator(".tour-button").click()
    coach = await _begins_second(visitor)
    await expect(coach).to_contain_text("赵大爷")
    await coach.locator(".help").click()
    await expect(coach).to_have_attribute("data-step", "accept")


async def test_the_tour_moves_on_whatever_else_is_open_and_however_the_steps_are_done(
    browser: Browser, played: Playing
) -> None:
    async with Visitor.arrives(browser, played.address.root, width=NARROW) as visitor:
        await visitor.page.locator(".tour-button").click()
        coach = visitor.page.locator("#coach")
        li = await visitor.takes(LI)
        await li.chooses("扫二维码")

        await coach.locator(".help").click()
        await expect(coach).to_have_attribute("data-step", "write")
        await expect(li.root.locator(".sheet")).to_be_hidden()

        await visitor.takes(STREET)
        await coach.locator(".help").click()
        await expect(coach).to_have_attribute("data-step", "submit")
        await expect(li.root).to_be_visible()
        await visitor.takes(STREET)
        await coach.get_by_role("button", name="去看看").click()
        await li.presses("提交")
        await expect(coach).to_have_attribute("data-step", "accept")

        for _ in ("it is nearly late", "nobody has accepted, and it climbs"):
            await visitor.moves_clock("next")
        community = await visitor.on(COMMUNITY)
        await community.presses("接单")
        await expect(coach).to_have_attribute("data-step", "progress")

        world, bot = played.scene.world, played.scene.bot
        zhao = world.add_person(3002, "赵大爷")
        zhao.starts(bot, "g_ZN-02")
        zhao.writes(bot, "楼道里堆满杂物")
        [draft] = await world.until(lambda: [told for told in zhao.chat_with(bot).messages if told.buttons()])
        zhao.presses(draft, "提交")
        await community.presses("办结")
        await community.sees("办理结果")
        await community.writes("换了新灯泡")
        await expect(coach).to_have_attribute("data-step", "unsolved")
        await li.presses("已解决")
        await expect(coach).to_have_attribute("data-step", "confirm")
        await coach.locator(".help").click()
        await expect(coach).to_have_attribute("data-step", "end")


async def _begins_second(visitor: Visitor) -> Locator:
    """Begin the second story, from the first step of the tour."""
    await visitor.page.locator(".tour-button").click()
    coach = visitor.page.locator("#coach")
    await coach.locator(".other").click()
    await expect(coach).to_have_attribute("data-step", SECOND[0])
    return coach
