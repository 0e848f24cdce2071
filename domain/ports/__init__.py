"""What the desk needs from the world outside, as Protocols: storage and the map. Implementations stand elsewhere."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from domain.cases import Case, CaseId
from domain.drafts import Draft, DraftId
from domain.followups import Due, FollowUp, FollowUpId
from domain.history import Event, EventId, Head, Payload, Row
from domain.kinds import Kind
from domain.letters import Addressee, Letter
from domain.letters.contents import LetterId
from domain.messages import Attachment, AttachmentId, Location, MessageId, Part
from domain.people import PersonId, UnitCode
from domain.ports.people import Accounts, People
from domain.ports.rulings import Rulings
from domain.posts import Card, Post
from domain.questions import Question
from domain.units import ChatId, Organisation, Room, Unit


class Atlas(Protocol):
    """Knows the units' areas on the map."""

    def units_at(self, organisation: Organisation, location: Location) -> tuple[UnitCode, ...]:
        """Return the innermost units whose area holds the point; several where areas of one level overlap."""


class Cases(Protocol):
    """Cases, each held by its writer until the unit of work ends."""

    async def get(self, case: CaseId) -> Case | None:
        """Return the case, held for change."""

    async def look_at(self, case_id: CaseId) -> Case | None:
        """Return the case without holding it."""

    async def numbered(self, number: str) -> Case | None:
        """Return the case with this number, held for change."""

    async def next_number(self, month: datetime) -> str:
        """Return the next number of the local month; numbers leave no gap and none is given twice."""

    async def add(self, case: Case) -> Case:
        """Keep a new case and return it with its id."""

    async def save(self, case: Case) -> Case:
        """Keep a changed case and return it; its version must be the one that was read, and grows by one."""

    async def of_resident(self, resident: PersonId, limit: int, offset: int = 0) -> Sequence[Case]:
        """Return a resident's cases, open ones first, then the newest."""

    async def count_of_resident(self, resident: PersonId) -> int:
        """Return how many cases a resident has raised."""

    async def open_of_resident(self, resident: PersonId, limit: int, offset: int = 0) -> Sequence[Case]:
        """Return a resident's open cases, those that wait for an answer first."""

    async def count_open_of_resident(self, resident: PersonId) -> int:
        """Return how many of a resident's cases are open."""

    async def unfinished_of_resident(self, resident: PersonId) -> Sequence[Case]:
        """Return a resident's cases that are open or may still be objected to, held for change."""

    async def open_in(self, units: Sequence[UnitCode] | None, limit: int, offset: int = 0) -> Sequence[Case]:
        """Return the open cases of these units, or of all, the nearest deadline first."""

    async def open_ids_in(self, unit: UnitCode) -> Sequence[CaseId]:
        """Return all open cases of a unit, the nearest deadline first."""

    async def count_open_in(self, units: Sequence[UnitCode] | None) -> int:
        """Return how many cases are open in these units, or in all."""

    async def unfinished_in(self, unit: UnitCode) -> Sequence[Case]:
        """Return a unit's cases that are open or may still be objected to, held for change."""

    async def orphaned(self) -> Sequence[Case]:
        """Return the cases that are being worked on by somebody who is no member of their unit, held for change."""

    async def chosen_by(self, unit: UnitCode, limit: int) -> Sequence[UnitCode]:
        """Return the units to which cases of this one were transferred, the most frequent first."""

    async def submitted_in(self, unit: UnitCode) -> Sequence[Case]:
        """Return a unit's cases that nobody has accepted, held for change."""


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

    async def add(self, person: PersonId, kind: Kind, now: datetime) -> Draft:
        """Begin a draft."""

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


class Units(Protocol):
    """The organisation as it is now."""

    async def organisation(self) -> Organisation:
        """Return the units in use."""

    async def replace_all(self, units: Sequence[Unit], now: datetime) -> Organisation:
        """Make the organisation what a file says, and return it."""

    async def set_room(self, unit: UnitCode, room: Room | None) -> None:
        """Bind a unit to a room; its room is not lost any more."""

    async def lose_room(self, chat: ChatId, at: datetime) -> Sequence[UnitCode]:
        """Mark the chat's units as without a room; return those that had one until now."""

    async def regain_room(self, chat: ChatId) -> Sequence[UnitCode]:
        """Mark the chat's lost units as reachable again and return them."""

    async def move_chat(self, old: ChatId, new: ChatId) -> Sequence[UnitCode]:
        """Carry units over to the chat's new id and return them."""


