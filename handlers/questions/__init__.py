"""跳过: a question of the bot is left unanswered."""

from dataclasses import dataclass

from domain.cases.case import CaseId
from domain.cases.questions import Asked, Question
from domain.letters.contents import Keyboard
from domain.letters.posts import Purpose
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.updates.context import UpdateContext


@tagged("sk", answers=Purpose.SKIPPABLE)
@dataclass(frozen=True, slots=True)
class Skip:
    """跳过 under any question about a case."""

    case: CaseId


@tagged("sq", answers=Purpose.SKIPPABLE)
@dataclass(frozen=True, slots=True)
class SkipQuestion:
    """跳过 under one question about a case."""

    case: CaseId
    asked: Asked


async def on_skip_pressed(context: UpdateContext, action: Skip | SkipQuestion) -> None:
    """Leave this question unanswered; another that was asked since goes on waiting."""
    question = await context.desk.work.questions.open_to(context.person.id)
    await context.take_buttons_away()
    asked = action.asked if isinstance(action, SkipQuestion) else question and question.asked
    if question is not None and (question.case, question.asked) == (action.case, asked):
        await leave_unanswered(context, question)
    else:
        await context.toast("answer.question_past", alert=True)


async def leave_unanswered(context: UpdateContext, question: Question) -> None:
    """End a question about a case without an answer."""
    await context.desk.questions.drop(context.person.id, case=question.case)
    await context.say("answer.skipped", keyboard=Keyboard.MENU)


FEATURE = Feature(pressed_in_private={Skip: on_skip_pressed, SkipQuestion: on_skip_pressed})
