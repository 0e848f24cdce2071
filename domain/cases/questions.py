"""Questions of the bot in a private chat, whose answer is the next message there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.cases.case import CaseId
from domain.cases.drafts import DraftId
from domain.cases.messages import Attachment, MessageId, Part
from domain.people.person import PersonId, UnitCode

ANSWER_WITHIN = timedelta(minutes=10)
WORK_WITHIN = timedelta(hours=1)
"""So long a worker has for what is asked about their work."""


class Asked(StrEnum):
    """What the bot wants to know."""

    PLACE = "place"
    SUPPLEMENT = "supplement"
    RETURN_REASON = "return_reason"
    REOPENING_REASON = "reopening_reason"
    RATING_WORD = "rating_word"
    OBJECTION = "objection"
    TRANSFER_UNIT = "transfer_unit"
    TRANSFER_REASON = "transfer_reason"
    WHY_URGENT = "why_urgent"
    WHY_CALM = "why_calm"
    ASSIST_UNITS = "assist_units"
    ASSIST_TASK = "assist_task"
    ASSIST_UNTIL = "assist_until"
    EXTENSION_DATE = "extension_date"
    EXTENSION_REASON = "extension_reason"
    WHY_DENIED = "why_denied"
    NEW_OWNER = "new_owner"
    REVISIT_ANSWER = "revisit_answer"
    HOW_SOLVED = "how_solved"
    HOW_UNSOLVED = "how_unsolved"
    HOW_MISSED = "how_missed"
    MAIN_CASE = "main_case"
    NEIGHBOUR_NAME = "neighbour_name"
    NEIGHBOUR_PHONE = "neighbour_phone"
    RESULT = "result"
    REPORT = "report"
    SECOND_MATTER = "second_matter"
    ASSIST_BACK_REASON = "assist_back_reason"
    REFUSAL_REASON = "refusal_reason"
    GIVE_BACK_REASON = "give_back_reason"


OF_WORKERS = frozenset(
    {
        Asked.TRANSFER_UNIT,
        Asked.TRANSFER_REASON,
        Asked.WHY_URGENT,
        Asked.WHY_CALM,
        Asked.ASSIST_UNITS,
        Asked.ASSIST_TASK,
        Asked.ASSIST_UNTIL,
        Asked.EXTENSION_DATE,
        Asked.EXTENSION_REASON,
        Asked.WHY_DENIED,
        Asked.NEW_OWNER,
        Asked.REVISIT_ANSWER,
        Asked.HOW_SOLVED,
        Asked.HOW_UNSOLVED,
        Asked.HOW_MISSED,
        Asked.MAIN_CASE,
        Asked.NEIGHBOUR_NAME,
        Asked.NEIGHBOUR_PHONE,
        Asked.RESULT,
        Asked.REPORT,
        Asked.SECOND_MATTER,
        Asked.ASSIST_BACK_REASON,
        Asked.REFUSAL_REASON,
        Asked.GIVE_BACK_REASON,
    }
)
"""What workers are asked about their work, in private."""


CHOICES = frozenset(
    {
        Asked.TRANSFER_UNIT,
        Asked.ASSIST_UNITS,
        Asked.ASSIST_UNTIL,
        Asked.EXTENSION_DATE,
        Asked.NEW_OWNER,
        Asked.REVISIT_ANSWER,
        Asked.MAIN_CASE,
    }
)
"""Of these what is answered by a button or a few words: files that come along belong nowhere."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that waits for its answer; a person has at most one.

    `unit`, `until`: the unit, or the later deadline, that it is asked about; `chosen`: the units chosen so far; `task`:
    what they are to do, `said`: the messages that say so, and `files`: what was sent along. `page`: the file of the
    case under which it was begun, in private.
    """

    person: PersonId
    asked: Asked
    asked_at: datetime
    case: CaseId | None = None
    draft: DraftId | None = None
    unit: UnitCode | None = None
    chosen: tuple[UnitCode, ...] = ()
    task: str = ""
    until: datetime | None = None
    page: MessageId | None = None
    files: tuple[Attachment, ...] = ()
    said: tuple[Part, ...] = ()

    def awaits(self, now: datetime) -> bool:
        """Whether a message that comes now still is the answer; whoever is in danger has other things to do as well."""
        in_danger = self.asked is Asked.PLACE and self.case is not None
        return now < self.asked_at + (WORK_WITHIN if self.asked in OF_WORKERS or in_danger else ANSWER_WITHIN)
