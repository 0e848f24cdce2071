"""How often the kind is guessed as people would say it: `python -m bench.kinds LABELLED.csv`.

The file has a column `text` and a column `kind`: one of the five, or `unsure`. What is guessed of each is counted
beside what it is; a kind that stays open (`unsure`) is kept as 求助, so that it counts as right for `help` too.
"""

import csv
import sys
from collections import Counter
from pathlib import Path

from domain.cases.kinds import Kind, guess_kind

UNSURE = "unsure"
NAMES = (*Kind, UNSURE)
WIDTH = 12


def main(path: Path) -> None:
    """Read a labelled file, and print the table of what each kind was guessed as."""
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as file:
        guessed = Counter((row["kind"].strip(), str(guess_kind(row["text"]) or UNSURE)) for row in csv.DictReader(file))
    print("".ljust(WIDTH), *(name.rjust(WIDTH) for name in NAMES), "right".rjust(WIDTH))
    for kind in NAMES:
        row = [guessed[kind, name] for name in NAMES]
        print(kind.ljust(WIDTH), *(str(count).rjust(WIDTH) for count in row), _share(guessed, kind))
    print("all".ljust(WIDTH), _share(guessed, *NAMES))


def _share(guessed: Counter[tuple[str, str]], *kinds: str) -> str:
    """Return how many of these were guessed right, of how many."""
    right = sum(count for (kind, name), count in guessed.items() if kind in kinds and _is_right(kind, name))
    total = sum(count for (kind, _), count in guessed.items() if kind in kinds)
    return f"{right}/{total}".rjust(WIDTH)


def _is_right(kind: str, name: str) -> bool:
    return kind == name or {kind, name} == {Kind.HELP.value, UNSURE}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
