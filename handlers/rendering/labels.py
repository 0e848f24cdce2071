"""Labels: how cases, units and places are named, and long texts are cut."""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from domain.cases.case import Case
from domain.cases.splits import has_siblings
from domain.organisation.addresses import beyond
from domain.organisation.units import Level, Organisation
from domain.people.person import UnitCode
from domain.text.phones import hide_phones
from handlers.rendering.sending import Scene, Sending
from handlers.words import Words

LEADING_NUMBERS = re.compile(r"^(?:#?MH\d{4}_\d{5,}\s*+)+", re.IGNORECASE)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LINE_TEXT_LIMIT = 40
BESIDE_A_PLACE = 6
"""Where a place fills first words but for so many characters, they begin after it."""
CASE_TEXT_LIMIT = 16
"""For Chinese; letters of the alphabet are half as wide and say half as much."""
PLACE_LIMIT = 20


def shorten(text: str, limit: int) -> str:
    """Return at most so many characters of a text, with an ellipsis where it was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def one_line(text: str, limit: int = LINE_TEXT_LIMIT) -> str:
    """Return the beginning of a text as one line."""
    return shorten(" ".join(text.split()), limit)


async def sibling_lines(case: Case, sending: Sending) -> Sequence[Markup]:
    """Return which cases were one message with this one; most have none, for which nothing is asked."""
    if not has_siblings(case):
        return ()
    siblings, words = await sending.desk.work.splits.siblings_of(case), sending.words
    origin = [words("split.origin", number=f"#{siblings.origin}")] if siblings.origin else []
    others = Markup(" ").join(Markup("#{}").format(number) for number in siblings.split_off)
    return [*origin, *([words("split.others", numbers=others)] if others else [])]


def numbered(case: Case) -> str:
    """Return the case's number as people read it; Telegram makes a link of it."""
    return f"#{case.number}"


def first_words(case: Case, words: Words, limit: int = LINE_TEXT_LIMIT) -> Markup | str:
    """Return the beginning of what the resident wrote, without telephone numbers; or that they spoke or sent files."""
    text = LEADING_NUMBERS.sub("", " ".join(hide_phones(case.text).split()))
    place = " ".join(hide_phones(case.address).split())
    if len(place) > limit - BESIDE_A_PLACE:
        text = beyond(text, place) or text
    return shorten(text, limit) or words("file.no_text")


def case_label(case: Case, words: Words) -> Markup:
    """Return what news of a case begin with: its number, which alone tells nobody anything, and its first words."""
    limit = CASE_TEXT_LIMIT * (1 if CHINESE.search(case.text) else 2)
    return words("list.case", number=numbered(case), about=first_words(case, words, limit))


def gist(scene: Scene, case: Case, limit: int = LINE_TEXT_LIMIT) -> Markup:
    """Return in a line where a case is and its first words; a place that these name already is not said again."""
    place, about = where(scene, case), first_words(case, scene.words, limit)
    written = " ".join(hide_phones(case.address).split()) or place
    key = "list.about" if written in about else "list.gist"
    return scene.words(key, where=place, about=about)


def unit_label(org: Organisation, code: UnitCode, words: Words) -> Markup:
    """Return a unit's name; a grid is named with its community, because every community has a first grid."""
    if code not in org:
        return Markup.escape(org.retired.get(code, code))
    unit = org[code]
    parent = org.units.get(unit.parent) if unit.parent else None
    if unit.level in (Level.GRID, Level.MICROGRID) and parent:
        return words("place.nested", parent=parent.name, unit=unit.name)
    return Markup.escape(unit.name)


def unit_labels(org: Organisation, codes: Iterable[UnitCode], words: Words) -> Markup:
    """Return the names of several units."""
    return Markup("、").join(unit_label(org, code, words) for code in codes)


def place_label(org: Organisation, code: UnitCode, address: str, words: Words) -> Markup:
    """Return where something is: the written place if there is one, and the unit."""
    unit = unit_label(org, code, words)
    if not address:
        return unit
    parent = org.units.get(org[code].parent or code) if code in org else None
    if parent and parent.name in address:  # 遵南社区煤炭小区2栋（第1网格）
        unit = Markup.escape(org[code].name)
    return words("place.with_address", address=address, unit=unit)


def where_it_is(case: Case, scene: Scene) -> Markup:
    """Return where a case is, as a group may read it; or that its resident is being asked."""
    if case.place_known:
        return place_label(scene.org, case.raised_in, hide_phones(case.address), scene.words)
    asked = scene.words("place.asked")
    return scene.words("place.asked_about", address=hide_phones(case.address), asked=asked) if case.address else asked


def where(scene: Scene, case: Case) -> Markup | str:
    """Return in a few words where a case is: the place as it was written, or the unit."""
    return one_line(hide_phones(case.address), PLACE_LIMIT) or unit_label(scene.org, case.raised_in, scene.words)


def resident_line(case: Case, words: Words) -> Markup:
    """Return who raised a case, or for whom it was, as those may read it who see no telephone numbers."""
    name, worker = hide_phones(case.resident_name), case.raised_by.name if case.raised_by else ""
    if case.raised_by and not case.resident_name:
        return words("card.resident_found", worker=worker)
    if case.anonymous:
        return words("card.resident_anonymous")
    return words("card.resident_neighbour" if case.raised_by else "card.resident", name=name, worker=worker)


def nudged_by(case: Case) -> int:
    """Return how many residents have asked for a matter to be hurried: its own, and those of the cases that follow."""
    return case.followers.nudged + (case.nudged_at is not None)


def sign(case: Case, scene: Scene) -> Markup:
    """Return what stands before a case in a list: its colour, after 🆘 where somebody is in danger."""
    colour = colour_symbol(case, scene)
    return scene.words("list.urgent", colour=colour) if case.urgent else colour


def colour_symbol(case: Case, scene: Scene) -> Markup:
    """Return 🟢, 🟡 or 🔴."""
    return scene.words(f"colour.{case.colour(scene.now)}")
