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


@tagged("wG")
@dataclass(frozen=True, slots=True)
class GrantOpen:
    """同意延期 under the file of a case, of what is asked for now."""

    case: CaseId


@tagged("wN")
@dataclass(frozen=True, slots=True)
class DenyOpen:
    """不同意延期 there."""

    case: CaseId


@tagged("xk")
@dataclass(frozen=True, slots=True)
class CancelDenial:
    """取消 under the question why not."""

    case: CaseId
