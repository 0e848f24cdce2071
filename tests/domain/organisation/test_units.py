"""The tree of units: who answers for a place, who stands above, who works where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import UnitUnknown
from domain.organisation.units import Level, Organisation, TopicId
from domain.people.person import PersonId, Role, UnitCode
from tests.domain.ground import CHEN, LI, LIU, MONDAY_TEN, WANG, ZHOU, a_unit, chat, lead, town, tree_of, worker

NO_CHAT = {"chat": None}
LOST = {"chat_lost_at": MONDAY_TEN}


def codes(units: object) -> list[str]:
    return [unit.code for unit in units]  # type: ignore[attr-defined]


def above(org: Organisation, code: str) -> str | None:
    unit = org.next_up(UnitCode(code))
    return unit.code if unit else None


def test_a_case_climbs_to_the_unit_right_above() -> None:
    assert [above(town(), code) for code in ("ZN-01", "ZN", "GHQ", "BZ")] == ["ZN", "GHQ", "BZ", None]


@pytest.mark.parametrize("gone", [NO_CHAT, LOST])
def test_a_unit_without_a_group_is_passed_over_on_the_way_up(gone: dict[str, object]) -> None:
    assert above(town(ZN=gone), "ZN-01") == "GHQ"
    assert above(town(ZN=gone, GHQ=gone), "ZN-01") == "BZ"
    assert above(town(ZN=gone, GHQ=gone, BZ=gone), "ZN-01") is None


def test_a_place_is_answered_for_by_its_unit_or_the_nearest_above_with_a_group() -> None:
    org = town(ZN=LOST)

    assert org.responsible_for(UnitCode("ZN-01")).code == "ZN-01"
    assert org.responsible_for(UnitCode("ZN")).code == "GHQ"
    assert org.responsible_for(UnitCode("NB-01")).code == "GHQ"


def test_where_nobody_has_a_group_the_place_keeps_its_own_unit() -> None:
    alone = tree_of(a_unit("A", Level.STREET), a_unit("B", Level.GRID, "A"))

    assert alone.responsible_for(UnitCode("B")).code == "B"


@pytest.mark.parametrize(
    ("units", "ancestor"),
    [
        (["ZN-01", "ZN-02"], "ZN"),
        (["ZN-01", "NB-01"], "GHQ"),
        (["ZN-01", "ZN"], "ZN"),
        (["ZN-01"], "ZN-01"),
        (["ZN-01", "ZN-02", "NB", "BZ"], "BZ"),
        ([], None),
    ],
)
def test_the_common_ancestor_is_the_lowest_unit_above_all(units: list[str], ancestor: str | None) -> None:
    found = town().common_ancestor([UnitCode(code) for code in units])

    assert (found.code if found else None) == ancestor


def test_units_of_two_trees_have_no_common_ancestor() -> None:
    assert (
        tree_of(a_unit("A", Level.GRID), a_unit("B", Level.GRID)).common_ancestor([UnitCode("A"), UnitCode("B")])
        is None
    )


def test_the_tree_is_read_from_the_root_down_and_back() -> None:
    org = town()

    assert codes(org.path(UnitCode("ZN-01"))) == ["BZ", "GHQ", "ZN", "ZN-01"]
    assert codes(org.below(UnitCode("GHQ"))) == ["GHQ", "ZN", "ZN-01", "ZN-02", "WY", "NB", "NB-01"]
    assert codes(org.children(None)) == ["BZ"]
    assert codes(org.children(UnitCode("ZN-01"))) == []


def test_a_unit_whose_parent_is_retired_stands_at_the_top() -> None:
    org = tree_of(a_unit("B", Level.GRID, "GONE"))

    assert codes(org.children(None)) == ["B"]
    assert codes(org.path(UnitCode("B"))) == ["B"]


def test_an_unknown_unit_is_named_in_the_error() -> None:
    with pytest.raises(UnitUnknown) as unknown:
        town()[UnitCode("XX")]

    assert unknown.value.values == {"code": "XX"}
    assert "XX" not in town()


def test_a_unit_bound_to_a_whole_group_works_in_all_its_topics_and_outside_of_them_stand_all() -> None:
    org = town(ZN_01={"chat": chat(1, TopicId(7))}, ZN_02={"chat": chat(1)})

    assert codes(org.in_chat(chat(1, TopicId(7)))) == ["ZN-01", "ZN-02"]
    assert codes(org.in_chat(chat(1, TopicId(8)))) == ["ZN-02"]
    assert codes(org.in_chat(chat(1))) == ["ZN-01", "ZN-02"]
    assert codes(org.in_group(chat(1).id)) == ["ZN-01", "ZN-02"]


def test_who_leads_a_unit_leads_everything_below_it() -> None:
    org = town()

    assert [code for code in org.units if org.leads(ZHOU, code)] == ["ZN", "ZN-01", "ZN-02", "WY"]
    assert not any(org.leads(WANG, code) for code in org.units)


def test_a_member_is_known_by_role_and_by_the_name_that_residents_read() -> None:
    org = town()

    assert [org.role_of(who, UnitCode("ZN-01")) for who in (WANG, CHEN, LIU)] == [Role.WORKER, Role.LEAD, None]
    assert org.name_of(WANG, "wang_1987") == "王建国"
    assert org.name_of(LI, "李秀英") == "李秀英"


def test_who_works_for_two_units_works_for_both() -> None:
    org = town(ZN_02={"members": (worker(LIU, "刘洋"), lead(WANG, "王建国"))})

    assert codes(org.units_of(WANG)) == ["ZN-01", "ZN-02"]
    assert org.role_of(WANG, UnitCode("ZN-02")) is Role.LEAD


@given(st.sets(st.sampled_from(sorted(town().units)), min_size=1))
def test_the_common_ancestor_stands_on_the_way_to_each_and_nothing_lower_does(chosen: set[UnitCode]) -> None:
    org = town()
    shared = set.intersection(*({unit.code for unit in org.path(code)} for code in chosen))

    found = org.common_ancestor(chosen)

    assert found
    assert found.code in shared
    assert shared == {unit.code for unit in org.path(found.code)}


@given(st.sets(st.sampled_from(sorted(town().units))), st.sampled_from(sorted(town().units)))
def test_whatever_groups_are_lost_a_case_only_climbs_to_where_it_can_be_read(lost: set[str], start: UnitCode) -> None:
    org = town(**{code.replace("-", "_"): LOST for code in lost})
    person = PersonId(1)

    way = []
    unit = org.next_up(start)
    while unit:
        way.append(unit)
        unit = org.next_up(unit.code)

    assert all(step.has_chat for step in way)
    assert codes(way) == [step.code for step in reversed(org.path(start)[:-1]) if step.has_chat]
    assert org.name_of(person, "") == ""
