"""The resident's verdict: solved or not, the rating, and the objection to a refusal."""

from domain.cases import Rating
from domain.desk.confirm import confirm, rate, take_back
from domain.desk.refuse import object_to_refusal
from domain.desk.return_case import return_case
from domain.questions import Asked
from handlers.buttons import Object, Rate, Skip, SkipQuestion, Solved, TakeBack, Unsolved
from handlers.resident.conversation import leave_unanswered
from handlers.visit import Row, Visit


async def on_solved_pressed(visit: Visit, action: Solved) -> None:
    """Close the case and ask for a rating; the yes can be taken back for ten minutes."""
    case = await confirm(visit.desk, visit.actor, action.case)
    await visit.take_buttons_away()
    ratings: Row = [(f"rating.{rating}", Rate(case.id, rating)) for rating in Rating]
    undo: Row = [("button.take_back", TakeBack(case.id))]
    await visit.say("answer.ask_rating", buttons=[ratings, undo], about=case)


async def on_unsolved_pressed(visit: Visit, action: Unsolved) -> None:
    """Give the case back at once, and ask why."""
    case = await return_case(visit.desk, visit.actor, action.case)
    await visit.take_buttons_away()
    skip = SkipQuestion(case.id, Asked.RETURN_REASON)
    await visit.say("answer.ask_return_reason", buttons=[[("button.skip", skip)]], about=case)


async def on_take_back_pressed(visit: Visit, action: TakeBack) -> None:
    """Undo a mistaken yes, and put the question once more."""
    case = await take_back(visit.desk, visit.actor, action.case)
    row = [("button.solved", Solved(case.id)), ("button.unsolved", Unsolved(case.id))]
    await visit.say("answer.taken_back", buttons=[row], about=case)


async def on_rating_pressed(visit: Visit, action: Rate) -> None:
    """Keep the rating, and ask for an optional word."""
    case = await rate(visit.desk, visit.actor, action.case, action.rating)
    skip = SkipQuestion(case.id, Asked.RATING_WORD)
    await visit.say("answer.ask_rating_word", buttons=[[("button.skip", skip)]], about=case)


async def on_object_pressed(visit: Visit, action: Object) -> None:
    """Take the refused case to the unit above, and ask why."""
    case = await object_to_refusal(visit.desk, visit.actor, action.case)
    await visit.take_buttons_away()
    skip = SkipQuestion(case.id, Asked.OBJECTION)
    await visit.say("answer.ask_objection", buttons=[[("button.skip", skip)]], about=case)


async def on_skip_pressed(visit: Visit, action: Skip | SkipQuestion) -> None:
    """Leave this question unanswered; another that was asked since goes on waiting."""
    question = await visit.desk.work.questions.open_to(visit.person.id)
    await visit.take_buttons_away()
    asked = action.asked if isinstance(action, SkipQuestion) else question and question.asked
    if question is not None and (question.case, question.asked) == (action.case, asked):
        await leave_unanswered(visit, question)
    else:
        await visit.toast("answer.question_past", alert=True)
