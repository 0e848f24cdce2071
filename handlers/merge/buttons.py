"""The buttons by which cases are merged, and go on by themselves again."""

from dataclasses import dataclass

from domain.cases.case import CaseId
from domain.letters.contents import LetterId
from handlers.rendering.buttons import tagged


@tagged("mg")
@dataclass(frozen=True, slots=True)
class Merge:
    """归并."""

    case: CaseId


@tagged("mi")
@dataclass(frozen=True, slots=True)
class MergeInto:
    """A case into which this one is to be merged."""

    case: CaseId
    main: CaseId


@tagged("md")
@dataclass(frozen=True, slots=True)
class MergeFlood:
    """归并为一件, under the first message that names many new cases."""

    flood: LetterId


@tagged("mx")
@dataclass(frozen=True, slots=True)
class CancelMerge:
    """取消 under the question into which case."""

    case: CaseId


@tagged("mu")
@dataclass(frozen=True, slots=True)
class Unmerge:
    """解除归并."""

    case: CaseId
