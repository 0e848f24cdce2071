"""letters keep quiet hours when they go."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was to arrive without a sound had been scheduled; what waits for the morning keeps its not_before.
    op.alter_column("outbox", "silent", new_column_name="scheduled")
    op.create_index("ix_outbox_case_id", "outbox", ["case_id"])
