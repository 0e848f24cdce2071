"""The buttons of revisits."""

from dataclasses import dataclass

from domain.cases.case import CaseId
from domain.cases.revisits import Answer
from domain.letters.posts import Purpose
from handlers.rendering.buttons import tagged


@tagged("wv")
@dataclass(frozen=True, slots=True)
class Revisit:
    """回访 on a card and under a file."""

    case: CaseId


@tagged("rv", answers=Purpose.VERDICT)
@dataclass(frozen=True, slots=True)
class RevisitAsked:
    """回访 under the request for it, which goes once somebody has said whether it is solved."""

    case: CaseId


@tagged("ra")
@dataclass(frozen=True, slots=True)
class ChooseAnswer:
    """居民说已解决, 居民说未解决, 没联系上."""

    case: CaseId
    answer: Answer


@tagged("ro")
@dataclass(frozen=True, slots=True)
class OtherAnswer:
    """重选."""

    case: CaseId


@tagged("rk")
@dataclass(frozen=True, slots=True)
class CancelRevisit:
    """取消 under a question about a revisit."""

    case: CaseId
