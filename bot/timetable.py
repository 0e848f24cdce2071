"""The timetable: apscheduler's only ticks. They wake the desk when the next follow-up is due; rows hold what is due."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from logging import ERROR, WARNING
from typing import NamedTuple

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.bell import Bell, Pause
from bot.clock import Clock
from bot.desks import Desks
from bot.pulse import Pulse
from bot.tidying import tidy
from domain.cases.followups import Due, FollowUpId
from domain.cases.policy import Policy
from domain.desk.follow_up import follow_up
from domain.desk.office.replan import replan
from domain.desk.office.tell_calendar import tell_unknown_years
from domain.desk.office.tell_head import next_telling
from storage.engine import is_passing

log = structlog.get_logger()

AT_ONCE = 100
HOLIDAYS = version("holidays")
LONGEST_SLEEP = timedelta(seconds=30)
"""Looked at anew at least so often, should the machine's clock jump."""
LISTEN_AGAIN = timedelta(seconds=0.2)
TIDY_FIRST, TIDY_EVERY = timedelta(minutes=1), timedelta(hours=1)
"""A start has more to do than to forget."""


class Seen(NamedTuple):
    """What one look has found: what is due, or else when the next is."""

    has_heard_everybody: bool
    due: Sequence[FollowUpId]
    next_at: datetime | None


def fingerprint(policy: Policy) -> str:
    """Return by what it is known whether the policy, or what is known of the calendar, has changed."""
    return hashlib.sha256(f"{policy} {HOLIDAYS}".encode()).hexdigest()[:16]


class Timetable:
    """Does what falls due, in the order in which it fell due; a row that fails waits and blocks no other."""

    def __init__(self, desks: Desks, clock: Clock, pulse: Pulse) -> None:
        self._desks = desks
        self._clock = clock
        self._pulse = pulse
        self.bell = Bell()
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})
        self._sleeps_until: datetime | None = None
        self._looked_at: datetime | None = None
        self._is_planned = False
        desks.storage.listen("followups", self._on_planned)
        clock.listen(self.bell.ring)

    async def run(self) -> None:
        """Follow up until cancelled."""
        await self._plan_daily()
        self._scheduler.start()
        first = datetime.now(UTC) + TIDY_FIRST
        self._scheduler.add_job(
            tidy, "interval", [self._desks], seconds=TIDY_EVERY.total_seconds(), next_run_time=first
        )
        try:
            while True:
                await self.bell.wait(await self._safe_round())
        finally:
            self._scheduler.shutdown(wait=False)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is due now."""
        return self.bell.is_quiet

    def _on_planned(self) -> None:
        """Wake up for what is due before all that was known when we fell asleep."""
        planned = self._desks.storage.planned_from
        if self._sleeps_until is None or planned is None or planned < self._sleeps_until:
            self.bell.ring()

    async def _safe_round(self) -> Pause:
        """Act on what is due, in the order in which it fell due, and return for how long to sleep."""
        self._sleeps_until = self._desks.storage.planned_from = None
        try:
            await self._mind_the_clock()
            is_planned = await self._replan()
            while (seen := await self._look()).due and seen.has_heard_everybody:
                await self._act_on(seen.due)
        except Exception as error:
            if not is_passing(error):
                log.exception("timetable stumbled")
            return Pause(1)
        if not seen.has_heard_everybody:
            return Pause(LISTEN_AGAIN.total_seconds(), idle=not seen.due)
        if not is_planned:
            return Pause(0)
        self._sleeps_until = seen.next_at
        if seen.next_at is not None:
            self._wake_in(seen.next_at - self._clock.now())
        return Pause(LONGEST_SLEEP.total_seconds(), idle=True)

    async def _mind_the_clock(self) -> None:
        """Let no danger wait for as long again as the machine's clock was put back, now or while we were away."""
        now, before = self._clock.now(), self._looked_at
        if before is None or now < before:
            async with self._desks.writing() as (desk, work):
                latest = now + desk.policy.urgent.submit_after.always
                await work.followups.bring_forward(Due.DRAFT_SUBMITS, latest, now)
        self._looked_at = now

    async def _replan(self) -> bool:
        """Plan a batch of what waits anew after the policy has changed; whether all is planned.

        Should it fail for good, everything stays as it was planned until the next start, and acts.
        """
        if not self._is_planned:
            try:
                async with self._desks.writing(ring=False) as (desk, _):
                    self._is_planned = await replan(desk, fingerprint(desk.policy))
            except Exception as error:
                if is_passing(error):
                    raise
                log.exception("what waits is not planned by the changed policy")
                self._is_planned = True
        return self._is_planned

    async def _look(self) -> Seen:
        """Look what is due, and whether all is handled that people sent while we were away.

        Who has answered needs no reminder.
        """
        heard_until = self._pulse.caught_up_at
        async with self._desks.storage.reading() as work:
            due = await work.followups.due(work.now, AT_ONCE)
            next_at = None if due else await work.followups.next_due_at()
            return Seen(heard_until is not None and not await work.inbox.holds_since(heard_until), due, next_at)

    async def _act_on(self, due: Sequence[FollowUpId]) -> None:
        """Act on rows; the post office is woken once, so that what falls due together is told in one message."""
        try:
            for row in due:
                await self._see_to(row)
        finally:
            self._desks.storage.ring("outbox")

    async def _see_to(self, row: FollowUpId, *, alone: bool = False) -> None:
        """Act on a row; one that fails, alone too, is put off, for whatever reason, so that it holds up no other."""
        try:
            async with self._desks.writing(ring=False) as (desk, _):
                await follow_up(desk, row, alone=alone)
        except Exception as error:
            if not alone:
                await self._see_to(row, alone=True)
                return
            log.log(WARNING if is_passing(error) else ERROR, "follow-up failed", row=row, exc_info=error)
            async with self._desks.writing(ring=False) as (desk, work):
                await work.followups.put_off(row, desk.now)

    def _wake_in(self, wait: timedelta) -> None:
        when = datetime.now(UTC) + max(wait, timedelta())
        self._scheduler.add_job(self._ring, "date", run_date=when, id="due", replace_existing=True)

    async def _ring(self) -> None:
        """Ring the bell on our own loop: apscheduler runs what is no coroutine in a thread."""
        self.bell.ring()

    async def _plan_daily(self) -> None:
        async with self._desks.writing() as (desk, work):
            if not await work.followups.is_planned(Due.HEAD_TOLD):
                await work.followups.plan([next_telling(desk.now, desk.policy)])
            for year in await tell_unknown_years(desk):
                log.warning("the official working days of a year are not known", year=year)