class History(Protocol):
    """一事一档, only ever appended to."""

    async def append(
        self, at: datetime, actor: PersonId, event: Event, payload: Payload, case: CaseId | None
    ) -> EventId:
        """Add a row at the end of the chain."""

    async def get(self, event: EventId) -> Row | None:
        """Return one row."""

    async def of_case(self, case: CaseId) -> Sequence[Row]:
        """Return a case's rows in order."""

    async def head(self) -> Head:
        """Return the end of the chain."""


class Attachments(Protocol):
    """Files and locations that people sent; each is also a task to fetch it."""

    async def add(
        self,
        attachments: Sequence[Attachment],
        now: datetime,
        *,
        person: PersonId,
        draft: DraftId | None = None,
        case: CaseId | None = None,
        event: EventId | None = None,
    ) -> None:
        """Keep the attachments that a person sent for a draft, or for one row of a case's history."""

    async def sent_since(self, person: PersonId, moment: datetime) -> tuple[int, int]:
        """Return how many files a person has sent since a moment, and how many bytes they have together."""

    async def of_draft(self, draft: DraftId) -> Sequence[Attachment]:
        """Return the attachments of a draft, in the order in which they came."""

    async def let_go(self, attachments: Sequence[AttachmentId]) -> None:
        """Take attachments out of their draft because others stand in their place; they belong to nothing any more."""

    async def hand_over(self, draft: DraftId, case: CaseId, event: EventId) -> None:
        """Give a draft's attachments to a case."""

    async def of_event(self, event: EventId) -> Sequence[Attachment]:
        """Return the attachments of one row of history, in the order in which they came."""

    async def of_case(self, case: CaseId) -> Sequence[tuple[EventId, Attachment]]:
        """Return all attachments of a case with the row that each belongs to."""

    async def count_sent_by(self, person: PersonId, case: CaseId) -> int:
        """Return how many attachments a person has sent for a case."""

    async def relayed(self, attachments: Sequence[AttachmentId], to: Addressee) -> frozenset[AttachmentId]:
        """Return which of them have reached the addressee already."""


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

    async def wake(self) -> None:
        """Look anew at the letters that wait until somebody can be reached."""


class FollowUps(Protocol):
    """What falls due."""

    async def plan(self, rows: Iterable[FollowUp]) -> None:
        """Keep what will fall due."""

    async def cancel(self, case: CaseId, turns: Collection[int], what: Collection[Due] = ()) -> None:
        """Strike out what is still to come for a case's resident and these assignments of it; or these kinds only."""

    async def cancel_draft(self, draft: DraftId) -> None:
        """Strike out what is still to come for a draft."""

    async def take(self, follow_up: FollowUpId) -> FollowUp | None:
        """Strike out one that is due and return it; None if it was struck out before."""


class Posts(Protocol):
    """Which message in Telegram belongs to which case."""

    async def add(self, post: Post) -> None:
        """Remember a message; one that is known already stays as it is."""

    async def find(self, chat: ChatId, message: MessageId) -> Post | None:
        """Return what a message belongs to."""

    async def of_album(self, chat: ChatId, album: str) -> Post | None:
        """Return the first known message of an album that a person sent."""


class Questions(Protocol):
    """What the bot has asked whom, at most one question a person."""

    async def ask(self, question: Question) -> None:
        """Keep the question in place of an older one."""

    async def open_to(self, person: PersonId) -> Question | None:
        """Return the question that a person has been asked last."""

    async def drop(self, person: PersonId, *, case: CaseId | None = None, draft: DraftId | None = None) -> None:
        """Forget the person's question, whatever it is about; where a case or a draft is given, only one about that."""


class Cards(Protocol):
    """Which cards stand where."""

    async def find(self, subject: str, chat: ChatId) -> Card | None:
        """Return the card of a subject in a chat."""

    async def units_shown(self, case: CaseId) -> Sequence[UnitCode]:
        """Return the units whose rooms have a card of the case."""

    async def cases_shown(self, unit: UnitCode) -> Sequence[CaseId]:
        """Return the cases whose cards stand in the unit's room, the newest first."""

    async def forget(self, unit: UnitCode) -> None:
        """Forget where a unit's cards stand, because they are gone; the next ones are put there anew."""

    async def forget_draft(self, draft: DraftId) -> None:
        """Forget where the card of a draft stands; the next one is a message of its own."""


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
    def drafts(self) -> Drafts:
        """Drafts."""

    @property
    def people(self) -> People:
        """Everybody whom the desk knows."""

    @property
    def accounts(self) -> Accounts:
        """How people are reached."""

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
    def rulings(self) -> Rulings:
        """What was asked, and what was decided."""

    @property
    def cards(self) -> Cards:
        """Cards shown."""

    @property
    def marks(self) -> Marks:
        """Small named values."""
