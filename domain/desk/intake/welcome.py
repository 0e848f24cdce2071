"""Welcome somebody: remember that they pressed /start, their language, and the grid whose QR code brought them."""

from dataclasses import dataclass, replace

from domain.cases.drafts import Draft
from domain.desk import Desk
from domain.desk.intake.keep_draft import keep_draft
from domain.desk.intake.locate import scanned
from domain.organisation.units import Unit
from domain.people.person import Person, UnitCode

GRID_PREFIX = "g_"


@dataclass(frozen=True, slots=True)
class Scanned:
    """The grid of a QR code, and the open draft with the place that it has now."""

    unit: Unit
    draft: Draft | None

    @property
    def written_elsewhere(self) -> Draft | None:
        """The draft, if it goes elsewhere all the same, because that is written in it."""
        return self.draft if self.draft and self.draft.unit not in (None, self.unit.code) else None


async def welcome(desk: Desk, person: Person, parameter: str) -> Scanned | None:
    """Remember the grid of a QR code (`/start g_ZN-01`) and return it; None if the parameter names none.

    An open draft takes it too, unless another place is written in it: the code scanned last is the one that counts.
    """
    code = UnitCode(parameter.removeprefix(GRID_PREFIX)) if parameter.startswith(GRID_PREFIX) else None
    if code is None or code not in desk.org:
        return None
    person = replace(person, unit=code)
    await desk.work.people.save(person)
    draft = await desk.work.drafts.open_of(person.id)
    if draft is not None:
        draft = scanned(desk, draft, person)
        await keep_draft(desk, draft)
    return Scanned(desk.org[code], draft)


async def choose_language(desk: Desk, person: Person, language: str) -> Person:
    """Keep the language that the person chose, whatever their Telegram says from now on."""
    chosen = replace(person, language=language, language_chosen=True)
    await desk.work.people.save(chosen)
    return chosen
