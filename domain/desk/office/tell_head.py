"""Tell the head of the history to the admins every day, so that a cut tail shows (promise 5)."""

from datetime import datetime, time, timedelta

from domain.cases.followups import Due, FollowUp
from domain.cases.policy import Policy
from domain.desk import Desk
from domain.letters.contents import Said
from domain.letters.letter import Letter, Priority, to_person
from domain.people.person import DESK
from domain.record.history import Event

TOLD_AT = time(9)


async def tell_head(desk: Desk) -> None:
    """Tell the admins the number of rows and the head of the history, so that a cut tail shows (promise 5)."""
    head = await desk.work.history.head()
    await desk.record.event(DESK, Event.HEAD_TOLD, count=head.count, hash=head.hash)
    told = Said("answer.head_told", {"count": head.count, "hash": head.hash})
    for admin in sorted(desk.rules.admins):
        await desk.work.outbox.post(Letter(to_person(admin), told, Priority.REMINDER))


def next_telling(now: datetime, policy: Policy) -> FollowUp:
    """Return when the head is told next: at nine in the morning, local time."""
    local = policy.local(now)
    today = local.replace(hour=TOLD_AT.hour, minute=TOLD_AT.minute, second=0, microsecond=0)
    due = today if today > local else today + timedelta(days=1)
    return FollowUp(Due.HEAD_TOLD, due.astimezone(now.tzinfo))
