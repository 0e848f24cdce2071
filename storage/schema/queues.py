"""The tables of what comes in and goes out, and of the messages that letters became."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.schema.ground import Serial, metadata, partial
from storage.types import UtcDateTime

inbox = Table(
    "inbox",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("bot", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("album", String(64)),
    Column("raw", Text, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    Column("parked_at", UtcDateTime),
    Column("done_at", UtcDateTime),
    UniqueConstraint("bot", "update_id"),
    partial("ix_inbox_waiting", "chat", "id", where="done_at IS NULL"),
    partial("ix_inbox_received_at", "received_at", where="done_at IS NULL"),
    partial("ix_inbox_parked_at", "parked_at", where="parked_at IS NOT NULL"),
    partial("ix_inbox_album", "album", where="album IS NOT NULL"),
    partial("ix_inbox_done_at", "done_at", where="done_at IS NOT NULL"),
)

inbox_heads = Table(
    "inbox_heads",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("item", BigInteger, nullable=False, index=True),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("addressee", String(120), nullable=False),
    Column("account", String(121)),
    Column("kind", String(20), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("case_id", ForeignKey("cases.id"), index=True),
    Column("draft_id", ForeignKey("drafts.id"), index=True),
    Column("event_id", BigInteger),
    Column("letter_key", String(200)),
    Column("details", JSON, nullable=False),
    Column("scheduled", Boolean, nullable=False),
    Column("stamp", Integer, nullable=False, server_default="0"),
    Column("turn", Integer, nullable=False, server_default="0"),
    Column("digest", BigInteger),
    Column("flood", BigInteger),
    Column("not_before", UtcDateTime),
    Column("posted_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("ambiguous", Integer, nullable=False, server_default="0"),
    Column("ended_at", UtcDateTime),
    Column("outcome", String(40)),
    Column("chat", BigInteger),
    partial(
        "uq_outbox_waiting_letter_key", "letter_key", where="ended_at IS NULL AND letter_key IS NOT NULL", unique=True
    ),
    partial("ix_outbox_waiting", "addressee", "priority", "turn", "id", where="ended_at IS NULL"),
    partial("ix_outbox_waiting_case", "addressee", "case_id", "priority", "turn", where="ended_at IS NULL"),
    partial("ix_outbox_waiting_kind", "addressee", "kind", "digest", "priority", "id", where="ended_at IS NULL"),
    partial("ix_outbox_not_before", "not_before", where="ended_at IS NULL AND not_before IS NOT NULL"),
    partial("ix_outbox_digest", "digest", where="digest IS NOT NULL"),
    partial("ix_outbox_flood", "flood", where="flood IS NOT NULL"),
    partial("ix_outbox_ended_at", "ended_at", where="ended_at IS NOT NULL"),
)

outbox_heads = Table(
    "outbox_heads",
    metadata,
    Column("addressee", String(120), primary_key=True),
    Column("letter", BigInteger, nullable=False),
    Column("priority", Integer, nullable=False),
    Index("ix_outbox_heads_order", "priority", "letter"),
)

posts = Table(
    "posts",
    metadata,
    Column("chat", BigInteger, primary_key=True),
    Column("message", BigInteger, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("purpose", String(20), nullable=False),
    Column("event_id", BigInteger),
    Column("person", BigInteger),
    Column("album", String(64)),
    Index("ix_posts_album", "chat", "album"),
)

cards = Table(
    "cards",
    metadata,
    Column("subject", String(80), primary_key=True),
    Column("chat", BigInteger, primary_key=True),
    Column("message", BigInteger, nullable=False),
    Column("case_id", ForeignKey("cases.id"), index=True),
    Column("unit", String(40)),
    Column("fingerprint", String(64), nullable=False),
)
