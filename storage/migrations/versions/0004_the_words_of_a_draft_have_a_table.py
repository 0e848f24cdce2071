"""the words of a draft have a table of their own, and files know who sent them."""

import json

import sqlalchemy as sa
from alembic import op

from storage.schema import Serial

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OPENING = 2_000
FULL = 4_095


def upgrade() -> None:
    parts = op.create_table(
        "draft_parts",
        sa.Column("id", Serial, nullable=False),
        sa.Column("draft_id", Serial, nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("album", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_draft_parts_draft_id_drafts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_parts")),
    )
    op.create_index("ix_draft_parts_draft_id", "draft_parts", ["draft_id", "message"])
    op.add_column("drafts", sa.Column("opening", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("drafts", sa.Column("characters", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("drafts", sa.Column("messages", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("drafts", sa.Column("goes_on", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f("ix_drafts_touched_at"), "drafts", ["touched_at"])
    _move_words(parts)
    op.drop_column("drafts", "parts")
    op.add_column("attachments", sa.Column("person", sa.BigInteger(), nullable=True))
    op.create_index("ix_attachments_person", "attachments", ["person", "received_at"])
    op.create_index(op.f("ix_attachments_sha256"), "attachments", ["sha256"])
    of_nobody = sa.text("draft_id IS NULL AND case_id IS NULL")
    op.create_index(
        "ix_attachments_of_nobody", "attachments", ["id"], sqlite_where=of_nobody, postgresql_where=of_nobody
    )


def _move_words(parts: sa.Table) -> None:
    """Give each message of an unfinished draft a row; what was submitted stands in the file of its case."""
    drafts = sa.table(
        "drafts",
        *(sa.column(name) for name in ("id", "state", "opening", "characters", "messages", "goes_on")),
        sa.column("parts", sa.JSON()),
    )
    unfinished = drafts.c.state.in_(["open", "put_away"])
    for id_, told in op.get_bind().execute(sa.select(drafts.c.id, drafts.c.parts).where(unfinished)).all():
        rows = json.loads(told) if isinstance(told, str) else told
        written, goes_on = "", False
        for _, text, _album in rows:
            if text:
                written += text if goes_on or not written else "\n" + text
                goes_on = len(text.encode("utf-16-le")) // 2 >= FULL
        new = {"opening": written[:OPENING], "characters": len(written), "messages": len(rows), "goes_on": goes_on}
        op.get_bind().execute(sa.update(drafts).where(drafts.c.id == id_).values(new))
        if rows:
            named = [{"draft_id": id_, "message": m, "text": text, "album": album} for m, text, album in rows]
            op.get_bind().execute(parts.insert(), named)
