"""The tables of cases, of who works on them, and of those that are worked on as one."""

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from storage.schema.ground import Serial, metadata, partial
from storage.types import UtcDateTime

cases = Table(
    "cases",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("number", String(20), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("raised_in", ForeignKey("units.code"), nullable=False),
    Column("text", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("resident", BigInteger, nullable=False),
    Column("resident_name", String(100), nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("state_since", UtcDateTime, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("first_owner", BigInteger),
    Column("first_owner_name", String(100)),
    Column("returns", Integer, nullable=False),
    Column("resolved_at", UtcDateTime),
    Column("nudged_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("rating", String(20)),
    Column("version", Integer, nullable=False),
    Index("ix_cases_resident", "resident"),
)

# Who has a case, or had it, in what part, and what came of it; a row that has ended stays as it is.
assignments = Table(
    "assignments",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("turn", Integer, primary_key=True),
    Column("part", String(20), nullable=False),
    Column("unit", ForeignKey("units.code"), nullable=False),
    Column("state", String(20), nullable=False),
    Column("owner", BigInteger),
    Column("owner_name", String(100)),
    Column("accept_warn_at", UtcDateTime, nullable=False),
    Column("accept_by", UtcDateTime, nullable=False),
    Column("resolve_warn_at", UtcDateTime, nullable=False),
    Column("resolve_by", UtcDateTime, nullable=False),
    Column("overdue_at", UtcDateTime),
    Column("unit_since", UtcDateTime, nullable=False),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("begun_because", String(20), nullable=False),
    Column("accepted_at", UtcDateTime),
    Column("accepted_in_time", Boolean),
    Column("accept_missed_at", UtcDateTime),
    Column("reported_at", UtcDateTime),
    Column("reported_in_time", Boolean),
    Column("resolve_missed_at", UtcDateTime),
    Column("refused_at", UtcDateTime),
    Column("refused_in_time", Boolean),
    Column("returned_at", UtcDateTime),
    Column("returns", Integer, nullable=False),
    Column("paused_seconds", Float, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_because", String(20)),
    partial("uq_assignments_responsible", "case_id", where="ended_at IS NULL AND part = 'responsible'", unique=True),
    partial("ix_assignments_under_way", "unit", "part", where="ended_at IS NULL"),
)

# Which cases are worked on as one with another, whose responsible assignment they share.
memberships = Table(
    "memberships",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("begun_at", UtcDateTime, primary_key=True),
    Column("main_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("resolve_warn_at", UtcDateTime, nullable=False),
    Column("resolve_by", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_because", String(20)),
    partial("uq_memberships_under_way", "case_id", where="ended_at IS NULL", unique=True),
)
