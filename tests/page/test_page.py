"""What a newcomer can do on the page besides the story, and how the page recovers from what goes wrong."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from sandbox.demo import Playing, playing
from sandbox.page.page import page_routes
from sandbox.scene import Scene, new_bot
from sandbox.wire import serve
from sandbox.world import World
from tests.page.visitor import ADMIN, GRID, GRID_2, HEIGHT, LI, NARROW, STREET, WIDE, Phone, Place, Visitor

pytestmark = [pytest.mark.wire, pytest.mark.xdist_group("processes"), pytest.mark.asyncio(loop_scope="session")]


async def test_a_tab_left_open_over_a_restart_begins_anew_by_itself(browser: Browser, tmp_path: Path) -> None:
    async with playing(0, tmp_path) as first:
        port = first.address.port
        arriving = Visitor.arrives(browser, first.address.root)
        visitor = await arriving.__aenter__()
        li = await visitor.takes(LI)
        await li.scans("ZN-01")
        await li.sees("已经记下了")
    await expect(visitor.page.locator("#connection")).to_contain_text("正在重新连接")

    async with playing(port, tmp_path):
        await visitor.is_told("沙盒重新开过了")
        await expect(visitor.page.locator("#connection")).to_be_hidden()
        await expect(li.messages).to_have_count(0)
        await li.root.locator(".start").click()
        await li.sees("您好")
        await arriving.__aexit__(None, None, None)


async def test_what_comes_while_somebody_presses_takes_no_press_away(browser: Browser, played: Playing) -> None:
    root = played.address.root
    async with Visitor.arrives(browser, root, width=NARROW) as visitor, Visitor.arrives(browser, root) as neighbour:
        li = await neighbour.takes(LI)
        await li.scans("ZN-01")
        await visitor.takes(ADMIN)
        await visitor.page.locator(f'#rail [data-key="{GRID}"] .rail-name').hover()
        await visitor.page.mouse.down()
        await li.writes("路灯坏了")
        await li.presses("提交")
        await (await neighbour.takes(GRID)).offers("接单")
        await visitor.page.wait_for_timeout(300)
        await visitor.page.mouse.up()

        await Phone(visitor.page, GRID).offers("接单")


async def test_a_resident_removed_in_the_middle_of_a_draft_breaks_nothing(browser: Browser, played: Playing) -> None:
    root = played.address.root
    async with Visitor.arrives(browser, root) as visitor, Visitor.arrives(browser, root) as onlooker:
        zhao = await visitor.adds("赵大爷")
        await zhao.scans("ZN-02")
        await zhao.writes("楼下的井盖松了")
        await zhao.offers("提交")
        seen = await onlooker.takes(int(await zhao.root.get_attribute("data-chat") or 0))
        await seen.field.fill("还没写完")

        await zhao.chooses("移走这位居民")
        await visitor.page.get_by_role("dialog").locator("button.danger").click()

        await visitor.is_told("赵大爷已经移走")
        for tab in (visitor, onlooker):
            await expect(tab.page.locator("#rail")).not_to_contain_text("赵大爷")
            li = await tab.takes(LI)
            await expect(li.root).to_be_visible()
        await li.scans("ZN-01")
        await li.writes("路灯坏了")
        await li.presses("提交")
        await onlooker.file_says("路灯坏了")


async def test_what_is_not_there_any_more_is_refused_with_a_sentence(visitor: Visitor, played: Playing) -> None:
    li = await visitor.takes(LI)
    await li.scans("ZN-01")
    await li.writes("路灯坏了")
    await li.offers("提交")
    scene = played.scene
    await visitor.page.route("**/control/events*", lambda route: route.abort())

    scene.world.people[LI].deletes_account()
    await visitor.page.evaluate("fetch('/control/state')")
    await li.presses("提交")

    await visitor.is_told("这个人已经不在了。")


async def test_who_speaks_in_a_group_is_chosen_on_its_phone(visitor: Visitor) -> None:
    li = await visitor.takes(LI)
    await li.scans("ZN-01")
    await li.writes("路灯坏了")
    await li.presses("提交")
    grid = await visitor.takes(GRID)
    await grid.presses("接单")
    await grid.is_told("接单成功")
    await grid.offers("办结")

    await grid.speaks_as(2002)
    await grid.answers("路灯坏了")
    await grid.writes("明天上午过去")

    await li.sees("陈静")
    await li.sees("明天上午过去")


async def test_voice_place_album_and_own_files_are_sent_from_the_menu(
    newcomer: Phone, neighbour: Visitor, tmp_path: Path
) -> None:
    own = tmp_path / "说明.txt"
    own.write_text("楼道照片说明", "utf-8")
    await newcomer.root.locator(".start").click()
    await newcomer.sees("您好")

    sheet = await newcomer.attaches()
    await sheet.get_by_role("button", name="语音").click()
    await expect(newcomer.root.locator(".voice")).to_be_visible()
    sheet = await newcomer.attaches()
    for sample in ("leak", "clutter"):
        await sheet.locator(f'.sample:has(img[src$="{sample}.jpg"])').click()
    await sheet.locator("button.main").click()
    await expect(newcomer.root.locator(".photo")).to_have_count(2)
    await newcomer.attaches()
    await newcomer.root.locator("input[type=file]").set_input_files(own)
    await newcomer.sees("说明.txt")
    await newcomer.writes("水管漏水，楼道也堆满了")
    await newcomer.sees("这件事在哪里")
    await newcomer.taps("发送位置")
    await newcomer.root.get_by_role("button", name="在第2网格里").click()

    await expect(newcomer.root.locator(".map")).to_be_visible()
    await newcomer.offers("提交")
    await newcomer.presses("提交")
    grid = await neighbour.takes(GRID_2)
    await grid.sees("水管漏水")
    await expect(grid.root.locator(".photo")).to_have_count(2)


async def test_an_edit_shows_at_once_and_is_marked(newcomer: Phone) -> None:
    await newcomer.scans("ZN-01")
    await newcomer.writes("路灯坏了")
    await newcomer.offers("提交")

    mine = newcomer.with_words("路灯坏了").first
    await mine.hover()
    await mine.get_by_role("button", name="修改").click()
    await expect(newcomer.field).to_have_value("路灯坏了")
    await newcomer.writes("路灯坏了两盏")

    await expect(mine).to_contain_text("已编辑")
    await expect(newcomer.with_words("📝")).to_contain_text("路灯坏了两盏")


async def test_what_people_write_is_never_markup(newcomer: Phone) -> None:
    await newcomer.scans("ZN-01")

    await newcomer.writes('<img src=x onerror="document.title=1"> & <b>路灯</b>')

    await newcomer.sees("<b>路灯</b>")
    await newcomer.offers("提交")
    assert await newcomer.root.locator('img[src="x"], .text b:text-is("路灯")').count() == 0


async def test_unread_messages_are_counted_until_somebody_looks(visitor: Visitor) -> None:
    li = await visitor.takes(LI)
    await li.scans("ZN-01")
    await li.writes("路灯坏了")
    await li.presses("提交")
    badge = visitor.page.locator(f'#rail [data-key="{GRID}"] .badge')
    grid = await visitor.takes(STREET)
    await expect(badge).to_have_text("1")

    grid = await visitor.takes(GRID)
    await grid.root.locator(".phone-head").click()

    await expect(badge).to_be_hidden()


async def test_the_list_of_phones_tells_the_last_words_of_each(newcomer: Phone) -> None:
    await newcomer.scans("ZN-01")
    await newcomer.sees("已经记下了")
    in_list = newcomer.page.locator(f'#rail [data-key="{newcomer.chat}"]')

    await newcomer.writes("你好")
    await expect(in_list).to_contain_text("您好")
    await newcomer.writes("谢谢")
    await expect(in_list).to_contain_text("不客气")


async def test_a_blocked_bot_is_unblocked_from_the_same_place(newcomer: Phone) -> None:
    await newcomer.scans("ZN-01")
    await newcomer.sees("已经记下了")

    await newcomer.chooses("屏蔽机器人")
    await newcomer.root.locator(".start").click()

    await expect(newcomer.field).to_be_visible()
    await expect(newcomer.with_words("/start")).to_have_count(2)


async def test_the_command_menu_offers_what_a_person_may_use(neighbour: Visitor) -> None:
    admin = await neighbour.takes(ADMIN)
    await admin.root.locator(".start").click()
    await admin.sees("您是管理员")
    await admin.root.locator(".slash").click()

    await admin.root.get_by_role("menuitem", name="/units").click()

    await admin.sees("遵南社区")


async def test_everything_can_be_done_with_the_keyboard(newcomer: Phone) -> None:
    page = newcomer.page
    await newcomer.root.locator(".start").focus()
    await page.keyboard.press("Enter")
    await newcomer.sees("您好")
    await newcomer.field.focus()
    await page.keyboard.type("煤炭小区的路灯坏了")
    await page.keyboard.press("Enter")
    await newcomer.offers("提交")

    await page.keyboard.press("Shift+Tab")
    for _ in range(12):
        if await page.evaluate("document.activeElement.dataset.label") == "提交":
            break
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await newcomer.sees("#MH")
    await newcomer.messages.last.focus()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")

    await expect(newcomer.root.locator(".reply-bar")).to_be_visible()
    await expect(newcomer.field).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(newcomer.root.locator(".reply-bar")).to_be_hidden()


async def test_an_alert_stays_until_it_was_read(browser: Browser) -> None:
    async with World() as world:
        scene = Scene(world=world, bot=new_bot(world))
        li = world.add_person(LI, "李秀英")
        li.starts(scene.bot)
        keys = {"inline_keyboard": [[{"text": "接单", "callback_data": "a"}]]}
        async with serve(world, 0, page_routes(scene)) as address, Visitor.arrives(browser, address.root) as visitor:
            token, phone = scene.bot.token, await visitor.takes(LI)
            await world.api.call(token, "sendMessage", {"chat_id": LI, "text": "一件", "reply_markup": keys})
            await phone.presses("接单")
            await expect(phone.root.locator(".inline.busy")).to_be_visible()
            [press] = scene.bot.presses
            alert = {"callback_query_id": press, "text": "已由别人接单。", "show_alert": True}
            await world.api.call(token, "answerCallbackQuery", alert)

            dialog = visitor.page.get_by_role("dialog")
            await expect(dialog).to_contain_text("已由别人接单。")
            await visitor.page.keyboard.press("Enter")

            await expect(dialog).to_be_hidden()
            await expect(visitor.page.locator("#files")).to_be_hidden()


@pytest.mark.parametrize("dark", [False, True])
async def test_the_theme_follows_the_system_and_can_be_turned(browser: Browser, shared: Playing, dark: bool) -> None:
    async with Visitor.arrives(browser, shared.address.root, width=WIDE, dark=dark) as visitor:
        colour = "getComputedStyle(document.body).colorScheme"
        schemes = ["light", "dark"]
        assert await visitor.page.evaluate("getComputedStyle(document.documentElement).colorScheme") == schemes[dark]

        await visitor.page.get_by_role("button", name="浅色 / 深色").click()

        assert await visitor.page.evaluate(colour) == schemes[not dark]


async def test_the_language_of_the_page_is_the_language_of_everybodys_phone(visitor: Visitor) -> None:
    await visitor.page.locator(".language").click()
    li = await visitor.takes(LI)
    await expect(li.root.locator(".start")).to_have_text("START")

    await li.root.locator(".start").click()

    await li.sees("Hello")
    await expect(li.root.locator('.key[data-label="Complaint"]')).to_be_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_nothing_is_wider_than_the_screen_and_no_label_is_cut(
    browser: Browser, played: Playing, language: str
) -> None:
    over = "[...document.querySelectorAll('#bar *')].filter((e) => e.getBoundingClientRect().right > innerWidth)"
    cut = (
        "[...document.querySelectorAll('#bar *, .rail-name')]"
        ".filter((e) => e.clientWidth && e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent)"
    )
    async with Visitor.arrives(browser, played.address.root, language=language) as visitor:
        page = visitor.page
        for width in (360, 390, 700, 701, 820, 1000, 1280, 1920):
            await page.set_viewport_size({"width": width, "height": HEIGHT})
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, width
            assert await page.evaluate(f"{over}.length") == 0, width
            assert await page.evaluate(cut) == [], width
            for shown in (".clock-day", ".clock-time", *(f'[data-hand="{hand}"]' for hand in ("hour", "day", "next"))):
                assert await page.locator(shown).is_visible(), (shown, width)


async def test_on_a_small_screen_everything_is_in_sight_and_nothing_covers_what_is_new(
    browser: Browser, played: Playing
) -> None:
    async with Visitor.arrives(browser, played.address.root, width=NARROW, touch=True) as visitor:
        li = await visitor.takes(LI)
        await li.scans("ZN-01")
        await li.sees("记下")
        assert (await Place.of(visitor.page.locator("#bar"))).height < HEIGHT / 16
        assert (await Place.of(li.root.locator(".log"))).top < HEIGHT / 5

        sheet = await li.attaches()
        for button in await sheet.get_by_role("button").all():
            await expect(button).to_be_in_viewport(ratio=1)
        await li.attaches()
        await li.sends_photo("lamp-broken", "路灯坏了，晚上看不见，老人下楼都要打手电，麻烦看看")
        await li.presses("提交")
        photo, bubble = [await Place.of(li.root.locator(thing).first) for thing in (".photo", ".bubble:has(.photo)")]
        assert photo.width > bubble.width - 10

        await li.with_words("路灯坏了").first.tap(position={"x": 20, "y": 20})
        await expect(li.root.locator(".reply-bar").get_by_role("button", name="修改")).to_be_visible()
        await expect(li.root.locator(".tools:visible")).to_have_count(0)

        grid = await visitor.takes(GRID)
        await grid.presses("接单")
        await grid.is_told("接单")
        await visitor.moves_clock("hour")
        await visitor.is_told("过去了1小时")
        await expect(grid.messages.last).to_be_in_viewport(ratio=1)
        for toast in await visitor.page.locator(".toast").all():
            for new in (grid.messages.last, grid.root.locator(".composer")):
                assert not (await Place.of(toast)).overlaps(await Place.of(new))
