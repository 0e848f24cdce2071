"""Posts: which message in Telegram belongs to which case, so that a reply to it finds the case."""

from dataclasses import dataclass
from enum import StrEnum

from domain.cases import CaseId
from domain.history import EventId
from domain.messages import MessageId
from domain.people import PersonId
from domain.units import ChatId


class Purpose(StrEnum):
    """What a message is to its case: sent by a person, posted by the bot, or a prompt that wants a reply."""

    SENT = "sent"
    POSTED = "posted"
    RESULT_PROMPT = "result_prompt"
    REFUSAL_PROMPT = "refusal_prompt"


@dataclass(frozen=True, slots=True)
class Post:
    """One message about a case. `event`: the row of history that it became or tells of; `person`: who sent it."""

    chat: ChatId
    message: MessageId
    case: CaseId
    purpose: Purpose
    event: EventId | None = None
    person: PersonId | None = None
    album: str | None = None
