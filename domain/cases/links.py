"""Links (/link): for the neighbour for whom a case was raised, good for one person and a short time. Pure."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from domain.cases.case import CaseId
from domain.people.person import PersonId

LinkId = NewType("LinkId", int)


class LinkState(StrEnum):
    """How far a link has come: made, opened by somebody, and what the admin who made it has said of them."""

    MADE = "made"
    OPENED = "opened"
    GRANTED = "granted"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Link:
    """A link by which a neighbour's account is joined to the person for whom a case was raised.

    `token` stands in it and is no right by itself: `made_by` says whether `opened_by` is that neighbour.
    """

    id: LinkId
    token: str = field(repr=False)
    case: CaseId
    made_by: PersonId
    expires_at: datetime
    state: LinkState = LinkState.MADE
    opened_by: PersonId | None = None

    def is_open_to(self, person: PersonId, now: datetime) -> bool:
        """Whether somebody may open it: the first who does so in time, and they again."""
        is_theirs = self.state is LinkState.OPENED and self.opened_by == person
        return is_theirs or (self.state is LinkState.MADE and now < self.expires_at)

    def opened(self, person: PersonId) -> "Link":
        """Return it as opened by somebody."""
        return replace(self, state=LinkState.OPENED, opened_by=person)
