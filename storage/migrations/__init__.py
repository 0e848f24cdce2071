"""Bring a database to the present schema, with Alembic."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

FOLDER = Path(__file__).parent


class SchemaUnknown(Exception):
    """The database was made by a newer version of the program."""


async def upgrade(engine: AsyncEngine) -> None:
    """Bring the schema up to date, in one transaction.

    Raises:
        SchemaUnknown: it has a revision that this program does not know.
    """
    async with engine.execution_options(writes=True).begin() as connection:
        await connection.run_sync(_upgrade)


async def is_current(engine: AsyncEngine) -> bool:
    """Whether the schema is the one that this program was written for."""
    async with engine.connect() as connection:
        return await connection.run_sync(_revision) == _scripts().get_current_head()


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection} if connection else {})
    config.set_main_option("script_location", str(FOLDER))
    return config


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection) -> None:
    revision = _revision(connection)
    if revision == _scripts().get_current_head():
        return
    if revision is not None and revision not in {script.revision for script in _scripts().walk_revisions()}:
        raise SchemaUnknown(revision)
    command.upgrade(_config(connection), "head")
