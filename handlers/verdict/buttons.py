"""The buttons of the verdict."""

from dataclasses import dataclass

from domain.cases.case import CaseId, Rating
from domain.letters.posts import Purpose
from handlers.rendering.buttons import tagged


@tagged("cy", answers=Purpose.VERDICT)
@dataclass(frozen=True, slots=True)
class Solved:
    """已解决."""

    case: CaseId


@tagged("cn", answers=Purpose.VERDICT)
@dataclass(frozen=True, slots=True)
class Unsolved:
    """未解决."""

    case: CaseId


@tagged("cb", answers=Purpose.VERDICT)
@dataclass(frozen=True, slots=True)
class TakeBack:
    """点错了: a mistaken 已解决."""

    case: CaseId


@tagged("ca", answers=Purpose.VERDICT)
@dataclass(frozen=True, slots=True)
class Reopen:
    """又出现了, after a confirmation."""

    case: CaseId


@tagged("cr", answers=Purpose.VERDICT)
@dataclass(frozen=True, slots=True)
class Rate:
    """满意, 基本满意, 不满意."""

    case: CaseId
    rating: Rating
