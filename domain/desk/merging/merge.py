"""Merge (归并): cases about one matter are worked on as one from now on, each with a number and an end of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.cases.assists import plan_assist
from domain.cases.case import TO_BE_DONE, Case, CaseId
from domain.cases.followups import OF_ASSISTS
from domain.cases.merging import (
    NotToBeMerged,
    TooManyToMerge,
    has_said_no,
    merged_into,
    require_mergeable,
    require_unmerged,
    with_assists_of,
)
from domain.cases.questions import Asked, Question
from domain.desk import Desk
from domain.desk.cooperation.settle import let_settlement_lapse
from domain.desk.intake.alike import cases_like
from domain.desk.intake.heed_danger import make_urgent
from domain.desk.merging.follow import bring_up_to_date
from domain.errors import CaseUnknown, NotAMember
from domain.letters.letter import Priority
from domain.organisation.units import Chat
from domain.people.person import Actor, UnitCode
from domain.record.history import Event

AT_ONCE = 50
"""So many are merged by one command: everybody else waits so long."""
OFFERED = 5
"""So many open cases of the same unit can be chosen by a button; of others the number is typed."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of it: the main case as it is now, and the cases that follow it from now on."""

    main: Case
    followers: tuple[Case, ...]


async def merge(desk: Desk, actor: Actor, main_id: CaseId, others: Sequence[CaseId]) -> Merged:
    """Let cases be worked on as one with a main case: all of them, or none.

    Where the main case follows another, they follow that one; what followed one of them follows the main case, also
    where it is named itself. Units that work beside one of them work beside the main case. Each resident is told under
    their own number.

    Raises:
        TooManyToMerge: they are more than may be named at once.
        CaseUnknown: there is none with one of these ids.
        NotAMember: one of them is for others to merge.
        MergedWithItself, MergedAlready, NotToBeMerged, SaidNo: see `require_mergeable`.
    """
    if len(others) > AT_ONCE:
        raise TooManyToMerge(len(others), most=AT_ONCE)
    asked = {main_id, *others}
    cases = {case.id: case for case in await desk.work.cases.held(asked)}
    if unknown := asked - cases.keys():
        raise CaseUnknown(*unknown)
    main = cases[main_id]
    main = await desk.find.case(main.main) if main.main else main
    chosen = [cases[other] for other in dict.fromkeys(others)]
    for case in (main, *chosen):
        if not desk.rights.may_merge(actor, case):
            raise NotAMember(actor.id, units=[case.unit])
    for case in chosen:
        require_mergeable(case, main)
    merged = await merge_all(desk, actor, main, [case for case in chosen if case.main not in cases])
    return replace(merged, followers=tuple(chosen))


async def case_to_merge(desk: Desk, actor: Actor, number: str, chat: Chat | None) -> Case:
    """Return a case that the actor has named in a chat, or in private.

    Raises:
        CaseUnknown: no case has this number, or it is none of the actor's business.
        CaseNotForChat: it does not concern the units of this chat, nor one that the actor leads.
    """
    case = await desk.find.named(actor, number)
    if chat is not None and not desk.rights.may_bind(actor, case.unit):
        desk.find.require_shown_in(chat, case)
    return case


def is_past(desk: Desk, actor: Actor, case: Case) -> bool:
    """Whether there is nothing for the actor to merge, or not any more."""
    return case.state not in TO_BE_DONE or case.merged is not None or not desk.rights.may_merge(actor, case)


