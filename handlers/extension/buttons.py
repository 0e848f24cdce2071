"""The buttons of extensions."""

from dataclasses import dataclass

from domain.cases.case import CaseId
from domain.letters.posts import Purpose
from domain.record.history import EventId
from handlers.rendering.buttons import tagged


@tagged("wx")
@dataclass(frozen=True, slots=True)
class Extend:
    """延期."""

    case: CaseId


@tagged("xd")
@dataclass(frozen=True, slots=True)
class ChooseDays:
    """+1天, +3天, +7天, +15天."""

    case: CaseId
    days: int


@tagged("xo")
@dataclass(frozen=True, slots=True)
class OtherDate:
    """换个日子."""

    case: CaseId


@tagged("xc")
@dataclass(frozen=True, slots=True)
class CancelExtension:
    """取消 under a question about an extension."""

    case: CaseId


@tagged("xg", answers=Purpose.RULING)
@dataclass(frozen=True, slots=True)
class Grant:
    """同意. `asked_in`: the row of history that asks for it."""

    case: CaseId
    asked_in: EventId


@tagged("xn", answers=Purpose.RULING)
@dataclass(frozen=True, slots=True)
class Deny:
    """不同意. `asked_in`: the row of history that asks for it."""

    case: CaseId
    asked_in: EventId


@tagged("xk")
@dataclass(frozen=True, slots=True)
class CancelDenial:
    """取消 under the question why not."""

    case: CaseId
