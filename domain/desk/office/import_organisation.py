"""Import an organisation: the tree becomes what a file says; nothing that is under way is left behind."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.cases.assignments import Because
from domain.cases.case import Case, Verb, reassign
from domain.cases.merging import on_its_own
from domain.desk import Desk
from domain.desk.casework.release import release_orphans
from domain.desk.cooperation.assist import end_assists
from domain.desk.cooperation.escalate import reassign_case
from domain.desk.intake.place_drafts import place_drafts_anew
from domain.desk.office.be_away import mind_deputies
from domain.desk.office.reach import show_open_cases
from domain.organisation.categories import Category
from domain.organisation.units import Organisation, Unit
from domain.people.person import DESK, UnitCode
from domain.record.history import Event


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import changed: how many units there are, were added, and were retired."""

    units: int
    added: int
    retired: int


async def import_organisation(
    desk: Desk, units: Sequence[Unit], fingerprint: str, categories: Sequence[Category] = ()
) -> Imported:
    """Take over an organisation that was checked before; a unit left out is retired, and its cases go to its parent.

    What was owned by somebody who has left is free in its unit. `categories`: none where the usual ones are to do.
    Chats that the file has changed get the cards of their units' open cases; a new unit has none but what it was given.
    """
    before = desk.org
    after = await desk.work.units.replace_all(units, desk.now, categories)
    done = Imported(len(after.units), len(after.units.keys() - before.units.keys()), 0)
    done = replace(done, retired=len(before.units.keys() - after.units.keys()))
    await desk.record.event(
        DESK,
        Event.ORGANISATION_IMPORTED,
        units=done.units,
        added=done.added,
        retired=done.retired,
        fingerprint=fingerprint,
    )
    desk = replace(desk, org=after)
    await place_drafts_anew(desk, before)
    for code in before.units.keys() - after.units.keys():
        await _hand_over_cases(desk, before, code)
    await release_orphans(desk)
    await mind_deputies(desk)
    await desk.work.outbox.wake()
    for code in before.units.keys() & after.units.keys():
        if after[code].chat and after[code].chat != before[code].chat:
            await show_open_cases(desk, code)
    return done


async def _hand_over_cases(desk: Desk, before: Organisation, retired: UnitCode) -> None:
    for case in await desk.work.cases.assisted_by(retired):
        both = replace(desk, org=_with_both(desk.org, before, retired))
        without = await end_assists(both, case, Because.UNIT_RETIRED, of=[retired])
        await desk.record.save(without)
    heirs = [unit.code for unit in reversed(before.path(retired)) if unit.code in desk.org]
    heir = next(iter([*heirs, *(root.code for root in desk.org.children(None))]), None)
    for case in await desk.work.cases.unfinished_in(retired) if heir else ():
        await _hand_over(replace(desk, org=_with_both(desk.org, before, retired)), case, heir)


async def _hand_over(desk: Desk, case: Case, heir: UnitCode | None) -> None:
    if heir is None:
        return
    if case.allows(Verb.ASSIGN) and case.is_open:
        await reassign_case(desk, DESK, case, heir, Verb.ASSIGN, Event.CASE_ESCALATED, Because.UNIT_RETIRED)
        return
    names = {"from_name": desk.org[case.unit].name, "to_name": desk.org[heir].name}
    if case.merged:
        moved = on_its_own(case, desk.org[heir], Because.UNIT_RETIRED, desk.now, desk.policy, desk.rules.calendar)
    else:
        moved = reassign(case, heir, Because.UNIT_RETIRED, desk.now)
    told = {"from_unit": case.unit, "to_unit": heir, "because": Because.UNIT_RETIRED, **names}
    await desk.record.event(DESK, Event.CASE_ESCALATED, moved, **told)
    moved = await desk.record.save(moved)


def _with_both(after: Organisation, before: Organisation, retired: UnitCode) -> Organisation:
    """Return the new tree with one retired unit still in it, so that it can be named and told."""
    return replace(after, units={**after.units, retired: replace(before[retired], parent=None)})