async def ask_into_which(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Let the worker's next message in private be the number of the case into which another is merged.

    Raises:
        CaseUnknown: there is none with this id.
        NotAMember: it is for others to merge.
        CaseMerged: it is merged already.
        NotToBeMerged: it is past that.
    """
    case = await desk.find.case(case_id)
    if not desk.rights.may_merge(actor, case):
        raise NotAMember(actor.id, units=[case.unit])
    require_unmerged(case)
    if case.state not in TO_BE_DONE:
        raise NotToBeMerged(case.id, number=case.number, state=case.shown_as)
    await desk.questions.ask(Question(actor.id, Asked.MAIN_CASE, desk.now, case=case.id))
    return case


async def cases_around(desk: Desk, case: Case) -> Sequence[Case]:
    """Return open cases of the same unit with which another may be merged: first those that may be the same."""
    same = [one.case for one in await cases_like(desk, case)][:OFFERED]
    alike = [found for one in same if (found := await desk.work.cases.look_at(one))]
    around = await desk.work.cases.open_in([case.unit], OFFERED + 1 + len(alike))
    nearby = [*alike, *(one for one in around if one.id not in {case.id, *same})]
    return [one for one in nearby if not has_said_no(case, one)][:OFFERED]


async def merge_all(desk: Desk, actor: Actor, main: Case, cases: Sequence[Case]) -> Merged:
    """Let these cases follow a main case, all of them held for change and fit to; danger in one is danger in it."""
    followers, beside = [], len(main.assisting)
    unread = [new for case in cases for new in await _not_read_by(desk, main.unit, case)]
    for case in cases:
        main, follower = await _merge(desk, actor, case, main)
        followers.append(follower)
    begun = main.assisting[beside:]
    main = await bring_up_to_date(desk, main)
    if unread:
        await desk.tell.said_by_followers(main, unread)
    for assist in begun:
        await desk.work.followups.plan(plan_assist(main, assist, desk.now, desk.policy))
        await desk.cards.post(main.id, assist.unit, Priority.CARD)
    for left in sorted({case.main for case in cases if case.main} - {case.id for case in cases}):
        await bring_up_to_date(desk, await desk.find.case(left))
    if not main.urgent and any(case.is_urgent_itself for case in cases):
        main = await make_urgent(desk, main, by=actor.id)
    return Merged(main, tuple(followers))


async def _merge(desk: Desk, actor: Actor, case: Case, main: Case) -> tuple[Case, Case]:
    await _bring_followers(desk, actor, case, main)
    merged = merged_into(case, main, desk.now)
    left = case.unit if case.unit != main.unit else None
    told = {"main": main.number, "worker": actor.name, "unit": main.unit, "from_unit": left}
    event = await desk.record.event(actor, Event.CASE_MERGED, merged, **told)
    await desk.record.event(actor, Event.FOLLOWER_JOINED, main, number=case.number, worker=actor.name)
    if case.assisting:
        await desk.work.followups.cancel(case.id, [given.turn for given in case.assisting], what=OF_ASSISTS)
    merged = await desk.record.save_and_replan(merged)
    await let_settlement_lapse(desk, actor, case, event)
    await desk.tell.resident(merged, event)
    if left is not None:
        await desk.tell.unit(left, merged, event)
    for given in case.assisting:
        await desk.cards.post(case.id, given.unit, Priority.REMINDER)
    return with_assists_of(main, case, desk.now), merged


async def _not_read_by(desk: Desk, unit: UnitCode, case: Case) -> Sequence[CaseId]:
    """Return a case that is to be merged, and what follows it, if the unit that gets it has never had it."""
    if unit == case.unit or unit in case.units_before:
        return ()
    followers = await desk.work.memberships.residents_of(case.id) if case.followers.open else ()
    return [case.id, *(follower for follower, _ in followers)]


async def _bring_followers(desk: Desk, actor: Actor, case: Case, main: Case) -> None:
    """Let what followed a case follow its main case: there is one step from a follower to its main case."""
    if not case.followers.all:
        return
    followers = await desk.work.memberships.residents_of(case.id)
    told = {"main": main.number, "before": case.number, "worker": actor.name}
    for follower, _ in followers:
        await desk.work.history.append(desk.now, actor.id, Event.CASE_MERGED, told, follower)
    await desk.work.memberships.move(case.id, main.id)
