"""Every table that grows with the cases has the column by which several servers could share it (ADR 0033)."""

from storage.schema import metadata

SPREAD_BY = {
    "inbox": {"chat"},
    "inbox_heads": {"chat"},
    "posts": {"chat"},
    "cards": {"chat"},
    "outbox": {"addressee"},
    "outbox_heads": {"addressee"},
    "relays": {"addressee"},
    "cases": {"id"},
    "assignments": {"case_id"},
    "memberships": {"case_id"},
    "rulings": {"case_id"},
    "links": {"case_id"},
    "followups": {"case_id", "draft_id"},
    "attachments": {"case_id", "draft_id"},
    "drafts": {"person"},
    "draft_parts": {"draft_id"},
    "questions": {"person"},
}
ON_EVERY_SERVER = {"units", "categories", "absences", "members", "people", "accounts", "counters", "marks"}
ON_ONE_SERVER = {"history", "history_head"}


def test_every_table_is_one_of_three_kinds() -> None:
    assert metadata.tables.keys() == SPREAD_BY.keys() | ON_EVERY_SERVER | ON_ONE_SERVER


def test_what_is_spread_has_its_column() -> None:
    missing = {name: columns.difference(metadata.tables[name].c.keys()) for name, columns in SPREAD_BY.items()}

    assert {name for name, columns in missing.items() if columns} == set()
