"""What is filled into the texts of the catalogue keeps its direction of writing to itself; time is said in minutes."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.words import END_OF_ISOLATE, ISOLATE, Words

WORDS = Words()


@pytest.mark.parametrize("name", ["محمد", "דוד", "王 محمد"])
def test_words_from_the_right_are_kept_apart_from_what_stands_around_them(name: str) -> None:
    assert WORDS("card.resident", name=name) == f"👤 {ISOLATE}{name}{END_OF_ISOLATE}"


@pytest.mark.parametrize("sign", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
def test_nothing_that_people_write_turns_the_line(sign: str) -> None:
    assert WORDS("card.resident", name=f"{sign}李{sign}秀英") == "👤 李秀英"


def test_other_words_stay_as_they_are_and_are_escaped() -> None:
    assert WORDS("card.resident", name="<李> 👨‍👩‍👧") == "👤 &lt;李&gt; 👨‍👩‍👧"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1800, "还剩30分钟"),
        (1799.9, "还剩30分钟"),
        (1, "还剩1分钟"),
        (0, "刚刚超时"),
        (-59, "刚刚超时"),
        (-119, "已超时1分钟"),
        (2 * 86400 - 0.1, "还剩2天"),
    ],
)
def test_of_a_deadline_the_minute_begun_counts_whole_and_of_a_missed_one_only_those_past(
    seconds: float, said: str
) -> None:
    now = datetime(2026, 11, 23, 2, tzinfo=UTC)

    assert WORDS.left(now + timedelta(seconds=seconds), now) == said
