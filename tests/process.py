"""The real process, `minhu run`, as an operator starts it: by its settings, against a Bot API on loopback."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from sandbox.wire import Address
from tests.town import TOKEN

ROOT = Path(__file__).parent.parent
STOPPED_WITHIN = 10.0


class Process:
    """One installation of minhu: its settings, and at most one running process."""

    def __init__(self, address: Address, folder: Path, database_url: str, **settings: str) -> None:
        self.log = folder / "minhu.log"
        self.environment = {
            "PATH": os.environ["PATH"],
            "MINHU_TOKEN": TOKEN,
            "MINHU_API_BASE_URL": address.base_url,
            "MINHU_API_FILE_URL": address.file_url,
            "MINHU_DATABASE_URL": database_url,
            "MINHU_FILES": str(folder / "files"),
            "MINHU_LISTEN": "127.0.0.1:0",
            "MINHU_ADMINS": "1001",
            "MINHU_LOG": "json",
            "PYTHONPATH": str(ROOT),
            **settings,
        }
        self._running: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start the process."""
        with self.log.open("ab") as log:
            self._running = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=self.environment, cwd=self.log.parent, stdout=log, stderr=log
            )

    async def kill(self) -> None:
        """End the process as a power cut does."""
        assert self._running
        with contextlib.suppress(ProcessLookupError):
            self._running.kill()
        await self._running.wait()

    async def stop(self) -> int:
        """End the process by SIGTERM and return its exit code; it has ten seconds."""
        assert self._running
        self._running.send_signal(signal.SIGTERM)
        async with asyncio.timeout(STOPPED_WITHIN):
            return await self._running.wait()

    async def run(self, *arguments: str) -> tuple[int, str]:
        """Run another command on the same installation; return its exit code and what it prints."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *arguments),
            env=self.environment,
            cwd=self.log.parent,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        return process.returncode or 0, output.decode()


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
        if process._running and process._running.returncode is None:
            await process.kill()
