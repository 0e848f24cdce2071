"""Fixtures for tests of the process's parts: a desk over a SQLite file."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.atlas import ShapelyAtlas
from bot.clock import MovableClock
from bot.desks import Desks
from domain.cases.policy import Policy
from domain.desk.parts.context import Rules
from storage.unit_of_work import Storage
from tests.databases import MIGRATED, Sqlite
from tests.domain.ground import MONDAY_TEN, Weekdays


@pytest.fixture
def database(sqlite: Sqlite, tmp_path: Path) -> Iterator[Path]:
    with sqlite.copied(MIGRATED, tmp_path):
        yield tmp_path / "minhu.db"


@pytest.fixture
async def desks(database: Path) -> AsyncIterator[Desks]:
    clock = MovableClock(MONDAY_TEN)
    storage = Storage(f"sqlite:///{database}", clock.now)
    yield Desks(storage, Rules(Policy(), Weekdays(), ShapelyAtlas()), clock)
    await storage.close()
