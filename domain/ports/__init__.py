"""What the desk needs from the world outside, as Protocols: storage and the map. Implementations stand elsewhere."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from domain.cases.case import CaseId
from domain.cases.drafts import DraftId
from domain.cases.followups import Due, FollowUp, FollowUpId
from domain.cases.messages import Location
from domain.organisation.categories import Category
from domain.organisation.units import Chat, ChatId, Organisation, Unit
from domain.people.absences import Absence
from domain.people.person import PersonId, UnitCode
from domain.ports.cases import Attachments, Cases, History, Memberships, Splits
from domain.ports.drafts import Drafts, Questions
from domain.ports.letters import Cards, Outbox, Posts
from domain.ports.people import Accounts, Links, People
from domain.ports.rulings import Rulings


class Atlas(Protocol):
    """Knows the units' areas on the map."""

    def units_at(self, organisation: Organisation, location: Location) -> tuple[UnitCode, ...]:
        """Return the innermost units whose area holds the point; several where areas of one level overlap."""


class Units(Protocol):
    """The organisation as it is now."""

    async def organisation(self) -> Organisation:
        """Return the units in use."""

    async def replace_all(
        self, units: Sequence[Unit], now: datetime, categories: Sequence[Category] = ()
    ) -> Organisation:
        """Make the organisation what a file says, and return it; without categories the usual ones are in force."""

    async def set_absence(self, absence: Absence, now: datetime) -> None:
        """Keep that somebody is away, in place of what was known of them before."""

    async def end_absence(self, person: PersonId) -> None:
        """Forget that somebody is away."""

    async def set_chat(self, unit: UnitCode, chat: Chat | None) -> None:
        """Bind a unit to a chat; its chat is not lost any more."""

    async def set_language(self, chat: ChatId, language: str) -> None:
        """Keep in which language a group is spoken to."""

    async def lose_chat(self, chat: ChatId, at: datetime) -> Sequence[UnitCode]:
        """Mark the chat's units as without a chat; return those that had one until now."""

    async def regain_chat(self, chat: ChatId) -> Sequence[UnitCode]:
        """Mark the chat's lost units as reachable again and return them."""

    async def move_chat(self, old: ChatId, new: ChatId) -> Sequence[UnitCode]:
        """Carry units over to the chat's new id and return them."""


class FollowUps(Protocol):
    """What falls due."""

    async def plan(self, rows: Iterable[FollowUp]) -> None:
        """Keep what will fall due."""

    async def cancel(self, case: CaseId, turns: Collection[int], what: Collection[Due] = ()) -> None:
        """Strike out what is still to come for a case's resident and these assignments of it; or these kinds only."""

    async def cancel_draft(self, draft: DraftId, what: Due | None = None) -> None:
        """Strike out what is still to come for a draft; or this alone."""

    async def awaits(self, draft: DraftId, what: Due) -> bool:
        """Whether this is still to come for a draft."""

    async def take(self, follow_up: FollowUpId, now: datetime) -> FollowUp | None:
        """Strike out one that is due now and return it; None if it was struck out before.

        The number of one that was struck out may be another's by now, that is not due yet.
        """

    async def take_next(self, case: CaseId, now: datetime) -> FollowUp | None:
        """Strike out what fell due first of all that a case has waiting now, and return it; None if nothing is."""

    async def waiting_after(self, last: FollowUpId, limit: int) -> Sequence[FollowUp]:
        """Return what waits to fall due, in the order in which it was planned, after this one."""

    async def move(self, rows: Sequence[FollowUp]) -> None:
        """Let these fall due when they now say."""


class Marks(Protocol):
    """Small named values that the desk sets for itself."""

    async def get(self, name: str) -> str | None:
        """Return a mark, or None if it was never set."""

    async def set(self, name: str, value: str) -> None:
        """Set a mark."""

    async def rename(self, old: str, new: str) -> None:
        """Give a mark another name; one that has it already stays as it is."""


class UnitOfWork(Protocol):
    """All of storage, in one transaction: everything that is done through it is kept together or not at all."""

    @property
    def cases(self) -> Cases:
        """Cases."""

    @property
    def memberships(self) -> Memberships:
        """Which cases are worked on as one."""

    @property
    def drafts(self) -> Drafts:
        """Drafts."""

    @property
    def people(self) -> People:
        """Everybody whom the desk knows."""

    @property
    def accounts(self) -> Accounts:
        """How people are reached."""

    @property
    def links(self) -> Links:
        """Links for neighbours."""

    @property
    def units(self) -> Units:
        """The organisation."""

    @property
    def history(self) -> History:
        """一事一档."""

    @property
    def attachments(self) -> Attachments:
        """Files and locations."""

    @property
    def outbox(self) -> Outbox:
        """Letters to send."""

    @property
    def followups(self) -> FollowUps:
        """What falls due."""

    @property
    def posts(self) -> Posts:
        """Messages about cases."""

    @property
    def questions(self) -> Questions:
        """Questions asked."""

    @property
    def splits(self) -> Splits:
        """Which cases were one message."""

    @property
    def rulings(self) -> Rulings:
        """What was asked, and what was decided."""

    @property
    def cards(self) -> Cards:
        """Cards shown."""

    @property
    def marks(self) -> Marks:
        """Small named values."""
