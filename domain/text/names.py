"""Which of several names somebody means who has typed one, or a piece of one."""

from collections.abc import Mapping
from typing import TypeVar

from domain.text.folding import folded

Named = TypeVar("Named")


def meant(typed: str, names: Mapping[Named, str]) -> tuple[Named, ...]:
    """Return what has just this name; where nothing has, whatever has it as a piece. Blanks and width do not count."""
    wanted = _plain(typed)
    plain = {named: _plain(name) for named, name in names.items()}
    whole = tuple(named for named, name in plain.items() if wanted and name == wanted)
    return whole or tuple(named for named, name in plain.items() if wanted and wanted in name)


def _plain(name: str) -> str:
    return "".join(folded(name).split())
