"""The hands of the clock: time passes, and what falls due on the way comes in its order, each at its own moment."""

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.app import App
from sandbox.page.asking import RefusedError
from sandbox.scene import Scene
from storage.schema import cases, followups, outbox

AT_MOST = 6.0
"""For how many seconds of real time one turn of the hands may play."""
SHOWN_WITHIN = 4.0
"""Within how many of these each step is shown for a moment before the next."""
PAST_IT = timedelta(seconds=1)
LOOK_AGAIN = 0.02


@dataclass(frozen=True)
class Step:
    """What will come by itself: when, of which kind, and about which case.

    `is_news`: it is about a case or a draft, unlike the daily telling of the head.
    """

    at: datetime
    what: str
    number: str | None
    is_news: bool


@dataclass(frozen=True)
class Turned:
    """How much time has passed, how many steps came at their moments, and how many all at once at the end."""

    seconds: float
    played: int
    skipped: int


async def turn(scene: Scene, app: App, by: timedelta, at_most: float = AT_MOST) -> Turned:
    """Let time pass; what has not come after so many seconds of real time comes all at once, at the end."""
    async with scene.turning:
        return await _play(scene, app, scene.world.now() + by, at_most)


async def turn_to_next(scene: Scene, app: App) -> tuple[Step, Turned]:
    """Let time pass until just after the next follow-up, or letter kept back for the night, and return that too.

    Raises RefusedError where nothing is to come.
    """
    async with scene.turning:
        step = next((step for step in await _coming(scene, app) if step.is_news), None)
        if step is None:
            raise RefusedError("nothing_due")
        return step, await _play(scene, app, max(step.at, scene.world.now()) + PAST_IT, AT_MOST)


async def _play(scene: Scene, app: App, until: datetime, at_most: float) -> Turned:
    """Go from step to step, and on to the end; between two of them the desk comes to rest."""
    began, began_at = scene.world.now(), time.monotonic()
    played = 0
    while await _comes_to_rest(scene, app, until, began_at + at_most) and (coming := await _coming(scene, app, until)):
        if not _rests(scene, app):
            continue  # somebody has acted meanwhile: the desk answers before time goes on
        moment = min(max(coming[0].at, scene.world.now()) + PAST_IT, until)
        _move(scene, moment)
        played += sum(step.at <= moment for step in coming)
        if scene.beat and time.monotonic() < began_at + SHOWN_WITHIN:
            await _comes_to_rest(scene, app, until, began_at + SHOWN_WITHIN)
            await asyncio.sleep(scene.beat)
    skipped = len(await _coming(scene, app, until))
    _move(scene, until)
    return Turned((scene.world.now() - began).total_seconds(), played, skipped)


def _move(scene: Scene, to: datetime) -> None:
    scene.move_clock(max(to - scene.world.now(), timedelta()))


async def _comes_to_rest(scene: Scene, app: App, until: datetime, end: float) -> bool:
    """Wait until the desk has nothing to do before a moment; false where it has not come to that in time."""
    while time.monotonic() < end:
        if _rests(scene, app) or (_waits_for_turns(scene, app) and scene.world.now() >= until):
            return True
        _let_turn_come(scene, app, until)
        await asyncio.sleep(LOOK_AGAIN)
    return False


def _rests(scene: Scene, app: App) -> bool:
    return scene.bot.updates.idle and app.is_idle


def _waits_for_turns(scene: Scene, app: App) -> bool:
    """Whether all that is left to do are letters that wait by Telegram's limits."""
    idle = scene.bot.updates.idle and app.dispatcher.is_idle and app.timetable.is_idle
    return idle and app.post_office.turn_in is not None


def _let_turn_come(scene: Scene, app: App, until: datetime) -> None:
    """Let the seconds pass for which the next letter waits, if nothing else is to be done; but not beyond a moment."""
    if _waits_for_turns(scene, app):
        wait, app.post_office.turn_in = timedelta(seconds=app.post_office.turn_in or 0), None
        _move(scene, min(scene.world.now() + wait, until))


async def _coming(scene: Scene, app: App, until: datetime | None = None) -> list[Step]:
    """Return what will come by itself until a moment: follow-ups, and letters kept back; the first one first."""
    is_news = followups.c.case_id.is_not(None) | followups.c.draft_id.is_not(None)
    due = select(followups.c.due_at, followups.c.what, cases.c.number, is_news).outerjoin(
        cases, cases.c.id == followups.c.case_id
    )
    kept_back = (
        select(outbox.c.not_before, cases.c.number)
        .outerjoin(cases, cases.c.id == outbox.c.case_id)
        .where(outbox.c.ended_at.is_(None), outbox.c.not_before > scene.world.now())
    )
    if until is not None:
        due, kept_back = due.where(followups.c.due_at <= until), kept_back.where(outbox.c.not_before <= until)
    async with app.desks.storage.engine.connect() as connection:
        steps = [
            Step(at, str(what), number, is_news=bool(news)) for at, what, number, news in await connection.execute(due)
        ]
        steps += [Step(at, "letter", number, is_news=True) for at, number in await connection.execute(kept_back)]
    return sorted(steps, key=lambda step: step.at)
