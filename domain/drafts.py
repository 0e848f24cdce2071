"""A draft: what a resident is still writing, until it is submitted, cancelled or put away."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from domain.cases import CaseId
from domain.kinds import Kind
from domain.messages import SPOKEN, Location, Message, MessageId, Part
from domain.people import PersonId, UnitCode

DraftId = NewType("DraftId", int)


class DraftState(StrEnum):
    """What became of a draft."""

    OPEN = "open"
    SUBMITTED = "submitted"
    ADDED = "added"
    CANCELLED = "cancelled"
    PUT_AWAY = "put_away"


UNFINISHED = frozenset({DraftState.OPEN, DraftState.PUT_AWAY})


@dataclass(frozen=True, slots=True)
class Draft:
    """A matter on its way to becoming a case.

    `unit` answers for the place; `address` are the place's written words; `unit_given` says that the resident
    named the place for this draft, so that a remembered grid does not replace it; `unit_chosen`, that they picked the
    unit by hand, so that no words replace it. `menu` is what the card's buttons
    show now. `case` is the case that came of it.
    """

    id: DraftId
    person: PersonId
    kind: Kind
    touched_at: datetime
    state: DraftState = DraftState.OPEN
    kind_chosen: bool = False
    unit: UnitCode | None = None
    unit_given: bool = False
    unit_chosen: bool = False
    choices: tuple[UnitCode, ...] = ()
    address: str = ""
    location: Location | None = None
    parts: tuple[Part, ...] = ()
    attachments: int = 0
    has_voice: bool = False
    anonymous: bool = False
    urgent: bool = False
    menu: str = ""
    case: CaseId | None = None

    @property
    def text(self) -> str:
        """All words in the order in which they came, as one text."""
        written = [part for part in self.parts if part.text]
        text = ""
        for part, before in zip(written, (None, *written), strict=False):
            text += part.text if before is None or before.fills_a_message else "\n" + part.text
        return text

    @property
    def has_words(self) -> bool:
        """Whether it says what the matter is: in writing, or spoken in a voice message."""
        return self.has_voice or any(part.text for part in self.parts)

    @property
    def is_ready(self) -> bool:
        """Whether it can be submitted: kind, words and unit are known."""
        return self.has_words and self.unit is not None

    def with_message(self, message: Message) -> "Draft":
        """Return the draft with one more message."""
        spoken = any(attachment.medium in SPOKEN for attachment in message.attachments)
        return replace(
            self,
            parts=(*self.parts, *message.parts),
            attachments=self.attachments + len(message.attachments),
            has_voice=self.has_voice or spoken,
        )

    def with_edited(self, message: MessageId, text: str) -> "Draft":
        """Return the draft with the words of one of its messages replaced."""
        parts = (replace(part, text=text) if part.message == message else part for part in self.parts)
        return replace(self, parts=tuple(parts))
