"""Walks of a case through everything that can happen to it: whatever comes, its assignments add up."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.atlas import ShapelyAtlas
from bot.clock import MovableClock
from bot.desks import Desks
from domain.cases.assignments import Assignment, Because
from domain.cases.case import Case, CaseId, State
from domain.cases.followups import FollowUpId, plan
from domain.cases.messages import Message, MessageId, Part
from domain.cases.policy import Clock, Policy
from domain.cases.revisits import Answer
from domain.desk import Desk
from domain.desk.casework.accept import accept
from domain.desk.casework.refuse import refuse
from domain.desk.casework.resolve import resolve
from domain.desk.cooperation.assign import assign
from domain.desk.cooperation.escalate import escalate
from domain.desk.cooperation.give_back import give_back
from domain.desk.cooperation.transfer import transfer
from domain.desk.follow_up import follow_up
from domain.desk.office.import_organisation import import_organisation
from domain.desk.office.reach import lose_chat, regain_chat
from domain.desk.office.replan import replan
from domain.desk.parts.context import Rules
from domain.desk.verdict.confirm import confirm, take_back
from domain.desk.verdict.object import object_to_refusal
from domain.desk.verdict.reopen import reopen
from domain.desk.verdict.return_case import return_case
from domain.desk.verdict.revisit import revisit
from domain.desk.verdict.withdraw import withdraw
from domain.errors import DeskError
from domain.organisation.units import ChatId
from domain.people.person import Actor, PersonId
from domain.record.history import Event, Row
from storage import schema
from storage.unit_of_work import Storage, UnitOfWork
from tests.databases import MIGRATED, Sqlite
from tests.domain.ground import LI, MONDAY_TEN, STANDING, Weekdays, a_case, chat, lead, town

HE = Actor(PersonId(1001), "何管理", is_admin=True)
RESIDENT = Actor(LI, "李秀英")
POLICY = Policy(clock=Clock.CALENDAR, quiet_hours=None)
UNITS = tuple(
    replace(unit, chat=unit.chat or chat(50 + n), members=(lead(PersonId(5000 + n), unit.name), *unit.members))
    for n, unit in enumerate(town().units.values())
)
BEGINNINGS = {
    Event.CASE_ESCALATED,
    Event.CASE_ASSIGNED,
    Event.CASE_TRANSFERRED,
    Event.CASE_GIVEN_BACK,
    Event.CASE_RECONSIDERED,
    Event.CASE_REOPENED,
    Event.CONFIRMATION_TAKEN_BACK,
}

Step = Callable[["Walk", Desk, Case, int], Awaitable[None]]


@dataclass
class Walk:
    """One case on its way, and what its assignments were when they ended."""

    desks: Desks
    clock: MovableClock
    case: CaseId
    ended: Sequence[Assignment] = ()

    async def step(self, what: Step, choice: int) -> None:
        """Let something happen, or be refused."""
        try:
            async with self.desks.writing() as (desk, work):
                case = await work.cases.look_at(self.case)
                assert case
                await what(self, desk, case, choice)
        except DeskError:
            pass

    async def due(self) -> Sequence[FollowUpId]:
        """Return what has fallen due."""
        async with self.desks.reading() as (_, work):
            return await work.followups.due(self.clock.now(), 100)

    async def adds_up(self) -> None:
        """Check what has to be so after every step."""
        async with self.desks.reading() as (_, work):
            case = await work.cases.look_at(self.case)
            assert case
            rows = await work.cases.assignments_of(self.case)
            self.one_has_it(case, rows)
            self.one_follows_the_other(rows)
            await self.facts_tell_what_history_tells(work, case, rows)
            rulings = await work.rulings.about(self.case)
            assert [row.is_open for row in rulings].count(True) == (
                case.closed_at is None and case.responsible.is_to_settle
            )
            planned = await turns_planned(self.desks.storage)
            assert planned <= ({None, case.responsible.turn} if case.closed_at is None else set())
        self.ended = [row for row in rows if row.ended_at]

    def one_has_it(self, case: Case, rows: Sequence[Assignment]) -> None:
        under_way = [row for row in rows if row.ended_at is None]
        assert under_way == ([case.responsible] if case.closed_at is None else [])
        assert case.responsible == rows[-1]
        assert case.closed_at is None or case.responsible.ended_at == case.closed_at
        assert case.closed_at or case.responsible.state is STANDING[case.state]
        assert case.state not in STANDING or (case.owner is None) is (case.state in (State.SUBMITTED, State.REFUSED))

    def one_follows_the_other(self, rows: Sequence[Assignment]) -> None:
        assert list(rows[: len(self.ended)]) == list(self.ended)
        assert [row.turn for row in rows] == list(range(1, len(rows) + 1))
        for old, new in pairwise(rows):
            if new.begun_because in (Because.TAKEN_BACK, Because.REOPENED, Because.CONTRADICTED):
                assert old.ended_because is Because.CONFIRMED
            else:
                assert (old.ended_at, old.ended_because) == (new.begun_at, new.begun_because)

    async def facts_tell_what_history_tells(self, work: UnitOfWork, case: Case, rows: Sequence[Assignment]) -> None:
        history = await work.history.of_case(self.case)
        told = Counter(row.event for row in history)
        contradicted = sum(row.begun_because is Because.CONTRADICTED for row in rows)
        returned = told[Event.CASE_RETURNED] + told[Event.REVISIT_UNSOLVED]
        assert len(rows) == 1 + sum(told[event] for event in BEGINNINGS) + contradicted
        assert sum(row.returns for row in rows) == case.returns == returned
        assert {row.transferred_at for row in rows if row.transferred_at} == times(history, Event.CASE_TRANSFERRED)
        assert sum(row.given_back_at is not None for row in rows) == case.give_backs
        assert sum(row.refused_at is not None for row in rows) == told[Event.CASE_REFUSED]
        assert {row.accepted_at for row in rows if row.accepted_at} <= times(history, Event.CASE_ACCEPTED)
        reported = {row.reported_at for row in rows if row.reported_at}
        assert max(reported, default=None) == max(times(history, Event.CASE_RESOLVED), default=None)


async def turns_planned(storage: Storage) -> set[int | None]:
    async with storage.engine.connect() as connection:
        return set(
            await connection.scalars(select(schema.followups.c.turn).where(schema.followups.c.case_id.is_not(None)))
        )


def times(history: Sequence[Row], event: Event) -> set[datetime]:
    return {row.at for row in history if row.event == event}


def said(actor: Actor, words: str) -> Message:
    chat = ChatId(actor.id)
    return Message(chat, (Part(chat, MessageId(1), words),))


def member(desk: Desk, case: Case, choice: int) -> Actor:
    members = desk.org[case.unit].members if case.unit in desk.org else UNITS[0].members
    chosen = members[choice % len(members)]
    return Actor(chosen.person, chosen.name)


async def is_accepted(_walk: Walk, desk: Desk, case: Case, choice: int) -> None:
    await accept(desk, member(desk, case, choice), case.id)


async def is_reported(_walk: Walk, desk: Desk, case: Case, choice: int) -> None:
    actor = member(desk, case, choice)
    await resolve(desk, actor, case.id, said(actor, "修好了"))


async def is_refused(_walk: Walk, desk: Desk, case: Case, choice: int) -> None:
    actor = member(desk, case, choice)
    await refuse(desk, actor, case.id, said(actor, "不归我们管"))


async def is_escalated(_walk: Walk, desk: Desk, case: Case, choice: int) -> None:
    for _press in range(2):
        await escalate(desk, member(desk, case, choice), case.id)


async def is_transferred(_walk: Walk, desk: Desk, case: Case, choice: int) -> None:
    actor = member(desk, case, choice)
    await transfer(desk, actor, case.id, UNITS[choice % len(UNITS)].code, said(actor, "归他们管"))


async def is_given_back(_walk: Walk, desk: Desk, case: Case, choice: int) -> None:
    actor = member(desk, case, choice)
    await give_back(desk, actor, case.id, said(actor, "不归我们管"))


async def is_assigned(_walk: Walk, desk: Desk, case: Case, choice: int) -> None:
    await assign(desk, HE, case.number, UNITS[choice % len(UNITS)].code)


async def resident_answers(_walk: Walk, desk: Desk, case: Case, choice: int) -> None:
    verbs = {
        State.RESOLVED: (confirm, return_case),
        State.CONFIRMED: (take_back, reopen, return_case),
        State.REFUSED: (object_to_refusal,),
    }.get(case.state, (withdraw,) if choice % 5 == 0 else ())
    for verb in verbs[choice % len(verbs) :][:1] if verbs else ():
        for _press in range(2 if verb is withdraw else 1):
            await verb(desk, RESIDENT, case.id)


async def is_asked_in_person(_walk: Walk, desk: Desk, case: Case, choice: int) -> None:
    answer = tuple(Answer)[choice % len(Answer)]
    actor = HE if choice % 2 else member(desk, case, choice)
    await revisit(desk, actor, case.id, answer, said(actor, "上门问了"))


async def time_passes(walk: Walk, desk: Desk, _case: Case, choice: int) -> None:
    walk.clock.advance(timedelta(minutes=(1, 29, 120, 60 * 25, 60 * 24 * 8)[choice % 5]))
    for due in await walk.due():
        desk = replace(desk, now=walk.clock.now())
        await follow_up(desk, due)


async def organisation_changes(_walk: Walk, desk: Desk, case: Case, choice: int) -> None:
    """Retire the unit that has it, let all its workers go, or let everything be as it was."""
    gone = tuple(unit for unit in UNITS if unit.code != case.unit)
    left = tuple(replace(unit, members=unit.members[:1]) for unit in UNITS)
    units = (gone if case.unit.count("-") else left, left, UNITS)[choice % 3]
    await import_organisation(desk, units, str(choice))


async def chat_goes(_walk: Walk, desk: Desk, case: Case, choice: int) -> None:
    chat = next((unit.chat.id for unit in UNITS if unit.code == case.unit and unit.chat), ChatId(0))
    await (lose_chat if choice % 2 else regain_chat)(desk, chat)


async def policy_changes(_walk: Walk, desk: Desk, case: Case, choice: int) -> None:
    """Start with another policy: what was promised stays."""
    policy = replace(POLICY, warn_at=(0.3, 0.6, 0.9)[choice % 3])
    while not await replan(replace(desk, rules=replace(desk.rules, policy=policy)), str(choice)):
        pass
    after = await desk.work.cases.get(case.id)
    assert after
    before, now = case.responsible, after.responsible
    assert (now.accept.due_at, now.resolve.due_at) == (before.accept.due_at, before.resolve.due_at)


STEPS = (
    is_accepted,
    is_accepted,
    is_reported,
    is_reported,
    is_refused,
    is_escalated,
    is_assigned,
    is_transferred,
    is_transferred,
    is_given_back,
    is_given_back,
    resident_answers,
    resident_answers,
    resident_answers,
    is_asked_in_person,
    is_asked_in_person,
    time_passes,
    time_passes,
    organisation_changes,
    policy_changes,
    chat_goes,
)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 29)), min_size=5, max_size=25))
def test_whatever_comes_one_unit_has_the_case_and_its_past_stays(sqlite: Sqlite, steps: list[tuple[Step, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, sqlite.copied(MIGRATED, Path(folder)) as address:
        asyncio.run(walk(address, steps))


async def walk(address: str, steps: list[tuple[Step, int]]) -> None:
    clock = MovableClock(MONDAY_TEN)
    storage = Storage(address, clock.now)
    rules = Rules(POLICY, Weekdays(), ShapelyAtlas(), frozenset({HE.id}))
    try:
        desks = Desks(storage, rules, clock)
        async with desks.writing() as (desk, _):
            await import_organisation(desk, UNITS, "")
        async with desks.writing() as (desk, work):
            case = await work.cases.add(a_case(first_owner=None))
            await desk.record.event(RESIDENT, Event.CASE_RAISED, case)
            await work.followups.plan(plan(case, clock.now(), POLICY, Weekdays()))
        on_its_way = Walk(desks, clock, case.id)
        for what, choice in steps:
            await on_its_way.step(what, choice)
            await on_its_way.adds_up()
    finally:
        await storage.close()
