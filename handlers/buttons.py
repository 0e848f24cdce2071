"""Buttons: callback data ⇄ typed actions. What comes back is never trusted, only read; the desk decides."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from typing import Any, TypeVar

from markupsafe import Markup
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.cases.case import CaseId, Rating
from domain.cases.drafts import DraftId
from domain.cases.kinds import Kind
from domain.cases.questions import Asked

LIMIT = 64
"""Telegram's limit for callback data, in bytes."""
LONGEST_NUMBER = 18

ActionType = TypeVar("ActionType", bound=type)
_BY_TAG: dict[str, type[Any]] = {}
_TAGS: dict[type[Any], str] = {}


def action(tag: str) -> Any:  # noqa: ANN401 - a decorator for any dataclass
    """Give a class of actions its short tag on the wire. Tags are for ever: buttons stay good for months."""

    def register(cls: ActionType) -> ActionType:
        _BY_TAG[tag] = cls
        _TAGS[cls] = tag
        return cls

    return register


def encode(action_: object) -> str:
    """Return the callback data of an action, such as `ac:42`."""
    data = ":".join((_TAGS[type(action_)], *(str(value) for value in astuple(action_))))  # type: ignore[call-overload]
    if len(data.encode()) > LIMIT:
        raise ValueError(data)
    return data


def decode(data: str) -> object | None:
    """Return the action that the callback data names, or None where they name none of ours."""
    tag, *values = data.split(":")
    cls = _BY_TAG.get(tag)
    if cls is None or len(values) != len(fields(cls)):
        return None
    try:
        read: object = cls(*(_READERS[field.type](value) for field, value in zip(fields(cls), values, strict=True)))
    except ValueError:
        return None
    return read


def actions() -> Iterator[type[Any]]:
    """Yield every class of actions."""
    yield from _TAGS


def button(text: str, action_: object) -> InlineKeyboardButton:
    """Return an inline button; its label is plain text, whatever was escaped on the way."""
    label = text.unescape() if isinstance(text, Markup) else text
    return InlineKeyboardButton(label, callback_data=encode(action_))


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup | None:
    """Return an inline keyboard of the rows that have buttons, or None where none has."""
    filled = [row for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None


def _number(value: str) -> int:
    """Read a whole number that any database can hold; ValueError for everything else."""
    if not value.isdecimal() or len(value) > LONGEST_NUMBER:
        raise ValueError(value)
    return int(value)


_READERS: dict[Any, Any] = {
    CaseId: _number,
    DraftId: _number,
    int: _number,
    str: str,
    Kind: Kind,
    Rating: Rating,
    Asked: Asked,
}


@action("ds")
@dataclass(frozen=True, slots=True)
class Submit:
    """提交."""

    draft: DraftId


@action("dm")
@dataclass(frozen=True, slots=True)
class OpenMenu:
    """类别, 地点, 返回: other buttons on the draft card."""

    draft: DraftId
    menu: str


@action("dk")
@dataclass(frozen=True, slots=True)
class PickKind:
    """One of the five kinds."""

    draft: DraftId
    kind: Kind


@action("du")
@dataclass(frozen=True, slots=True)
class PickUnit:
    """A unit of the tree, or one of the places in question."""

    draft: DraftId
    unit: str


@action("da")
@dataclass(frozen=True, slots=True)
class ToggleAnonymous:
    """匿名."""

    draft: DraftId


@action("dc")
@dataclass(frozen=True, slots=True)
class CancelDraft:
    """取消."""

    draft: DraftId


@action("d+")
@dataclass(frozen=True, slots=True)
class AddToCase:
    """补充到 #MH…."""

    draft: DraftId
    case: CaseId


@action("dt")
@dataclass(frozen=True, slots=True)
class TakeUpDraft:
    """继续填写."""

    draft: DraftId


@action("my")
@dataclass(frozen=True, slots=True)
class ListMine:
    """A page of the resident's cases."""

    page: int


@action("mo")
@dataclass(frozen=True, slots=True)
class OpenMine:
    """One of the resident's cases."""

    case: CaseId


@action("ms")
@dataclass(frozen=True, slots=True)
class SupplementCase:
    """补充."""

    case: CaseId


@action("mn")
@dataclass(frozen=True, slots=True)
class Nudge:
    """催办."""

    case: CaseId


@action("mw")
@dataclass(frozen=True, slots=True)
class Withdraw:
    """撤回."""

    case: CaseId


@action("cy")
@dataclass(frozen=True, slots=True)
class Solved:
    """已解决."""

    case: CaseId


@action("cn")
@dataclass(frozen=True, slots=True)
class Unsolved:
    """未解决."""

    case: CaseId


@action("cb")
@dataclass(frozen=True, slots=True)
class TakeBack:
    """点错了: a mistaken 已解决."""

    case: CaseId


@action("cr")
@dataclass(frozen=True, slots=True)
class Rate:
    """满意, 基本满意, 不满意."""

    case: CaseId
    rating: Rating


@action("co")
@dataclass(frozen=True, slots=True)
class Object:
    """不同意."""

    case: CaseId


@action("sk")
@dataclass(frozen=True, slots=True)
class Skip:
    """跳过 under any question about a case."""

    case: CaseId


@action("sq")
@dataclass(frozen=True, slots=True)
class SkipQuestion:
    """跳过 under one question about a case."""

    case: CaseId
    asked: Asked


@action("wa")
@dataclass(frozen=True, slots=True)
class Accept:
    """接单."""

    case: CaseId


@action("we")
@dataclass(frozen=True, slots=True)
class Escalate:
    """上报."""

    case: CaseId


@action("wr")
@dataclass(frozen=True, slots=True)
class Refuse:
    """不予受理."""

    case: CaseId


@action("wd")
@dataclass(frozen=True, slots=True)
class Resolve:
    """办结."""

    case: CaseId


@action("lt")
@dataclass(frozen=True, slots=True)
class ListTodo:
    """A page of a room's open cases."""

    page: int


@action("lc")
@dataclass(frozen=True, slots=True)
class ListCases:
    """A page of all open cases below a unit; all of them where the unit is empty."""

    unit: str
    page: int


@action("la")
@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """A language."""

    language: str
