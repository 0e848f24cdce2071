"""The guided tour leads from the first scan to the end of the story, one step at a time."""

import pytest
from playwright.async_api import Browser, expect

from sandbox.demo import Playing
from tests.page.visitor import COMMUNITY, LI, NARROW, STREET, WIDE, Place, Visitor

pytestmark = [pytest.mark.wire, pytest.mark.xdist_group("processes"), pytest.mark.asyncio(loop_scope="session")]

STEPS = (
    *("scan", "write", "submit", "accept", "progress", "clock"),
    *("resolve", "unsolved", "transfer", "receive", "again", "confirm", "end"),
)


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


async def test_the_tour_goes_on_when_the_newcomer_acts_alone(visitor: Visitor) -> None:
    await visitor.page.locator(".tour-button").click()
    coach = visitor.page.locator("#coach")
    li = await visitor.takes(LI)

    await li.scans("ZN-01")
    await expect(coach).to_have_attribute("data-step", "write")
    await li.writes("3号门的路灯坏了三天了")
    await expect(coach).to_have_attribute("data-step", "submit")
    await li.presses("提交")
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


async def test_the_tour_can_be_left_and_begun_again(visitor: Visitor) -> None:
    coach = visitor.page.locator("#coach")
    await visitor.page.locator(".tour-button").click()
    await expect(coach).to_be_visible()
    for composer in await visitor.page.locator(".composer").all():
        assert not (await Place.of(coach)).overlaps(await Place.of(composer))
    await coach.get_by_role("button", name="不看了").click()
    await expect(coach).to_be_hidden()

    await visitor.page.locator(".tour-button").click()

    await expect(coach).to_have_attribute("data-step", "scan")
