"""The folder of a running sandbox: held by one at a time, and emptied at each start."""

import contextlib
import fcntl
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

LOCK = "lock"


class FolderTakenError(Exception):
    """Another sandbox runs in this folder; `address` is where."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@dataclass(frozen=True)
class Folder:
    """A folder that is ours while it is held."""

    path: Path
    lock: IO[str]

    def note(self, address: str) -> None:
        """Write down where we are, for whoever comes next."""
        self.lock.seek(0)
        self.lock.truncate()
        self.lock.write(address)
        self.lock.flush()


@contextlib.contextmanager
def hold_folder(path: Path) -> Iterator[Folder]:
    """Hold a folder and empty it. The system frees it when we die.

    Raises FolderTakenError where another sandbox holds it.
    """
    path.mkdir(parents=True, exist_ok=True)
    with (path / LOCK).open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise FolderTakenError(lock.read().strip()) from None
        _empty(path)
        yield Folder(path, lock)


def _empty(path: Path) -> None:
    for entry in path.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != LOCK:
            entry.unlink()
