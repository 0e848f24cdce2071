"""The buttons of transfers."""

from dataclasses import dataclass

from domain.cases.case import CaseId
from domain.people.person import UnitCode
from handlers.rendering.buttons import tagged


@tagged("wt")
@dataclass(frozen=True, slots=True)
class TransferCase:
    """转派."""

    case: CaseId


@tagged("wb")
@dataclass(frozen=True, slots=True)
class GiveBack:
    """退单."""

    case: CaseId


@tagged("tp")
@dataclass(frozen=True, slots=True)
class TurnUnits:
    """A page of the units that a case may go to."""

    case: CaseId
    page: int


@tagged("tu")
@dataclass(frozen=True, slots=True)
class ChooseUnit:
    """A unit that a case is to go to."""

    case: CaseId
    unit: UnitCode


@tagged("tc")
@dataclass(frozen=True, slots=True)
class CancelTransfer:
    """取消 under a question about a transfer."""

    case: CaseId
