"""How often open cases that are suggested as the same are: `python -m bench.likeness MESSAGES.csv [PAIRS.csv]`.

MESSAGES.csv has the columns `id`, `sender`, `title`, `sent_at`, `text`; each message in turn is compared with the
newest before it in the same district (`--area`: what names one in a text), whose senders are others. Without PAIRS.csv
pairs are drawn for people to label, in bands of likeness, each with how many of its band it stands for. PAIRS.csv has
these with a column `same` (1 or 0). `--titles`: of each message the title alone, which is about as long as what is
written in a chat.
"""

import argparse
import csv
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.cases.likeness import ALIKE, Comparison, Substance
from domain.desk.intake.alike import NEWEST
from domain.organisation.usual_categories import USUAL_CATEGORIES

LOWEST, BAND, DRAWN = 0.3, 0.1, 12
THRESHOLDS = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)
AREA = r"[A-Z]\d+[区县市]"
BUILT = r"小区|社区|街道|镇|村|大道|路|花园|家园|苑|城|国际|公园|中学|小学"
PLACE = re.compile(rf"(?:[^\W的在对反关]{{2,6}}?)(?:{BUILT})[一二三四五]?期?(?:\d+栋)?")
"""What a title names as its place, since nobody was asked for it."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sent:
    """One message of the file."""

    id: str
    sender: str
    area: str
    matter: Substance


def main(messages: Path, pairs: Path | None, area: str, *, titles: bool) -> None:
    """Compare all messages, then print what was suggested, or pairs to label."""
    begun = time.process_time()
    sent = list(_read(messages, re.compile(area), titles=titles))
    best, scores = _compared(sent)
    took = (time.process_time() - begun) * 1000 / len(sent)
    if pairs is None:
        _draw(best)
        return
    with pairs.open(encoding="utf-8-sig", newline="") as file:
        read = [
            ((row["one"], row["other"]), float(row["stands_for"]), row["same"] == "1") for row in csv.DictReader(file)
        ]
    same = sum(is_same for *_, is_same in read)
    print(f"{len(sent)} messages, {took:.1f} ms each; {len(read)} pairs, {same} of them the same")
    print(f"{'from':>6}{'suggested to':>14}{'right':>10}{'weighted':>10}{'found':>10}{'weighted':>10}")
    for least in THRESHOLDS:
        told = sum(score >= least for score, _ in best.values())
        given = [(weight, is_same) for pair, weight, is_same in read if scores.get(pair, 0) >= least]
        there = [(weight, scores.get(pair, 0) >= least) for pair, weight, is_same in read if is_same]
        print(f"{least:>6}{told:>14}{_share(given)}{_share(there)}{'  <' if least == ALIKE else ''}")


def _share(weighed: Sequence[tuple[float, bool]]) -> str:
    hits, weight = [weight for weight, hit in weighed if hit], sum(weight for weight, _ in weighed)
    return f"{len(hits)}/{len(weighed)}".rjust(10) + (f"{sum(hits) / weight:.2f}" if weight else "—").rjust(10)


def _read(path: Path, area: re.Pattern[str], *, titles: bool) -> Iterator[Sent]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (_moment(row["sent_at"]), row["id"]))
    for row in rows:
        areas = Counter(area.findall(row["title"] + row["text"])).most_common(1)
        text = area.sub("", row["title"] if titles else f"{row['title']}。{row['text']}")
        place = PLACE.search(area.sub("", row["title"]))
        matter = Substance(text, place[0] if place else "", USUAL_CATEGORIES.guess(text[:2000]))
        yield Sent(row["id"], row["sender"], areas[0][0] if areas else "", matter)


def _moment(written: str) -> datetime:
    form = "%Y/%m/%d %H:%M:%S" if written.count(":") == 2 else "%Y/%m/%d %H:%M"  # noqa: PLR2004 - with seconds
    return datetime.strptime(written.strip().replace("-", "/"), form)  # noqa: DTZ007 - only their order counts


def _compared(sent: Iterable[Sent]) -> tuple[Mapping[str, tuple[float, str]], Mapping[Pair, float]]:
    """Return for each message the most alike of those before it, and the likeness of all that are alike at all."""
    before: dict[str, list[Sent]] = defaultdict(list)
    best: dict[str, tuple[float, str]] = {}
    scores: dict[Pair, float] = {}
    for one in sent:
        known = [other for other in before[one.area][-NEWEST:] if other.sender != one.sender]
        comparison = Comparison([one.matter, *(other.matter for other in known)])
        found = {other.id: comparison.likeness(one.matter, other.matter) for other in known}
        scores |= {(one.id, other): score for other, score in found.items() if score}
        if any(found.values()):
            best[one.id] = max((score, other) for other, score in found.items())
        before[one.area].append(one)
    return best, scores


def _draw(best: Mapping[str, tuple[float, str]]) -> None:
    """Print pairs around the threshold, as many of each band."""
    bands: dict[int, list[Pair]] = defaultdict(list)
    for one, (score, other) in best.items():
        bands[int(score / BAND)].append((one, other))
    print("one,other,stands_for")
    for band in sorted(bands):
        if band * BAND >= LOWEST:
            drawn = random.Random(band).sample(bands[band], min(DRAWN, len(bands[band])))  # noqa: S311
            print("\n".join(f"{one},{other},{len(bands[band]) / len(drawn):.2f}" for one, other in drawn))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.likeness", description=__doc__)
    parser.add_argument("messages", type=Path)
    parser.add_argument("pairs", type=Path, nargs="?")
    parser.add_argument("--area", default=AREA)
    parser.add_argument("--titles", action="store_true")
    options = parser.parse_args()
    main(options.messages, options.pairs, options.area, titles=options.titles)
