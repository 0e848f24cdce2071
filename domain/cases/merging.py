"""Merging (难事归并): cases about one matter, worked on as one, each with a number and an end of its own. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.cases.assignments import Assignment, AssignmentState, Because
from domain.cases.assists import assist_of
from domain.cases.case import TO_BE_DONE, Case, Membership, State, reassign
from domain.cases.deadlines import Calendar, deadline
from domain.cases.policy import Policy
from domain.errors import DeskError
from domain.organisation.units import Unit


class CaseMerged(DeskError):
    """Who works on a merged case does so with its main case; the person reads which."""

    key = "error.case_merged"


class NotMerged(DeskError):
    """The case goes on by itself already."""

    key = "error.not_merged"


class MergedAlready(DeskError):
    """The two are worked on as one already."""

    key = "error.merged_already"


class MergedWithItself(DeskError):
    """Only one case was named, if perhaps twice."""

    key = "error.merged_with_itself"


class NotToBeMerged(DeskError):
    """The case has ended, or is reported done and waits for its resident; the person reads the state."""

    key = "error.not_to_be_merged"


class SaidNo(DeskError):
    """Its resident has said that it is not solved, since the main case was reported done: that report is no answer."""

    key = "error.said_no"


class TooManyToMerge(DeskError):
    """More cases were named than are merged at once."""

    key = "error.too_many_to_merge"


class NothingToMerge(DeskError):
    """Of what was raised at once there are no two left that are about the same."""

    key = "error.nothing_to_merge"


class NotToBeJoined(DeskError):
    """The case that was offered has ended, or is not for this resident to join; the draft stays as it is."""

    key = "error.not_to_be_joined"


def require_unmerged(case: Case) -> None:
    """Let those who work on a case do so with its main case.

    Raises:
        CaseMerged: it is merged into another.
    """
    if case.merged:
        raise CaseMerged(case.id, number=case.number, main=case.merged.number)


def require_mergeable(case: Case, main: Case) -> None:
    """Let a case be merged that is still to be done, into one that is open.

    Raises:
        MergedWithItself: the two are one.
        MergedAlready: they are worked on as one.
        NotToBeMerged: one of them is past that.
        SaidNo: the report of the main case is older than the word of the other's resident.
    """
    if case.id == main.id:
        raise MergedWithItself(case.id, number=case.number)
    if case.main == main.id:
        raise MergedAlready(case.id, number=case.number, main=main.number)
    past = next((one for one, fits in ((main, main.is_open), (case, case.state in TO_BE_DONE)) if not fits), None)
    if past is not None:
        raise NotToBeMerged(past.id, number=past.number, state=past.shown_as)
    if has_said_no(case, main):
        raise SaidNo(case.id, number=case.number, main=main.number)


def has_said_no(case: Case, main: Case) -> bool:
    """Whether a resident whose case came back (未解决, 又出现了) would be asked about a report from before that."""
    came_back, reported_at = case.returns > 0 or case.reopenings > 0, asks_since(main)
    return came_back and reported_at is not None and case.state_since >= reported_at


def asks_since(main: Case) -> datetime | None:
    """Return when a main case was reported done by the report about which whatever is merged into it is asked now."""
    return (main.resolved_at or main.state_since) if main.state is State.RESOLVED else None


def about_one_matter(cases: Sequence[Case]) -> Sequence[Case]:
    """Return, of cases that were raised at once, the most that are about the same, the first raised first.

    What has followers already comes before. None, where no two are about the same.
    """
    fit = [case for case in cases if case.state in TO_BE_DONE and case.merged is None]
    subjects = Counter((case.unit, case.category) for case in fit)
    most, count = next(iter(subjects.most_common(1)), (None, 0))
    alike = [case for case in fit if (case.unit, case.category) == most]
    return sorted(alike, key=lambda case: (-case.followers.open, case.raised_at, case.id)) if count > 1 else ()


def state_of_follower(kept: State, shared: Assignment) -> State:
    """Return the state of a merged case: until it is reported done, as far as its unit has come with the matter."""
    if kept not in TO_BE_DONE:
        return kept
    return State.SUBMITTED if shared.state in (AssignmentState.OFFERED, AssignmentState.REFUSED) else State.ACCEPTED


def merged_into(case: Case, main: Case, now: datetime) -> Case:
    """Return a case that from now on shares the assignment of a main case; its own ends, and its assists with it."""
    own = [] if case.merged else [case.responsible, *case.assisting]
    promised = case.merged.resolve if case.merged else case.responsible.resolve
    return replace(
        case,
        merged=Membership(main.id, main.number, promised, case.is_urgent_itself),
        urgent=main.urgent or case.is_urgent_itself,
        state=state_of_follower(case.state, main.responsible),
        responsible=main.responsible,
        assisting=(),
        ended=(*case.ended, *(given.over(Because.MERGED, now) for given in own)),
    )


def raised_into(case: Case, main: Case) -> Case:
    """Return a new case as one that follows a main case from the beginning, and never had an assignment of its own."""
    membership = Membership(main.id, main.number, case.responsible.resolve, case.urgent)
    state = state_of_follower(case.state, main.responsible)
    return replace(case, merged=membership, urgent=main.urgent, state=state, responsible=main.responsible, turns=0)


def with_assists_of(main: Case, case: Case, now: datetime) -> Case:
    """Return a main case with the units that work beside a case which is merged into it; none is called twice."""
    taken = [given for given in case.assisting if given.unit != main.unit and assist_of(main, given.unit) is None]
    begun = (
        replace(given.followed_by(given.unit, Because.MERGED, now, main.turns + nth), came_from=main.unit)
        for nth, given in enumerate(taken, 1)
    )
    return replace(main, assisting=(*main.assisting, *begun), turns=main.turns + len(taken))


def on_its_own(case: Case, unit: Unit, because: Because, now: datetime, policy: Policy, calendar: Calendar) -> Case:
    """Return a merged case with an assignment of its own: of a unit, with the same owner, by the case's own deadline.

    Where nobody has accepted the matter, there is a fresh time to accept it. A deadline that has passed has acted
    already, before it was merged or on the main case; from now on runs the one term more.
    """
    if case.merged is None:
        return case
    alone = reassign(case, unit.code, because, now)
    given = replace(
        alone.responsible,
        resolve=case.merged.resolve,
        overdue_at=None if case.merged.resolve.due_at > now else now,
        state=AssignmentState.ACCEPTED,
    )
    if given.owner is None:
        policy = policy.when(urgent=alone.urgent)
        terms = policy.terms(case.kind, case.category, unit.level)
        given = given.freed(deadline(now, terms.accept_within, policy, calendar))
    return replace(alone, responsible=given, first_owner=case.first_owner or case.owner)


def set_free(case: Case, now: datetime) -> Case:
    """Return a case that has just come to have an assignment of its own as being worked on, or waiting to be."""
    return replace(
        case,
        state=State.ACCEPTED if case.owner else State.SUBMITTED,
        state_since=now,
        resolved_at=None,
    )


def asked_with(case: Case, main: Case, now: datetime) -> Case:
    """Return a merged case as reported done by the report of its main case."""
    return replace(
        case,
        state=State.RESOLVED,
        state_since=now,
        resolved_at=main.resolved_at or now,
        first_owner=case.first_owner or main.first_owner,
    )
