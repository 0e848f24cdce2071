"""The real program as its operator starts it: a process of its own, in its folder, with its settings.

It is forked from one that has imported the program already, which takes seconds (`multiprocessing`'s fork server).
"""

import asyncio
import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from itertools import count
from pathlib import Path

from sandbox.wire import Address
from tests.bot.terminal import environment
from tests.town import TOKEN

STOPPED_WITHIN = 10.0
ENDED_WITHIN = 60.0
LOOKS = 0.02

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(
    [
        "tests.process",
        "sandbox.demo",
        "aiosqlite",
        "anyio._backends._asyncio",
        "asyncpg",
        "holidays.countries",
        "httpcore",
    ]
)
"""This module and with it the program, and what a start loads besides."""
NUMBERS = count(1)


class Command:
    """A command of `minhu` that runs in a folder; what it prints is kept there."""

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        number = next(NUMBERS)
        self.out, self.err = (folder / f"{number}.{name}" for name in ("out", "err"))
        self._read = 0
        started = environment(folder, **settings), folder, self.out, self.err, arguments
        self._process = FORKED.Process(target=_run, args=started, daemon=True)
        self._process.start()

    async def line(self) -> str:
        """Return the next line that it prints to stdout, once it stands there."""
        async with asyncio.timeout(ENDED_WITHIN):
            while True:
                lines = self.out.read_text("utf-8").splitlines(keepends=True) if self.out.exists() else []
                if len(lines) > self._read and lines[self._read].endswith("\n"):
                    self._read += 1
                    return lines[self._read - 1]
                await asyncio.sleep(LOOKS)

    async def ends(self, by: signal.Signals | None = None) -> int:
        """Return the exit code; after a signal it has ten seconds."""
        assert self._process.pid
        if by:
            os.kill(self._process.pid, by)
        await asyncio.to_thread(self._process.join, STOPPED_WITHIN if by else ENDED_WITHIN)
        assert self._process.exitcode is not None, "it does not end"
        return self._process.exitcode

    async def kill(self) -> None:
        """End it as a power cut does, if it has not ended."""
        self._process.kill()
        await asyncio.to_thread(self._process.join)


def _run(settings: Mapping[str, str], folder: Path, out: Path, err: Path, arguments: tuple[str, ...]) -> None:
    """Be the command line: its environment, folder, output and arguments are all that reaches it."""
    os.environ.clear()
    os.environ.update(settings)
    os.chdir(folder)
    for stream, path in ((sys.stdout, out), (sys.stderr, err)):
        with path.open("wb") as file:
            os.dup2(file.fileno(), stream.fileno())
    sys.argv = ["minhu", *arguments]
    from bot.__main__ import main  # noqa: PLC0415 - not in the process that tests, where it would be too late to say so

    main()


class Process:
    """One installation of minhu: its settings, and at most one running process."""

    def __init__(self, address: Address, folder: Path, database_url: str, **settings: str) -> None:
        self.folder = folder
        self.settings = {
            "LANG": "C",
            "MINHU_TOKEN": TOKEN,
            "MINHU_API_BASE_URL": address.base_url,
            "MINHU_API_FILE_URL": address.file_url,
            "MINHU_DATABASE_URL": database_url,
            "MINHU_FILES": str(folder / "files"),
            "MINHU_LISTEN": "127.0.0.1:0",
            "MINHU_ADMINS": "1001",
            "MINHU_LOG": "json",
            **settings,
        }
        self._running: Command | None = None

    @property
    def log(self) -> str:
        """What the running process has logged."""
        assert self._running
        return self._running.out.read_text("utf-8") + self._running.err.read_text("utf-8")

    async def start(self) -> None:
        """Start the process."""
        self._running = Command(self.folder, "run", **self.settings)

    async def kill(self) -> None:
        """End the process as a power cut does."""
        if self._running:
            await self._running.kill()

    async def stop(self) -> int:
        """End the process by SIGTERM and return its exit code."""
        assert self._running
        return await self._running.ends(signal.SIGTERM)

    async def run(self, *arguments: str) -> tuple[int, str]:
        """Run another command on the same installation; return its exit code and what it prints."""
        command = Command(self.folder, *arguments, **self.settings)
        code = await command.ends()
        return code, command.out.read_text("utf-8") + command.err.read_text("utf-8")


@contextlib.asynccontextmanager
async def installed(
    address: Address, folder: Path, database_url: str, files: Mapping[str, str], **settings: str
) -> AsyncIterator[Process]:
    """Install minhu with these files, and see that no process is left behind."""
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    process = Process(address, folder, database_url, **settings)
    try:
        yield process
    finally:
        await process.kill()
