"""补充: what a resident adds to a case after it was submitted."""

from dataclasses import dataclass

from domain.cases.case import Case, CaseId, State
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.desk.intake.supplement import ask_for_supplement, supplement
from domain.letters.contents import Keyboard
from handlers.feature import Feature
from handlers.questions import SkipQuestion
from handlers.rendering.buttons import tagged
from handlers.rendering.case_buttons import CaseButton, is_open
from handlers.updates.context import UpdateContext
from handlers.verdict.buttons import Solved, Unsolved
from handlers.verdict.reopening import reopening


@tagged("ms")
@dataclass(frozen=True, slots=True)
class SupplementCase:
    """补充."""

    case: CaseId


async def on_supplement_pressed(context: UpdateContext, action: SupplementCase) -> None:
    """Ask what is to be added."""
    case = await ask_for_supplement(context.desk, context.actor, action.case)
    skip = SkipQuestion(case.id, Asked.SUPPLEMENT)
    await context.say("answer.supplement", buttons=[[("button.skip", skip)]], about=case)


async def on_supplement_written(context: UpdateContext, _question: Question, case_id: CaseId, message: Message) -> None:
    """Append what was asked for."""
    await add_to_case(context, case_id, message)


async def add_to_case(context: UpdateContext, case_id: CaseId, message: Message) -> None:
    """Append what the resident says to their case."""
    await say_supplemented(context, await supplement(context.desk, context.actor, case_id, message))


async def say_supplemented(context: UpdateContext, case: Case) -> None:
    """Say where the resident's words are now, and what may still be done."""
    is_own = context.desk.rights.may_speak_for(context.actor, case)
    if is_own and case.state is State.RESOLVED:
        row = [("button.solved", Solved(case.id)), ("button.unsolved", Unsolved(case.id))]
        await context.say("answer.answer_resolved", buttons=[row], about=case)
    elif rows := reopening(context, case) if is_own else ():
        await context.say("answer.supplemented_confirmed", buttons=rows, about=case)
    else:
        await context.say(_kept_key(case), keyboard=Keyboard.MENU, about=case)


def _kept_key(case: Case) -> str:
    return "answer.supplemented" if case.is_open else "answer.supplemented_closed"


FEATURE = Feature(
    pressed_in_private={SupplementCase: on_supplement_pressed},
    answers={Asked.SUPPLEMENT: on_supplement_written},
    on_own_file=[CaseButton("button.supplement", SupplementCase, is_open, row=2)],
)
