"""The first story, played on the page as a newcomer plays it: the street lamp at gate 3."""

import pytest
from playwright.async_api import Browser, expect

from sandbox.demo import Playing
from tests.page.visitor import COMMUNITY, GRID, LI, NARROW, WIDE, Visitor

pytestmark = [pytest.mark.wire, pytest.mark.xdist_group("processes"), pytest.mark.asyncio(loop_scope="session")]

LAMP = "3号门的路灯坏了三天了"
WORDS = {
    "zh": {
        "scan": "扫二维码",
        "submit": "提交",
        "accept": "接单",
        "done": "办结",
        "solved": "已解决",
        "unsolved": "未解决",
        "good": "满意",
        "working": "正在办理",
        "result": "办理结果",
        "why": "哪里没有解决好",
        "reason": "退回原因",
        "overdue": "超时",
        "reminded": "提醒网格员",
        "rated": "居民评价：满意",
        "returned": "退回 1 次",
        "to_grid": "第1网格",
    },
    "en": {
        "scan": "Scan a QR code",
        "submit": "Submit",
        "accept": "Accept",
        "done": "Done",
        "solved": "Solved",
        "unsolved": "Not solved",
        "good": "Satisfied",
        "working": "accepted",
        "result": "with the result of",
        "why": "Please tell us",
        "reason": "flickers",
        "overdue": "overdue",
        "reminded": "the worker was reminded",
        "rated": "the resident's rating: Satisfied",
        "returned": "returned 1×",
        "to_grid": "第1网格",
    },
}


@pytest.mark.parametrize(("language", "width"), [("en", WIDE), pytest.param("zh", NARROW, marks=pytest.mark.thorough)])
async def test_a_street_lamp_is_raised_mended_given_back_mended_again_and_confirmed(
    browser: Browser, played: Playing, language: str, width: int
) -> None:
    said = WORDS[language]
    async with Visitor.arrives(browser, played.address.root, width=width, language=language) as visitor:
        li = await visitor.takes(LI)
        await li.scans("ZN-01", said["scan"])
        await li.sees(said["to_grid"])
        await li.sends_photo("lamp-broken", LAMP)
        await li.presses(said["submit"])
        await li.sees("#MH")

        grid = await visitor.takes(GRID)
        await grid.presses(said["accept"])
        await grid.offers(said["done"])
        await visitor.moves_clock("next")
        await visitor.file_says(said["reminded"])

        for result in ("灯泡换好了", "The joint is fixed"):
            grid = await visitor.takes(GRID)
            await grid.presses(said["done"])
            await grid.sees(said["result"])
            await expect(grid.root.locator(".reply-bar")).to_be_visible()
            await grid.sends_photo("lamp-mended", result)
            li = await visitor.takes(LI)
            await li.sees(result)
            if result == "灯泡换好了":
                await li.presses(said["unsolved"])
                await li.sees(said["why"])
                await li.writes("it still flickers, 一闪一闪的")
                await visitor.file_says(said["returned"], "一闪一闪的")
                await visitor.moves_clock("hour")

        li = await visitor.takes(LI)
        await li.presses(said["solved"])
        await li.presses(said["good"])
        await visitor.file_says(said["rated"])


async def test_the_clock_has_nothing_to_wait_for_until_a_case_climbs_that_nobody_accepts(visitor: Visitor) -> None:
    await visitor.moves_clock("next")
    await visitor.is_told("没有要等的事")

    li = await visitor.takes(LI)
    await li.scans("ZN-01")
    await li.sees("已经记下了")
    await li.writes("楼道里堆满杂物")
    await li.presses("提交")
    number = await visitor.number()
    grid = await visitor.takes(GRID)
    await grid.sees(number)

    await visitor.moves_clock("next")
    await visitor.is_told("接单时限快到了")
    await grid.sees("🟡")
    await visitor.moves_clock("next")

    community = await visitor.takes(COMMUNITY)
    await community.sees(number)
    await community.offers("接单")
    await visitor.file_says("超时未接单，自动上报", "遵南社区")
