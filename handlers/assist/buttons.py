"""The buttons of those who call other units to work beside, and of those who are called."""

from dataclasses import dataclass

from domain.cases.case import CaseId
from domain.people.person import UnitCode
from handlers.rendering.buttons import tagged


@tagged("ws")
@dataclass(frozen=True, slots=True)
class CallUnits:
    """协办."""

    case: CaseId


@tagged("sp")
@dataclass(frozen=True, slots=True)
class TurnCallable:
    """A page of the units that may be called."""

    case: CaseId
    page: int


@tagged("su")
@dataclass(frozen=True, slots=True)
class ToggleUnit:
    """A unit that is to be called, or is not after all."""

    case: CaseId
    unit: UnitCode
    page: int


@tagged("sn")
@dataclass(frozen=True, slots=True)
class UnitsChosen:
    """下一步."""

    case: CaseId


@tagged("sd")
@dataclass(frozen=True, slots=True)
class CallWithin:
    """How many days those who are called have; 0 is 跳过."""

    case: CaseId
    days: int


@tagged("sx")
@dataclass(frozen=True, slots=True)
class CancelCall:
    """取消 under a question about calling others."""

    case: CaseId


@tagged("sa")
@dataclass(frozen=True, slots=True)
class AcceptAssist:
    """接单 on the card of a unit that was called."""

    case: CaseId
    turn: int


@tagged("sr")
@dataclass(frozen=True, slots=True)
class ReportAssist:
    """办结 there."""

    case: CaseId
    turn: int


@tagged("sb")
@dataclass(frozen=True, slots=True)
class GiveAssistBack:
    """退单 there."""

    case: CaseId
    turn: int


OF_ASSISTANTS = frozenset({AcceptAssist, ReportAssist, GiveAssistBack})
"""What those who were called find on their card, and under the file."""
