"""A terminal for tests: runs the command line in this process and returns what it printed and how it ended."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: object
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What stands on stderr, line by line."""
        return self.err.splitlines()


class Terminal:
    """A shell in a folder of its own, with none of the settings in its environment."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        monkeypatch.chdir(folder)
        for name in ("LC_ALL", "LC_MESSAGES", *(f"MINHU_{field.upper()}" for field in Settings.model_fields)):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("LANG", "C")

    def export(self, **settings: str) -> None:
        """Set something in the environment."""
        for name, value in settings.items():
            self._monkeypatch.setenv(name, value)

    def minhu(self, *arguments: str) -> Ended:
        """Run a command; a traceback fails the test, wherever it shows."""
        self._monkeypatch.setattr(sys, "argv", ["minhu", *arguments])
        with _logs_as_they_were(), pytest.raises(SystemExit) as ended:
            main()
        printed = self._capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return Ended(ended.value.code or 0, printed.out, printed.err)

    def write(self, name: str, content: str) -> str:
        """Put a file into the folder and return its name."""
        (self.folder / name).write_text(content, "utf-8")
        return name


@contextmanager
def _logs_as_they_were() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Return an environment for a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MINHU_", "LC_", "LANG"))}
    root = Path(__file__).parents[2]
    return {**kept, "PYTHONPATH": str(root), "HOME": str(folder), **settings}
