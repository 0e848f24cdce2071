"""Welcome somebody: remember that they pressed /start, their language, and the grid whose QR code brought them."""

from dataclasses import replace

from domain.desk import Desk
from domain.desk.draft import keep_draft
from domain.people import Person, UnitCode
from domain.units import Unit

GRID_SIGN = "g_"


async def welcome(desk: Desk, person: Person, parameter: str) -> Unit | None:
    """Remember the grid of a QR code (`/start g_ZN-01`) and return it; None if the parameter names none.

    A draft that still wants its place takes it.
    """
    code = UnitCode(parameter.removeprefix(GRID_SIGN)) if parameter.startswith(GRID_SIGN) else None
    if code is None or code not in desk.org:
        return None
    await desk.work.people.save(replace(person, unit=code))
    draft = await desk.work.drafts.open_of(person.id)
    if draft is not None and draft.unit is None:
        await keep_draft(desk, replace(draft, unit=code, unit_given=True, choices=(), menu=""))
    return desk.org[code]


async def choose_language(desk: Desk, person: Person, language: str) -> Person:
    """Keep the language that the person chose, whatever their Telegram says from now on."""
    chosen = replace(person, language=language, language_chosen=True)
    await desk.work.people.save(chosen)
    return chosen
