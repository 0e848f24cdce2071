"""Look at cases: a resident at their own, staff at those that concern them, with a record of who looked."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.cases.case import Case
from domain.cases.listing import Shown, Which
from domain.desk import Desk
from domain.errors import CaseUnknown, NotAnAdmin
from domain.organisation.units import Chat
from domain.people.person import Actor, PersonId, UnitCode
from domain.record.history import AMONG_UNITS, EDITS, Event, Row
from domain.record.sharing import SHARED, times_merged, told_of_both

PAGE = 8
FOLLOWERS_SHOWN = 20
LOOKED_AT = 200
"""Among so many of a person's cases, the open and the newest ones, a short number is looked for."""


@dataclass(frozen=True, slots=True)
class File:
    """一事一档: a case with its rows of history and what is merged into it.

    `attachments`: how many there are; `attachments_shown`: of how many its resident knows.
    """

    case: Case
    rows: Sequence[Row]
    attachments: int
    attachments_shown: int
    followers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list of cases; `number` counts from 0."""

    cases: Sequence[Case]
    number: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


async def view_case(desk: Desk, actor: Actor, number: str, chat: Chat | None) -> Case:
    """Open the file of a case, in a chat or in private; staff who look are recorded (promise 7).

    In a chat all who are in it read along. So a resident opens their own in private only, and staff where the case
    concerns the units that work there.

    Raises:
        CaseUnknown: no case has this number, or it does not concern the actor.
        CaseNotForChat: it does, but not this chat.
    """
    case = await desk.find.numbered(number)
    own = chat is None and desk.rights.may_speak_for(actor, case)
    if not (own or desk.rights.may_view(actor, case)):
        raise CaseUnknown(number)
    if chat is not None:
        desk.find.require_shown_in(chat, case)
    if not own:
        await desk.record.event(actor, Event.CASE_VIEWED, case)
    return case


async def find_own(desk: Desk, actor: Actor, count: int) -> Case | None:
    """Return the actor's own case whose number ends with this count; None if there is none, or more than one."""
    cases = await desk.work.cases.of_resident(actor.id, LOOKED_AT)
    meant = [case for case in cases if int(case.number.rpartition("_")[2]) == count]
    return meant[0] if len(meant) == 1 else None


async def list_own_cases(desk: Desk, actor: Actor, page: int) -> Page:
    """Return a page of the actor's own cases, open ones first."""
    total = await desk.work.cases.count_of_resident(actor.id)
    page = _within(page, total)
    return Page(await desk.work.cases.of_resident(actor.id, PAGE, page * PAGE), page, total)


async def list_own_open_cases(desk: Desk, actor: Actor, page: int) -> Page:
    """Return a page of the actor's own open cases, those that wait for an answer first."""
    total = await desk.work.cases.count_open_of_resident(actor.id)
    page = _within(page, total)
    cases = await desk.work.cases.open_of_resident(actor.id, PAGE, page * PAGE) if total else ()
    return Page(cases, page, total)


async def list_open_cases(
    desk: Desk,
    units: Sequence[UnitCode] | None,
    page: int,
    which: Which = Which.ALL,
    reader: PersonId | None = None,
) -> Page:
    """Return a page of the open cases of these units, or of all: danger, the reader's own, the nearest deadline."""
    shown = Shown(which, reader, desk.now)
    total = await desk.work.cases.count_open_in(units, shown)
    page = _within(page, total)
    return Page(await desk.work.cases.open_in(units, PAGE, page * PAGE, shown), page, total)


async def count_assisted(desk: Desk, units: Sequence[UnitCode]) -> int:
    """Return how many cases these units assist with."""
    return await desk.work.cases.count_open_in(units, Shown(Which.BESIDE))


async def find_ending(desk: Desk, actor: Actor, digits: str, chat: Chat | None) -> Sequence[Case]:
    """Return the cases that somebody may mean by the last digits of a number; just the one that is counted so.

    In a chat the open ones of the units that work there; in private those of the units that they work for and of all
    below, an admin's of all, and their own.
    """
    if chat is not None:
        units: list[UnitCode] | None = [unit.code for unit in desk.org.in_chat(chat)]
    elif desk.rights.may_administer(actor):
        units = None
    else:
        works_for = [unit.code for unit in desk.org.units_of(actor.id)]
        units = list(dict.fromkeys(below.code for unit in works_for for below in desk.org.below(unit)))
    found = list(await desk.work.cases.open_ending(units, digits, PAGE))
    if chat is None:
        own = await desk.work.cases.of_resident(actor.id, LOOKED_AT)
        known = {case.id for case in found}
        found += [case for case in own if case.number.endswith(digits) and case.id not in known]
    counted = [case for case in found if int(case.number.rpartition("_")[2]) == int(digits)]
    return counted if len(counted) == 1 else found[:PAGE]


async def list_cases_below(desk: Desk, actor: Actor, unit: UnitCode | None, page: int) -> Page:
    """Return a page of the open cases of a unit and everything below it, or of the whole organisation.

    Raises:
        NotAnAdmin: the actor is none.
        UnitUnknown: no unit in use has this code.
    """
    if not desk.rights.may_administer(actor):
        raise NotAnAdmin(actor.id)
    return await list_open_cases(desk, [below.code for below in desk.org.below(unit)] if unit else None, page)


def _within(page: int, total: int) -> int:
    """Return the nearest page that there is: what a button names may be long past."""
    return max(0, min(page, max(0, total - 1) // PAGE))


async def _with_shared(desk: Desk, rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows of a case with what its main case lived through for both, while it was merged into that."""
    shared: list[Row] = []
    for number, began, ended in times_merged(rows):
        main = await desk.work.cases.id_of(number)
        told = await desk.work.history.of_case(main, *SHARED, *EDITS) if main else ()
        meanwhile = [row for row in told if began < row.id and (ended is None or row.id < ended)]
        shared += told_of_both(rows, meanwhile)
    return sorted((*rows, *shared), key=lambda row: row.id) if shared else rows


async def read_file(desk: Desk, case: Case) -> File:
    """Return the file of a case, without asking who looks."""
    rows = await _with_shared(desk, await desk.work.history.of_case(case.id))
    inside = {row.id for row in rows if row.is_inside or row.event in AMONG_UNITS}
    events = [event for event, _ in await desk.work.attachments.of_case(case.id)]
    followers = await desk.work.memberships.numbers_of(case.id, FOLLOWERS_SHOWN) if case.followers.all else ()
    return File(case, rows, len(events), sum(event not in inside for event in events), followers)
