"""What travels: JSON objects, built from the fields that are there."""

from datetime import datetime
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


def present(**fields: object) -> Json:
    """Return the fields that have a value; Telegram leaves out what is absent, false or empty."""
    return {name: value for name, value in fields.items() if value is not None}


def when_true(**fields: object) -> Json:
    """Return the fields that are neither absent, false nor empty."""
    return {name: value for name, value in fields.items() if value}


def unix(moment: datetime) -> int:
    """Return a moment as the Bot API writes it: whole seconds since 1970."""
    return int(moment.timestamp())
