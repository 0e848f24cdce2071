"""The pages of the process: alive, ready, its figures, and the webhook that keeps before it says yes."""

import asyncio
import json
import math
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from bot.desks import Desks
from bot.intake import Intake
from bot.metrics import Metrics
from bot.pulse import Pulse
from bot.web import LARGEST_UPDATE, SECRET_HEADER, AddressInUse, Web, Webhook, serve
from domain.letters.contents import Said
from domain.letters.letter import Letter, Priority, to_person
from domain.people.person import PersonId
from storage.unit_of_work import Storage
from tests.doubles.dispatcher import nobody_looks

HOOK = Webhook("https://example.org/telegram", "geheim")
UPDATE = {"update_id": 1, "message": {"message_id": 1, "chat": {"id": 3001}, "text": "路灯坏了"}}


class Heard(Pulse):
    """A pulse that is as old as a test says."""

    seconds = 0.0

    @property
    def silence(self) -> float:
        """Seconds since the last answer."""
        return self.seconds


@pytest.fixture
def pulse() -> Heard:
    return Heard()


@pytest.fixture
async def web(desks: Desks, pulse: Heard) -> AsyncIterator[httpx.AsyncClient]:
    application = Web(desks, Metrics(), pulse, Intake(desks, 1000, nobody_looks), HOOK).application()
    transport = httpx.ASGITransport(application)
    async with httpx.AsyncClient(transport=transport, base_url="http://minhu") as client:
        yield client


@pytest.fixture
async def away(desks: Desks, database: Path) -> AsyncIterator[None]:
    """Take the database away; at the end, wait for the threads of connections that came to nothing."""
    await desks.storage.close()
    _put_away(database)
    yield
    for thread in threading.enumerate():
        if thread is not threading.main_thread() and "connection" in thread.name:
            await asyncio.to_thread(thread.join)


def _put_away(database: Path) -> None:
    for file in database.parent.glob("minhu.db*"):
        file.unlink()
    database.mkdir()


async def deliver(web: httpx.AsyncClient, content: bytes, secret: str | None = HOOK.secret) -> int:
    headers = [] if secret is None else [(SECRET_HEADER.encode(), secret.encode())]
    return (await web.post("/telegram", content=content, headers=headers)).status_code


async def kept(desks: Desks) -> list[Any]:
    """Return what another connection finds in the inbox."""
    storage = Storage(desks.storage.engine.url.render_as_string(hide_password=False), desks.clock.now)
    async with storage.engine.connect() as connection:
        rows = [json.loads(raw) for raw in await connection.scalars(text("SELECT raw FROM inbox ORDER BY id"))]
    await storage.close()
    return rows


async def test_a_living_process_says_so(web: httpx.AsyncClient) -> None:
    assert (await web.get("/healthz")).status_code == 200


@pytest.mark.usefixtures("away")
async def test_a_living_process_says_so_even_without_its_database(web: httpx.AsyncClient) -> None:
    assert (await web.get("/healthz")).status_code == 200


@pytest.mark.parametrize(("silence", "status"), [(0, 200), (59, 200), (61, 503), (math.inf, 503)])
async def test_ready_while_telegram_has_answered_in_the_last_minute(
    web: httpx.AsyncClient, pulse: Heard, silence: float, status: int
) -> None:
    pulse.seconds = silence

    answer = await web.get("/readyz")

    assert answer.status_code == status
    assert answer.text.split() == (["ready"] if status == 200 else ["telegram"])


@pytest.mark.usefixtures("away")
async def test_not_ready_without_the_database(web: httpx.AsyncClient, pulse: Heard) -> None:
    pulse.seconds = 61

    answer = await web.get("/readyz")

    assert answer.status_code == 503
    assert answer.text.split() == ["database", "telegram"]


