"""又出现了: what residents press and write once what they have confirmed as solved is back."""

from collections.abc import Sequence

from domain.cases.case import Case, CaseId
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.cases.reopenings import may_reopen
from domain.desk.verdict.reopen import explain_reopening, reopen
from domain.letters.contents import Keyboard
from handlers.questions import SkipQuestion
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.labels import unit_label
from handlers.rendering.sending import Scene
from handlers.updates.context import Row, UpdateContext
from handlers.verdict.buttons import Reopen


async def on_reopen_pressed(context: UpdateContext, action: Reopen) -> None:
    """Give the case back to those who had it, and ask what is up."""
    case = await reopen(context.desk, context.actor, action.case)
    await context.take_buttons_away()
    skip = SkipQuestion(case.id, Asked.REOPENING_REASON)
    await context.say(
        "answer.reopened_to_owner" if case.owner else "answer.reopened_to_unit",
        buttons=[[("button.skip", skip)]],
        about=case,
        owner=case.owner.name if case.owner else "",
        unit=unit_label(context.desk.org, case.unit, context.words),
        accept_by=case.responsible.accept.due_at,
        resolve_by=case.responsible.resolve.due_at,
    )


async def on_reopening_explained(
    context: UpdateContext, _question: Question, case_id: CaseId, message: Message
) -> None:
    """Pass on what is up."""
    case = await explain_reopening(context.desk, context.actor, case_id, message)
    await context.say("answer.reopening_reason_kept", keyboard=Keyboard.MENU, about=case)


def reopening(context: UpdateContext, case: Case) -> Sequence[Row]:
    """Return the button 又出现了 for under an answer, as long as it may be pressed."""
    is_there = may_reopen(case, context.desk.now, context.desk.policy)
    return [[("button.reopen", Reopen(case.id))]] if is_there else []


def _may_come_back(case: Case, scene: Scene) -> bool:
    return may_reopen(case, scene.now, scene.policy)


REOPEN = CaseButton("button.reopen", Reopen, _may_come_back)
