"""The timetable: apscheduler's only ticks. They wake the desk when the next follow-up is due; rows hold what is due."""

from datetime import UTC, datetime, timedelta
from logging import ERROR, WARNING

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.bell import Bell
from bot.clock import Clock
from bot.desks import Desks
from bot.pulse import Pulse
from bot.tidying import tidy
from domain.desk.follow_up import follow_up
from domain.desk.tell_head import next_telling
from domain.followups import Due, FollowUpId
from storage.engine import is_passing

log = structlog.get_logger()

AT_ONCE = 100
LONGEST_SLEEP = timedelta(seconds=30)
"""Looked at anew at least so often, should the machine's clock jump."""
LISTEN_AGAIN = timedelta(seconds=0.2)
TIDY_EVERY = timedelta(hours=1)


class Timetable:
    """Does what falls due, in the order in which it fell due; a row that fails waits and blocks no other."""

    def __init__(self, desks: Desks, clock: Clock, pulse: Pulse) -> None:
        self._desks = desks
        self._clock = clock
        self._pulse = pulse
        self.bell = Bell()
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})
        desks.storage.listen("followups", self.bell.ring)
        clock.listen(self.bell.ring)

    async def run(self) -> None:
        """Follow up until cancelled."""
        await self._plan_daily()
        self._scheduler.start()
        self._scheduler.add_job(
            tidy, "interval", [self._desks], seconds=TIDY_EVERY.total_seconds(), next_run_time=datetime.now(UTC)
        )
        try:
            while True:
                await self._safe_round()
                await self.bell.wait(LONGEST_SLEEP.total_seconds())
        finally:
            self._scheduler.shutdown(wait=False)

    async def is_idle(self) -> bool:
        """Whether nothing is due now."""
        if not self.bell.is_quiet:
            return False
        async with self._desks.reading() as (desk, work):
            return not await work.followups.due(desk.now, 1)

    async def _safe_round(self) -> None:
        try:
            if await self._has_heard_everybody():
                while await self._round():
                    pass
                await self._wake_when_due()
            else:
                self._wake_in(LISTEN_AGAIN)
        except Exception as error:
            if not is_passing(error):
                log.exception("timetable stumbled")
            self._wake_in(timedelta(seconds=1))

    async def _has_heard_everybody(self) -> bool:
        """Whether all that people sent while we were away is handled: who has answered needs no reminder."""
        heard_until = self._pulse.caught_up_at
        if heard_until is None:
            return False
        async with self._desks.reading() as (_, work):
            return not await work.inbox.holds_since(heard_until)

    async def _round(self) -> bool:
        """Act on what is due, in the order in which it fell due; True if there may be more.

        The post office is woken once, so that what falls due together for one room is told in one message.
        """
        async with self._desks.reading() as (desk, work):
            due = await work.followups.due(desk.now, AT_ONCE)
        try:
            for row in due:
                await self._see_to(row)
        finally:
            self._desks.storage.ring("outbox")
        return bool(due)

    async def _see_to(self, row: FollowUpId) -> None:
        """Act on a row; one that fails is put off, for whatever reason, so that it holds up no other."""
        try:
            async with self._desks.writing(ring=False) as (desk, _):
                await follow_up(desk, row)
        except Exception as error:
            log.log(WARNING if is_passing(error) else ERROR, "follow-up failed", row=row, exc_info=error)
            async with self._desks.writing(ring=False) as (desk, work):
                await work.followups.put_off(row, desk.now)

    async def _wake_when_due(self) -> None:
        async with self._desks.reading() as (_, work):
            next_at = await work.followups.next_due_at()
        if next_at is not None:
            self._wake_in(next_at - self._clock.now())

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
