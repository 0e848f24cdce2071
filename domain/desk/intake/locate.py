"""Locate a draft: read where it is from a pin, from the words, or from an answer, and take the remembered grid else."""

from dataclasses import replace

from domain.cases.drafts import Draft
from domain.cases.messages import Message
from domain.desk import Desk
from domain.organisation.places import Finding, gazetteer_of
from domain.organisation.units import Unit
from domain.people.person import Person, UnitCode

SIDES = "sides"
"""The draft card asks whether the pin or the words tell where it is."""
MORE_THAN_A_PLACE = 4
"""So many characters beside the name of a place tell something of their own."""


def read_answer(desk: Desk, draft: Draft, answer: str) -> Finding | None:
    """Read an answer by itself, or as what an ambiguous name still wanted, or else as a piece of a name.

    None for an answer that names no place, or tells more than one.
    """
    places = gazetteer_of(desk.org)
    if (found := places.find(answer)).is_any:
        return replace(found, words=answer) if len(answer) - len(found.words) <= MORE_THAN_A_PLACE else None
    if (found := _completed(desk, draft, answer)).is_any:
        return found if len(draft.address + answer) - len(found.words) <= MORE_THAN_A_PLACE else None
    found = places.suggest(answer)
    return found if found.is_any else None


def _completed(desk: Desk, draft: Draft, words: str) -> Finding:
    """Read words as the building that an ambiguous name still wanted, or as another than was said before.

    Where they do not take the other back, both are in question.
    """
    if not draft.address or draft.unit_chosen:
        return Finding()
    found = gazetteer_of(desk.org).complete(draft.address, words)
    if not draft.unit_given or found.corrects:
        return found
    if found.unit is None or draft.unit is None or draft.unit not in desk.org or found.unit.code == draft.unit:
        return Finding()
    return Finding(None, (desk.org[draft.unit], found.unit), draft.address, asks=True)


def placed(desk: Desk, draft: Draft, message: Message, person: Person) -> tuple[Draft, bool]:
    """Read the place from a location or from the words; else take the remembered one. True: the pin lies outside."""
    outside = False
    for pin in (a.location for a in message.attachments if a.location):
        codes = desk.rules.atlas.units_at(desk.org, pin)
        outside = not codes
        draft = _pinned(desk, replace(draft, location=pin), codes)
    finding = gazetteer_of(desk.org).find(message.text)
    if not finding.is_any:
        finding = _completed(desk, draft, message.text)
    draft = with_finding(desk, draft, finding, person)
    if draft.unit is None and not draft.choices:
        draft = replace(draft, unit=remembered(desk, person))
    return draft, outside


def _pinned(desk: Desk, draft: Draft, codes: tuple[UnitCode, ...]) -> Draft:
    """Take the units at a pin: the narrower of pin and written place; where they contradict each other, ask."""
    known = draft.unit if draft.unit_given and draft.unit in desk.org else None
    if draft.unit_chosen or (known and any(desk.org[code] in desk.org.path(known) for code in codes)):
        return draft
    if known and codes and not any(desk.org[known] in desk.org.path(code) for code in codes):
        return replace(draft, unit=None, unit_given=False, choices=(known, *codes), menu=SIDES)
    if len(codes) == 1:
        return replace(draft, unit=codes[0], unit_given=True, choices=())
    return replace(draft, unit=None, unit_given=False, choices=codes, menu="choices") if codes else draft


def with_finding(desk: Desk, draft: Draft, finding: Finding, person: Person) -> Draft:
    """Let a written place win over a remembered one; a wider place does not undo a narrower one inside it.

    A written place elsewhere than the pin is asked about; what was chosen by hand stays.
    """
    if draft.unit_chosen:
        return draft
    at_pin = desk.rules.atlas.units_at(desk.org, draft.location) if draft.location else ()
    pinned = draft.unit if draft.unit in at_pin else None
    if finding.unit and pinned and not _related(desk, desk.org[pinned], finding.unit):
        both = (pinned, finding.unit.code)
        return replace(draft, unit=None, unit_given=False, choices=both, address=finding.words, menu=SIDES)
    if finding.unit:
        known = pinned or (None if finding.beyond else draft.unit or remembered(desk, person))
        narrower = known in desk.org and finding.unit in desk.org.path(known) if known else False
        unit = known if narrower else finding.unit.code
        return replace(draft, unit=unit, unit_given=True, choices=(), address=finding.words or draft.address)
    codes = tuple(unit.code for unit in finding.choices)
    if not codes or (draft.unit_given and not _argues(draft, finding)):
        return draft
    known = remembered(desk, person)
    if known in codes and not finding.asks:
        return replace(draft, unit=known, choices=(), address=finding.words)
    return replace(draft, unit=None, unit_given=False, choices=codes, address=finding.words, menu="choices")


def _argues(draft: Draft, finding: Finding) -> bool:
    """Whether words that leave several units in question speak against the place that was given before them."""
    codes = [unit.code for unit in finding.choices]
    return finding.asks and (finding.words == draft.address or draft.unit not in codes)


def reread(desk: Desk, draft: Draft, person: Person) -> Draft:
    """Read the place anew from what the draft holds: its pin, its written place, or else the remembered grid."""
    draft = replace(draft, unit=None, unit_given=False, unit_chosen=False, choices=(), menu="")
    if draft.location:
        draft = _pinned(desk, draft, desk.rules.atlas.units_at(desk.org, draft.location))
    draft = with_finding(desk, draft, _written(desk, draft), person)
    return draft if draft.unit or draft.choices else replace(draft, unit=remembered(desk, person))


def scanned(desk: Desk, draft: Draft, person: Person) -> Draft:
    """Take the grid whose QR code the person has just scanned; only a place that is written says otherwise."""
    draft = replace(draft, unit=remembered(desk, person), unit_given=False, unit_chosen=False, choices=(), menu="")
    return with_finding(desk, draft, _written(desk, draft), person)


def _written(desk: Desk, draft: Draft) -> Finding:
    """Read what is written as the place once more; an answer may have been a piece of a name."""
    return gazetteer_of(desk.org).suggest(draft.address) if draft.address else Finding()


def _related(desk: Desk, one: Unit, other: Unit) -> bool:
    """Whether one of the two lies in the other."""
    return one in desk.org.path(other.code) or other in desk.org.path(one.code)


def without_place(desk: Desk, draft: Draft) -> UnitCode | None:
    """Return the unit that finds out where it is: above all places in question, or else the root (docs/adr/0009)."""
    shared = desk.org.common_ancestor(draft.choices) if draft.choices else None
    roots = (unit for unit in desk.org.children(None) if unit.is_geographic)
    unit = shared or next(roots, None)
    return unit.code if unit else None


def writer_of(draft: Draft, person: Person) -> Person:
    """Return who writes a draft; for a neighbour somebody writes of whom no grid is remembered."""
    return replace(person, unit=None) if draft.neighbour else person


def remembered(desk: Desk, person: Person) -> UnitCode | None:
    """Return the grid of the person's QR code, or of their first case, if it is still in use."""
    return person.unit if person.unit in desk.org else None
