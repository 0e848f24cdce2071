"""What the desk needs to keep what was asked for, and what was decided."""

from collections.abc import Sequence
from typing import Protocol

from domain.cases.case import CaseId
from domain.rights.rulings import Matter, Ruling


class Rulings(Protocol):
    """What people ask and others decide; of one matter, one about a case waits at a time."""

    async def ask(self, ruling: Ruling) -> Ruling:
        """Keep what was asked and return it with its id."""

    async def decide(self, ruling: Ruling) -> bool:
        """Keep what was decided; False if it was decided before, which stays."""

    async def open_about(self, case: CaseId, matter: Matter) -> Ruling | None:
        """Return what waits to be decided about a case, held for change."""

    async def about(self, case: CaseId) -> Sequence[Ruling]:
        """Return all that was ever asked about a case, in order."""
