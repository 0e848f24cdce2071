"""不同意: the resident objects to a refusal."""

from dataclasses import dataclass

from domain.cases.case import Case, CaseId, State
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.desk.verdict.object import explain_objection, object_to_refusal
from domain.letters.contents import Keyboard
from domain.letters.posts import Purpose
from domain.record.history import Event
from domain.rights.permissions import Rights
from handlers.feature import Feature
from handlers.questions import SkipQuestion
from handlers.rendering.buttons import tagged
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.sending import Scene
from handlers.updates.context import UpdateContext


@tagged("co", answers=Purpose.VERDICT)
@dataclass(frozen=True, slots=True)
class Object:
    """不同意."""

    case: CaseId


async def on_object_pressed(context: UpdateContext, action: Object) -> None:
    """Take the refused case to the unit above, and ask why."""
    case = await object_to_refusal(context.desk, context.actor, action.case)
    await context.take_buttons_away()
    skip = SkipQuestion(case.id, Asked.OBJECTION)
    await context.say("answer.ask_objection", buttons=[[("button.skip", skip)]], about=case)


async def on_objection_explained(
    context: UpdateContext, _question: Question, case_id: CaseId, message: Message
) -> None:
    """Pass on why."""
    case = await explain_objection(context.desk, context.actor, case_id, message)
    await context.say("answer.objection_kept", keyboard=Keyboard.MENU, about=case)


def _can_be_objected_to(case: Case, _scene: Scene) -> bool:
    return case.state is State.REFUSED and case.closed_at is None


FEATURE = Feature(
    pressed_in_private={Object: on_object_pressed},
    answers={Asked.OBJECTION: on_objection_explained},
    on_own_file=[CaseButton("button.object", Object, _can_be_objected_to, row=1)],
    on_file=[CaseButton("button.object", Object, _can_be_objected_to, row=1, may=Rights.may_stand_for)],
    under_news={Event.CASE_REFUSED: [CaseButton("button.object", Object)]},
)
