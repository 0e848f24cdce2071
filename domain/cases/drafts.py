"""A draft: what a resident is still writing, until it is submitted, cancelled or put away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Any, NewType

from domain.cases.case import CaseId
from domain.cases.kinds import Kind, guess_kind
from domain.cases.messages import SPOKEN, Location, Message, MessageId, Part
from domain.errors import DeskError
from domain.people.neighbours import Neighbour
from domain.people.person import PersonId, UnitCode

DraftId = NewType("DraftId", int)

CHARACTERS_LIMIT = 20_000
"""So many characters a draft holds; a whole novel of a complaint has some 12,000."""
MESSAGES_LIMIT = 100
FILES_LIMIT = 40
LIMITS: Mapping[str, Any] = {"characters": CHARACTERS_LIMIT, "messages": MESSAGES_LIMIT, "files": FILES_LIMIT}
WHICH = "which"
"""The menu of a card that asks which case the words are about, or whether they are something new."""
OPENING = 2_000
"""So many characters from its beginning a draft has at hand; its card and the guess at its kind need no more."""


class DraftState(StrEnum):
    """What became of a draft."""

    OPEN = "open"
    SUBMITTED = "submitted"
    ADDED = "added"
    CANCELLED = "cancelled"
    PUT_AWAY = "put_away"


UNFINISHED = frozenset({DraftState.OPEN, DraftState.PUT_AWAY})


KEPT_FOR: Mapping[DraftState, timedelta] = {
    DraftState.CANCELLED: timedelta(days=3),
    DraftState.PUT_AWAY: timedelta(days=30),
    DraftState.SUBMITTED: timedelta(days=180),
    DraftState.ADDED: timedelta(days=180),
}
"""How long after it was last touched a draft is forgotten; of one that became a case only its old buttons need it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A matter on its way to becoming a case.

    `unit` answers for the place; `address` are the place's written words; `unit_given` says that the resident
    named the place for this draft, so that a remembered grid does not replace it; `unit_chosen`, that they picked the
    unit by hand, so that no words replace it. `opening` is the beginning of its words; the whole, of so many
    `characters` in so many `messages`, is kept part by part, so that a long draft costs no more to write on than a
    short one. `goes_on`: the app has cut a text, and the next message continues it without a break. `menu` is what the
    card's buttons show now; `below`, the last message known to stand in its chat: a card above that is put up anew.
    `case` is the case that came of it. `neighbour`: for whom a worker raises it (代报).
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
    opening: str = ""
    characters: int = 0
    messages: int = 0
    goes_on: bool = False
    attachments: int = 0
    has_voice: bool = False
    anonymous: bool = False
    urgent: bool = False
    menu: str = ""
    below: MessageId | None = None
    case: CaseId | None = None
    neighbour: Neighbour | None = None

    @property
    def has_words(self) -> bool:
        """Whether it says what the matter is: in writing, or spoken in a voice message."""
        return self.has_voice or self.characters > 0

    @property
    def is_skipped(self) -> bool:
        """Whether nobody has said where it is, and its unit is to find out."""
        return self.unit_given and not (self.unit_chosen or self.address or self.location)

    @property
    def alarmed(self) -> "Draft":
        """The draft as one that tells of danger to life: 求助, whatever kind was chosen before."""
        return self if self.urgent else replace(self, urgent=True, kind=Kind.HELP, kind_chosen=False)

    @property
    def leaves_kind_open(self) -> bool:
        """Whether neither its resident nor its words have said of which kind it is."""
        return not self.kind_chosen and not self.urgent and guess_kind(self.opening) is None

    @property
    def is_ready(self) -> bool:
        """Whether it can be submitted: kind, words and unit are known."""
        return self.has_words and self.unit is not None

    def fitting(self, message: Message) -> Message:
        """Return as much of a message as there is room for: each part's words whole or not at all, and the files.

        Words without room leave their part empty, so that a shorter text put in by an edit finds its place.
        """
        if self.messages + len(message.parts) > MESSAGES_LIMIT:
            return replace(message, parts=(), attachments=())
        room, parts = CHARACTERS_LIMIT - self.characters, []
        for part in message.parts:
            fits = len(part.text) < room
            room -= len(part.text) + 1 if fits else 0
            parts.append(part if fits else replace(part, text=""))
        return replace(
            message, parts=tuple(parts), attachments=message.attachments[: max(0, FILES_LIMIT - self.attachments)]
        )

    def with_message(self, message: Message) -> "Draft":
        """Return the draft with one more message."""
        spoken = any(attachment.medium in SPOKEN for attachment in message.attachments)
        draft = replace(
            self,
            messages=self.messages + len(message.parts),
            attachments=self.attachments + len(message.attachments),
            has_voice=self.has_voice or spoken,
        )
        return draft.with_words(message.parts)

    def put_below(self, message: MessageId) -> "Draft":
        """Return the draft with its card below a message that came into its chat."""
        return self if self.below and self.below > message else replace(self, below=message)

    def with_words(self, parts: Iterable[Part]) -> "Draft":
        """Return the draft with the words of some more parts."""
        opening, characters, goes_on = self.opening, self.characters, self.goes_on
        for part in filter(attrgetter("text"), parts):
            joint = "\n" if characters and not goes_on else ""
            opening = (opening + joint + part.text)[:OPENING] if len(opening) < OPENING else opening
            characters += len(joint) + len(part.text)
            goes_on = part.fills_a_message
        return replace(self, opening=opening, characters=characters, goes_on=goes_on)

    def retold(self, parts: Iterable[Part]) -> "Draft":
        """Return the draft with these words in place of those that it had."""
        return replace(self, opening="", characters=0, goes_on=False).with_words(parts)


def text_of(parts: Iterable[Part]) -> str:
    """Return all words of a draft in the order in which they came, as one text."""
    written = [part for part in parts if part.text]
    text = []
    for part, before in zip(written, (None, *written), strict=False):
        text += [part.text] if before is None or before.fills_a_message else ["\n", part.text]
    return "".join(text)


class DraftGone(DeskError):
    """The draft was cancelled, or belongs to somebody else."""

    key = "error.draft_gone"


class DraftSubmitted(DeskError):
    """The draft has become a case, or part of one; the person reads its number."""

    key = "error.draft_submitted"


class DraftPutAway(DeskError):
    """The draft was put away and has to be taken up again first."""

    key = "error.draft_put_away"


class DraftFull(DeskError):
    """The draft has no room for so many words; what it has stays."""

    key = "error.draft_full"


class DraftIncomplete(DeskError):
    """The draft lacks its words or its place and cannot be submitted yet."""

    key = "error.draft_incomplete"


class AnotherDraft(DeskError):
    """Another draft is open; there is at most one."""

    key = "error.another_draft"


class DraftInTheWay(DeskError):
    """Another draft is open, so that no message can become one of its own."""

    key = "error.draft_in_the_way"


class PlaceGone(DeskError):
    """The unit was retired while its button stood on the draft card."""

    key = "error.place_gone"
