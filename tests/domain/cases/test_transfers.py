"""Transfers: to which units a case may go, in which order they are offered, what counts as giving back."""

from dataclasses import replace

import pytest

from domain.cases.assignments import Because, Holder, Settling
from domain.cases.case import Case, State, Verb, move, reassign
from domain.cases.transfers import (
    CaseSettled,
    NotYetAccepted,
    OwnUnit,
    UnitRetired,
    UnitWithoutChat,
    came_by_transfer,
    counts_as_giving_back,
    found,
    gives_back_to,
    offered,
    receiving_unit,
    require_transferable,
    unit_above_both,
)
from domain.errors import DeskError, NoUnitAbove, UnitUnknown
from domain.organisation.units import Level, Organisation
from domain.people.person import UnitCode
from tests.domain.ground import LIU, MONDAY_TEN, a_case, a_unit, chat, town, tree_of

ORG = town()
OWN = UnitCode("ZN-01")


def transferred(case: Case, unit: str = "WY") -> Case:
    """Return the case as another unit has just got it."""
    passed = replace(case, responsible=case.responsible.transferred(MONDAY_TEN))
    moved = reassign(move(passed, Verb.TRANSFER, MONDAY_TEN), UnitCode(unit), Because.TRANSFERRED, MONDAY_TEN)
    return replace(moved, responsible=moved.responsible.freed(case.responsible.accept))


@pytest.mark.parametrize("unit", ["ZN", "ZN-02", "WY", "BZ"])
def test_a_case_may_go_to_any_other_unit_that_has_a_group(unit: str) -> None:
    assert receiving_unit(ORG, a_case(), UnitCode(unit)) == ORG[UnitCode(unit)]


@pytest.mark.parametrize(
    ("unit", "refused"), [("ZN-01", OwnUnit), ("NB", UnitWithoutChat), ("OLD", UnitRetired), ("XX", UnitUnknown)]
)
def test_elsewhere_it_is_refused_with_a_sentence(unit: str, refused: type[DeskError]) -> None:
    org = replace(ORG, retired={UnitCode("OLD"): "旧网格"})

    with pytest.raises(refused):
        receiving_unit(org, a_case(), UnitCode(unit))


def test_who_is_chosen_often_is_offered_first_then_who_is_near() -> None:
    assert offered(ORG, OWN, []) == ("ZN", "ZN-02", "WY", "GHQ", "BZ")
    assert offered(ORG, OWN, [UnitCode("WY"), UnitCode("OLD"), OWN]) == ("WY", "ZN", "ZN-02", "GHQ", "BZ")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("wy", ["WY"]),
        (" 安居物业 ", ["WY"]),
        ("安居", ["WY"]),
        ("第1网格", ["ZN-01", "NB-01"]),
        ("网格", ["ZN-01", "ZN-02", "NB-01"]),
        ("旧网格", ["OLD"]),
        ("遵南社区 · 第1网格", ["ZN-01"]),
        ("南白社区居民委员会第1", ["NB-01"]),
        ("自来水", []),
        ("", []),
    ],
)
def test_a_unit_is_found_by_its_code_its_name_or_a_piece_of_it(words: str, meant: list[str]) -> None:
    assert list(found(replace(ORG, retired={UnitCode("OLD"): "旧网格"}), words)) == meant


def test_a_case_that_came_by_transfer_is_accepted_or_given_back_before_it_is_passed_on() -> None:
    require_transferable(a_case())
    came = transferred(a_case(State.ACCEPTED))

    with pytest.raises(NotYetAccepted):
        require_transferable(came)
    taken = came.responsible.accepted(Holder(LIU, "刘洋"), MONDAY_TEN)
    require_transferable(move(came, Verb.ACCEPT, MONDAY_TEN, responsible=taken))


def test_a_case_that_somebody_above_has_settled_is_not_passed_on() -> None:
    case = a_case(State.ACCEPTED)

    with pytest.raises(CaseSettled):
        require_transferable(replace(case, responsible=case.responsible.settled(Settling.FINAL)))


def test_what_was_settled_stays_so_wherever_the_case_climbs() -> None:
    settled = replace(a_case(), responsible=a_case().responsible.settled(Settling.FINAL))

    assert reassign(settled, UnitCode("ZN"), Because.OVERDUE, MONDAY_TEN).responsible.settling is Settling.FINAL


def test_to_a_unit_that_had_the_case_it_counts_as_giving_back() -> None:
    came = transferred(a_case())

    assert counts_as_giving_back(came, OWN)
    assert not counts_as_giving_back(came, UnitCode("ZN-02"))


def test_whoever_settles_it_may_choose_a_unit_that_had_it_and_gives_nothing_back() -> None:
    came = transferred(a_case())
    came = replace(came, responsible=came.responsible.settled(Settling.BY_LEADS))

    assert not counts_as_giving_back(came, OWN)
    assert not came_by_transfer(came)


@pytest.mark.parametrize(
    ("one", "other", "above"),
    [
        ("ZN-01", "ZN-02", "ZN"),
        ("ZN-01", "WY", "ZN"),
        ("ZN-01", "ZN", "GHQ"),
        ("GHQ", "ZN-01", "BZ"),
        ("ZN-01", "NB-01", "GHQ"),
        ("BZ", "ZN-01", None),
        ("ZN-01", "LD", None),
    ],
)
def test_the_unit_above_both_is_the_nearest_that_is_neither(one: str, other: str, above: str | None) -> None:
    org = tree_of(*ORG.units.values(), a_unit("LD", Level.DEPARTMENT, chat=chat(7)))
    found_above = unit_above_both(org, UnitCode(one), UnitCode(other))

    assert (found_above.code if found_above else None) == above


def test_a_unit_above_both_without_a_group_is_passed_over() -> None:
    above = unit_above_both(town(ZN={"chat": None}), OWN, UnitCode("ZN-02"))

    assert above is not None
    assert above.code == "GHQ"


def test_a_case_goes_back_to_the_unit_that_passed_it_on() -> None:
    assert gives_back_to(ORG, transferred(a_case(unit=UnitCode("ZN-02")))).code == "ZN-02"


@pytest.mark.parametrize(
    ("org", "unit"),
    [
        (town(ZN_01={"chat": None}), "ZN"),
        (tree_of(*(unit for unit in ORG.units.values() if unit.code != OWN)), "ZN"),
        (tree_of(ORG[UnitCode("WY")], ORG[UnitCode("BZ")]), None),
    ],
)
def test_where_that_unit_can_take_it_no_more_somebody_answers_for_it(org: Organisation, unit: str | None) -> None:
    came = transferred(a_case())
    if unit is None:
        with pytest.raises(NoUnitAbove):
            gives_back_to(org, came)
    else:
        assert gives_back_to(org, came).code == unit


def test_the_facts_of_a_transfer_stay_with_the_unit_that_passed_it_on() -> None:
    came = transferred(a_case(State.ACCEPTED))
    (old,) = came.ended

    assert (old.transferred_at, old.ended_at, old.ended_because) == (MONDAY_TEN, MONDAY_TEN, Because.TRANSFERRED)
    assert (came.responsible.came_from, came.responsible.transferred_at, came.owner) == (OWN, None, None)
    assert (came.first_owner, came.responsible.resolve) == (a_case(State.ACCEPTED).first_owner, old.resolve)
