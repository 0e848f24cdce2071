"""What the desk needs to know drafts, and the questions that it has asked."""

from collections.abc import Sequence
from typing import Protocol

from domain.cases.case import CaseId
from domain.cases.drafts import Draft, DraftId
from domain.cases.messages import MessageId, Part
from domain.cases.questions import Question
from domain.organisation.units import ChatId
from domain.people.person import PersonId


class Drafts(Protocol):
    """Drafts, at most one open for each person."""

    async def get(self, draft: DraftId) -> Draft | None:
        """Return the draft, held for change."""

    async def look_at(self, draft: DraftId) -> Draft | None:
        """Return the draft without holding it."""

    async def open_of(self, person: PersonId) -> Draft | None:
        """Return the person's open draft, held for change."""

    async def all_open(self) -> Sequence[Draft]:
        """Return everybody's open drafts, held for change."""

    async def add(self, new: Draft) -> Draft:
        """Keep a new draft, and return it with its id."""

    async def save(self, draft: Draft) -> None:
        """Keep a changed draft."""

    async def add_parts(self, draft: DraftId, parts: Sequence[Part]) -> None:
        """Keep the words of some more messages of a draft."""

    async def edit_part(self, draft: DraftId, chat: ChatId, message: MessageId, text: str) -> bool:
        """Put other words into one message of a draft; False if it has no such message."""

    async def parts_of(self, draft: DraftId) -> Sequence[Part]:
        """Return all messages of a draft in the order in which they came."""

    async def forget_parts(self, draft: DraftId) -> None:
        """Forget the words of a draft, because the case that came of it has them."""


class Questions(Protocol):
    """What the bot has asked whom, at most one question a person."""

    async def ask(self, question: Question) -> None:
        """Keep the question in place of an older one."""

    async def open_to(self, person: PersonId) -> Question | None:
        """Return the question that a person has been asked last."""

    async def drop(self, person: PersonId, *, case: CaseId | None = None, draft: DraftId | None = None) -> None:
        """Forget the person's question, whatever it is about; where a case or a draft is given, only one about that."""
