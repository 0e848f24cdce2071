"""Telephone numbers are hidden, whatever stands around them, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.phones import hide_phones

AROUND = st.text(st.characters(exclude_categories=("N", "Cs"), exclude_characters="+-－＋ xX×"))


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13812345678", "138****5678"),
        ("138 1234 5678", "138****5678"),
        ("+86-138-1234-5678", "138****5678"),
        ("１３８１２３４５６７８", "138****5678"),
        ("0851-27225566", "085****5566"),
        ("+447911123456", "447****3456"),
        ("138.1234.5678", "138****5678"),
        ("138/1234/5678", "138****5678"),
        ("138，1234，5678", "138****5678"),
        ("138 - 1234 - 5678", "138****5678"),
        ("008613812345678", "138****5678"),
        ("一三八一二三四五六七八", "一三八****五六七八"),
        ("(138)12345678", "138****5678"),
        ("138—1234—5678", "138****5678"),
        ("138 12 34 56 78", "138****5678"),
        ("1 3 8 1 2 3 4 5 6 7 8", "138****5678"),
        ("138\n12345678", "138****5678"),
        ("138\u200b1234\u200b5678", "138****5678"),
        ("(0851)27225566", "085****5566"),
        ("（0851）2722-5566", "085****5566"),
        ("电话27225566", "电话****66"),
        ("座机是 8722 5566", "座机是 ****66"),
        ("联系电话：2234567", "联系电话：****67"),
        ("520302 19900101 1234", "520****1234"),
        ("520102199003071234", "520****1234"),
        ("52010219900307123X", "520****123X"),
    ],
)
@given(before=AROUND, after=AROUND)
def test_a_number_is_hidden_wherever_it_stands(number: str, shown: str, before: str, after: str) -> None:
    assert hide_phones(before + number + after) == before + shown + after


SIDE_BY_SIDE = [
    "1301 1302 501室漏水",
    "14.30-16.30 301停电",
    "联系2025-2026年",
    "联系人住 302 1203",
    "139.180.123.45",
    "3-2-501 13:30",
]


@given(AROUND)
def test_words_without_digits_stay_as_they_are(words: str) -> None:
    assert hide_phones(words) == words


@pytest.mark.parametrize(
    "words",
    [
        "3栋501",
        "2026-11-25",
        "56栋1单元1201室",
        "#MH2611_00042",
        "12345",
        "110、119、120",
        "2019年11月25日13时",
        "20191125",
        "13、14、15、16栋",
        "电话1997年装的",
        *SIDE_BY_SIDE,
    ],
)
def test_other_numbers_stay_as_they_are(words: str) -> None:
    assert hide_phones(words) == words
