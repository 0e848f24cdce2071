"""albums wait in the inbox."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("inbox") as batch_op:
        batch_op.add_column(sa.Column("album", sa.String(length=64), nullable=True))
        batch_op.create_index(
            "ix_inbox_album",
            ["album"],
            unique=False,
            sqlite_where=sa.text("album IS NOT NULL"),
            postgresql_where=sa.text("album IS NOT NULL"),
        )
    with op.batch_alter_table("attachments") as batch_op:
        batch_op.drop_column("album")
