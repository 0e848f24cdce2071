"""The buttons of a draft card."""

from dataclasses import dataclass

from domain.cases.case import CaseId
from domain.cases.drafts import DraftId
from domain.cases.kinds import Kind
from domain.people.person import UnitCode
from handlers.rendering.buttons import tagged


@tagged("ds")
@dataclass(frozen=True, slots=True)
class Submit:
    """提交."""

    draft: DraftId


@tagged("dm")
@dataclass(frozen=True, slots=True)
class OpenMenu:
    """类别, 地点, 返回: other buttons on the draft card."""

    draft: DraftId
    menu: str


@tagged("dk")
@dataclass(frozen=True, slots=True)
class PickKind:
    """One of the five kinds."""

    draft: DraftId
    kind: Kind


@tagged("du")
@dataclass(frozen=True, slots=True)
class PickUnit:
    """A unit of the tree, or one of the places in question."""

    draft: DraftId
    unit: UnitCode


@tagged("da")
@dataclass(frozen=True, slots=True)
class ToggleAnonymous:
    """匿名."""

    draft: DraftId


@tagged("dc")
@dataclass(frozen=True, slots=True)
class CancelDraft:
    """取消."""

    draft: DraftId


@tagged("d+")
@dataclass(frozen=True, slots=True)
class AddToCase:
    """补充到 #MH…."""

    draft: DraftId
    case: CaseId


@tagged("dj")
@dataclass(frozen=True, slots=True)
class JoinCase:
    """就是 #MH…."""

    draft: DraftId
    case: CaseId


@tagged("dt")
@dataclass(frozen=True, slots=True)
class TakeUpDraft:
    """继续填写."""

    draft: DraftId
