"""Adjust a draft: what its resident chooses on its card, or leaves open."""

from dataclasses import replace

from domain.cases.drafts import Draft, DraftId, PlaceGone, text_of
from domain.cases.kinds import Kind
from domain.desk import Desk
from domain.desk.intake.keep_draft import keep_draft, own_draft
from domain.desk.intake.locate import without_place
from domain.organisation.places import gazetteer_of
from domain.people.person import Actor, Person, UnitCode


async def choose_kind(desk: Desk, actor: Actor, draft_id: DraftId, kind: Kind) -> None:
    """Set the kind by hand."""
    draft = await own_draft(desk, actor, draft_id)
    await keep_draft(desk, replace(draft, kind=kind, kind_chosen=True, menu=""))


async def choose_unit(desk: Desk, actor: Actor, draft_id: DraftId, unit: UnitCode) -> Draft:
    """Set the unit by hand, picked down the tree or among the places in question.

    Raises:
        PlaceGone: the unit has been retired since its button was shown.
    """
    draft = await own_draft(desk, actor, draft_id)
    if unit not in desk.org:
        raise PlaceGone(unit)
    places, code = gazetteer_of(desk.org), desk.org[unit].code
    address = draft.address
    if not places.words_about(code, address):
        address = places.words_about(code, text_of(await desk.work.drafts.parts_of(draft.id)))
    draft = replace(draft, unit=unit, unit_given=True, unit_chosen=True, choices=(), address=address, menu="")
    return await keep_draft(desk, draft)


async def skip_place(desk: Desk, person: Person) -> Draft | None:
    """Let somebody who cannot tell the place submit: the case goes to the root, which finds out (docs/adr/0009).

    None if no draft lacks its place alone.
    """
    draft = await desk.work.drafts.open_of(person.id)
    if draft is None or draft.unit is not None or not draft.has_words:
        return None
    await desk.work.questions.drop(person.id, draft=draft.id)
    draft = replace(draft, unit=without_place(desk, draft), unit_given=True, choices=(), menu="")
    await keep_draft(desk, draft)
    return draft


async def open_menu(desk: Desk, actor: Actor, draft_id: DraftId, menu: str) -> None:
    """Show other buttons on the card: the kinds, a branch of the tree, or the first ones again."""
    await keep_draft(desk, replace(await own_draft(desk, actor, draft_id), menu=menu))


async def toggle_anonymous(desk: Desk, actor: Actor, draft_id: DraftId) -> None:
    """Hide the resident's name from everyone but the record, or show it again."""
    draft = await own_draft(desk, actor, draft_id)
    await keep_draft(desk, replace(draft, anonymous=not draft.anonymous))
