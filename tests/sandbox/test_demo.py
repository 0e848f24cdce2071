"""The sandbox as a process: one address, one folder, a clean end; and the Bot API alone, for other bots and tests."""

import asyncio
import contextlib
import re
import signal
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.org_file import read_organisation
from sandbox.demo import until_office_hours
from sandbox.folder import FolderTakenError, hold_folder
from sandbox.scene import TOWN
from sandbox.wire import Address
from tests.process import Command, installed
from tests.sandbox.control import Control
from tests.town import ORGANISATION, POLICY

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")
GRID = -1001000000001

pytestmark = pytest.mark.xdist_group("processes")


@contextlib.asynccontextmanager
async def starts(folder: Path, *arguments: str, **settings: str) -> AsyncIterator[Command]:
    """Start a command in a folder, and see that no process is left behind."""
    command = Command(folder, *arguments, **{"LANG": "C", **settings})
    try:
        yield command
    finally:
        await command.kill()


async def address_of(command: Command) -> str:
    found = ADDRESS.search(await command.line())
    assert found
    return found.group()


def said(command: Command) -> str:
    return command.err.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "sign"), [(["sandbox", "--port", "0"], signal.SIGTERM), (["run"], signal.SIGINT)]
)
async def test_without_a_token_one_address_is_printed_and_a_signal_ends_it(
    tmp_path: Path, arguments: list[str], sign: signal.Signals
) -> None:
    if arguments == ["run"] and not _is_free(8080):
        pytest.skip("something else listens on port 8080 here")
    async with starts(tmp_path, *arguments) as command:
        address = await address_of(command)
        async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
            assert "民呼" in (await client.get("/")).text
            async with client.stream("GET", "/control/events") as listening:
                lines = listening.aiter_lines()
                assert await anext(lines) == "retry: 700"
                assert (await command.ends(sign), said(command)) == (0, "")
    assert {entry.name for entry in (tmp_path / "var").iterdir()} == {"sandbox"}


async def test_a_second_sandbox_in_the_folder_says_where_the_first_is(tmp_path: Path) -> None:
    async with starts(tmp_path, "sandbox", "--port", "0") as first:
        address = await address_of(first)
        async with starts(tmp_path, "sandbox", "--port", "0") as second:
            assert (await second.ends(), said(second)) == (
                1,
                f"A sandbox already runs in this folder; open {address} or stop that one first.\n",
            )
        assert await first.ends(signal.SIGTERM) == 0


@pytest.mark.parametrize("arguments", [[], ["--api-only"]])
async def test_a_port_in_use_is_one_sentence(tmp_path: Path, arguments: list[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        async with starts(tmp_path, "sandbox", "--port", port, *arguments, LANG="zh_CN.UTF-8") as command:
            assert await command.ends() == 1

    assert said(command).startswith(f"--port: 端口 {port} 用不了")
    assert said(command).count("\n") == 1


async def test_what_a_sandbox_left_behind_is_gone_at_the_next_start(tmp_path: Path) -> None:
    left = tmp_path / "var" / "sandbox" / "files" / "2026"
    left.mkdir(parents=True)
    (left / "photo.jpg").write_bytes(b"?")
    async with starts(tmp_path, "sandbox", "--port", "0") as command:
        await address_of(command)
        assert not left.exists()
        await command.ends(signal.SIGTERM)


async def test_the_api_alone_serves_an_outside_bot_and_an_outside_test(tmp_path: Path) -> None:
    """Here the outside bot is our own, started by the very lines that the sandbox prints."""
    async with starts(tmp_path, "sandbox", "--api-only", "--port", "0") as command:
        await command.line()
        lines = [await command.line() for _ in range(4)]
        printed = dict(line.strip().split("=", 1) for line in lines[:3])
        port = int(ADDRESS.findall(lines[3])[0])
        assert list(printed) == ["MINHU_API_BASE_URL", "MINHU_API_FILE_URL", "MINHU_TOKEN"]
        async with httpx.AsyncClient(base_url=Address(port).root, trust_env=False) as client:
            control = Control(client)
            await control("add_person", id=3001, name="李秀英")
            await control("add_person", id=2001, name="王建国")
            await control("add_group", id=GRID, title="第1网格工作群", members=[2001])
            files = {"org.yaml": ORGANISATION, "policy.yaml": POLICY}
            settings = {
                "MINHU_ORG": str(tmp_path / "org.yaml"),
                "MINHU_POLICY": str(tmp_path / "policy.yaml"),
                **printed,
            }
            database = f"sqlite:///{tmp_path}/minhu.db"
            async with installed(Address(port), tmp_path, database, files, **settings) as outside:
                await outside.start()
                await control("start", who=3001, parameter="g_ZN-01")
                await _sees(control, 3001, "已经记下了")
                await control("write", who=3001, text="路灯坏了")
                card = await _sees(control, 3001, "还没提交")
                await control("press", who=3001, message=card, label="提交")
                await _sees(control, GRID, "路灯坏了")
                assert await outside.stop() == 0
        assert (await command.ends(signal.SIGTERM), said(command)) == (0, "")


async def _sees(control: Control, chat: int, words: str) -> int:
    """Wait until these words stand in a chat, and return the message."""
    async with asyncio.timeout(30):
        while True:
            for message in (await control.chat(chat))["messages"]:
                if words in message["text"] and message["from"]["bot"]:
                    return int(message["id"])
            await asyncio.sleep(0.05)


def _is_free(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
        return True
    return False


def test_a_folder_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    with hold_folder(tmp_path) as folder:
        folder.note("http://127.0.0.1:8080")
        with pytest.raises(FolderTakenError) as taken, hold_folder(tmp_path):
            pass
        assert taken.value.address == "http://127.0.0.1:8080"
    with hold_folder(tmp_path):
        assert [entry.name for entry in tmp_path.iterdir()] == ["lock"]


def test_only_what_is_in_the_folder_is_emptied(tmp_path: Path) -> None:
    outside = tmp_path / "photos"
    outside.mkdir()
    (outside / "kept.jpg").write_bytes(b"?")
    (tmp_path / "sandbox").mkdir()
    (tmp_path / "sandbox" / "link").symlink_to(outside)

    with hold_folder(tmp_path / "sandbox"):
        assert [entry.name for entry in outside.iterdir()] == ["kept.jpg"]


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-25 10:00", "2026-11-25 10:00"),
        ("2026-11-25 07:00", "2026-11-25 09:30"),
        ("2026-11-25 22:00", "2026-11-26 09:30"),
        ("2026-11-27 16:00", "2026-11-30 09:30"),
        ("2026-11-28 10:00", "2026-11-30 09:30"),
        ("2026-10-01 10:00", "2026-10-08 09:30"),
    ],
)
def test_the_day_begins_when_an_office_would_act(now: str, opens: str) -> None:
    here = timedelta(hours=8)
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC) - here

    assert f"{moment + until_office_hours(moment) + here:%Y-%m-%d %H:%M}" == opens


def test_the_organisation_is_that_of_a_community_with_four_grids() -> None:
    file = read_organisation(TOWN)
    units = file.units

    grids = [unit for unit in units if unit.parent == "ZN"]
    assert len(grids) == 4
    assert all(unit.chat and file.roster[unit.code] for unit in units)
    assert all(grid.area and grid.places for grid in grids)
