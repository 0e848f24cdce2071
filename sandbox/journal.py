"""Every call that was made, for tests to look back on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.bots import Bot
from sandbox.files import Upload
from sandbox.jsons import Json


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One call. `params` are as the method understood them; `unread` names those that it took no notice of."""

    at: datetime
    bot: Bot | None
    method: str
    params: Json
    unread: frozenset[str]
    files: Mapping[str, Upload]
    status: int
    body: Json
    lost: bool = False

    @property
    def ok(self) -> bool:
        """Whether it was carried out."""
        return bool(self.body["ok"])

    @property
    def result(self) -> Any:  # noqa: ANN401 - as many types as methods
        """What it returned; None where it was refused."""
        return self.body.get("result")

    @property
    def description(self) -> str:
        """Why it was refused; empty where it was not."""
        return str(self.body.get("description", ""))


class Journal:
    """The calls of a world, oldest first."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def note(self, entry: Entry) -> None:
        """Add a call."""
        self._entries.append(entry)

    def calls(self, *methods: str, bot: Bot | None = None) -> list[Entry]:
        """Return the calls of these methods, or of all, by this bot, or by any."""
        return [
            entry
            for entry in self._entries
            if (not methods or entry.method in methods) and (bot is None or entry.bot is bot)
        ]

    def last(self, *methods: str) -> Entry:
        """Return the latest call of these methods, or of all; IndexError when there was none."""
        return self.calls(*methods)[-1]

    def clear(self) -> None:
        """Forget all calls."""
        self._entries.clear()
