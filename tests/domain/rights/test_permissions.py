"""Who may do what: each right, asked for everybody in town."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.cases.assignments import Because, Holder, Settling
from domain.cases.case import Case, State, Verb, reassign
from domain.letters.hearing import leads_who_hear, who_hears
from domain.organisation.units import Organisation
from domain.people.absences import Absence
from domain.people.person import Actor, PersonId, UnitCode
from domain.rights.permissions import MAY, Rights, may_be_shown_to
from tests.domain.ground import CHEN, LI, LIU, MONDAY_TEN, SUN, WANG, ZHOU, a_case, town, tree_of, worker

ORG = town(ZN_01={"members": (*town()[UnitCode("ZN-01")].members, worker(PersonId(2007), "小赵"))})
HE = PersonId(1001)
PEOPLE = {
    "resident": LI,
    "neighbour": PersonId(3002),
    "owner": WANG,
    "colleague": PersonId(2007),
    "lead": CHEN,
    "other grid": LIU,
    "community lead": ZHOU,
    "street lead": SUN,
    "admin": HE,
}
Right = Callable[[Rights, Actor, Case], bool]


def rights_in(org: Organisation) -> Rights:
    return Rights(org, MONDAY_TEN)


def who(right: Right, case: Case) -> set[str]:
    """Return everybody in town who has a right."""
    everybody = (Actor(person, name, is_admin=person == HE) for name, person in PEOPLE.items())
    return {actor.name for actor in everybody if right(rights_in(ORG), actor, case)}


def climbed(case: Case) -> Case:
    """Return the case with the community."""
    return reassign(case, UnitCode("ZN"), Because.BY_HAND, MONDAY_TEN)


def bind_the_unit(rights: Rights, actor: Actor, case: Case) -> bool:
    return rights.may_bind(actor, case.unit)


@pytest.mark.parametrize(
    ("right", "those"),
    [
        (Rights.may_speak, {"owner", "colleague", "lead"}),
        (Rights.may_decide_on, {"owner", "lead"}),
        (Rights.may_speak_for, {"resident"}),
        (bind_the_unit, {"lead", "community lead", "street lead", "admin"}),
        (Rights.may_view, {"owner", "colleague", "lead", "community lead", "street lead", "admin"}),
        (Rights.may_see_phone, {"owner", "lead", "community lead", "street lead", "admin"}),
    ],
)
def test_just_those_have_the_right_to_a_case_with_an_owner(right: Right, those: set[str]) -> None:
    assert who(right, a_case(State.ACCEPTED)) == those


def test_every_move_but_that_of_the_desk_itself_is_somebodys() -> None:
    assert MAY.keys() == set(Verb) - {Verb.RELEASE}


def test_what_went_back_and_forth_is_settled_by_those_above_it() -> None:
    case = climbed(a_case(owner=None))
    by_leads = replace(case, responsible=case.responsible.settled(Settling.BY_LEADS))
    by_admins = replace(case, responsible=case.responsible.settled(Settling.BY_ADMINS))

    assert who(Rights.may_settle, by_leads) == {"community lead", "street lead", "admin"}
    assert who(Rights.may_accept, by_leads) == {"community lead"}
    assert who(Rights.may_decide_on, by_leads) == {"community lead", "street lead", "admin"}
    assert who(Rights.may_decide_on, by_admins) == {"admin"}
    assert who(Rights.may_accept, by_admins) == set()


def test_a_lead_assigns_the_cases_of_their_units() -> None:
    assert who(Rights.may_assign, a_case()) == {"lead", "community lead", "street lead", "admin"}


def test_while_nobody_owns_it_any_member_decides() -> None:
    assert who(Rights.may_decide_on, a_case()) == {"owner", "colleague", "lead"}
    assert "colleague" not in who(Rights.may_see_phone, a_case())


def test_after_it_has_climbed_the_first_owner_may_still_look_and_speak_but_not_act() -> None:
    case = climbed(a_case(owner=None, first_owner=Holder(WANG, "王建国")))

    assert who(Rights.may_view, case) == {"owner", "community lead", "street lead", "admin"}
    assert who(Rights.may_speak, case) == {"owner", "community lead"}
    assert who(Rights.may_accept, case) == {"community lead"}
    assert who(Rights.may_decide_on, case) == {"community lead"}


def test_who_stands_in_for_an_owner_from_above_may_what_they_may_and_only_while_they_are_away() -> None:
    sun = worker(PersonId(2008), "小孙")
    away = {WANG: Absence(WANG, MONDAY_TEN, MONDAY_TEN + timedelta(days=1), sun.person)}
    org = replace(town(ZN={"members": (*town()[UnitCode("ZN")].members, sun)}), absences=away)
    actor, case = Actor(sun.person, sun.name), a_case(State.ACCEPTED)
    of_owners = (
        Rights.may_speak,
        Rights.may_decide_on,
        Rights.may_split,
        Rights.may_merge,
        Rights.may_extend,
        Rights.may_judge_urgency,
        Rights.may_see_phone,
    )

    assert all(right(Rights(org, MONDAY_TEN), actor, case) for right in of_owners)
    assert not any(right(Rights(org, MONDAY_TEN + timedelta(days=2)), actor, case) for right in of_owners)


def test_an_owner_who_has_left_the_unit_decides_no_more() -> None:
    case = a_case(State.ACCEPTED, owner=Holder(LIU, "刘洋"))

    assert who(Rights.may_decide_on, case) == {"lead"}


def test_a_first_owner_who_works_elsewhere_now_looks_no_more() -> None:
    case = climbed(a_case(owner=None, first_owner=Holder(LIU, "刘洋")))

    assert who(Rights.may_view, case) == {"community lead", "street lead", "admin"}
    assert who(Rights.may_see_phone, case) == {"community lead", "street lead", "admin"}


def test_whoever_has_left_the_organisation_has_no_right_at_all() -> None:
    left = town(ZN_01={"members": ()})
    wang = Actor(WANG, "王建国")
    for case in (a_case(State.ACCEPTED), climbed(a_case(State.ACCEPTED))):
        assert rights_in(left).owner_of(case) is None
        assert rights_in(left).first_owner_of(case) is None
        for right in (Rights.may_speak, Rights.may_decide_on, Rights.may_view, Rights.may_see_phone):
            assert not right(rights_in(left), wang, case)


def test_a_unit_that_is_retired_gives_nobody_a_right() -> None:
    org = tree_of(*(unit for unit in ORG.units.values() if unit.code != "ZN-01"))
    case = a_case(State.CONFIRMED)

    assert not any(
        right(rights_in(org), Actor(WANG, "王建国"), case)
        for right in (Rights.may_speak, Rights.may_view, Rights.may_see_phone)
    )
    assert rights_in(org).may_view(Actor(HE, "何管理", is_admin=True), case)
    assert rights_in(org).owner_of(case) is None


@pytest.mark.parametrize(
    ("unit", "shown"),
    [("ZN-01", True), ("ZN", True), ("GHQ", True), ("BZ", True), ("ZN-02", False), ("WY", False), ("NB", False)],
)
def test_a_case_is_shown_in_the_chats_of_its_unit_and_of_those_above(unit: str, shown: bool) -> None:
    assert may_be_shown_to(ORG, [ORG[UnitCode(unit)]], a_case()) is shown


def test_a_unit_that_had_it_goes_on_seeing_it() -> None:
    moved = reassign(a_case(), UnitCode("WY"), Because.ASSIGNED, MONDAY_TEN)

    assert may_be_shown_to(ORG, [ORG[UnitCode("ZN-01")]], moved)
    assert not may_be_shown_to(ORG, [ORG[UnitCode("ZN-02")]], moved)
    assert not may_be_shown_to(ORG, [], moved)


def hears(org: Organisation, unit: str, case: Case | None, *reached: PersonId) -> set[str]:
    """Return who is told what is for a unit while so many can be reached."""
    return {str(to) for to in who_hears(rights_in(org), UnitCode(unit), case, {HE}, reached)}


NO_CHATS = town(**{code: {"chat": None} for code in ("BZ", "GHQ", "ZN", "ZN_01")})


def test_a_chat_hears_what_is_for_its_unit_whoever_can_be_reached() -> None:
    assert hears(ORG, "ZN-01", a_case(State.ACCEPTED), WANG, CHEN, HE) == {"unit:ZN-01"}


@pytest.mark.parametrize(
    ("reached", "those"),
    [
        ((WANG, CHEN, ZHOU, HE), {WANG, CHEN}),
        ((CHEN, ZHOU, HE), {CHEN}),
        ((WANG, ZHOU, HE), {WANG}),
        ((ZHOU, SUN, HE), {ZHOU}),
        ((SUN, HE), {SUN}),
        ((HE,), {HE}),
        ((), set()),
    ],
)
def test_without_a_chat_the_first_who_can_be_reached_hear_it_upwards(
    reached: tuple[PersonId, ...], those: set[PersonId]
) -> None:
    assert hears(NO_CHATS, "ZN-01", a_case(State.ACCEPTED), *reached) == {f"person:{person}" for person in those}


def test_a_chat_above_hears_it_where_the_leads_there_cannot_be_reached() -> None:
    org = town(ZN_01={"chat": None})

    assert hears(org, "ZN-01", a_case(State.ACCEPTED), HE) == {"unit:ZN"}
    assert hears(org, "ZN-01", a_case(State.ACCEPTED), ZHOU) == {f"person:{ZHOU}"}


def test_an_owner_who_has_left_is_not_told_however_well_they_can_be_reached() -> None:
    left = town(ZN_01={"chat": None, "members": ()})

    assert hears(left, "ZN-01", a_case(State.ACCEPTED), WANG, ZHOU) == {f"person:{ZHOU}"}


def test_leads_who_hear_are_the_nearest_who_can_be_reached_and_the_admins() -> None:
    assert leads_who_hear(rights_in(ORG), UnitCode("ZN-01"), {HE}, {CHEN, ZHOU, HE}) == (CHEN, HE)
    assert leads_who_hear(rights_in(ORG), UnitCode("ZN-01"), {HE}, {ZHOU}) == (ZHOU,)
    assert leads_who_hear(rights_in(ORG), UnitCode("GONE"), {HE}, {ZHOU, HE}) == (HE,)
