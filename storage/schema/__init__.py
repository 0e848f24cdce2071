"""All tables. Migrations in `migrations/versions` lead here; a test holds the two equal."""

from sqlalchemy import Column, Integer, String, Table, Text

from storage.schema.cases import assignments, cases, links, memberships
from storage.schema.drafts import attachments, draft_parts, drafts, questions, relays
from storage.schema.events import followups, history, history_head
from storage.schema.ground import Serial, metadata
from storage.schema.people import absences, accounts, categories, members, people, units
from storage.schema.queues import cards, inbox, inbox_heads, outbox, outbox_heads, posts
from storage.schema.rulings import rulings

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
