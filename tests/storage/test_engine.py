"""The engine: addresses, writers that lose nothing to each other, and the desk that only one process holds."""

import asyncio
import sqlite3
import sys
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.clock import SystemClock
from domain.cases.case import CaseId
from domain.letters.contents import Said
from domain.letters.letter import Letter, Priority, to_person
from domain.people.accounts import Account, TelegramId, in_telegram
from domain.people.person import PersonId
from storage.cases import CaseChanged
from storage.engine import DatabaseUrlUnknown, DeskTaken, is_passing, is_sqlite, is_there, parse_url
from storage.unit_of_work import Storage
from tests.bot.terminal import environment
from tests.domain.ground import MONDAY_TEN, a_case, town

pytestmark = pytest.mark.both_databases

PATIENCE = 30.0

HOLDER = """
import asyncio, sys
from bot.clock import SystemClock
from storage.unit_of_work import Storage

async def main():
    async with Storage(sys.argv[1], SystemClock().now).hold_desk(0):
        print("held", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("written", "host", "database"),
    [
        ("sqlite:///var/minhu.db", None, "var/minhu.db"),
        ("sqlite:////srv/minhu.db", None, "/srv/minhu.db"),
        ("postgresql://minhu:geheim@db:5433/minhu", "db", "minhu"),
        ("postgres://minhu@db/minhu", "db", "minhu"),
        ("postgresql+psycopg://db/minhu", "db", "minhu"),
    ],
)
def test_an_address_is_read_whatever_driver_it_names(written: str, host: str | None, database: str) -> None:
    url = parse_url(written)

    assert (url.host, url.database) == (host, database)
    assert url.drivername in ("sqlite+aiosqlite", "postgresql+asyncpg")


def test_libpqs_parameters_are_understood() -> None:
    url = parse_url("postgresql://minhu@/minhu?host=/run/postgresql&sslmode=require")

    assert url.query == {"host": "/run/postgresql", "ssl": "require"}


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "minhu.db",
            "sqlite://",
            "sqlite:///",
            "sqlite:///:memory:",
            "sqlite:///a.db?mode=ro",
            "mysql://db/minhu",
        ),
        *("postgresql://db:port/minhu", "postgresql://db/minhu?port=x", "postgresql://db/minhu?colour=green"),
    ],
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(DatabaseUrlUnknown):
        parse_url(written)


def test_looking_whether_a_database_is_there_makes_none(tmp_path: Path) -> None:
    url = parse_url(f"sqlite:///{tmp_path}/minhu.db")

    assert not is_there(url)
    assert list(tmp_path.iterdir()) == []


async def test_of_forty_increments_at_once_none_is_lost(storage: Storage) -> None:
    case = await keep_case(storage)

    async def give_back_once_more() -> str:
        async with storage.writing() as work:
            held = await work.cases.get(case)
            assert held
            await asyncio.sleep(0)
            await work.cases.save(replace(held, returns=held.returns + 1))
            return await work.cases.next_number(work.now)

    numbers = await asyncio.gather(*(give_back_once_more() for _ in range(40)))

    assert sorted(numbers) == [f"MH2611_{number:05d}" for number in range(1, 41)]
    async with storage.reading() as work:
        kept = await work.cases.look_at(case)
    assert kept
    assert (kept.returns, kept.version) == (40, 41)


async def test_who_saves_what_somebody_else_has_changed_is_told(storage: Storage) -> None:
    case = await keep_case(storage)
    async with storage.reading() as work:
        stale = await work.cases.look_at(case)
    assert stale
    async with storage.writing() as work:
        await work.cases.save(replace(stale, returns=1))

    with pytest.raises(CaseChanged):
        async with storage.writing() as work:
            await work.cases.save(replace(stale, returns=2))


async def test_work_that_fails_leaves_nothing_behind_and_wakes_nobody(storage: Storage) -> None:
    woken: list[str] = []
    storage.listen("outbox", lambda: woken.append("outbox"))
    letter = Letter(to_person(PersonId(3001)), Said("answer.skipped"), Priority.ANSWER)

    async def work_on(mark: Any) -> None:
        async with storage.writing() as work:
            await work.outbox.post(letter)
            await work.marks.set("half", "done")
            await work.marks.set("other half", mark)

    with pytest.raises(StatementError):
        await work_on(object())

    async with storage.reading() as work:
        assert await work.marks.get("half") is None
        assert not await work.outbox.sendable((), 1)
    assert woken == []
    await work_on("done")
    assert woken == ["outbox"]


async def test_what_is_read_at_once_is_as_it_was_at_one_moment(storage: Storage) -> None:
    async with storage.reading(at_once=True) as looking:
        assert await looking.marks.get("told") is None
        async with storage.writing() as work:
            await work.marks.set("told", "meanwhile")

        assert await looking.marks.get("told") is None
    async with storage.reading(at_once=True) as looking:
        assert await looking.marks.get("told") == "meanwhile"


async def test_a_second_process_cannot_hold_the_desk(storage: Storage) -> None:
    other = Storage(storage.engine.url.render_as_string(hide_password=False), SystemClock().now)

    async with storage.hold_desk(0):
        with pytest.raises(DeskTaken):
            async with other.hold_desk(0):
                pass
    async with other.hold_desk(0):
        pass
    await other.close()


async def test_who_waits_for_the_desk_gets_it_when_it_is_free(storage: Storage) -> None:
    other = Storage(storage.engine.url.render_as_string(hide_password=False), SystemClock().now)
    leave = asyncio.Event()

    async def hold(holder: Storage, entered: asyncio.Event) -> None:
        async with holder.hold_desk(PATIENCE):
            entered.set()
            await leave.wait()

    first, second = asyncio.Event(), asyncio.Event()
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        group.create_task(hold(storage, first))
        await first.wait()
        group.create_task(hold(other, second))
        leave.set()
        await second.wait()
    await other.close()


async def test_the_death_of_the_process_frees_the_desk(storage: Storage, database_url: str, tmp_path: Path) -> None:
    holder = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HOLDER, database_url), stdout=asyncio.subprocess.PIPE, env=environment(tmp_path)
    )
    assert holder.stdout
    async with asyncio.timeout(PATIENCE):
        assert await holder.stdout.readline() == b"held\n"
    with pytest.raises(DeskTaken):
        async with storage.hold_desk(0):
            pass

    holder.kill()
    await holder.wait()

    async with storage.hold_desk(PATIENCE):
        pass


@pytest.mark.parametrize("error", [OSError(), TimeoutError(), ConnectionResetError(), PoolTimeout()])
def test_what_fails_for_the_databases_own_reasons_is_worth_another_try(error: Exception) -> None:
    assert is_passing(error)


@pytest.mark.parametrize(
    "name", ["SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR"]
)
def test_a_database_file_that_is_busy_or_full_for_now_is_worth_another_try(name: str) -> None:
    assert is_passing(failed(sqlite_errorcode=getattr(sqlite3, name)))


@pytest.mark.parametrize(
    "name", ["SQLITE_ERROR", "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_READONLY", "SQLITE_SCHEMA"]
)
def test_a_database_file_that_is_damaged_or_lacks_something_is_not(name: str) -> None:
    assert not is_passing(failed(sqlite_errorcode=getattr(sqlite3, name)))


@pytest.mark.parametrize(
    "state", ["08006", "25006", "40001", "40P01", "53100", "53200", "53300", "55P03", "57014", "57P01"]
)
def test_a_server_that_is_busy_or_gone_for_now_is_worth_another_try(state: str) -> None:
    assert is_passing(failed(sqlstate=state))


@pytest.mark.parametrize("state", ["22003", "23505", "3D000", "42501", "42703", "42P01", "57P04", "XX001"])
def test_a_server_that_lacks_something_is_not(state: str) -> None:
    assert not is_passing(failed(sqlstate=state))


def failed(**marks: object) -> DBAPIError:
    """Return a failure as the driver marks it."""
    error = Exception("failed")
    for name, mark in marks.items():
        setattr(error, name, mark)
    return DBAPIError("SELECT 1", {}, error)


async def test_a_damaged_file_does_not_pass(tmp_path: Path) -> None:
    (tmp_path / "minhu.db").write_bytes(b"no database at all" * 1000)
    damaged = Storage(f"sqlite:///{tmp_path}/minhu.db", lambda: MONDAY_TEN)
    with pytest.raises(DBAPIError) as error:
        async with damaged.reading() as work:
            await work.marks.get("a")
    assert not is_passing(error.value)
    await damaged.close()


async def test_what_fails_by_our_own_fault_is_not(storage: Storage) -> None:
    async def work_on(statement: str) -> None:
        async with storage.engine.execution_options(writes=True).begin() as connection:
            await connection.execute(text(statement))

    for wrong in (
        "INSERT INTO marks VALUES ('a', 'b'), ('a', 'c')",
        "INSERT INTO marks (name) VALUES ('a')",
        "INSERT INTO notes VALUES ('a', 'b')",
        "INSERT INTO marks (name, worth) VALUES ('a', 'b')",
        "INSERT INTO marks VALUE",
    ):
        with pytest.raises(DBAPIError) as mistaken:
            await work_on(wrong)
        assert not is_passing(mistaken.value)
    assert not is_passing(ValueError())


async def test_moments_come_back_in_utc_and_naive_ones_are_refused(storage: Storage) -> None:
    here = MONDAY_TEN.astimezone(ZoneInfo("Asia/Shanghai")) + timedelta(microseconds=123456)
    account = Account(in_telegram(TelegramId(3001)), here)

    async with storage.writing() as work:
        person = await work.people.add("李秀英", account.address)
        await work.accounts.save(person.id, account)
    async with storage.reading() as work:
        [known] = (await work.accounts.of([person.id]))[person.id]

    assert known == account
    assert known.started_at
    assert known.started_at.tzinfo is UTC
    with pytest.raises(StatementError, match="without a time zone"):
        async with storage.writing() as work:
            await work.accounts.save(person.id, replace(account, started_at=here.replace(tzinfo=None)))


async def keep_case(storage: Storage) -> CaseId:
    """Keep the town and one case in it."""
    async with storage.writing() as work:
        await work.units.replace_all(tuple(town().units.values()), work.now)
        return (await work.cases.add(a_case())).id


async def test_a_lock_that_the_server_lets_go_of_is_noticed(storage: Storage) -> None:
    if is_sqlite(storage.engine.url):
        return  # the system holds the lock on a file for as long as the process lives
    async with storage.hold_desk(0) as lost:
        async with storage.engine.connect() as connection:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            await connection.execute(text(f"{others} AND pid <> pg_backend_pid()"))
        async with asyncio.timeout(10):
            await lost.wait()
