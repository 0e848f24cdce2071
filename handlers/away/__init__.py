"""/away and /back: who is away until when, and who stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.desk.office.be_away import (
    deputies_of,
    end_absence,
    people_led_by,
    people_named,
    set_absence,
)
from domain.people.absences import DayUnreadable, read_day
from domain.people.person import PersonId
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.rendering.labels import unit_label
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext

SHOWN = 8
DAY_KEY = "%Y%m%d"


@tagged("aw")
@dataclass(frozen=True, slots=True)
class BeAway:
    """Somebody is away on these days; whoever of several of one name stands in, or is away. 0 is nobody."""

    person: PersonId
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
    desk = context.desk
    people = people_named(desk, named, people_led_by(desk, context.actor)) if named else [context.person.id]
    deputy = " ".join(days[2:])
    pairs = [
        (person, other)
        for person in people
        for other in (people_named(desk, deputy, deputies_of(desk, person)) if deputy else [None])
    ]
    if len(pairs) > 1:
        await _ask_which(context, pairs, first, last)
    else:
        await _be_away(context, pairs[0][0], first, last, pairs[0][1])


async def on_person_chosen(context: UpdateContext, action: BeAway) -> None:
    """Take whoever of several was meant."""
    try:
        first, last = (date.fromisoformat(day) for day in (action.first, action.last))
    except ValueError:
        await context.toast("answer.old_button", alert=True)
        return
    deputy = PersonId(action.deputy) if action.deputy else None
    await _be_away(context, action.person, first, last, deputy)
    await context.take_buttons_away()


async def on_back(context: UpdateContext) -> None:
    """Be there again; a lead may say so of a member, of several of one name of the one who is away."""
    named, desk = " ".join(context.arguments), context.desk
    people = people_named(desk, named, people_led_by(desk, context.actor)) if named else [context.person.id]
    away = [person for person in people if person in desk.org.absences]
    person = (away or people)[0]
    await end_absence(desk, context.actor, person)
    await context.say("away.back", worker=desk.org.name_of(person, ""))


async def _be_away(context: UpdateContext, person: PersonId, first: date, last: date, deputy: PersonId | None) -> None:
    absence = await set_absence(context.desk, context.actor, person, first, last, deputy)
    org, first_moment, last_moment = context.desk.org, absence.begins, absence.last_moment
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
        await context.say("away.until", first=absence.begins, last=absence.last_moment)
    await context.say("answer.usage_away")


async def _ask_which(
    context: UpdateContext, pairs: Sequence[tuple[PersonId, PersonId | None]], first: date, last: date
) -> None:
    """Offer a button for each whom the names may mean, with the units that tell them apart."""
    begin, end = f"{first:{DAY_KEY}}", f"{last:{DAY_KEY}}"
    several = len({person for person, _ in pairs}) > 1
    rows = []
    for person, deputy in pairs[:SHOWN]:
        who = [_label(context, one) for one in ((person,) if several else ()) + ((deputy,) if deputy else ())]
        rows.append([(" → ".join(who), BeAway(person, begin, end, deputy or 0))])
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
