"""The numbers of cases."""

from datetime import datetime


def format_number(month: datetime, count: int) -> str:
    """Return a case number such as `MH2611_00042`: Telegram makes a link of it where `#` stands before."""
    return f"MH{month:%y%m}_{count:05d}"
