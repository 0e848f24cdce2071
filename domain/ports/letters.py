"""What the desk needs to have letters sent, and to know the messages that they became."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.cases.case import CaseId
from domain.cases.drafts import DraftId
from domain.cases.messages import MessageId
from domain.letters.contents import LetterId
from domain.letters.letter import Addressee, Letter
from domain.letters.posts import Card, Post, Purpose
from domain.organisation.units import ChatId
from domain.people.person import PersonId, UnitCode
from domain.record.history import EventId


class Outbox(Protocol):
    """Letters that wait to be sent."""

    async def post(self, *letters: Letter) -> None:
        """Keep letters; of one that still waits under the same key the new one takes the place."""

    async def has_news(self, case: CaseId, to: Addressee, since: datetime) -> bool:
        """Whether news of a case wait to be told to somebody, or were told since a moment."""

    async def waiting_like(self, letter: Letter, limit: int) -> Sequence[Letter]:
        """Return the letters of one kind to one addressee that may go now and are as urgent, this one among them."""

    async def named_in(self, digest: LetterId) -> Sequence[CaseId]:
        """Return the cases that a digest names."""

    async def named_in_flood(self, flood: LetterId) -> Sequence[CaseId]:
        """Return the cases that the digests of a flood name, the oldest first; for as long as letters are kept."""

    async def take_back(self, event: EventId) -> None:
        """Let the letters that wait about a row of history, and its files, never go."""

    async def wake(self) -> None:
        """Look anew at the letters that wait until somebody can be reached."""


class Posts(Protocol):
    """Which message in Telegram belongs to which case."""

    async def add(self, post: Post) -> None:
        """Remember a message; one that is known already stays as it is."""

    async def find(self, chat: ChatId, message: MessageId) -> Post | None:
        """Return what a message belongs to."""

    async def answer(self, case: CaseId, purposes: Collection[Purpose], person: PersonId | None) -> Sequence[Post]:
        """Take these messages, or only those that asked one person, as answered, and return them."""

    async def sent_as(self, event: EventId) -> Sequence[Post]:
        """Return the messages of a person that became a row of history."""

    async def forget(self, event: EventId) -> None:
        """Forget that a person's messages became a row of history: they belong to no case any more."""

    async def note_answer(self, post: Post, event: EventId) -> None:
        """Remember which row of history a message of ours was answered by."""

    async def telling(self, case: CaseId, chat: ChatId, event: EventId) -> MessageId | None:
        """Return the first message in a chat that tells of a row of a case's file."""

    async def of_album(self, chat: ChatId, album: str) -> Post | None:
        """Return the first known message of an album that a person sent."""


class Cards(Protocol):
    """Which cards stand where."""

    async def find(self, subject: str, chat: ChatId) -> Card | None:
        """Return the card of a subject in a chat."""

    async def of_case(self, case: CaseId) -> Mapping[tuple[str, ChatId], Card]:
        """Return all cards of a case, by their subject and chat."""

    async def units_shown(self, case: CaseId) -> Sequence[UnitCode]:
        """Return the units whose chats have a card of the case."""

    async def unit_shown_by(self, case: CaseId, chat: ChatId, message: MessageId) -> UnitCode | None:
        """Return the unit for which a message is the card of a case; None if it is no such card."""

    async def cases_shown(self, unit: UnitCode) -> Sequence[CaseId]:
        """Return the cases whose cards stand in the unit's chat, the newest first."""

    async def forget(self, unit: UnitCode) -> None:
        """Forget where a unit's cards stand, because they are gone; the next ones are put there anew."""

    async def let_go(self, subject: str) -> Sequence[Card]:
        """Forget where the cards of a subject stand, and return them; the next ones are put up anew."""

    async def forget_draft(self, draft: DraftId) -> None:
        """Forget where the card of a draft stands; the next one is a message of its own."""