@pytest.mark.parametrize("statement", ["DELETE FROM alembic_version", "UPDATE alembic_version SET version_num = 'zz'"])
async def test_not_ready_with_another_schema(web: httpx.AsyncClient, desks: Desks, statement: str) -> None:
    async with desks.storage.engine.execution_options(writes=True).begin() as connection:
        await connection.execute(text(statement))

    answer = await web.get("/readyz")

    assert (answer.status_code, answer.text.split()) == (503, ["migrations"])


async def test_the_figures_tell_what_waits(web: httpx.AsyncClient, desks: Desks, pulse: Heard) -> None:
    pulse.seconds = 12
    await deliver(web, json.dumps(UPDATE).encode())
    async with desks.storage.writing() as work:
        await work.outbox.post(Letter(to_person(PersonId(3001)), Said("answer.skipped"), Priority.NEWS))

    answer = await web.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    assert "minhu_inbox_waiting 1.0" in lines
    assert 'minhu_outbox_waiting{priority="news"} 1.0' in lines
    assert 'minhu_outbox_waiting{priority="answer"} 0.0' in lines
    assert "minhu_open_cases 0.0" in lines
    assert "minhu_telegram_silence_seconds 12.0" in lines


@pytest.mark.usefixtures("away")
async def test_without_the_database_there_are_no_figures(web: httpx.AsyncClient) -> None:
    assert (await web.get("/metrics")).status_code == 503


async def test_an_update_is_on_disk_before_telegram_is_told_that_it_arrived(
    web: httpx.AsyncClient, desks: Desks
) -> None:
    assert await deliver(web, json.dumps(UPDATE).encode()) == 200
    assert await kept(desks) == [UPDATE]


async def test_an_update_that_comes_again_is_welcome_and_kept_once(web: httpx.AsyncClient, desks: Desks) -> None:
    assert [await deliver(web, json.dumps(UPDATE).encode()) for _ in range(2)] == [200, 200]
    assert await kept(desks) == [UPDATE]


@pytest.mark.parametrize("secret", [None, "", "Geheim", "geheim ", "geheimgeheim", "ge\u00e4im"])
async def test_whoever_does_not_know_the_secret_is_not_telegram(
    web: httpx.AsyncClient, desks: Desks, secret: str | None
) -> None:
    assert await deliver(web, json.dumps(UPDATE).encode(), secret) == 403
    assert await kept(desks) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"5",
        b"{}",
        b'{"update_id": "1"}',
        b'{"update_id": 1.5}',
        b'{"update_id": null}',
        b'{"update_id": true}',
        b'{"update_id": 1e400}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"update_id": 1, "x": "' + b"x" * LARGEST_UPDATE + b'"}',
    ],
)
async def test_what_is_no_update_is_turned_away(web: httpx.AsyncClient, desks: Desks, body: bytes) -> None:
    assert await deliver(web, body) == 400
    assert await kept(desks) == []


@pytest.mark.usefixtures("away")
async def test_what_cannot_be_kept_is_to_be_sent_again(web: httpx.AsyncClient) -> None:
    assert await deliver(web, json.dumps(UPDATE).encode()) == 503


async def test_only_posts_are_deliveries(web: httpx.AsyncClient) -> None:
    assert (await web.get("/telegram")).status_code == 405


async def test_without_a_webhook_nothing_is_delivered_over_http(desks: Desks) -> None:
    transport = httpx.ASGITransport(Web(desks, Metrics(), Heard()).application())
    async with httpx.AsyncClient(transport=transport, base_url="http://minhu") as client:
        assert await deliver(client, json.dumps(UPDATE).encode()) == 404


async def test_a_served_page_is_reached_over_a_socket_and_the_address_is_taken(desks: Desks) -> None:
    application = Web(desks, Metrics(), Heard()).application()

    async with serve(application, "127.0.0.1", 0) as port, httpx.AsyncClient() as client:
        async with asyncio.timeout(20):
            assert (await client.get(f"http://127.0.0.1:{port}/readyz")).text == "ready\n"
        with pytest.raises(AddressInUse):
            async with serve(application, "127.0.0.1", port):
                pass
