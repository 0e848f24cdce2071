"""Tell the admins of a year whose working days are not known, as soon as deadlines may reach into it."""

from collections.abc import Sequence

from domain.cases.deadlines import unknown_years
from domain.desk import Desk
from domain.letters.contents import Said
from domain.letters.letter import Letter, Priority, to_person


async def tell_unknown_years(desk: Desk) -> Sequence[int]:
    """Tell the admins once of each such year, and return them all."""
    years = unknown_years(desk.now, desk.policy, desk.rules.calendar)
    for year in years if desk.rules.admins else ():
        mark = f"calendar {year} unknown"
        if await desk.work.marks.get(mark) is None:
            await desk.work.marks.set(mark, desk.now.isoformat())
            for admin in sorted(desk.rules.admins):
                told = Said("answer.calendar_unknown", {"year": year})
                await desk.work.outbox.post(Letter(to_person(admin), told, Priority.REMINDER))
    return years
