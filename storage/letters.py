"""Letters as rows: what each holds beside the columns is kept as JSON, and read back exactly as it was."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from pydantic import TypeAdapter

from domain.cases.case import CaseId
from domain.cases.messages import MessageId
from domain.letters.contents import Content, LetterId
from domain.letters.letter import Addressee, InPlaceOf, Letter, Priority, SoFar
from domain.people.accounts import AccountAddress


@dataclass(frozen=True, slots=True)
class _Way:
    """What a letter carries for its way, whatever it tells."""

    in_place_of: InPlaceOf | None = None
    reply_to: MessageId | None = None
    edits: MessageId | None = None
    so_far: SoFar = field(default_factory=SoFar)


CONTENTS: Mapping[str, TypeAdapter[Any]] = {content.kind: TypeAdapter(content) for content in get_args(Content)}
WAY = TypeAdapter(_Way)


def to_row(letter: Letter) -> dict[str, Any]:
    """Return the columns of a letter; draft and row of history stand there once more, for the database's own use."""
    return {
        "addressee": str(letter.to),
        "account": str(letter.account) if letter.account else None,
        "kind": letter.content.kind,
        "priority": letter.priority,
        "case_id": letter.case,
        "draft_id": letter.draft,
        "event_id": letter.event,
        "letter_key": letter.key,
        "details": to_details(letter),
        "scheduled": letter.scheduled,
    }


def to_details(letter: Letter) -> dict[str, Any]:
    """Return what is kept of a letter as JSON: what it tells, and what it carries for its way."""
    way = _Way(letter.in_place_of, letter.reply_to, letter.edits, letter.so_far)
    return {
        "content": CONTENTS[letter.content.kind].dump_python(letter.content, mode="json", exclude_defaults=True),
        "way": WAY.dump_python(way, mode="json", exclude_defaults=True),
    }


def from_row(row: Mapping[Any, Any]) -> Letter:
    """Return the letter that a row keeps."""
    way = WAY.validate_python(row["details"]["way"])
    return Letter(
        to=Addressee.parse(row["addressee"]),
        content=CONTENTS[row["kind"]].validate_python(row["details"]["content"]),
        priority=Priority(row["priority"]),
        case=CaseId(row["case_id"]) if row["case_id"] else None,
        key=row["letter_key"],
        scheduled=row["scheduled"],
        account=AccountAddress.parse(row["account"]) if row["account"] else None,
        in_place_of=way.in_place_of,
        reply_to=way.reply_to,
        edits=way.edits,
        so_far=way.so_far,
        id=LetterId(row["id"]),
        stamp=row["stamp"],
    )
