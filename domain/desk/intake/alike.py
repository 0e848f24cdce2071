"""Look for the same: which open cases of a unit may be about one matter (同一件) with a draft, or with a case."""

from collections.abc import Sequence

from domain.cases.case import Case
from domain.cases.drafts import Draft, DraftState
from domain.cases.likeness import ALIKE, Comparison, Glance, Substance
from domain.desk import Desk
from domain.people.person import UnitCode

NEWEST = 200
"""Among so many open cases of the unit, the newest ones, the same is looked for."""


async def cases_like_draft(desk: Desk, draft: Draft) -> Sequence[Glance]:
    """Return the open cases of others that a draft may be about, the most alike first.

    They are with the unit that would have the draft, and still to be done; danger waits for nobody, and what its
    resident has raised, or joined, is added to instead. What a worker raises for a neighbour they may merge themselves.
    """
    if draft.state is not DraftState.OPEN or not (draft.is_ready and draft.characters) or draft.urgent:
        return ()
    if draft.unit is None or draft.unit not in desk.org or draft.is_skipped or draft.neighbour:
        return ()
    category = desk.org.categories.guess(draft.opening)
    matter = Substance(draft.opening, draft.address, category, _around(desk, draft.unit))
    unit = desk.org.responsible_for(draft.unit).code
    return _alike(desk, matter, await desk.work.cases.glance_at_newest(unit, NEWEST, joining=draft.person))


async def cases_like(desk: Desk, case: Case) -> Sequence[Glance]:
    """Return the other open cases of its unit that may be the same as a case, the most alike first."""
    if not (case.place_known and case.text):
        return ()
    matter = Substance(case.text, case.address, case.category, _around(desk, case.raised_in))
    others = [one for one in await desk.work.cases.glance_at_newest(case.unit, NEWEST) if one.case != case.id]
    return _alike(desk, matter, others)


def _alike(desk: Desk, matter: Substance, others: Sequence[Glance]) -> Sequence[Glance]:
    known = [Substance(one.text, one.address, one.category, _around(desk, one.raised_in)) for one in others]
    comparison = Comparison([matter, *known])
    found = [(comparison.likeness(matter, there), one) for there, one in zip(known, others, strict=True)]
    alike = [(likeness, one) for likeness, one in found if likeness >= ALIKE]
    return [one for _, one in sorted(alike, key=lambda pair: (-pair[0], pair[1].case))]


def _around(desk: Desk, code: UnitCode) -> tuple[UnitCode, ...]:
    return tuple(unit.code for unit in desk.org.path(code)) if code in desk.org else (code,)
