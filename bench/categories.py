"""How often the category is guessed as an office files it: `python -m bench.categories LABELLED.csv GROUPS.yaml`.

The file has the columns `title`, `text` and `category`; GROUPS.yaml says which of our groups stand for each of its
categories. Every second row counts (`--odd`: the others, on which words may be tuned).
"""

import csv
import sys
from collections import Counter
from pathlib import Path

import yaml

from domain.organisation.usual_categories import USUAL_CATEGORIES

WIDTH = 10


def main(path: Path, groups: Path, *, odd: bool) -> None:
    """Read a labelled file, and print for each label what was guessed of it."""
    csv.field_size_limit(sys.maxsize)
    stands_for = {label: set(names) for label, names in yaml.safe_load(groups.read_text("utf-8")).items()}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for n, row in enumerate(csv.DictReader(file)) if n % 2 == odd]
    guessed = Counter((row["category"], _group_of(f"{row['title']}。{row.get('text', '')}")) for row in rows)
    for label, ours in stands_for.items():
        of_it = Counter({group: count for (known, group), count in guessed.items() if known == label})
        right = sum(count for group, count in of_it.items() if group in ours)
        others = ", ".join(f"{group or '—'} {count}" for group, count in of_it.most_common(7) if group not in ours)
        print(label.ljust(WIDTH), f"{right}/{of_it.total()}".rjust(WIDTH), f"none {of_it['']}".rjust(WIDTH), others)
    right = sum(count for (label, group), count in guessed.items() if group in stands_for.get(label, ()))
    print("all".ljust(WIDTH), f"{right}/{guessed.total()}".rjust(WIDTH))


def _group_of(text: str) -> str:
    category = USUAL_CATEGORIES.named(USUAL_CATEGORIES.guess(text))
    return (category.group or category.name) if category else ""


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--odd"]
    main(Path(arguments[0]), Path(arguments[1]), odd="--odd" in sys.argv)
