"""What of a text can be seen, and how it is compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people.person import NAME_LIMIT, tidy_name
from domain.text.folding import fold, folded, shows_anything

BLANKS = [
    *(
        "",
        " ",
        "\u3000",
        "\u200b",
        "\u200d\u200c",
        "\u2060",
        "\ufeff",
        "\u00ad",
        "\u3164",
        "\uffa0",
        "\u115f\u1160",
        "\u2800",
    ),
    *(
        "\ufe0f",
        "\U000e0100",
        "\U000e0041\U000e007f",
        "\U000e0fff",
        "\u0301\u0301",
        "\u20e3",
        "\u202e\u2066",
        "\u180e",
        "\x07",
    ),
]


@pytest.mark.parametrize("blank", BLANKS)
def test_what_cannot_be_seen_is_no_text_and_no_name(blank: str) -> None:
    assert not shows_anything(blank * 3)
    assert tidy_name(blank, blank * 3) == ""


@pytest.mark.parametrize("words", ["a", "好", ".", "👍", "❤️", "🫨", "é", "e\u0301", "\u200b1", "ｱ", "한", "ก็", "नी"])
def test_whatever_can_be_seen_is_a_text(words: str) -> None:
    assert shows_anything(words)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("李秀英", "李秀英"),
        ("  李\u200b秀\u202e英 ", "李秀英"),
        ("Zoe\u0301", "Zoé"),
        ("ส้ม", "ส้ม"),
        ("नीलिमा", "नीलिमा"),
        ("李" + "\u0489" * 50, "李" + "\u0489" * 3),
        ("\u0301李", "李"),
        ("😀 李", "😀 李"),
    ],
)
def test_a_name_is_shown_without_what_disturbs_others(name: str, shown: str) -> None:
    assert tidy_name(name) == shown


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_a_name_is_short_and_seen_or_none(name: str) -> None:
    tidy = tidy_name(name)

    assert len(tidy) <= NAME_LIMIT
    assert bool(tidy) == shows_anything(tidy)


@given(st.text(st.characters(codec="utf-8")))
def test_each_sign_of_a_folded_text_comes_from_one_as_written(text: str) -> None:
    compared = fold(text)

    assert compared.text == folded(text)
    assert len(compared.at) == len(compared)
    for place in range(len(compared)):
        assert compared.text[place] in folded(compared.between(place, place + 1))
