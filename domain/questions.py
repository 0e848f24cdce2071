"""Questions of the bot in a private chat, whose answer is the resident's next message."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.cases import CaseId
from domain.drafts import DraftId
from domain.people import PersonId

ANSWER_WITHIN = timedelta(minutes=10)


class Asked(StrEnum):
    """What the bot wants to know."""

    PLACE = "place"
    SUPPLEMENT = "supplement"
    RETURN_REASON = "return_reason"
    RATING_WORD = "rating_word"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that waits for its answer; a person has at most one."""

    person: PersonId
    asked: Asked
    asked_at: datetime
    case: CaseId | None = None
    draft: DraftId | None = None

    def awaits(self, now: datetime) -> bool:
        """Whether a message that comes now still is the answer."""
        return now < self.asked_at + ANSWER_WITHIN
