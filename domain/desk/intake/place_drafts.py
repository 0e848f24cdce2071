"""Place drafts anew: when the organisation changes, what residents are still writing keeps a place that there is."""

from dataclasses import replace

from domain.cases.drafts import Draft
from domain.desk import Desk
from domain.desk.intake.locate import reread
from domain.organisation.units import Organisation
from domain.people.person import Person


async def place_drafts_anew(desk: Desk, before: Organisation) -> None:
    """Bring all open drafts and their cards in line with the organisation as it is now.

    A place that was read is read anew, as are units that are in use no more; what the resident chose stays. Nobody's
    time to write on is changed by it.
    """
    for draft in await desk.work.drafts.all_open():
        person = await desk.work.people.look_at(draft.person) or Person(draft.person, "")
        moved = _placed_anew(desk, replace(desk, org=before), draft, person)
        await desk.work.drafts.save(moved)
        await desk.cards.post_draft(moved)


def _placed_anew(desk: Desk, before: Desk, draft: Draft, person: Person) -> Draft:
    is_retired = any(code not in desk.org for code in (draft.unit, *draft.choices) if code)
    if not is_retired and not _agree(draft, reread(before, draft, person)):
        return draft
    moved = reread(desk, draft, person)
    return draft if _agree(draft, moved) else moved


def _agree(one: Draft, other: Draft) -> bool:
    """Whether both have the same place, or ask for the same."""
    return (one.unit, {*one.choices}) == (other.unit, {*other.choices})
