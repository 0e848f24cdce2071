"""Neighbours without an account: which names and telephone numbers are read, and that numbers are in no log."""

import pytest

from domain.people.neighbours import Neighbour, NeighbourUnnamed, PhoneUnreadable, parse_name, parse_phone
from domain.people.person import Person, PersonId


@pytest.mark.parametrize(("written", "name"), [(" 张大妈 ", "张大妈"), ("阿依古丽·买买提", "阿依古丽·买买提")])
def test_a_name_is_taken_as_it_is_written(written: str, name: str) -> None:
    assert parse_name(written) == name


@pytest.mark.parametrize("written", ["", "  ", "\u200b", "张大妈家的水管漏水了" * 5])
def test_what_is_no_name_is_asked_for_again(written: str) -> None:
    with pytest.raises(NeighbourUnnamed):
        parse_name(written)


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("13800138000", "13800138000"),
        ("１３８ 0013 8000", "13800138000"),
        ("+86 138-0013-8000", "+8613800138000"),
        ("0851-27220000转8", "085127220000转8"),
    ],
)
def test_a_telephone_number_is_the_same_however_it_is_written(written: str, phone: str) -> None:
    assert parse_phone(written) == phone


@pytest.mark.parametrize(
    "written", ["", "没有", "110", "他家3栋2单元13800138000", "1" * 21, "1" * 20_000, "- " * 9_000]
)
def test_what_is_no_telephone_number_is_asked_for_again(written: str) -> None:
    with pytest.raises(PhoneUnreadable):
        parse_phone(written)


def test_a_telephone_number_stands_in_no_log() -> None:
    assert "138" not in repr(Neighbour("张大妈", "13800138000"))
    assert "138" not in repr(Person(PersonId(1), "张大妈", phone="13800138000"))
