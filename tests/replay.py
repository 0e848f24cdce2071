"""`make replay FILE=messages.csv`: every text of a file goes in as a resident's message through the whole application.

The file needs a column `text`; `sender` is optional. None may fail, be lost, or be cut in the file of its case.
"""

import asyncio
import csv
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from bot.logs import set_up_logs
from sandbox.people import Person
from tests.town import Town, open_town

TELEGRAM_LIMIT = 4096
AT_ONCE = 40


def pieces(text: str) -> Iterator[str]:
    """Yield a text as Telegram's apps cut it: into messages of at most 4,096 UTF-16 units."""
    piece, length = "", 0
    for sign in text:
        units = 2 if ord(sign) > 0xFFFF else 1
        if length + units > TELEGRAM_LIMIT:
            yield piece
            piece, length = "", 0
        piece, length = piece + sign, length + units
    yield piece


def bare(text: str) -> str:
    """Return the text without white space, of which Telegram itself drops some."""
    return "".join(text.split())


async def replay(texts: Sequence[tuple[str, str]]) -> int:
    """Send every text, compare it with its case, print what happened, and return the number of failures."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        async with open_town(f"sqlite:///{folder}/replay.db", Path(folder)) as town:
            people = [
                (town.world.add_person(100_000 + n, sender or f"居民{n}"), [text for _, text in rows])
                for n, (sender, rows) in enumerate(groupby(sorted(texts, key=lambda row: row[0]), lambda row: row[0]))
            ]
            for start in range(0, len(people), AT_ONCE):
                await _round(town, people[start : start + AT_ONCE])
                print(f"\r{min(start + AT_ONCE, len(people))}/{len(people)} residents", end="", flush=True)
            return await _report(town, [text for _, text in texts], time.monotonic() - begun)


async def _round(town: Town, people: Sequence[tuple[Person, list[str]]]) -> None:
    """Let some residents raise all their matters, one after the other each, side by side."""
    for person, _ in people:
        person.starts(town.bot, "g_ZN-01")
    for turn in range(max(len(texts) for _, texts in people)):
        now = [(person, texts[turn]) for person, texts in people if turn < len(texts)]
        for person, text in now:
            for piece in pieces(text):
                if piece.strip():
                    person.writes(town.bot, piece)
        await town.settle()
        for person, _ in now:
            card = town.draft_card(person)
            if "提交" in card.buttons():
                person.presses(card, "提交")
            else:
                # The text names several places, or one that is nobody's: let the resident pick the first offered.
                person.presses(card, card.buttons()[0])
        await town.settle()
        for person, _ in now:
            ready = next((m for m in town.private(person) if "提交" in m.buttons()), None)
            if ready:
                person.presses(ready, "提交")
        await town.settle()


async def _report(town: Town, texts: Sequence[str], seconds: float) -> int:
    async with town.desks.reading() as (_, work):
        cases = await work.cases.open_in(None, len(texts) * 2)
        inbox, failed = await work.inbox.counts(), await work.outbox.failed()
    lost = (Counter(bare(text) for text in texts) - Counter(bare(case.text) for case in cases)).total()
    print(f"\n{len(texts)} texts, the longest of {max(map(len, texts))} characters, in {seconds:.0f} s")
    print(f"{len(cases)} cases; lost or cut: {lost}; parked: {inbox['parked']}; letters failed: {failed}")
    return lost + inbox["parked"] + failed + abs(len(cases) - len(texts))


def main() -> None:
    """Replay the file named on the command line."""
    if len(sys.argv) != 2:
        sys.exit("usage: make replay FILE=messages.csv")
    set_up_logs("json")
    with Path(sys.argv[1]).open(encoding="utf-8-sig", newline="") as file:
        rows = [(row.get("sender") or "", row["text"]) for row in csv.DictReader(file)]
    sys.exit(1 if asyncio.run(replay([row for row in rows if row[1].strip()])) else 0)


if __name__ == "__main__":
    main()
