"""Which of the open cases a list shows, and for whom."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.people.person import PersonId


class Which(StrEnum):
    """All of them, those past a deadline, those nobody has accepted, the reader's own, or those assisted with."""

    ALL = "all"
    OVERDUE = "overdue"
    FREE = "free"
    MINE = "mine"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a list shows at a moment. `reader`: whose own cases come first, after those in danger."""

    which: Which = Which.ALL
    reader: PersonId | None = None
    now: datetime | None = None


EVERY = Shown()
