"""What residents press and write about whether it is solved."""

from collections.abc import Sequence

from domain.cases.case import Case, CaseId, Rating, may_take_back
from domain.cases.leaning import leans
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.cases.reopenings import may_reopen
from domain.desk.verdict.confirm import confirm, explain_rating, rate, take_back
from domain.desk.verdict.return_case import explain_return, return_case
from domain.letters.contents import Keyboard
from handlers.questions import SkipQuestion
from handlers.rendering.labels import one_line
from handlers.updates.context import Row, UpdateContext
from handlers.verdict.buttons import Rate, Solved, TakeBack, Unsolved
from handlers.verdict.reopening import reopening

ABOUT = 24


async def on_solved_pressed(context: UpdateContext, action: Solved) -> None:
    """Close the case and ask for a rating; the yes can be taken back for ten minutes."""
    case = await confirm(context.desk, context.actor, action.case)
    await context.take_buttons_away()
    await context.say("answer.ask_rating", buttons=[_ratings(case), *_after(context, case)], about=case)


async def on_unsolved_pressed(context: UpdateContext, action: Unsolved) -> None:
    """Give the case back at once, and ask why."""
    case = await return_case(context.desk, context.actor, action.case)
    await context.take_buttons_away()
    skip = SkipQuestion(case.id, Asked.RETURN_REASON)
    await context.say("answer.ask_return_reason", buttons=[[("button.skip", skip)]], about=case)


async def on_take_back_pressed(context: UpdateContext, action: TakeBack) -> None:
    """Undo a mistaken yes, and put the question once more; once that is too late, offer to say that it is back."""
    case = await context.desk.find.own_case(context.actor, action.case)
    if may_reopen(case, context.desk.now, context.desk.policy) and not may_take_back(case, context.desk.now):
        await context.toast("answer.too_late_to_take_back", alert=True)
        rows = [*([] if case.rating else [_ratings(case)]), *_after(context, case)]
        await context.say("answer.rated_long_ago", buttons=rows, about=case, edits=context.pressed_on)
        return
    case = await take_back(context.desk, context.actor, action.case)
    await context.take_buttons_away()
    row = [("button.solved", Solved(case.id)), ("button.unsolved", Unsolved(case.id))]
    await context.say("answer.taken_back", buttons=[row], about=case)


async def on_rating_pressed(context: UpdateContext, action: Rate) -> None:
    """Keep the rating, and ask for an optional word; a yes that is new enough can still be taken back."""
    case = await rate(context.desk, context.actor, action.case, action.rating)
    key = "answer.rated_just_now" if may_take_back(case, context.desk.now) else "answer.rated"
    await context.say(key, buttons=_after(context, case), about=case, edits=context.pressed_on, rating=action.rating)
    skip = SkipQuestion(case.id, Asked.RATING_WORD)
    await context.say("answer.ask_rating_word", buttons=[[("button.skip", skip)]], about=case)


def _ratings(case: Case) -> Row:
    return [(f"rating.{rating}", Rate(case.id, rating)) for rating in Rating]


def _after(context: UpdateContext, case: Case) -> Sequence[Row]:
    """Return what may be pressed under the thanks for a confirmation: 点错了, or, once that is too late, 又出现了."""
    if may_take_back(case, context.desk.now):
        return [[("button.take_back", TakeBack(case.id))]]
    return reopening(context, case)


async def on_return_explained(context: UpdateContext, _question: Question, case_id: CaseId, message: Message) -> None:
    """Pass on what is not solved."""
    case = await explain_return(context.desk, context.actor, case_id, message)
    await context.say("answer.return_reason_kept", keyboard=Keyboard.MENU, about=case)


async def on_rating_explained(context: UpdateContext, _question: Question, case_id: CaseId, message: Message) -> None:
    """Pass on the word to the rating."""
    case = await explain_rating(context.desk, context.actor, case_id, message)
    if leans(message.text) is False and may_take_back(case, context.desk.now):
        undo: Row = [("button.take_back", TakeBack(case.id))]
        await context.say("answer.pressed_by_mistake", buttons=[undo], about=case, words=one_line(case.text, ABOUT))
    else:
        await context.say("answer.rating_word_kept", keyboard=Keyboard.MENU, about=case)
