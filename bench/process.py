"""A measured process on a street of its own: started by its settings, asked for its figures, and stopped."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from bench.street import POLICY, TOKEN
from sandbox.bots import Bot
from sandbox.wire import serve
from sandbox.world import World

ROOT = Path(__file__).parent.parent
SETTLED_SECONDS = 0.4
"""How long what people do not see may take: what was sent is noted as sent."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a process has used, from its start or between two moments; times in milliseconds."""

    processor: float
    transactions: int
    commits: int
    statements: Counter[str]

    def since(self, before: "Figures") -> "Figures":
        """Return what was used after an earlier moment."""
        return Figures(
            self.processor - before.processor,
            self.transactions - before.transactions,
            self.commits - before.commits,
            self.statements - before.statements,
        )


class Place(Protocol):
    """Where people are for whom a process is measured."""

    bot: Bot

    def organisation(self) -> str:
        """Return the organisation file."""


P = TypeVar("P", bound=Place)


class Measured(Generic[P]):
    """A running process and its street."""

    def __init__(self, street: P, process: asyncio.subprocess.Process) -> None:
        self.street = street
        self._process = process

    async def figures(self) -> Figures:
        """Return what the process has used until now, once it is at rest."""
        await asyncio.sleep(SETTLED_SECONDS)
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(b"\n")
        told = json.loads(await self._process.stdout.readline())
        return Figures(**{**told, "statements": Counter(told["statements"])})


@contextlib.asynccontextmanager
async def started(
    module: str, folder: Path, database_url: str, paths: Sequence[Path], street_of: Callable[[World], P]
) -> AsyncIterator[Measured[P]]:
    """Run a module in this folder behind a webhook on a street of its own; these paths go before what is installed."""
    port = _free_port()
    async with World() as world, serve(world) as address:
        street = street_of(world)
        (folder / "org.yaml").write_text(street.organisation(), "utf-8")
        (folder / "policy.yaml").write_text(POLICY, "utf-8")
        settings = {
            "MINHU_TOKEN": TOKEN,
            "MINHU_API_BASE_URL": address.base_url,
            "MINHU_API_FILE_URL": address.file_url,
            "MINHU_DATABASE_URL": database_url,
            "MINHU_ORG": "org.yaml",
            "MINHU_POLICY": "policy.yaml",
            "MINHU_FILES": "files",
            "MINHU_LOG": "json",
            "MINHU_MODE": "webhook",
            "MINHU_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
            "MINHU_LISTEN": f"127.0.0.1:{port}",
            "PYTHONPATH": os.pathsep.join(map(str, paths)),
        }
        with (folder / "log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", module),
                env={"PATH": os.environ["PATH"], **settings},
                cwd=folder,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                limit=2**24,
            )
        try:
            await world.until(lambda: street.bot.webhook, 60)
            yield Measured(street, process)
        finally:
            process.send_signal(signal.SIGTERM)
            await process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
