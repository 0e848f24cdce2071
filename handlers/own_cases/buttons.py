"""The buttons of the list."""

from dataclasses import dataclass

from domain.cases.case import CaseId
from handlers.rendering.buttons import tagged


@tagged("my")
@dataclass(frozen=True, slots=True)
class ListMine:
    """A page of the resident's cases."""

    page: int


@tagged("mo")
@dataclass(frozen=True, slots=True)
class OpenMine:
    """One of the resident's cases."""

    case: CaseId
