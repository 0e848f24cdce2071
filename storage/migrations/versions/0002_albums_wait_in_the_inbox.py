"""albums wait in the inbox, and a unit chosen by hand stays."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Without batch mode, in which SQLite would make a table anew: not while another refers to it.
    op.add_column("inbox", sa.Column("album", sa.String(length=64), nullable=True))
    op.create_index(
        "ix_inbox_album",
        "inbox",
        ["album"],
        unique=False,
        sqlite_where=sa.text("album IS NOT NULL"),
        postgresql_where=sa.text("album IS NOT NULL"),
    )
    op.drop_column("attachments", "album")
    op.add_column("drafts", sa.Column("unit_chosen", sa.Boolean(), nullable=False, server_default=sa.false()))
