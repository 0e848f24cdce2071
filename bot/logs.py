"""Logs: one line an event, for people or as JSON; secrets and phone numbers never reach them."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any
from urllib.parse import quote

import structlog

from domain.text.phones import replace_phones

TOKEN = re.compile(r"(?<!\d)\d{3,}+(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
PASSWORD = re.compile(r"(?:(?<=://)(?P<user>[^:/@\s]*):[^/\s]+(?=@))|(?P<name>\bpassword=)[^&\s]+")
QUIET = ("httpx", "httpcore", "apscheduler", "telegram", "alembic", "uvicorn", "aiosqlite", "asyncio")


def redact(text: str, secrets: Sequence[str] = ()) -> str:
    """Return the text without the given secrets, what looks like a bot token, passwords in URLs, telephone numbers."""
    for secret in filter(None, secrets):
        text = text.replace(secret, "‹secret›")
    text = TOKEN.sub("‹token›", text)
    text = PASSWORD.sub(lambda found: f"{found['name'] or found['user'] + ':'}‹password›", text)
    return replace_phones(text, "‹phone›")


class _Redactor:
    """Takes what must not be logged out of every value of an event."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = secrets

    def __call__(self, _logger: object, _name: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
        return {key: self._redacted(value) for key, value in event.items()}

    def _redacted(self, value: object) -> object:
        written = value if isinstance(value, str) else repr(value)
        redacted = redact(written, self._secrets)
        return value if isinstance(value, int | float | None) and redacted == written else redacted


def set_up_logs(style: str, secrets: Sequence[str] = ()) -> None:
    """Send everything that is logged, by us and by libraries, to stderr, as `console` or `json`."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _Redactor([form for secret in secrets for form in (secret, quote(secret, safe=""))]),
            last,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
