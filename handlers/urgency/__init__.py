"""紧急 and 不紧急: a member of the unit says whether somebody is in danger, and why."""

from dataclasses import dataclass

from domain.cases.case import Case, CaseId
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.desk.casework.urgency import ask_why, is_past, judge_urgency
from domain.letters.asking_pages import UrgencyPage
from domain.rights.permissions import Rights
from handlers.feature import Feature
from handlers.rendering.buttons import button, tagged
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.labels import first_words, numbered
from handlers.rendering.questions import question
from handlers.rendering.sending import Scene, Sending, Written
from handlers.updates.asking import call_off, end_question
from handlers.updates.context import UpdateContext


@tagged("wu")
@dataclass(frozen=True, slots=True)
class MakeUrgent:
    """紧急."""

    case: CaseId


@tagged("wn")
@dataclass(frozen=True, slots=True)
class MakeCalm:
    """不紧急."""

    case: CaseId


@tagged("wk")
@dataclass(frozen=True, slots=True)
class KeepUrgency:
    """取消 under the question why."""

    case: CaseId


async def on_urgency_pressed(context: UpdateContext, action: MakeUrgent | MakeCalm) -> None:
    """Ask for the reason."""
    urgent = isinstance(action, MakeUrgent)
    case = await ask_why(context.desk, context.actor, action.case, urgent=urgent)
    await context.show(UrgencyPage(urgent), case=case.id)


async def write_urgency_page(sending: Sending, content: UrgencyPage) -> Written:
    """Write the question that the worker answers next; none once there is nothing to be said about it."""
    case, reader, words = await sending.case(), sending.reader, sending.words
    if case is None or reader is None or is_past(sending.desk, reader, case, urgent=content.urgent):
        return Written()
    about = first_words(case, words)
    text = words("urgency.why_urgent" if content.urgent else "urgency.why_calm", number=numbered(case), about=about)
    return question(sending, case, text, [button(words("button.cancel"), KeepUrgency(case.id))])


async def on_reason_told(context: UpdateContext, question: Question, case_id: CaseId, message: Message) -> None:
    """Take a message as the reason; none is needed once a colleague was first, or others have the case."""
    urgent, case = question.asked is Asked.WHY_URGENT, await context.desk.find.case(case_id)
    if is_past(context.desk, context.actor, case, urgent=urgent):
        await end_question(context, case, "urgency.past", state=case.shown_as)
        return
    case = await judge_urgency(context.desk, context.actor, case_id, message, urgent=urgent)
    await end_question(context, case, "answer.urgency_set" if urgent else "answer.urgency_lifted")


async def on_urgency_kept(context: UpdateContext, action: KeepUrgency) -> None:
    """Leave it as it is."""
    await call_off(context, action.case, (Asked.WHY_URGENT, Asked.WHY_CALM), "answer.urgency_kept")


def _is_calm(case: Case, _scene: Scene) -> bool:
    return case.promise is not None and not case.urgent and not case.merged


def _is_urgent(case: Case, _scene: Scene) -> bool:
    return case.promise is not None and case.urgent and not case.merged


FEATURE = Feature(
    pressed_in_private={
        MakeUrgent: on_urgency_pressed,
        MakeCalm: on_urgency_pressed,
        KeepUrgency: on_urgency_kept,
    },
    answers={Asked.WHY_URGENT: on_reason_told, Asked.WHY_CALM: on_reason_told},
    on_file=[
        CaseButton("button.urgent", MakeUrgent, _is_calm, row=2, may=Rights.may_judge_urgency),
        CaseButton("button.calm", MakeCalm, _is_urgent, row=2, may=Rights.may_judge_urgency),
    ],
)
