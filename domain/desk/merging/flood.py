"""Merge a flood (归并为一件): what many have raised at once about one thing becomes one, at one press of a lead."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.cases.case import Case, State
from domain.cases.followups import WHATEVER_HAPPENS, Due, FollowUp
from domain.cases.merging import NothingToMerge, about_one_matter
from domain.desk import Desk
from domain.desk.merging.merge import merge_all
from domain.errors import NotALead
from domain.letters.contents import LetterId
from domain.people.person import DESK, Actor
from domain.record.history import Event, Row

AT_ONCE = 20
BEFORE = timedelta(minutes=10)
"""What came so shortly before the first that a digest names is of the flood as well; its card went out by itself."""


class Stopped(StrEnum):
    """Why a main case takes no more: it has ended, its followers have been let go with it, it was merged, or moved."""

    ENDED = "ended"
    LET_GO = "let_go"
    MERGED = "merged"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Flood:
    """What is made of a flood: its main case, how many follow it, and how many are about something else."""

    main: Case
    followers: int
    others: int


async def merge_flood(desk: Desk, actor: Actor, flood: LetterId) -> Flood:
    """Let what a unit got since a flood began, and is about the same as most of it, be worked on as one, bit by bit.

    The main case is the one that has followers already, or else the first that was raised.

    Raises:
        NotALead: the actor leads neither the unit that has them nor one above it.
        NothingToMerge: there are no two left that are about the same.
    """
    named = await desk.work.cases.among(await desk.work.outbox.named_in_flood(flood))
    alike = about_one_matter(named)
    if not alike:
        raise NothingToMerge(flood)
    first = min(case.raised_at for case in alike)
    since = first - BEFORE
    before = await desk.work.cases.alike(alike[0], since, first, AT_ONCE)
    main = await desk.find.case(about_one_matter([*alike, *before])[0].id)
    if not desk.rights.may_bind(actor, main.unit):
        raise NotALead(actor.id, units=[main.unit])
    count = await desk.work.cases.count_alike(main, since, desk.now)
    told = {"count": count, "since": since.isoformat(), "unit": main.unit, "category": main.category}
    await desk.record.event(actor, Event.FLOOD_MERGED, main, worker=actor.name, **told)
    await desk.work.followups.plan([FollowUp(Due.FLOOD, desk.now, main.id, WHATEVER_HAPPENS)])
    others = sum(case.is_open and case.merged is None for case in named) - len(alike)
    return Flood(main, count, others)


async def merge_some(desk: Desk, main: Case, _row: FollowUp) -> None:
    """Let some more of a flood follow its main case; those that are left have their turn in the next unit of work.

    Who was parted from it meanwhile, or has said that it is not solved, is not merged back. Once the main case has
    ended, follows another or has gone to another unit, those that are left stay as they are.
    """
    asked = (await desk.work.history.of_case(main.id, Event.FLOOD_MERGED))[-1]
    if stopped := _stopped_by(main, asked):
        await _stop(desk, main, asked, stopped)
        return
    since = datetime.fromisoformat(asked.told["since"])
    as_asked = replace(main, category=asked.told.get("category", ""))
    some = await desk.work.cases.alike(as_asked, since, asked.at, AT_ONCE)
    actor = Actor(asked.actor, str(asked.told.get("name", "")))
    main = (await merge_all(desk, actor, main, some)).main
    if len(some) == AT_ONCE:
        await desk.work.followups.plan([FollowUp(Due.FLOOD, desk.now, main.id, WHATEVER_HAPPENS)])
    else:
        await desk.tell.unit(main.unit, main, asked.id)


def _stopped_by(main: Case, asked: Row) -> Stopped | None:
    if main.merged is not None:
        return Stopped.MERGED
    if not main.is_open:
        return Stopped.ENDED if main.state is State.CONFIRMED else Stopped.LET_GO
    return Stopped.MOVED if main.unit != asked.told["unit"] else None


async def _stop(desk: Desk, main: Case, asked: Row, stopped: Stopped) -> None:
    """Say where the flood was that its main case takes no more, how many follow it, and what can be done."""
    rows = await desk.work.history.of_case(main.id, Event.FOLLOWER_JOINED)
    joined = sum(row.id > asked.id for row in rows)
    told = {key: asked.told.get(key) for key in ("count", "unit", "worker")}
    event = await desk.record.event(DESK, Event.FLOOD_STOPPED, main, stopped=stopped, joined=joined, **told)
    await desk.tell.unit(asked.told["unit"], main, event)
