"""What is common to the files that people write: words are taken as they are written, and so are complaints."""

from pathlib import Path

import pytest

from bot.org_file import read_organisation
from bot.policy_file import read_policy
from bot.yaml_lines import FileFaulty
from handlers.words import Words


def told(file: Path, written: str) -> list[str]:
    """Return what is told of a policy file, without its path."""
    file.write_text(written, "utf-8")
    with pytest.raises(FileFaulty) as faulty:
        read_policy(file)
    return [fault.tell(Words("en")).removeprefix(f"{file}:") for fault in faulty.value.faults]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.yaml"


@pytest.mark.parametrize("word", ["NO", "ON", "Y", "TRUE", "007", "1E3"])
def test_a_word_stays_a_word_whatever_else_yaml_might_see_in_it(file: Path, word: str) -> None:
    file.write_text(f"units: [{{code: {word}, name: {word}, level: grid, places: [{word}]}}]", "utf-8")

    (unit,) = read_organisation(file).units

    assert (unit.code, unit.name, unit.places) == (word, word, (word,))


@pytest.mark.parametrize("written", ["0x1F", "1_0", "no", "22:00", "2026-01-01", "!!int x", "'5'", "-7"])
def test_a_complaint_shows_what_is_written(file: Path, written: str) -> None:
    shown = written.removeprefix("!!int ").strip("'")

    assert told(file, f"return_limit: {written}\n") == [
        f"1: “return_limit” should be a whole number from 1 on, not “{shown}”."
    ]


def test_a_complaint_about_a_name_says_which_there_are_and_stands_in_its_line(file: Path) -> None:
    written = "quiet_hours:\n  to: 08:00\n  till:\n    08:00\nkinds:\n  wish:\n    solve_within:\n      7d\n"

    assert told(file, written) == [
        "2: “from” is missing; add it.",
        "3: “till” is unknown; there are: from, to.",
        "7: “solve_within” is unknown; there are: accept_within, resolve_within.",
    ]


def test_a_complaint_is_short_however_much_an_alias_stands_for(file: Path) -> None:
    doubled = "".join(f"n{at}: &n{at} [*n{at - 1}, *n{at - 1}]\n" for at in range(1, 80))

    faults = told(file, f"n0: &n0 [4h]\n{doubled}clock: *n79\nwarn_at: {{a: *n79}}\nresident_updates: *n1\n")

    assert (
        faults[-3:]
        == [
            "81: “[…, …]” is wrong; there are: working, calendar.",
            "82: “{…}” is wrong; write a number between 0 and 1, such as 0.75.",
            "83: “resident_updates” should be a list of durations such as [4h, 1d], not “[…, …]”.",
        ]
        or faults
    )
