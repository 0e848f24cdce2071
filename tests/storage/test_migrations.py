"""Migrations lead to just the tables that the schema describes, on both databases, and back from none."""

from collections.abc import AsyncIterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Connection, Index, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import migrations
from storage.engine import open_engine, parse_url
from storage.schema import metadata

pytestmark = pytest.mark.both_databases


@pytest.fixture
async def engine(empty_database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(parse_url(empty_database_url))
    yield engine
    await engine.dispose()


async def alter(engine: AsyncEngine, statement: str) -> None:
    async with engine.execution_options(writes=True).begin() as connection:
        await connection.execute(text(statement))


async def differences(engine: AsyncEngine) -> list[object]:
    """Return what Alembic would change to come from the database to the schema."""

    def compare(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))

    async with engine.connect() as connection:
        return await connection.run_sync(compare)


async def test_a_new_database_has_just_the_tables_of_the_schema(engine: AsyncEngine) -> None:
    assert not await migrations.is_current(engine)

    await migrations.upgrade(engine)

    assert await migrations.is_current(engine)
    assert await differences(engine) == []


async def test_a_difference_would_be_noticed(engine: AsyncEngine) -> None:
    await migrations.upgrade(engine)
    await alter(engine, "ALTER TABLE cases ADD COLUMN colour VARCHAR(10)")
    await alter(engine, "DROP INDEX ix_cases_resident")

    changes = {change[0]: change for change in await differences(engine) if isinstance(change, tuple)}

    assert changes.keys() == {"remove_column", "add_index"}
    column, index = changes["remove_column"][3], changes["add_index"][1]
    assert isinstance(column, Column)
    assert isinstance(index, Index)
    assert (column.name, index.name) == ("colour", "ix_cases_resident")


async def test_partial_indexes_are_as_the_schema_has_them(engine: AsyncEngine) -> None:
    """Alembic does not compare the conditions of indexes."""
    await migrations.upgrade(engine)

    def conditions(connection: Connection) -> dict[str, str]:
        option, found = f"{connection.dialect.name}_where", {}
        for table in metadata.tables:
            for index in inspect(connection).get_indexes(table):
                condition = index.get("dialect_options", {}).get(option)
                if condition is not None:
                    found[str(index["name"])] = plain(str(condition))
        return found

    async with engine.connect() as connection:
        option = f"{connection.dialect.name}_where"
        wanted = {
            str(index.name): plain(str(index.kwargs[option]))
            for table in metadata.tables.values()
            for index in table.indexes
            if index.kwargs.get(option) is not None
        }
        assert await connection.run_sync(conditions) == wanted
    assert len(wanted) >= 5


def plain(condition: str) -> str:
    """Return a condition as both databases may write it."""
    for sign in ("(", ")", "::text", "::character varying"):
        condition = condition.replace(sign, "")
    return " ".join(condition.lower().split())


async def test_upgrading_twice_is_harmless(engine: AsyncEngine) -> None:
    await migrations.upgrade(engine)
    await alter(engine, "INSERT INTO marks VALUES ('kept', 'yes')")

    await migrations.upgrade(engine)

    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT value FROM marks")) == "yes"


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(engine: AsyncEngine) -> None:
    await migrations.upgrade(engine)
    await alter(engine, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(migrations.SchemaUnknown, match="9999"):
        await migrations.upgrade(engine)

    assert not await migrations.is_current(engine)
    assert await differences(engine) == []


async def test_an_upgrade_that_fails_leaves_nothing_behind(engine: AsyncEngine) -> None:
    await alter(engine, "CREATE TABLE cases (id INTEGER)")

    with pytest.raises(Exception, match="cases"):
        await migrations.upgrade(engine)

    async with engine.connect() as connection:
        tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert tables == ["cases"]
