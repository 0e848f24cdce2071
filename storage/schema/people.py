"""The tables of the organisation, of what cases may be about, and of people and how they are reached."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Integer, String, Table, Text

from storage.schema.ground import Serial, metadata, partial
from storage.types import UtcDateTime

units = Table(
    "units",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("level", String(20), nullable=False),
    Column("parent", ForeignKey("units.code")),
    Column("position", Integer, nullable=False),
    Column("places", JSON, nullable=False),
    Column("area", Text),
    Column("chat", BigInteger, index=True),
    Column("topic", BigInteger),
    Column("chat_lost_at", UtcDateTime),
    Column("file_chat", BigInteger),
    Column("file_topic", BigInteger),
    Column("retired_at", UtcDateTime),
)

# What cases may be about; none where the usual ones are in force.
categories = Table(
    "categories",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("parent", String(60)),
    Column("unit", ForeignKey("units.code")),
    Column("words", JSON, nullable=False),
    Column("position", Integer, nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("unit", ForeignKey("units.code"), primary_key=True),
    Column("person", BigInteger, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("role", String(10), nullable=False),
    Column("position", Integer, nullable=False),
)

# Who is away, from when until when, and who acts for them; those long over go with the next that is set.
absences = Table(
    "absences",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("begins", UtcDateTime, nullable=False),
    Column("ends", UtcDateTime, nullable=False),
    Column("deputy", BigInteger),
)

# History names people by number for ever: none is given twice.
people = Table(
    "people",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("language", String(10)),
    Column("language_chosen", Boolean, nullable=False),
    Column("unit", ForeignKey("units.code")),
    Column("phone", String(60)),
    partial("ix_people_phone", "phone", where="phone IS NOT NULL"),
    sqlite_autoincrement=True,
)

accounts = Table(
    "accounts",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("address", String(100), primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("started_at", UtcDateTime),
    Column("unreachable_since", UtcDateTime),
    Column("preferred_since", UtcDateTime),
)
