"""/away and /back: who is away until when, and who stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.desk.office.be_away import deputies_of, end_absence, may_set_for, set_absence
from domain.errors import DeskError
from domain.people.absences import DayUnreadable, read_day
from domain.people.person import PersonId
from domain.text.folding import fold
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.rendering.labels import unit_label
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext

SHOWN = 8
DAY_KEY = "%Y%m%d"


class NobodyNamed(DeskError):
    """Nobody of that name is among those who may be meant."""

    key = "error.nobody_named"


@tagged("aw")
@dataclass(frozen=True, slots=True)
class BeAway:
    """Somebody is away on these days; whoever of several of one name stands in, or is away. 0 is nobody."""

    person: int
    first: str
    last: str
    deputy: int


async def on_away(context: UpdateContext) -> None:
    """Read who is away, from when until when, and who stands in; ask where a name fits several."""
    words = context.arguments
    today = context.desk.policy.local(context.desk.now).date()
    begin = next((n for n, word in enumerate(words) if _is_meant_as_day(word, today)), len(words))
    named, days = " ".join(words[:begin]), words[begin:]
    if len(days) < 2:  # noqa: PLR2004 - the first day and the last
        await _show(context)
        return
    first = read_day(days[0], today)
    last = read_day(days[1], today, since=first)
    if first is None or last is None:
        raise DayUnreadable(" ".join(days[:2]))
    people = _meant(context, named, _members(context)) if named else [context.person.id]
    deputies: Sequence[PersonId | None] = [None]
    if len(days) > 2:  # noqa: PLR2004
        deputies = _meant(context, " ".join(days[2:]), deputies_of(context.desk, people[0]))
    if len(people) > 1 or len(deputies) > 1:
        await _ask_which(context, people, first, last, deputies)
        return
    await _be_away(context, people[0], first, last, deputies[0])


async def on_person_chosen(context: UpdateContext, action: BeAway) -> None:
    """Take whoever of several was meant."""
    try:
        first, last = (date.fromisoformat(day) for day in (action.first, action.last))
    except ValueError:
        await context.toast("answer.old_button", alert=True)
        return
    deputy = PersonId(action.deputy) if action.deputy else None
    await _be_away(context, PersonId(action.person), first, last, deputy)
    await context.take_buttons_away()


async def on_back(context: UpdateContext) -> None:
    """Be there again; a lead may say so of a member."""
    named = " ".join(context.arguments)
    people = _meant(context, named, _members(context)) if named else [context.person.id]
    if len(people) > 1:
        raise NobodyNamed(named, name=named)
    await end_absence(context.desk, context.actor, people[0])
    await context.say("away.back", worker=context.desk.org.name_of(people[0], ""))


async def _be_away(context: UpdateContext, person: PersonId, first: date, last: date, deputy: PersonId | None) -> None:
    absence = await set_absence(context.desk, context.actor, person, first, last, deputy)
    org, first_moment, last_moment = context.desk.org, absence.begins, absence.ends - timedelta(minutes=1)
    worker = org.name_of(person, "")
    if deputy is None:
        await context.say("away.set", worker=worker, first=first_moment, last=last_moment)
    else:
        name = org.name_of(deputy, "")
        await context.say("away.set_deputy", worker=worker, first=first_moment, last=last_moment, deputy=name)


def _is_meant_as_day(word: str, today: date) -> bool:
    return word[:1].isdecimal() or read_day(word, today) is not None


async def _show(context: UpdateContext) -> None:
    """Say how it is written, and until when the person is away, if they are."""
    absence = context.desk.org.absences.get(context.person.id)
    if absence is not None and absence.ends > context.desk.now:
        await context.say("away.until", first=absence.begins, last=absence.ends - timedelta(minutes=1))
    await context.say("answer.usage_away")


def _members(context: UpdateContext) -> Sequence[PersonId]:
    """Return of whom this person may say that they are away."""
    org = context.desk.org
    people = dict.fromkeys(member.person for unit in org.units.values() for member in unit.members)
    return tuple(person for person in people if may_set_for(context.desk, context.actor, person))


def _meant(context: UpdateContext, name: str, people: Sequence[PersonId]) -> Sequence[PersonId]:
    """Return who of some people has this name.

    Raises:
        NobodyNamed: nobody has.
    """
    wanted, org = fold(name).text.strip(), context.desk.org
    found = [person for person in people if fold(org.name_of(person, "")).text.strip() == wanted]
    if not found:
        raise NobodyNamed(name, name=name)
    return found


async def _ask_which(
    context: UpdateContext,
    people: Sequence[PersonId],
    first: date,
    last: date,
    deputies: Sequence[PersonId | None],
) -> None:
    """Offer a button for each whom a name may mean, with the unit that tells them apart."""
    begin, end = f"{first:{DAY_KEY}}", f"{last:{DAY_KEY}}"
    pairs = [(person, deputy) for person in people for deputy in deputies][:SHOWN]
    rows = [
        [(_label(context, deputy if len(people) == 1 and deputy else person), BeAway(person, begin, end, deputy or 0))]
        for person, deputy in pairs
    ]
    await context.say("away.which", buttons=rows)


def _label(context: UpdateContext, person: PersonId) -> str:
    org = context.desk.org
    unit = next(iter(org.units_of(person)), None)
    where = unit_label(org, unit.code, context.words) if unit else ""
    return f"{org.name_of(person, '')} · {where}"


FEATURE = Feature(
    commands={
        Command("away", private=Standing.MEMBER): on_away,
        Command("back", private=Standing.MEMBER): on_back,
    },
    pressed_in_private={BeAway: on_person_chosen},
)
