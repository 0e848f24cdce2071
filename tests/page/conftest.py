import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright, expect

from sandbox.demo import Playing, playing
from tests.page.visitor import Visitor

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
HOW_TO_HAVE_IT = (
    "no Chromium here, so nobody has looked at the page; to have these tests: "
    "apt-get install --no-install-recommends chromium fonts-noto-cjk fonts-noto-color-emoji"
)

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is. Without it these tests are left out, but never in CI."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(HOW_TO_HAVE_IT)
    if found is None:
        pytest.skip(HOW_TO_HAVE_IT)
    return found


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Playing]:
    async with playing(0, tmp_path) as running:
        yield running


@pytest.fixture
async def visitor(browser: Browser, played: Playing) -> AsyncIterator[Visitor]:
    """Somebody at a large screen who reads Chinese."""
    async with Visitor.arrives(browser, played.address.root) as visitor:
        yield visitor
