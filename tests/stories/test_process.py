"""The whole loop over HTTP against a Bot API on loopback: the real process, its settings, signals and pages."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.wire import serve
from sandbox.world import World
from tests.process import Process, installed
from tests.town import GRID_1, NUMBER, ORGANISATION, POLICY, TOKEN

pytestmark = [pytest.mark.wire, pytest.mark.waits]


@dataclass
class Scene:
    """A resident, a grid worker and their group, with the bot as a process of its own, and a client of its pages."""

    world: World
    process: Process
    pages: httpx.AsyncClient
    li: Person
    wang: Person
    grid: Group

    async def sees(self, place: Person | Group, words: str) -> Message:
        def found() -> Message | None:
            messages = place.chat_with(self.bot).messages if isinstance(place, Person) else place.messages
            seen = [m for m in messages if m.sender is self.bot and (words in m.text or words in m.buttons())]
            return seen[-1] if seen else None

        message = await self.world.until(found, 30)
        assert message
        return message

    @property
    def bot(self) -> Bot:
        return next(iter(self.world.bots.values()))

    async def status(self, path: str) -> int:
        return (await self.pages.get(path)).status_code

    async def is_up(self, path: str = "/readyz") -> None:
        async with asyncio.timeout(30):
            while True:
                try:
                    if await self.status(path) == httpx.codes.OK:
                        return
                except httpx.HTTPError:
                    pass
                await asyncio.sleep(0.05)

    async def lives(self) -> str:
        """Let a case be raised, accepted, done and confirmed."""
        bot = self.bot
        self.li.starts(bot, "g_ZN-01")
        self.li.writes(bot, "3号门的路灯坏了")
        self.li.presses(await self.sees(self.li, "提交"), "提交")
        number = NUMBER.findall((await self.sees(self.li, "已提交 #MH")).text)[0]
        self.wang.presses(await self.sees(self.grid, "接单"), "接单")
        await self.sees(self.li, "正在办理")
        self.wang.presses(await self.sees(self.grid, "办结"), "办结")
        self.wang.sends_photo(self.grid, "换好了", reply_to=await self.sees(self.grid, "办理结果"))
        self.li.presses(await self.sees(self.li, "已解决"), "已解决")
        self.li.presses(await self.sees(self.li, "满意"), "满意")
        await self.sees(self.grid, "居民评价：满意")
        return str(number)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
async def scene(empty_database_url: str, tmp_path: Path) -> AsyncIterator[Scene]:
    world, port = World(), free_port()
    async with world, serve(world) as address:
        bot = world.add_bot(TOKEN, "minhu_bot", "民呼")
        li, wang = world.add_person(3001, "李秀英"), world.add_person(2001, "王建国")
        grid = world.add_group(GRID_1, "第1网格工作群")
        grid.add(wang)
        grid.add_bot(bot)
        files = {"org.yaml": ORGANISATION, "policy.yaml": POLICY}
        settings = {
            "MINHU_ORG": str(tmp_path / "org.yaml"),
            "MINHU_POLICY": str(tmp_path / "policy.yaml"),
            "MINHU_LISTEN": f"127.0.0.1:{port}",
        }
        async with (
            installed(address, tmp_path, empty_database_url, files, **settings) as process,
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, verify=False) as pages,
        ):
            yield Scene(world, process, pages, li, wang, grid)


@pytest.mark.both_databases
async def test_polling_there_and_back_with_health_and_a_clean_stop(scene: Scene) -> None:
    await scene.process.start()
    await scene.is_up()
    number = await scene.lives()

    assert await scene.status("/healthz") == httpx.codes.OK
    metrics = (await scene.pages.get("/metrics")).text
    assert 'minhu_updates_total{outcome="handled"}' in metrics
    assert "minhu_inbox_waiting 0.0" in metrics
    assert await scene.process.stop() == 0
    log = scene.process.log
    assert TOKEN not in log
    assert "Traceback" not in log
    code, said = await scene.process.run("audit", "verify")
    assert (code, number) == (0, "#MH" + number[3:]), said
    kept = [path for path in (scene.process.folder / "files").rglob("*") if path.is_file()]
    assert len(kept) == 1


async def test_webhook_there_and_back_with_a_secret(scene: Scene) -> None:
    scene.process.settings |= {
        "MINHU_MODE": "webhook",
        "MINHU_WEBHOOK_URL": str(scene.pages.base_url.join("/telegram/hook")),
        "MINHU_WEBHOOK_SECRET": "s3cret",
    }
    await scene.process.start()
    await scene.is_up()
    await scene.lives()

    forged = {"update_id": 1, "message": {}}
    for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}):
        answer = await scene.pages.post("/telegram/hook", json=forged, headers=headers)
        assert answer.status_code == httpx.codes.FORBIDDEN
    assert await scene.process.stop() == 0


async def test_what_was_sent_while_it_was_away_is_handled_when_it_comes_back(scene: Scene) -> None:
    scene.li.starts(scene.bot, "g_ZN-01")
    scene.li.writes(scene.bot, "3号门的路灯坏了")
    await scene.process.start()
    await scene.sees(scene.li, "提交")


async def test_it_waits_for_a_telegram_that_is_down_and_says_that_it_is_not_ready(scene: Scene) -> None:
    scene.world.faults.down()
    await scene.process.start()
    await scene.is_up("/healthz")
    assert await scene.status("/readyz") == httpx.codes.SERVICE_UNAVAILABLE
    scene.world.faults.up()
    await scene.is_up()


async def test_a_second_process_on_the_same_database_is_refused(scene: Scene) -> None:
    await scene.process.start()
    await scene.is_up()
    code, said = await scene.process.run("run")
    assert code == 1
    assert "another minhu serves this database" in said
    scene.li.starts(scene.bot, "g_ZN-01")
    await scene.sees(scene.li, "第1网格")


async def test_a_token_that_telegram_does_not_know_ends_it_with_a_sentence(scene: Scene) -> None:
    scene.process.settings["MINHU_TOKEN"] = "4242:unknown"
    code, said = await scene.process.run("run")
    assert code == 1
    assert "MINHU_TOKEN: Telegram does not know this token" in said
    assert "4242:unknown" not in said


async def test_the_doctor_says_what_is_wrong_and_what_to_do(scene: Scene) -> None:
    code, said = await scene.process.run("doctor")
    assert code == 1
    assert "run minhu db upgrade" in said
    await scene.process.start()
    await scene.is_up()
    await scene.process.stop()
    scene.grid.remove(scene.bot)

    code, said = await scene.process.run("doctor")

    assert code == 1
    assert TOKEN not in said
    for finding in (
        "the bot is @minhu_bot",
        "Privacy mode: on",
        f"Group {GRID_1} (第1网格): the bot cannot write",
        "陈静 (2002)",
        "never pressed /start",
        "Clock: right",
        "Database: fine",
    ):
        assert finding in said, finding
