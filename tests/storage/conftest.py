"""Fixtures for tests of storage: both databases, at the present schema, on a clock that is moved by hand."""

from collections.abc import AsyncIterator

import pytest

from bot.clock import MovableClock
from storage.unit_of_work import Storage
from tests.domain.ground import MONDAY_TEN


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(MONDAY_TEN)


@pytest.fixture
async def storage(database_url: str, clock: MovableClock) -> AsyncIterator[Storage]:
    storage = Storage(database_url, clock.now)
    yield storage
    await storage.close()
