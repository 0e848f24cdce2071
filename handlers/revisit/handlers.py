"""What somebody presses and writes who asks a resident in person."""

from domain.cases.case import Case, CaseId
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.cases.revisits import Answer, is_to_be_revisited
from domain.desk.verdict.revisit import HOW, ask_how, ask_what_they_said, is_past, revisit
from domain.letters.asking_pages import RevisitPage
from handlers.revisit.buttons import CancelRevisit, ChooseAnswer
from handlers.updates.asking import AskingInPrivate, call_off, end_question
from handlers.updates.context import UpdateContext

REVISIT = AskingInPrivate("v_", RevisitPage(), ask_what_they_said)
ABOUT_REVISIT = (Asked.REVISIT_ANSWER, *HOW.values())
ANSWERS = {asked: answer for answer, asked in HOW.items()}


async def on_answer_chosen(context: UpdateContext, action: ChooseAnswer) -> None:
    """Ask for a word on who was asked and how, in the same message."""
    case = await ask_how(context.desk, context.actor, action.case, action.answer)
    await context.show(RevisitPage(action.answer), case=case.id, edits=context.pressed_on)


async def on_revisit_cancelled(context: UpdateContext, action: CancelRevisit) -> None:
    """Leave the case as it is; 回访 stands as before."""
    await call_off(context, action.case, ABOUT_REVISIT, "revisit.cancelled")


async def on_revisit_told(context: UpdateContext, question: Question, case_id: CaseId, message: Message) -> None:
    """Take a message as the word on who was asked; none is needed once the resident or a colleague was first."""
    case = await context.desk.find.case(case_id)
    if is_past(context.desk, context.actor, case):
        is_others = is_to_be_revisited(case, context.desk.now, context.desk.policy)
        said = "revisit.for_others" if is_others else "revisit.past"
        await end_question(context, case, said, state=case.shown_as)
    elif answer := ANSWERS.get(question.asked):
        done = await revisit(context.desk, context.actor, case_id, answer, message)
        await end_question(context, done, f"recorded.{answer}")
    else:
        await _choose_by_words(context, case, message.text)


async def _choose_by_words(context: UpdateContext, case: Case, text: str) -> None:
    """Take the words of a button for its press; for anything else the question stands below once more."""
    labels = {str(context.words(f"said.{answer}")): answer for answer in Answer}
    if answer := labels.get(text.strip()):
        await ask_how(context.desk, context.actor, case.id, answer)
    await context.show(RevisitPage(answer), case=case.id)
