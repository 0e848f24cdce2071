"""cases whose place is unknown."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("place_known", sa.Boolean(), server_default=sa.true(), nullable=False))
