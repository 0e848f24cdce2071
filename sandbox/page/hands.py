"""The hands of the clock: how far it is to what the desk will do next by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from sandbox.page.asking import RefusedError
from sandbox.scene import Scene
from storage.schema import cases, followups, outbox

PAST_IT = timedelta(seconds=1)


@dataclass(frozen=True)
class Moved:
    """What the clock was moved to: the kind of follow-up, whose case it is about, and how far away it was."""

    what: str
    number: str | None
    seconds: float


async def move_to_next(scene: Scene) -> Moved:
    """Move the clock just past the next follow-up, or letter kept back for the night.

    Raises RefusedError where nothing is to come.
    """
    found = await _next_due(scene)
    if found is None:
        raise RefusedError("nothing_due")
    what, due_at, number = found
    wait = max(due_at - scene.world.now(), timedelta()) + PAST_IT
    scene.move_clock(wait)
    return Moved(what, number, wait.total_seconds())


async def _next_due(scene: Scene) -> tuple[str, datetime, str | None] | None:
    """Return the kind, moment and case number of what comes next; the daily telling of the head is passed over."""
    if scene.desks is None:
        return None
    due = (
        select(followups.c.what, followups.c.due_at, cases.c.number)
        .outerjoin(cases, cases.c.id == followups.c.case_id)
        .where(followups.c.case_id.is_not(None) | followups.c.draft_id.is_not(None))
        .order_by(followups.c.due_at)
        .limit(1)
    )
    kept_back = (
        select(outbox.c.not_before, cases.c.number)
        .outerjoin(cases, cases.c.id == outbox.c.case_id)
        .where(outbox.c.ended_at.is_(None), outbox.c.not_before > scene.world.now())
        .order_by(outbox.c.not_before)
        .limit(1)
    )
    async with scene.desks.storage.engine.connect() as connection:
        found = [(str(what), at, number) for what, at, number in await connection.execute(due)]
        found += [("letter", at, number) for at, number in await connection.execute(kept_back)]
    return min(found, key=lambda row: row[1], default=None)
