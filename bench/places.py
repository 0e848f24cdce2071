"""Finding written places among 36,400 of them, in texts of 4,000 characters: `.venv/bin/python -m bench.places`."""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

from domain.organisation.places import Gazetteer
from domain.organisation.units import Level, Organisation, Unit
from domain.people.person import UnitCode

COMMUNITIES, GRIDS, PLACES = 1_300, 4, 7
LENGTH = 4_000
FAMILIES = "红星安居东风幸福煤炭芸香和平民主建设光明"
STORY = "楼下的路灯坏了三天，晚上看不见路，老人不敢出门，物业说不归他们管，请派人来看一看。"


def city() -> Organisation:
    """Return a district of so many communities, each with its grids, each grid with places of its own."""
    units = [Unit(UnitCode("D"), "播州区", Level.DISTRICT)]
    for community in range(COMMUNITIES):
        units.append(Unit(UnitCode(f"C{community}"), f"第{community}社区居民委员会", Level.COMMUNITY, UnitCode("D")))
        units += [
            Unit(
                UnitCode(f"C{community}-{grid}"),
                f"第{grid + 1}网格",
                Level.GRID,
                UnitCode(f"C{community}"),
                places=tuple(places(community, grid)),
            )
            for grid in range(GRIDS)
        ]
    return Organisation({unit.code: unit for unit in units}, version="1")


def places(community: int, grid: int) -> Iterator[str]:
    """Yield the places of a grid: compounds that share their names with others, in ranges of buildings."""
    for number in range(PLACES):
        family = FAMILIES[(community + number) % (len(FAMILIES) - 1) :][:2]
        yield f"{family}{community}苑{number}区{grid * 10 + 1}-{grid * 10 + 10}栋"


def timed(what: str, act: Callable[[], object], times: int = 1) -> None:
    """Do something and say how much time of the processor it took, at best of so many times."""
    took = []
    for _ in range(times):
        start = time.process_time()
        act()
        took.append(time.process_time() - start)
    sys.stdout.write(f"{what:<40}{min(took) * 1000:>10.1f} ms\n")


def main() -> None:
    """Measure the index, and texts from the ordinary to the worst."""
    organisation = city()
    found = Gazetteer(organisation)
    timed(f"index of {COMMUNITIES * GRIDS * PLACES:,} places", lambda: found.find("路灯"))
    again = Gazetteer(Organisation(organisation.units, version="2"))
    timed("the same after a group was bound", lambda: again.find("路灯"))
    texts = {
        "a story that names no place": STORY,
        "a story that names one place": STORY * 90 + "红星0苑0区8栋",
        "nothing but places": "红星0苑0区8栋，",
        "a name of all communities": "第1网格",
        "nothing but beginnings of names": "红星",
        "nothing but numbers": "11-",
    }
    for what, piece in texts.items():
        text = (piece * LENGTH)[:LENGTH]
        timed(what, partial(found.find, text), times=5)


if __name__ == "__main__":
    main()
