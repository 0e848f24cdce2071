import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from sandbox.demo import Playing, playing
from tests.page.visitor import Phone, Visitor

CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # the first is lighter
HOW_TO_HAVE_IT = (
    "no Chromium here, so nobody has looked at the page; to have these tests: "
    "apt-get install --no-install-recommends chromium-headless-shell fonts-noto-cjk fonts-noto-color-emoji"
)

expect.set_options(timeout=20_000)


def chromium() -> str | None:
    """Return where Chromium is."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def pytest_runtest_setup() -> None:
    """Leave these tests out where there is no Chromium, with one line for all; but never in CI."""
    if chromium() is None and os.environ.get("CI") == "true":
        pytest.fail(HOW_TO_HAVE_IT, pytrace=False)
    if chromium() is None:
        pytest.skip(HOW_TO_HAVE_IT)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One for all of these tests, which share its loop; every visitor has a window of their own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def played(tmp_path: Path) -> AsyncIterator[Playing]:
    """The sandbox as it is started, but for Telegram's limits: nobody here waits a second for each message."""
    async with playing(0, tmp_path, paced=False) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(browser: Browser, played: Playing) -> AsyncIterator[Visitor]:
    """Somebody at a large screen who reads Chinese."""
    async with Visitor.arrives(browser, played.address.root) as visitor:
        yield visitor


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Playing]:
    """One sandbox for those of whom nobody minds what others do in it."""
    async with playing(0, tmp_path_factory.mktemp("shared"), paced=False) as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def neighbour(browser: Browser, shared: Playing) -> AsyncIterator[Visitor]:
    """Somebody at a large screen, as `visitor`, but where others have been before."""
    async with Visitor.arrives(browser, shared.address.root) as visitor:
        yield visitor


@pytest_asyncio.fixture(loop_scope="session")
async def newcomer(shared: Playing, neighbour: Visitor) -> AsyncIterator[Phone]:
    """The phone of somebody who has just moved in, for what happens on that phone alone."""
    world = shared.scene.world
    person = world.add_person(first_name="周建国")
    world.ground.changed("people")
    yield await neighbour.takes(person.id)
    assert neighbour.troubles == []
