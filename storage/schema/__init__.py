"""All tables. Migrations in `migrations/versions` lead here; a test holds the two equal."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.schema.cases import assignments, cases, links, memberships
from storage.schema.ground import Serial, metadata, partial
from storage.schema.people import absences, accounts, categories, members, people, units
from storage.schema.rulings import rulings
from storage.types import UtcDateTime

__all__ = [
    "Serial",
    "absences",
    "accounts",
    "assignments",
    "attachments",
    "cards",
    "cases",
    "categories",
    "counters",
    "draft_parts",
    "drafts",
    "followups",
    "history",
    "history_head",
    "inbox",
    "inbox_heads",
    "links",
    "marks",
    "members",
    "memberships",
    "metadata",
    "outbox",
    "outbox_heads",
    "people",
    "posts",
    "questions",
    "relays",
    "rulings",
    "units",
]

# --- Telegram → desk -------------------------------------------------------------------------------------------------

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

# --- desk → Telegram -------------------------------------------------------------------------------------------------

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

# --- drafts and files -------------------------------------------------------------------------------------------------

drafts = Table(
    "drafts",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("person", BigInteger, nullable=False),
    Column("state", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("kind_chosen", Boolean, nullable=False),
    Column("unit", ForeignKey("units.code")),
    Column("unit_given", Boolean, nullable=False),
    Column("unit_chosen", Boolean, nullable=False, server_default=false()),
    Column("choices", JSON, nullable=False),
    Column("address", Text, nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("attachments", Integer, nullable=False),
    Column("has_voice", Boolean, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("menu", String(60), nullable=False),
    Column("below", BigInteger),
    Column("case_id", ForeignKey("cases.id")),
    Column("touched_at", UtcDateTime, nullable=False, index=True),
    Column("opening", Text, nullable=False, server_default=text("''")),
    Column("neighbour", String(100)),
    Column("neighbour_phone", String(60)),
    Column("characters", Integer, nullable=False, server_default="0"),
    Column("messages", Integer, nullable=False, server_default="0"),
    Column("goes_on", Boolean, nullable=False, server_default=false()),
    partial("uq_drafts_open_person", "person", where="state = 'open'", unique=True),
)

draft_parts = Table(
    "draft_parts",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("draft_id", ForeignKey("drafts.id"), nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("message", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("album", String(64)),
    Index("ix_draft_parts_draft_id", "draft_id", "message"),
)

questions = Table(
    "questions",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("asked", String(20), nullable=False),
    Column("case_id", ForeignKey("cases.id")),
    Column("draft_id", ForeignKey("drafts.id"), index=True),
    Column("unit", ForeignKey("units.code")),
    Column("chosen", JSON, nullable=False),
    Column("task", Text, nullable=False),
    Column("files", JSON, nullable=False),
    Column("said", JSON, nullable=False),
    Column("until", UtcDateTime),
    Column("page", BigInteger),
    Column("asked_at", UtcDateTime, nullable=False),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("draft_id", ForeignKey("drafts.id"), index=True),
    Column("case_id", ForeignKey("cases.id"), index=True),
    Column("event_id", BigInteger, index=True),
    Column("medium", String(20), nullable=False),
    Column("file_id", String(255), nullable=False),
    Column("unique_id", String(64), nullable=False),
    Column("message", BigInteger),
    Column("size", BigInteger),
    Column("mime", String(100)),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("received_at", UtcDateTime, nullable=False),
    Column("fetch_at", UtcDateTime),
    Column("fetch_attempts", Integer, nullable=False, server_default="0"),
    Column("fetched_at", UtcDateTime),
    Column("missing", String(40)),
    Column("sha256", String(64), index=True),
    Column("kept_as", String(200)),
    Column("person", BigInteger),
    Index("ix_attachments_person", "person", "received_at"),
    partial("ix_attachments_of_nobody", "id", where="draft_id IS NULL AND case_id IS NULL"),
    partial("ix_attachments_to_fetch", "fetch_at", where="fetch_at IS NOT NULL"),
)

relays = Table(
    "relays",
    metadata,
    Column("attachment", ForeignKey("attachments.id"), primary_key=True),
    Column("addressee", String(120), primary_key=True),
)

# --- what falls due, and what has happened ---------------------------------------------------------------------------
# Nothing refers to history by foreign key, nor it to anything: it is evidence, and outlives what it tells of.

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

counters = Table(
    "counters",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("value", Integer, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
