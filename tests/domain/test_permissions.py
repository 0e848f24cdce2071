"""Who may do what: each right, asked for everybody in town."""

from collections.abc import Callable

import pytest

from domain.cases import Case, Holder, State
from domain.people import Actor, PersonId, UnitCode
from domain.permissions import (
    may_bind,
    may_decide_on,
    may_see_phone,
    may_speak_for,
    may_view,
    may_work_on,
)
from domain.units import Organisation
from tests.domain.ground import CHEN, LI, LIU, SUN, WANG, ZHOU, a_case, town, worker

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
Right = Callable[[Organisation, Actor, Case], bool]


def who(right: Right, case: Case) -> set[str]:
    """Return everybody in town who has a right."""
    return {name for name, person in PEOPLE.items() if right(ORG, Actor(person, name, is_admin=person == HE), case)}


def bind_the_unit(org: Organisation, actor: Actor, case: Case) -> bool:
    return may_bind(org, actor, case.unit)


def speak(_org: Organisation, actor: Actor, case: Case) -> bool:
    return may_speak_for(actor, case)


@pytest.mark.parametrize(
    ("right", "those"),
    [
        (may_work_on, {"owner", "colleague", "lead"}),
        (may_decide_on, {"owner", "lead"}),
        (speak, {"resident"}),
        (bind_the_unit, {"lead", "community lead", "street lead", "admin"}),
        (may_view, {"owner", "colleague", "lead", "community lead", "street lead", "admin"}),
        (may_see_phone, {"owner", "lead", "community lead", "street lead", "admin"}),
    ],
)
def test_just_those_have_the_right_to_a_case_with_an_owner(right: Right, those: set[str]) -> None:
    assert who(right, a_case(State.ACCEPTED)) == those


def test_while_nobody_owns_it_any_member_decides() -> None:
    assert who(may_decide_on, a_case()) == {"owner", "colleague", "lead"}
    assert "colleague" not in who(may_see_phone, a_case())


def test_after_it_has_climbed_the_first_owner_may_still_look_but_not_act() -> None:
    climbed = a_case(unit=UnitCode("ZN"), owner=None, first_owner=Holder(WANG, "王建国"))

    assert who(may_view, climbed) == {"owner", "community lead", "street lead", "admin"}
    assert who(may_work_on, climbed) == {"community lead"}
    assert who(may_decide_on, climbed) == {"community lead"}


def test_an_owner_who_has_left_the_unit_decides_no_more() -> None:
    case = a_case(State.ACCEPTED, owner=Holder(LIU, "刘洋"))

    assert who(may_decide_on, case) == {"lead"}
