"""Logs: tokens, passwords and phone numbers never reach a line, whoever logs them and however."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from urllib.parse import quote

import httpx
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import redact, set_up_logs

TOKEN = "1234567890:AAE4geheim-geheim_geheim-geheim-geh"
SECRET = "geheimes-wort"
PASSWORD = "pass!wort"
PHONE = "13812345678"
URL = f"postgresql://minhu:{PASSWORD}@localhost/minhu"
EVERYTHING = f"{TOKEN} {SECRET} {URL} {PHONE}"


@pytest.fixture(params=["console", "json"])
def lines(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """Log into memory, and return what stands there; afterwards logs are as before."""
    root, stream = logging.getLogger(), io.StringIO()
    before, level = list(root.handlers), root.level
    monkeypatch.setattr("sys.stderr", stream)
    set_up_logs(request.param, [SECRET, TOKEN, ""])
    yield stream.getvalue
    root.handlers[:] = before
    root.setLevel(level)
    monkeypatch.undo()
    set_up_logs("console")


def assert_clean(logged: str, *, mentions: str) -> None:
    assert mentions in logged
    for hidden in (TOKEN, TOKEN.partition(":")[2], SECRET, PASSWORD, PHONE):
        assert hidden not in logged


def fail() -> None:
    raise ValueError(EVERYTHING)


def test_what_we_log_is_clean(lines: Callable[[], str]) -> None:
    log = structlog.get_logger()

    log.info("came " + EVERYTHING)  # noqa: G003 - this is what must not hurt
    log.warning(
        "came", words=EVERYTHING, listed=[EVERYTHING], named={"deep": {"deeper": EVERYTHING}}, number=int(PHONE)
    )
    log.error("came", error=ValueError(EVERYTHING))

    assert_clean(lines(), mentions="came")


def test_what_libraries_log_is_clean(lines: Callable[[], str]) -> None:
    log = logging.getLogger("some.library")

    log.warning("came %s and %r", EVERYTHING, {"deep": EVERYTHING})
    log.error(EVERYTHING, extra={"more": EVERYTHING})
    log.warning("came")

    assert_clean(lines(), mentions="came")


def test_tracebacks_are_clean(lines: Callable[[], str]) -> None:
    try:
        fail()
    except ValueError as error:
        structlog.get_logger().exception("stumbled")
        structlog.get_logger().error("stumbled", exc_info=error)
        logging.getLogger("some.library").exception("stumbled")

    assert_clean(lines(), mentions="ValueError")
    assert lines().count("in fail") == 3


async def test_requests_to_telegram_are_not_logged_with_their_token(lines: Callable[[], str]) -> None:
    logging.getLogger("httpx").setLevel(logging.INFO)
    transport = httpx.MockTransport(lambda _: httpx.Response(200))
    async with httpx.AsyncClient(transport=transport) as client:
        for token in (TOKEN, quote(TOKEN, safe="")):
            await client.get(f"https://api.telegram.org/file/bot{token}/photos/file_1.jpg")

    assert_clean(lines(), mentions="api.telegram.org")


def test_libraries_that_talk_much_are_heard_only_when_something_is_wrong(lines: Callable[[], str]) -> None:
    for name in ("httpx", "apscheduler.executors.default", "telegram.ext", "alembic.runtime.migration"):
        logging.getLogger(name).info("chatter of %s", name)
        logging.getLogger(name).warning("trouble in %s", name)

    assert "chatter" not in lines()
    assert lines().count("trouble") == 4


@pytest.mark.parametrize("lines", ["json"], indirect=True)
def test_json_logs_have_one_object_a_line_with_its_time_and_level(lines: Callable[[], str]) -> None:
    structlog.get_logger().info("接单\n了", case=42, name="王建国")
    logging.getLogger("some.library").warning("trouble")

    ours, theirs = (json.loads(line) for line in lines().splitlines())

    assert (ours["event"], ours["case"], ours["name"], ours["level"]) == ("接单\n了", 42, "王建国", "info")
    assert (theirs["event"], theirs["level"]) == ("trouble", "warning")
    assert ours["timestamp"].endswith("Z")
    assert "王建国" in lines()


@pytest.mark.parametrize(
    ("written", "hidden"),
    [
        (f"https://api.telegram.org/bot{TOKEN}/getMe", "geheim"),
        (f"https://api.telegram.org/file/bot{quote(TOKEN)}/a.jpg", "geheim"),
        ("postgresql://minhu:pass:wort!@localhost/minhu", "wort"),
        ("postgresql://:passwort@localhost/minhu", "passwort"),
        ("postgresql://minhu:pass@wort@localhost/minhu", "wort"),
        ("postgresql://minhu@/minhu?host=/run&password=passwort", "passwort"),
        ("打 13812345678 找我", "12345678"),
        ("+86 138-1234-5678", "1234"),
        ("+8613812345678", "1234"),
        ("138 1234 5678", "1234"),
    ],
)
def test_secrets_are_known_by_their_looks(written: str, hidden: str) -> None:
    assert hidden not in redact(written)


@pytest.mark.parametrize(
    "harmless",
    ["第 12345678901 行", "chat -1001381234567", "MH2611_00042", "2026-11-23T02:00:00Z", "127.0.0.1:8443", "a:b"],
)
def test_what_is_no_secret_stays_readable(harmless: str) -> None:
    assert redact(harmless) == harmless


@given(st.text(), st.text(min_size=4), st.text())
def test_a_secret_is_gone_wherever_it_stands(before: str, secret: str, after: str) -> None:
    assert secret not in redact(f"{before}{secret}{after}", [secret]).replace("‹secret›", "").replace("‹phone›", "")
