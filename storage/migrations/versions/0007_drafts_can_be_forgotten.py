"""drafts can be forgotten without looking through all letters and questions."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_outbox_draft_id"), "outbox", ["draft_id"])
    op.create_index(op.f("ix_questions_draft_id"), "questions", ["draft_id"])
