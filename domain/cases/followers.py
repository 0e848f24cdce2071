"""How things stand with the cases that are worked on as one with a main case (归并)."""

from dataclasses import dataclass

from domain.cases.deadlines import Deadline


@dataclass(frozen=True, slots=True)
class Followers:
    """The cases that are worked on as one with a main case.

    `residents`: how many people raised them, the main case's own not counted; `confirmed`: how many have said that it
    is solved; `nudged`: how many have asked for it to be hurried; `to_be_done`: how many are not reported done yet;
    `asked`: how many wait for their resident's word.
    `resolve`: of those to be done the earliest promise that had not been broken before they were merged.
    """

    residents: int = 0
    confirmed: int = 0
    nudged: int = 0
    to_be_done: int = 0
    asked: int = 0
    resolve: Deadline | None = None

    @property
    def open(self) -> int:
        """How many have not ended."""
        return self.to_be_done + self.asked

    @property
    def all(self) -> int:
        """How many there are, but for those that were withdrawn."""
        return self.open + self.confirmed


NO_FOLLOWERS = Followers()
