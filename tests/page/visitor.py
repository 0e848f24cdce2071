"""Somebody before the page: does with mouse and keys what a newcomer does, and reads what stands there."""

import contextlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Self

from playwright.async_api import Browser, Locator, Page, expect

LI, ADMIN = 3001, 1001
GRID, GRID_2, COMMUNITY, STREET = -1001000000001, -1001000000002, -1001000000005, -1001000000006
NARROW, WIDE = 390, 1280
HEIGHT = 820


@dataclass(frozen=True)
class Place:
    """Where something stands on the page."""

    left: float
    top: float
    width: float
    height: float

    @classmethod
    async def of(cls, thing: Locator) -> Self:
        box = await thing.bounding_box()
        assert box
        return cls(box["x"], box["y"], box["width"], box["height"])

    def overlaps(self, other: Self) -> bool:
        across = self.left < other.left + other.width and other.left < self.left + self.width
        return across and self.top < other.top + other.height and other.top < self.top + self.height

    def is_within(self, other: Self) -> bool:
        across = other.left <= self.left and self.left + self.width <= other.left + other.width
        return across and other.top <= self.top and self.top + self.height <= other.top + other.height


class Phone:
    """One phone on the page."""

    def __init__(self, page: Page, chat: int) -> None:
        self.page, self.chat = page, chat
        self.root = page.locator(f'.phone[data-chat="{chat}"]')
        self.field = self.root.locator(".field")
        self.messages = self.root.locator(".message")

    async def writes(self, text: str) -> None:
        await self.field.fill(text)
        await self.field.press("Enter")

    async def presses(self, label: str) -> None:
        await self.root.locator(f'.inline[data-label="{label}"]').last.click()

    async def taps(self, label: str) -> None:
        await self.root.locator(f'.key[data-label="{label}"]').click()

    async def speaks_as(self, person: int) -> None:
        await self.root.locator(f'.speaker[data-person="{person}"]').click()

    async def answers(self, words: str) -> None:
        """Press on the latest message with these words, so that what is written next answers it."""
        await self.with_words(words).last.locator(".text").first.click(position={"x": 3, "y": 6})

    async def chooses(self, label: str) -> None:
        """Choose something from the menu at the head."""
        await self.root.locator(".icon-more").click()
        await self.root.get_by_role("menuitem", name=label).click()

    async def attaches(self) -> Locator:
        await self.root.locator("button.attach").click()
        return self.root.locator(".sheet")

    async def sends_photo(self, sample: str, caption: str = "") -> None:
        await self.field.fill(caption)
        sheet = await self.attaches()
        await sheet.locator(f'.sample:has(img[src$="{sample}.jpg"])').click()
        await sheet.locator("button.main").click()

    async def scans(self, code: str, label: str = "扫二维码") -> None:
        await self.chooses(label)
        await self.root.locator(f'.code[data-code="{code}"]').click()

    async def sees(self, words: str) -> None:
        await expect(self.with_words(words).last).to_be_visible()

    async def offers(self, label: str) -> None:
        await expect(self.root.locator(f'.inline[data-label="{label}"]').last).to_be_visible()

    async def is_told(self, words: str) -> None:
        await expect(self.root.locator(".phone-toasts")).to_contain_text(words)

    def with_words(self, words: str) -> Locator:
        return self.messages.filter(has_text=words)


class Visitor:
    """A browser tab with the page, and everything that went wrong in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda said: self.troubles.append(said.text) if "Content Security" in said.text else None)

    @classmethod
    @contextlib.asynccontextmanager
    async def arrives(
        cls,
        browser: Browser,
        address: str,
        *,
        width: int = WIDE,
        language: str = "zh",
        dark: bool = False,
        touch: bool = False,
        sharp: int = 1,
    ) -> AsyncIterator[Self]:
        """Open the page in a window of its own, `sharp` with so many points to a pixel; nothing may go wrong in it."""
        context = await browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            color_scheme="dark" if dark else "light",
            device_scale_factor=sharp,
            has_touch=touch,
            is_mobile=touch,
            reduced_motion="reduce",
        )
        visitor = cls(await context.new_page())
        await visitor.page.goto(f"{address}/?lang={language}")
        await expect(visitor.page.locator(".phone").first).to_be_visible()
        yield visitor
        await context.close()
        assert visitor.troubles == []

    async def takes(self, chat: int) -> Phone:
        """Take a phone in hand; one that is not in sight is fetched from the list."""
        phone = Phone(self.page, chat)
        in_hand = await phone.root.count() and await phone.root.is_visible()
        if not in_hand:
            await self.page.locator(f'#rail [data-key="{chat}"]').click()
        await expect(phone.root).to_be_visible()
        return phone

    async def on(self, chat: int) -> Phone:
        """Wait until the page itself shows a phone."""
        phone = Phone(self.page, chat)
        await expect(phone.root).to_be_visible()
        return phone

    async def moves_clock(self, hand: str) -> None:
        await self.page.locator(f'[data-hand="{hand}"]').click()

    async def is_told(self, words: str) -> None:
        await expect(self.page.locator("#toasts")).to_contain_text(words)

    async def adds(self, name: str) -> Phone:
        await self.page.locator("#rail .add").click()
        dialog = self.page.get_by_role("dialog")
        await dialog.get_by_role("textbox").fill(name)
        await dialog.locator("button.main").click()
        item = self.page.locator("#rail .rail-item").filter(has_text=name)
        return await self.takes(int(await item.get_attribute("data-key") or 0))

    async def reads_file(self) -> Locator:
        """Turn to the case's file, which has a tab of its own on a small screen."""
        tab = self.page.locator(".files-tab")
        if await tab.is_visible():
            await tab.click()
        return self.page.locator("#files")

    async def file_says(self, *words: str) -> None:
        file = await self.reads_file()
        for word in words:
            await expect(file).to_contain_text(word)

    async def number(self) -> str:
        """Return the number of the case whose file is shown."""
        number = (await self.reads_file()).locator(".case-number")
        await expect(number).to_have_text(re.compile(r"^#MH\d{4}_\d{5}$"))
        return await number.inner_text()
