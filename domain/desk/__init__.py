"""The use cases of the desk, one module a verb; here stands what each of them has at hand."""

from dataclasses import dataclass

from domain.desk.parts.asker import Asker
from domain.desk.parts.cards import CardPoster
from domain.desk.parts.context import Context
from domain.desk.parts.finder import CaseFinder
from domain.desk.parts.recorder import Recorder
from domain.desk.parts.teller import Teller


@dataclass(frozen=True, slots=True)
class Desk(Context):
    """What a use case has at hand: the context, and five parts over it."""

    @property
    def find(self) -> CaseFinder:
        """Looks cases up for somebody."""
        return CaseFinder(self)

    @property
    def record(self) -> Recorder:
        """Appends to history, and saves cases."""
        return Recorder(self)

    @property
    def tell(self) -> Teller:
        """Posts letters to those concerned."""
        return Teller(self)

    @property
    def questions(self) -> Asker:
        """Asks people, and ends what they were asked."""
        return Asker(self)

    @property
    def cards(self) -> CardPoster:
        """Brings cards up to date."""
        return CardPoster(self)
