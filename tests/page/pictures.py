"""The pictures of the README, drawn anew from a sandbox of today: `.venv/bin/python -m tests.page.pictures`."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from sandbox.demo import playing
from tests.page.conftest import chromium
from tests.page.visitor import COMMUNITY, GRID, LI, NARROW, Visitor

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


async def draw() -> None:
    """Play the beginning of two cases, one that climbs and one that is worked on, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        async with playing(0, Path(folder), paced=False) as played, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            async with Visitor.arrives(browser, played.address.root) as visitor:
                await _play(visitor)
                await visitor.page.screenshot(path=PICTURES / "sandbox.png")
            await _draw_card(browser, played.address.root)
            await browser.close()


async def _play(visitor: Visitor) -> None:
    zhao = await visitor.adds("赵大爷")
    await zhao.scans("ZN-02")
    await zhao.sends_photo("clutter", "芸香小镇2栋楼道堆满杂物，走不过去")
    await zhao.presses("提交")
    await zhao.sees("#MH")
    for _ in ("warned", "missed"):
        await visitor.moves_clock("next")
    await (await visitor.takes(COMMUNITY)).offers("接单")
    li = await visitor.takes(LI)
    await li.scans("ZN-01")
    await li.sends_photo("lamp-broken", "3号门的路灯坏了三天了")
    await li.presses("提交")
    await li.sees("#MH")
    grid = await visitor.takes(GRID)
    await grid.presses("接单")
    await grid.offers("办结")
    await grid.answers("路灯坏了")
    await grid.writes("已经看过了，灯泡烧了，下午带电工来换。")
    await li.sees("灯泡烧了")
    await visitor.page.locator(".toast").first.wait_for(state="detached")
    await li.root.locator(".phone-head h2").click()
    for phone in await visitor.page.locator(".log").all():
        await phone.evaluate("(log) => (log.scrollTop = log.scrollHeight)")


async def _draw_card(browser: Browser, address: str) -> None:
    async with Visitor.arrives(browser, address, width=NARROW, sharp=2) as visitor:
        grid = await visitor.takes(GRID)
        await grid.root.locator(".message:has(.buttons)").last.screenshot(path=PICTURES / "card.png")


if __name__ == "__main__":
    asyncio.run(draw())
