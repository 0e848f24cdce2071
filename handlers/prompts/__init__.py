"""What a verb asks of a worker in private: its result or its reason, which in a group is asked by a prompt."""

from dataclasses import dataclass

from domain.cases.case import CaseId
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.desk.casework.progress import is_note, take_note
from domain.desk.casework.reply import ASKED_FOR, is_prompt_past, take_answer
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.rendering.labels import unit_label
from handlers.updates.asking import call_off
from handlers.updates.context import UpdateContext

DONE = {
    Asked.RESULT: "ask.resolved",
    Asked.REFUSAL_REASON: "ask.refused",
    Asked.GIVE_BACK_REASON: "ask.given_back",
    Asked.REPORT: "ask.reported",
    Asked.SECOND_MATTER: "ask.split",
    Asked.ASSIST_BACK_REASON: "ask.assist_given_back",
}


@tagged("wq")
@dataclass(frozen=True, slots=True)
class CancelPrompt:
    """取消 under what a verb asks."""

    case: CaseId


async def on_prompt_answered(context: UpdateContext, question: Question, case_id: CaseId, message: Message) -> None:
    """Take a message as the result, or the reason; none is needed once a colleague was first, or others have the case.

    What begins with `//` stays a note, and the question goes on waiting.
    """
    case = await context.desk.find.case(case_id)
    if is_prompt_past(context.desk, context.actor, case, ASKED_FOR[question.asked]):
        await context.desk.questions.drop(context.person.id, case=case_id)
        if context.desk.rights.may_view(context.actor, case):
            unit = unit_label(context.desk.org, case.unit, context.words)
            await context.say("ask.past", about=case, unit=unit, state=case.shown_as)
        else:
            await context.say("ask.others", number=f"#{case.number}")
    elif is_note(message):
        await take_note(context.desk, context.actor, case_id, message)
        await context.nod("👌")
    elif done := await take_answer(context.desk, context.actor, case, question.asked, message):
        unit = unit_label(context.desk.org, done.unit, context.words)
        await context.say(DONE[question.asked], about=done, unit=unit, state=done.shown_as)


async def on_prompt_cancelled(context: UpdateContext, action: CancelPrompt) -> None:
    """Leave the case as it is."""
    await call_off(context, action.case, ASKED_FOR, "ask.cancelled")


FEATURE = Feature(
    pressed_in_private={CancelPrompt: on_prompt_cancelled},
    answers=dict.fromkeys(ASKED_FOR, on_prompt_answered),
)
