"""a case knows the units that had it."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

cases = sa.table("cases", sa.column("id"), sa.column("units_before", sa.JSON))
history = sa.table("history", *map(sa.column, ("id", "case_id", "event", "payload")))


def upgrade() -> None:
    op.add_column("cases", sa.Column("units_before", sa.JSON(), nullable=True))
    left = sa.select(history.c.case_id, history.c.payload).order_by(history.c.id)
    left = left.where(history.c.event.in_(("case_escalated", "case_assigned")), history.c.payload.is_not(None))
    before: dict[int, dict[str, None]] = {}
    for case, payload in op.get_bind().execute(left).all():
        before.setdefault(case, {})[json.loads(payload)["from_unit"]] = None
    for case, units in before.items():
        op.get_bind().execute(sa.update(cases).where(cases.c.id == case).values(units_before=list(units)))
