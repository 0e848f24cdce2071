"""What a feature may bring along: commands, buttons, links, answers, and buttons about a case."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from domain.cases.case import CaseId
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.record.history import Event
from handlers.rendering.case_buttons import CaseButton
from handlers.updates.commands import Command
from handlers.updates.context import UpdateContext

Handler = Callable[[UpdateContext], Awaitable[None]]
PressHandler = Callable[[UpdateContext, Any], Awaitable[None]]
LinkHandler = Callable[[UpdateContext, str], Awaitable[None]]
AloneHandler = Callable[[UpdateContext, Question, Message], Awaitable[None]]
AnswerHandler = Callable[[UpdateContext, Question, CaseId, Message], Awaitable[None]]

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of the product, as the routes and the letters know it.

    `pressed_in_private`, `pressed_in_groups`: who acts when a button is pressed there, by its class. `links`: who
    opens what follows such a beginning of the parameter of /start. `answers`: who takes the answer to a question
    about a case; `answers_alone`: to one about none, and 跳过 too. `on_card`, `on_own_file`, `under_news`: what a unit
    finds under the card of a case, and a resident under the file of theirs and under what they are told; `on_file`,
    `under_alarm`: what a worker finds in private, under a file and under what they are told of danger.
    """

    commands: Mapping[Command, Handler] = field(default_factory=dict)
    pressed_in_private: Mapping[type[Any], PressHandler] = field(default_factory=dict)
    pressed_in_groups: Mapping[type[Any], PressHandler] = field(default_factory=dict)
    links: Mapping[str, LinkHandler] = field(default_factory=dict)
    answers: Mapping[Asked, AnswerHandler] = field(default_factory=dict)
    answers_alone: Mapping[Asked, AloneHandler] = field(default_factory=dict)
    on_card: Sequence[CaseButton] = ()
    on_own_file: Sequence[CaseButton] = ()
    on_file: Sequence[CaseButton] = ()
    under_alarm: Sequence[CaseButton] = ()
    under_news: Mapping[Event, Sequence[CaseButton]] = field(default_factory=dict)


def merged(tables: Iterable[Mapping[Key, Value]]) -> Mapping[Key, Value]:
    """Return what all features bring in one table.

    Raises:
        ValueError: two bring the same.
    """
    whole: dict[Key, Value] = {}
    for table in tables:
        if twice := whole.keys() & table.keys():
            raise ValueError(twice)
        whole |= table
    return whole
