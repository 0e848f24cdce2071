"""The tables of what falls due, and of what has happened.

Nothing refers to history by foreign key, nor it to anything: it is evidence, and outlives what it tells of.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from storage.schema.ground import Serial, metadata
from storage.types import UtcDateTime

followups = Table(
    "followups",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("what", String(20), nullable=False),
    Column("due_at", UtcDateTime, nullable=False, index=True),
    Column("case_id", ForeignKey("cases.id"), index=True),
    Column("turn", Integer),
    Column("draft_id", ForeignKey("drafts.id"), index=True),
    Column("step", Integer, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("planned_at", UtcDateTime, nullable=False),
)

history = Table(
    "history",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("case_id", BigInteger, index=True),
    Column("actor", BigInteger, nullable=False),
    Column("event", String(40), nullable=False),
    Column("payload", Text),
    Column("salt", String(32)),
    Column("digest", String(64), nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

history_head = Table(
    "history_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("count", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
)
