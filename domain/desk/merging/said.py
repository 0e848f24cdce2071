"""What followers have said: what a unit that gets their main case has not read, and reads in short."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.cases.case import Case, CaseId
from domain.desk import Desk
from domain.record.history import Event
from domain.record.said import additions, is_said, not_taken_out

NAMED_AT_MOST = 10
"""So many followers are named in one message, the oldest first; of the others is said how many there are."""
ADDITIONS_AT_MOST = 3
"""So many of the latest additions of each are shown."""


@dataclass(frozen=True, slots=True)
class SaidByFollower:
    """What the resident of one follower has said: their case, what they added last, how many files they sent."""

    case: Case
    added: Sequence[str]
    files: int


@dataclass(frozen=True, slots=True)
class SaidByFollowers:
    """What the residents of the first followers have said; `count`: how many followers have not ended."""

    named: Sequence[SaidByFollower]
    count: int


async def said_by_followers(desk: Desk, main: Case, those: Collection[CaseId] = ()) -> SaidByFollowers:
    """Return what the residents of a main case's followers have said that have not ended, of the first of many.

    `those`: of these followers alone, as far as they still are; without, of all.
    """
    residents = await desk.work.memberships.residents_of(main.id)
    followers = [follower for follower, _ in residents if not those or follower in those]
    cases = [await desk.work.cases.look_at(follower) for follower in followers[:NAMED_AT_MOST]]
    return SaidByFollowers([await _said(desk, case) for case in cases if case is not None], len(followers))


async def _said(desk: Desk, case: Case) -> SaidByFollower:
    rows = not_taken_out(await desk.work.history.of_case(case.id))
    theirs = {row.id for row in rows if row.event == Event.CASE_RAISED or is_said(row, case)}
    files = sum(event in theirs for event, _ in await desk.work.attachments.of_case(case.id))
    return SaidByFollower(case, additions(rows, case)[-ADDITIONS_AT_MOST:], files)
