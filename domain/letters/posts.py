"""Posts and cards: which message in Telegram belongs to which case, and which one shows how something stands."""

from dataclasses import dataclass
from enum import StrEnum

from domain.cases.case import CaseId
from domain.cases.drafts import DraftId
from domain.cases.messages import MessageId
from domain.organisation.units import ChatId
from domain.people.person import PersonId, UnitCode
from domain.record.history import EventId


class Purpose(StrEnum):
    """What a message is to its case: sent by a person, posted by the bot, a prompt that wants a reply, a question.

    `VERDICT`: its resident is asked there what they think of the matter. `SKIPPABLE`: they are asked for words that
    they may keep to themselves. `RULING`: somebody is to decide there. The buttons of these, and of questions, go once
    they have their answer. `ANSWERED`: a worker's question that has it, or was left; nothing that answers it is for the
    resident. `BESIDE`: it speaks of units that were called; what answers it stays inside.
    """

    SENT = "sent"
    POSTED = "posted"
    RESULT_PROMPT = "result_prompt"
    REFUSAL_PROMPT = "refusal_prompt"
    GIVE_BACK_PROMPT = "give_back_prompt"
    REPORT_PROMPT = "report_prompt"
    ASSIST_BACK_PROMPT = "assist_back_prompt"
    SPLIT_PROMPT = "split_prompt"
    DENIAL_PROMPT = "denial_prompt"
    QUESTION = "question"
    ANSWERED = "answered"
    VERDICT = "verdict"
    SKIPPABLE = "skippable"
    RULING = "ruling"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Post:
    """One message about a case.

    `event`: the row of history that it became or tells of; `person`: who sent it, or to whom it went.
    """

    chat: ChatId
    message: MessageId
    case: CaseId
    purpose: Purpose
    event: EventId | None = None
    person: PersonId | None = None
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A message that shows how something stands and is edited in place. `fingerprint`: of what it shows."""

    chat: ChatId
    message: MessageId
    fingerprint: str


def card_of_case(case: CaseId | None, unit: UnitCode | None) -> str:
    """Return the name under which a unit's card of a case is remembered."""
    return f"case:{case}:{unit}"


def card_of_draft(draft: DraftId) -> str:
    """Return the name under which the card of a draft is remembered."""
    return f"draft:{draft}"


def card_of_digest(digest: int) -> str:
    """Return the name under which a digest is remembered."""
    return f"digest:{digest}"
