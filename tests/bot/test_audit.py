"""`minhu audit verify`: whatever somebody does to the history behind the desk's back, the first wrong row is named."""

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.bot.terminal import Ended, Terminal

ROWS = 5
OTHERS = "at, case_id, actor, event, payload, salt, digest"
WHOLE = re.compile(r"^The history is whole: (\d+) rows, head ([0-9a-f]{64})$", re.MULTILINE)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where a history stands, for all of these tests to copy it."""
    return tmp_path_factory.mktemp("written")


@pytest.fixture
def terminal(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    if not any(written.iterdir()):
        first = Terminal(written, monkeypatch, capsys)
        for number in range(ROWS):
            first.write("org.yaml", f"units: [{{code: A, name: 甲{number}, level: grid}}]\n")
            first.minhu("org", "import", "org.yaml")
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    return Terminal(tmp_path, monkeypatch, capsys)


def tamper(terminal: Terminal, statement: str) -> None:
    """Change the database as somebody would who has the file."""
    database = sqlite3.connect(terminal.folder / "var/minhu.db")
    assert database.execute(statement).rowcount
    database.commit()
    database.close()


def whole(ended: Ended) -> tuple[int, str]:
    found = WHOLE.search(ended.out)
    assert ended.code == 0
    assert found
    return int(found[1]), found[2]


def test_an_untouched_history_is_whole_and_its_head_is_told(terminal: Terminal) -> None:
    count, head = whole(terminal.minhu("audit", "verify"))

    assert count == ROWS
    assert whole(terminal.minhu("audit", "verify", "--head", head.upper())) == (ROWS, head)


def test_a_head_that_was_told_long_ago_still_proves_it(terminal: Terminal) -> None:
    _, head = whole(terminal.minhu("audit", "verify"))
    terminal.minhu("org", "import", terminal.write("org.yaml", "units: [{code: B, name: 乙, level: grid}]\n"))

    assert whole(terminal.minhu("audit", "verify", "--head", head))[0] == ROWS + 1


@pytest.mark.parametrize("head", ["0" * 63 + "1", "nonsense", "{row}", "%s"])
def test_a_head_that_is_not_in_it_is_missed(terminal: Terminal, head: str) -> None:
    ended = terminal.minhu("audit", "verify", "--head", head)

    assert ended.code == 1
    assert head in ended.err


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE history SET payload = replace(payload, '1', '2') WHERE id = 3", 3),
        ("UPDATE history SET payload = x'00ff' WHERE id = 3", 3),
        ("UPDATE history SET payload = 'no json' WHERE id = 3", 3),
        ("UPDATE history SET payload = NULL WHERE id = 3", 3),
        ("UPDATE history SET salt = NULL WHERE id = 3", 3),
        ("UPDATE history SET actor = 2001 WHERE id = 2", 2),
        ("UPDATE history SET actor = 'wang' WHERE id = 2", 2),
        ("UPDATE history SET case_id = 7 WHERE id = 1", 1),
        ("UPDATE history SET event = 'payload_erased' WHERE id = 4", 4),
        ("UPDATE history SET at = '2020-01-01 00:00:00.000000' WHERE id = 4", 4),
        ("UPDATE history SET at = 'long ago' WHERE id = 4", 4),
        ("UPDATE history SET at = 0 WHERE id = 1", 1),
        ("UPDATE history SET digest = '' WHERE id = 5", 5),
        ("UPDATE history SET prev_hash = '' WHERE id = 1", 1),
        ("UPDATE history SET hash = x'00' WHERE id = 5", 5),
        ("DELETE FROM history WHERE id = 1", 1),
        ("DELETE FROM history WHERE id = 3", 3),
        ("DELETE FROM history WHERE id = 5", 5),
        ("DELETE FROM history WHERE id > 2", 3),
        ("DELETE FROM history", 1),
        ("UPDATE history SET id = 99 WHERE id = 2", 2),
        ("UPDATE history SET id = -1 WHERE id = 5", -1),
        ("UPDATE history SET id = id + 1 WHERE id = 5", 5),
        (f"INSERT INTO history SELECT 6, {OTHERS}, hash, hash FROM history WHERE id = 5", 6),
        ("UPDATE history_head SET count = count - 1", 5),
        ("UPDATE history_head SET hash = ''", 5),
        ("DELETE FROM history_head", 1),
    ],
)
def test_the_first_row_that_does_not_fit_is_named(terminal: Terminal, statement: str, row: int) -> None:
    tamper(terminal, statement)

    ended = terminal.minhu("audit", "verify")

    assert (ended.code, ended.out) == (1, "")
    assert len(ended.lines) == 1
    assert re.findall(r"[Rr]ow (-?\d+)", ended.err)[0] == str(row)


def test_a_tail_cut_together_with_the_noted_head_is_found_by_the_head_that_was_told(terminal: Terminal) -> None:
    _, head = whole(terminal.minhu("audit", "verify"))
    tamper(terminal, "DELETE FROM history WHERE id > 3")
    tamper(terminal, "UPDATE history_head SET count = 3, hash = (SELECT hash FROM history WHERE id = 3)")

    assert whole(terminal.minhu("audit", "verify"))[0] == 3
    ended = terminal.minhu("audit", "verify", "--head", head)
    assert ended.code == 1
    assert "row 4" in ended.err


def test_a_database_that_is_not_there_is_not_made_by_looking(tmp_path: Path, terminal: Terminal) -> None:
    terminal.export(MINHU_DATABASE_URL="sqlite:///nowhere.db")

    ended = terminal.minhu("audit", "verify")

    assert ended.code == 1
    assert len(ended.lines) == 1
    assert not (tmp_path / "nowhere.db").exists()
