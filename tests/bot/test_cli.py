"""The command line: exit codes, one sentence a fault on stderr in the terminal's language, and never a traceback."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.terminal import Terminal, environment
from tests.databases import Postgres

GOOD = """\
units:
  - code: ZN
    name: 遵南社区
    level: community
    children:
      - {code: ZN-01, name: 第1网格, level: grid, members: [{id: 2001, name: 王建国, role: worker}]}
"""
FAULTY = """\
units:
  - code: zn
    name: 遵南社区
    level: village
"""


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys)


def test_without_a_command_the_commands_are_shown(terminal: Terminal) -> None:
    assert terminal.minhu().code == 2
    helped = terminal.minhu("--help")
    assert helped.code == 0
    assert all(command in helped.out for command in ("run", "doctor", "org", "audit", "db"))


@pytest.mark.parametrize(
    "arguments", [["fly"], ["org", "check"], ["audit", "verify", "--tail"], ["db", "upgrade", "now"]]
)
def test_wrong_usage_ends_with_two(terminal: Terminal, arguments: list[str]) -> None:
    ended = terminal.minhu(*arguments)

    assert ended.code == 2
    assert ended.err


def test_a_good_organisation_file_is_said_to_be_good(terminal: Terminal) -> None:
    ended = terminal.minhu("org", "check", terminal.write("org.yaml", GOOD))

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "org.yaml: no faults, 2 units, 1 members.\n"
    assert [file.name for file in terminal.folder.iterdir()] == ["org.yaml"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "org.yaml:2: 编码“zn”不对，应当"),
        ({"LANG": "C"}, "org.yaml:2: the code “zn” is wrong; use"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN"}, "org.yaml:2: 编码“zn”不对，应当"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US"}, "org.yaml:2: the code “zn” is wrong; use"),
        ({"LANG": ""}, "org.yaml:2: the code “zn” is wrong; use"),
    ],
)
def test_every_fault_of_a_file_has_a_line_in_the_terminals_language(
    terminal: Terminal, language: dict[str, str], sentence: str
) -> None:
    terminal.export(**language)

    ended = terminal.minhu("org", "check", terminal.write("org.yaml", FAULTY))

    assert (ended.code, ended.out) == (2, "")
    assert [line.split(" ")[0] for line in ended.lines] == ["org.yaml:2:", "org.yaml:4:"]
    assert ended.lines[0].startswith(sentence)


def test_a_faulty_file_imports_nothing(terminal: Terminal) -> None:
    terminal.minhu("org", "import", terminal.write("org.yaml", GOOD))

    assert terminal.minhu("org", "import", terminal.write("org.yaml", FAULTY)).code == 2

    assert terminal.minhu("audit", "verify").out.startswith("The history is whole: 1 rows")


@pytest.mark.parametrize("command", ["check", "import"])
def test_a_file_that_is_not_there_is_a_fault_of_its_first_line(terminal: Terminal, command: str) -> None:
    ended = terminal.minhu("org", command, "nowhere.yaml")

    assert ended.code == 2
    assert ended.lines[0].startswith("nowhere.yaml:1: ")


def test_importing_tells_what_has_changed(terminal: Terminal) -> None:
    file = terminal.write("org.yaml", GOOD)

    assert terminal.minhu("org", "import", file).out.endswith("Imported: 2 units, 2 new, 0 retired.\n")
    terminal.write("org.yaml", GOOD[: GOOD.index("    children")])
    assert terminal.minhu("org", "import", file).out.endswith("Imported: 1 units, 0 new, 1 retired.\n")


def test_the_sandbox_does_not_run_beside_a_real_token(terminal: Terminal) -> None:
    terminal.export(MINHU_TOKEN="123456:" + "a" * 35)

    for arguments in (["sandbox"], ["sandbox", "--api-only"]):
        ended = terminal.minhu(*arguments)

        assert (ended.code, ended.out) == (2, "")
        assert len(ended.lines) == 1
        assert ended.lines[0].startswith("MINHU_TOKEN: ")


@pytest.mark.parametrize("arguments", [["run"], ["doctor"], ["db", "upgrade"], ["audit", "verify"]])
def test_every_faulty_setting_is_named(terminal: Terminal, arguments: list[str]) -> None:
    terminal.export(MINHU_LOG="loud", MINHU_ADMINS="wang", MINHU_MODE="webhook", MINHU_TOKEN="geheim")

    ended = terminal.minhu(*arguments)

    assert ended.code == 2
    assert {line.partition(":")[0] for line in ended.lines} == {
        "MINHU_TOKEN",
        "MINHU_LOG",
        "MINHU_ADMINS",
        "MINHU_WEBHOOK_URL",
    }
    assert "geheim" not in ended.err


def test_the_faults_of_settings_and_files_come_together(terminal: Terminal) -> None:
    terminal.export(
        MINHU_MODE="webhook",
        MINHU_LOG="loud",
        MINHU_POLICY=terminal.write("policy.yaml", "colour: green\n"),
        MINHU_ORG=terminal.write("org.yaml", "units: 3\n"),
    )

    ended = terminal.minhu("run")

    assert ended.code == 2
    assert [line.partition(" ")[0] for line in ended.lines] == [
        "MINHU_WEBHOOK_URL:",
        "MINHU_LOG:",
        "org.yaml:1:",
        "policy.yaml:1:",
    ]


@pytest.mark.parametrize("name", ["MINHU_POLICY", "MINHU_ORG"])
def test_a_faulty_file_stops_the_start_with_its_lines(terminal: Terminal, name: str) -> None:
    terminal.export(**{"MINHU_TOKEN": "1000:test", name: terminal.write("file.yaml", "colour: green\n")})

    ended = terminal.minhu("run")

    assert ended.code == 2
    assert all(line.startswith("file.yaml:1: ") for line in ended.lines)
    assert ended.lines


def test_the_database_is_made_and_made_only_once(terminal: Terminal) -> None:
    for _ in range(2):
        ended = terminal.minhu("db", "upgrade")
        assert (ended.code, ended.err) == (0, "")

    assert (terminal.folder / "var/minhu.db").is_file()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///file.yaml",
        "sqlite:///file.yaml/minhu.db",
        "sqlite:///folder",
        "postgresql://minhu:geheim@127.0.0.1:1/minhu",
        "postgresql://minhu:geheim@nowhere.invalid/minhu",
        "postgresql://minhu:geheim@/minhu?host=/nowhere",
    ],
)
@pytest.mark.parametrize("arguments", [["db", "upgrade"], ["audit", "verify"]])
def test_a_database_that_cannot_be_used_is_one_sentence(terminal: Terminal, url: str, arguments: list[str]) -> None:
    terminal.write("file.yaml", GOOD * 10)
    (terminal.folder / "folder").mkdir()
    terminal.export(MINHU_DATABASE_URL=url)

    ended = terminal.minhu(*arguments)

    assert ended.code == 1
    assert len(ended.lines) == 1
    assert ended.lines[0].startswith("MINHU_DATABASE_URL: ")
    assert "geheim" not in ended.err


@pytest.mark.parametrize(("there", "wanted"), [("/postgres", "/no_such_town"), ("postgres:@", "nobody:geheim@")])
def test_a_server_that_does_not_know_the_database_is_one_sentence(
    terminal: Terminal, postgres: Postgres, there: str, wanted: str
) -> None:
    terminal.export(MINHU_DATABASE_URL=postgres.address("postgres").replace(there, wanted))

    ended = terminal.minhu("db", "upgrade")

    assert ended.code == 1
    assert [line.partition(":")[0] for line in ended.lines] == ["MINHU_DATABASE_URL"]
    assert "geheim" not in ended.err


def test_a_database_of_a_newer_version_is_left_alone(terminal: Terminal) -> None:
    terminal.minhu("db", "upgrade")
    with sqlite3.connect(terminal.folder / "var/minhu.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()

    upgraded, verified = terminal.minhu("db", "upgrade"), terminal.minhu("audit", "verify")

    assert (upgraded.code, verified.code) == (1, 1)
    assert upgraded.lines[0].startswith("MINHU_DATABASE_URL: ")
    assert "9999" in upgraded.err


@pytest.mark.parametrize(
    "url",
    ["postgresql://h/db?foo=bar", "postgresql://h:x/db", "postgresql://h/db?port=x", "sqlite:///:memory:", "sqlite://"],
)
def test_an_address_that_no_database_has_is_a_faulty_setting(terminal: Terminal, url: str) -> None:
    terminal.export(MINHU_DATABASE_URL=url)

    ended = terminal.minhu("db", "upgrade")

    assert ended.code == 2
    assert [line.partition(":")[0] for line in ended.lines] == ["MINHU_DATABASE_URL"]


def test_as_a_process_of_its_own_it_is_the_same_and_loads_nothing_of_the_sandbox(tmp_path: Path) -> None:
    (tmp_path / "org.yaml").write_text(FAULTY, "utf-8")

    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "org", "check", "org.yaml"],
        cwd=tmp_path,
        env=environment(tmp_path, LANG="zh_CN.UTF-8"),
        capture_output=True,
        check=False,
    )

    written = ended.stderr.decode("utf-8").splitlines()
    loaded = {line.split()[-1] for line in written if line.startswith("import time:")}
    lines = [line for line in written if not line.startswith("import time:")]
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert [line.split(" ")[0] for line in lines] == ["org.yaml:2:", "org.yaml:4:"]
    assert "应当" in lines[0]
    assert loaded >= {"bot.app", "bot.cli", "bot.doctor"}
    assert {name for name in loaded if name.startswith("sandbox")} == set()
