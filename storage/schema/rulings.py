"""The table of what people ask and others decide."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table

from storage.schema.ground import Serial, metadata, partial
from storage.types import UtcDateTime

rulings = Table(
    "rulings",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("matter", String(20), nullable=False),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("unit", ForeignKey("units.code")),
    Column("asked_by", BigInteger, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("asked_in", BigInteger, nullable=False),
    Column("due_at", UtcDateTime),
    Column("until", UtcDateTime),
    Column("outcome", String(20)),
    Column("decided_by", BigInteger),
    Column("decided_at", UtcDateTime),
    Column("decided_in", BigInteger),
    partial("uq_rulings_open", "case_id", "matter", where="outcome IS NULL", unique=True),
)
