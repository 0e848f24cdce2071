"""The resident's verdict: solved or not, the rating, and the objection to a refusal."""

from domain.cases.case import Rating
from domain.cases.questions import Asked
from domain.desk.verdict.confirm import confirm, rate, take_back
from domain.desk.verdict.object import object_to_refusal
from domain.desk.verdict.return_case import return_case
from handlers.buttons import Object, Rate, Skip, SkipQuestion, Solved, TakeBack, Unsolved
from handlers.resident.conversation import leave_unanswered
from handlers.update_context import Row, UpdateContext


async def on_solved_pressed(context: UpdateContext, action: Solved) -> None:
    """Close the case and ask for a rating; the yes can be taken back for ten minutes."""
    case = await confirm(context.desk, context.actor, action.case)
    await context.take_buttons_away()
    ratings: Row = [(f"rating.{rating}", Rate(case.id, rating)) for rating in Rating]
    undo: Row = [("button.take_back", TakeBack(case.id))]
    await context.say("answer.ask_rating", buttons=[ratings, undo], about=case)


async def on_unsolved_pressed(context: UpdateContext, action: Unsolved) -> None:
    """Give the case back at once, and ask why."""
    case = await return_case(context.desk, context.actor, action.case)
    await context.take_buttons_away()
    skip = SkipQuestion(case.id, Asked.RETURN_REASON)
    await context.say("answer.ask_return_reason", buttons=[[("button.skip", skip)]], about=case)


async def on_take_back_pressed(context: UpdateContext, action: TakeBack) -> None:
    """Undo a mistaken yes, and put the question once more."""
    case = await take_back(context.desk, context.actor, action.case)
    row = [("button.solved", Solved(case.id)), ("button.unsolved", Unsolved(case.id))]
    await context.say("answer.taken_back", buttons=[row], about=case)


async def on_rating_pressed(context: UpdateContext, action: Rate) -> None:
    """Keep the rating, and ask for an optional word."""
    case = await rate(context.desk, context.actor, action.case, action.rating)
    skip = SkipQuestion(case.id, Asked.RATING_WORD)
    await context.say("answer.ask_rating_word", buttons=[[("button.skip", skip)]], about=case)


async def on_object_pressed(context: UpdateContext, action: Object) -> None:
    """Take the refused case to the unit above, and ask why."""
    case = await object_to_refusal(context.desk, context.actor, action.case)
    await context.take_buttons_away()
    skip = SkipQuestion(case.id, Asked.OBJECTION)
    await context.say("answer.ask_objection", buttons=[[("button.skip", skip)]], about=case)


async def on_skip_pressed(context: UpdateContext, action: Skip | SkipQuestion) -> None:
    """Leave this question unanswered; another that was asked since goes on waiting."""
    question = await context.desk.work.questions.open_to(context.person.id)
    await context.take_buttons_away()
    asked = action.asked if isinstance(action, SkipQuestion) else question and question.asked
    if question is not None and (question.case, question.asked) == (action.case, asked):
        await leave_unanswered(context, question)
    else:
        await context.toast("answer.question_past", alert=True)
