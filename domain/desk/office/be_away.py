"""Be away (请假, 代理): a member says from when until when, and who acts for them; it ends by itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from domain.cases.listing import Shown, Which
from domain.desk import Desk
from domain.errors import DeskError, NotALead, NotAnyMember
from domain.letters.contents import Said
from domain.letters.letter import Addressee, Letter, Priority, to_person, to_unit
from domain.organisation.units import Unit
from domain.people.absences import (
    LONGEST,
    Absence,
    AbsencePast,
    AbsenceReversed,
    AbsenceTooLong,
    require_no_circle,
)
from domain.people.person import DESK, Actor, PersonId
from domain.record.history import Event
from domain.text.names import meant

MOST_SHOWN = 200
"""So many cards say at once that their owner is away; the others as soon as something happens."""


class DeputyElsewhere(DeskError):
    """Whoever stands in works for the same unit, or for one above it."""

    key = "error.deputy_elsewhere"


class NobodyNamed(DeskError):
    """Nobody of that name is among those who may be meant."""

    key = "error.nobody_named"


class NotAway(DeskError):
    """The person has said nothing of being away."""

    key = "error.not_away"


def may_set_for(desk: Desk, actor: Actor, person: PersonId) -> bool:
    """Whether somebody may say that a person is away: themselves, a lead of a unit of theirs or above, an admin."""
    units = desk.org.units_of(person)
    leads = any(desk.org.leads(actor.id, unit.code) for unit in units)
    return bool(units) and (actor.id == person or leads or actor.is_admin)


def deputies_of(desk: Desk, person: PersonId) -> Sequence[PersonId]:
    """Return who may stand in for somebody: the others of their units, and those of the units above."""
    steps = [step for unit in desk.org.units_of(person) for step in reversed(desk.org.path(unit.code))]
    people = dict.fromkeys(member.person for step in steps for member in step.members)
    return tuple(other for other in people if other != person)


def people_named(desk: Desk, name: str, people: Sequence[PersonId]) -> Sequence[PersonId]:
    """Return who of some people somebody means who has typed a name, or a piece of one.

    Raises:
        NobodyNamed: nobody of them has it.
    """
    found = meant(name, {person: _name(desk, person) for person in people})
    if not found:
        raise NobodyNamed(name, name=name)
    return found


def people_led_by(desk: Desk, actor: Actor) -> Sequence[PersonId]:
    """Return of whom somebody may say that they are away: themselves, and those whom they lead."""
    people = dict.fromkeys(member.person for unit in desk.org.units.values() for member in unit.members)
    return tuple(person for person in people if may_set_for(desk, actor, person))


async def set_absence(
    desk: Desk, actor: Actor, person: PersonId, first: date, last: date, deputy: PersonId | None = None
) -> Absence:
    """Keep that somebody is away on these days, both included, in place of what was known of them.

    Meanwhile their deputy has their rights, and hears what they would; what the deputy does is theirs in the file.
    Owner and first owner stay. The groups of their units and the deputy are told.

    Raises:
        NotAnyMember: the person works for no unit.
        NotALead: it is for the person, or for a lead of theirs, to say.
        AbsenceReversed, AbsencePast, AbsenceTooLong: the days are wrong.
        DeputyElsewhere: whoever is to stand in works neither for a unit of theirs nor for one above.
        DeputyAbsentToo: those who are away would stand in for each other.
    """
    _require_right(desk, actor, person)
    absence = Absence(person, _begin_of(desk, first), _begin_of(desk, last + timedelta(days=1)), deputy)
    if last < first:
        raise AbsenceReversed(person)
    if absence.ends <= desk.now:
        raise AbsencePast(person)
    if absence.ends > desk.now + LONGEST:
        raise AbsenceTooLong(person)
    if deputy is not None and deputy not in deputies_of(desk, person):
        raise DeputyElsewhere(deputy)
    require_no_circle(desk.org.absences, absence)
    await desk.record.event(
        actor, Event.ABSENCE_SET, person=person, deputy=deputy, first=first.isoformat(), last=last.isoformat()
    )
    await desk.work.units.set_absence(absence, desk.now)
    worker, begin, end, stands_in = _name(desk, person), _day(first), _day(last), _name(desk, deputy)
    if deputy is None:
        told = Said("absence.told", {"worker": worker, "first": begin, "last": end})
    else:
        told = Said("absence.told_deputy", {"worker": worker, "first": begin, "last": end, "deputy": stands_in})
        asked = Said("absence.asked_to_stand_in", {"worker": worker, "first": begin, "last": end})
        await _tell_person(desk, deputy, asked)
    await _tell_units(desk, desk.org.units_of(person), told)
    if actor.id != person:
        await _tell_person(desk, person, Said("absence.set_for_you", {"first": begin, "last": end}))
    await _show_on_cards(desk, person)
    return absence


async def end_absence(desk: Desk, actor: Actor, person: PersonId) -> None:
    """Let somebody be there again, also before an absence has begun; whoever stood in is told.

    Raises:
        NotAway: nothing is known of an absence of theirs.
        NotAnyMember, NotALead: see `set_absence`.
    """
    _require_right(desk, actor, person)
    absence = desk.org.absences.get(person)
    if absence is None or absence.ends <= desk.now:
        raise NotAway(person)
    await desk.record.event(actor, Event.ABSENCE_ENDED, person=person)
    await desk.work.units.end_absence(person)
    back = Said("absence.back", {"worker": _name(desk, person)})
    await _tell_units(desk, desk.org.units_of(person), back)
    if absence.deputy is not None:
        await _tell_person(desk, absence.deputy, back)
    await _show_on_cards(desk, person)


async def mind_deputies(desk: Desk) -> None:
    """Say in the units of those who are away that nobody acts for them any more, because their deputy has left."""
    for absence in desk.org.absences.values():
        gone = absence.deputy is not None and absence.deputy not in deputies_of(desk, absence.person)
        if gone and absence.ends > desk.now:
            await desk.record.event(DESK, Event.DEPUTY_LOST, person=absence.person, deputy=absence.deputy)
            await desk.work.units.set_absence(replace(absence, deputy=None), desk.now)
            said = Said("absence.deputy_lost", {"worker": _name(desk, absence.person)})
            await _tell_units(desk, desk.org.units_of(absence.person), said)
            await _tell_person(desk, absence.person, said)


def _require_right(desk: Desk, actor: Actor, person: PersonId) -> None:
    if not desk.org.units_of(person):
        raise NotAnyMember(person)
    if not may_set_for(desk, actor, person):
        raise NotALead(actor.id, units=[unit.code for unit in desk.org.units_of(person)])


def _begin_of(desk: Desk, day: date) -> datetime:
    return datetime.combine(day, time(), desk.policy.timezone).astimezone(desk.now.tzinfo)


def _name(desk: Desk, person: PersonId | None) -> str:
    return "" if person is None else desk.org.name_of(person, "")


def _day(day: date) -> str:
    return f"{day.month}-{day.day:02d}"


async def _tell_units(desk: Desk, units: Sequence[Unit], said: Said) -> None:
    for unit in units:
        if unit.has_chat:
            await _post(desk, to_unit(unit.code), said)


async def _tell_person(desk: Desk, person: PersonId, said: Said) -> None:
    if await desk.work.accounts.reachable([person]):
        await _post(desk, to_person(person), said)


async def show_changed_absences(desk: Desk, since: datetime) -> None:
    """Bring the cards up to date of those whose absence has begun or ended by itself since a moment.

    Of all of them together as many as of one who says it: with many, each gets a share.
    """
    turned = [absence.person for absence in desk.org.absences.values() if absence.turns_between(since, desk.now)]
    for person in turned[:MOST_SHOWN]:
        await _show_on_cards(desk, person, MOST_SHOWN // min(len(turned), MOST_SHOWN))


async def _show_on_cards(desk: Desk, person: PersonId, most: int = MOST_SHOWN) -> None:
    """Bring the cards of what somebody owns up to date, of the nearest deadlines first."""
    units, mine = [unit.code for unit in desk.org.units_of(person)], Shown(Which.MINE, person, desk.now)
    for case in await desk.work.cases.open_in(units, most, shown=mine):
        await desk.cards.post(case.id, case.unit, Priority.REMINDER)


async def _post(desk: Desk, to: Addressee, said: Said) -> None:
    await desk.work.outbox.post(Letter(to, said, Priority.NEWS))
