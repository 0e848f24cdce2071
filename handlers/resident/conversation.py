"""What a resident sends in private: into the draft, to the case that it replies to, or as an answer to a question."""

from domain.cases.case import Case, CaseId, State
from domain.cases.drafts import LIMITS, Draft
from domain.cases.kinds import speaks_of_danger
from domain.cases.messages import Message
from domain.cases.questions import OF_TRANSFERS, Asked, Question
from domain.desk.casework.amend import amend
from domain.desk.intake.draft import Written, answer_place, begin_draft, edit_draft, skip_place, write_draft
from domain.desk.intake.supplement import supplement
from domain.desk.verdict.confirm import explain_rating
from domain.desk.verdict.object import explain_objection
from domain.desk.verdict.return_case import explain_return
from domain.letters.contents import Keyboard, OwnCasesPage
from domain.letters.posts import Post, Purpose
from handlers.buttons import Solved, Unsolved
from handlers.cards import numbered, place_label, unit_label
from handlers.keyboards import KIND_WORDS, MENU_WORDS, SKIP_WORDS
from handlers.replied import find_replied
from handlers.taking import take_message
from handlers.transfer.handlers import on_transfer_answered
from handlers.update_context import UpdateContext
from handlers.worker.replies import on_reply_of_staff


async def on_private_message(context: UpdateContext) -> None:
    """Find out what a message is: a reply, whatever it says; a word of the menu, an answer, or a new matter."""
    message = await take_message(context)
    if message is None:
        return
    if message.is_empty:
        await context.say("answer.unreadable")
    elif post := await find_replied(context):
        await _on_reply(context, post, message)
    elif message.attachments:
        await _on_words(context, message)
    elif message.text in MENU_WORDS:
        await _on_menu_word(context, message.text)
    elif message.text in SKIP_WORDS:
        await on_skip(context)
    else:
        await _on_words(context, message)


async def on_private_edit(context: UpdateContext) -> None:
    """Take over an edited message into the draft or the file that it belongs to."""
    edited = await edit_draft(context.desk, context.person, context.message)
    amended = not edited and await amend(context.desk, context.actor, context.message)
    if edited or amended:
        await _warn_of_danger(context, context.message)
    if amended:
        await context.say("answer.edit_kept")


async def on_my_cases(context: UpdateContext) -> None:
    """Show the resident's own cases."""
    await context.show(OwnCasesPage())


async def on_skip(context: UpdateContext) -> None:
    """Leave the question unanswered; without a place the case goes to those who can find out."""
    question = await context.desk.work.questions.open_to(context.person.id)
    about_case = question is not None and question.case is not None
    if question is not None and about_case and question.awaits(context.desk.now):
        await leave_unanswered(context, question)
    elif draft := await skip_place(context.desk, context.person):
        await _say_skipped(context, draft)
    elif question is not None and about_case:
        await leave_unanswered(context, question)
    else:
        await context.say("answer.nothing_to_skip", keyboard=Keyboard.MENU)


async def leave_unanswered(context: UpdateContext, question: Question) -> None:
    """End a question about a case without an answer."""
    await context.desk.work.questions.drop(context.person.id, case=question.case)
    await context.say("answer.skipped", keyboard=Keyboard.MENU)


async def _say_skipped(context: UpdateContext, draft: Draft) -> None:
    if draft.unit is None:
        await context.say("answer.place_skip_failed", keyboard=Keyboard.MENU)
        return
    unit = unit_label(context.desk.org, context.desk.org.responsible_for(draft.unit).code, context.words)
    await context.say("answer.place_skipped", keyboard=Keyboard.MENU, unit=unit)


async def _on_menu_word(context: UpdateContext, word: str) -> None:
    """Begin a draft of the kind that was tapped, or change that of the one at hand, or show the resident's cases."""
    await context.desk.work.questions.drop(context.person.id)
    if word in KIND_WORDS:
        await begin_draft(context.desk, context.person, KIND_WORDS[word])
    else:
        await on_my_cases(context)


async def _open_question(context: UpdateContext) -> Question | None:
    """Return the question that the person's next message still answers."""
    question = await context.desk.work.questions.open_to(context.person.id)
    return question if question is not None and question.awaits(context.desk.now) else None


async def _on_words(context: UpdateContext, message: Message) -> None:
    question = await _open_question(context)
    if question is None or question.case is None:
        await _on_draft(context, question, message)
        return
    if question.asked in OF_TRANSFERS:
        await on_transfer_answered(context, question, question.case, message)
        return
    case = await context.desk.find.case(question.case)
    if _still_asks(question, case):
        await _on_answer(context, question, case.id, message)
    else:
        await context.desk.work.questions.drop(context.person.id, case=case.id)
        await context.say("answer.case_ended", number=numbered(case), state=case.state)
        await _on_draft(context, None, message)


def _still_asks(question: Question, case: Case) -> bool:
    """Whether anybody still wants the answer: of a case that has ended only a word to the rating."""
    return case.is_open or question.asked is Asked.RATING_WORD


async def _on_reply(context: UpdateContext, post: Post, message: Message) -> None:
    """Take a reply to anything about a case: the answer to what the bot has asked about it, or an addition to it."""
    case, question = await context.desk.find.case(post.case), await _open_question(context)
    if post.purpose is Purpose.QUESTION:
        await _on_reply_to_question(context, question, case.id, message)
        return
    if not context.desk.rights.may_speak_for(context.actor, case):
        await on_reply_of_staff(context, post, message)
        return
    answers_worker = case.state is State.WAITING and post.event is not None
    if question is None or question.case != case.id or answers_worker or not _still_asks(question, case):
        await _warn_of_danger(context, message)
        await _supplement(context, case.id, message)
    elif message.text in SKIP_WORDS and not message.attachments:
        await leave_unanswered(context, question)
    else:
        await _on_answer(context, question, case.id, message)


async def _on_reply_to_question(
    context: UpdateContext, question: Question | None, case: CaseId, message: Message
) -> None:
    """Take a reply to what a worker was asked in private as the answer, and as nothing else."""
    if question is not None and question.asked in OF_TRANSFERS and question.case == case:
        await on_transfer_answered(context, question, case, message)
    else:
        await context.say("answer.question_past")


async def _warn_of_danger(context: UpdateContext, message: Message) -> None:
    """Answer words of danger to life at once with the numbers to call."""
    if speaks_of_danger(message.text):
        await context.say("answer.danger")


async def _supplement(context: UpdateContext, case_id: CaseId, message: Message) -> None:
    await say_supplemented(context, await supplement(context.desk, context.actor, case_id, message))


async def say_supplemented(context: UpdateContext, case: Case) -> None:
    """Say where the resident's words are now, and what may still be done."""
    if case.state is State.RESOLVED:
        row = [("button.solved", Solved(case.id)), ("button.unsolved", Unsolved(case.id))]
        await context.say("answer.answer_resolved", buttons=[row], about=case)
    else:
        await context.say(_kept_key(case), keyboard=Keyboard.MENU, about=case)


def _kept_key(case: Case) -> str:
    return "answer.supplemented" if case.is_open else "answer.supplemented_closed"


async def _on_answer(context: UpdateContext, question: Question, case: CaseId, message: Message) -> None:
    await context.desk.work.questions.drop(context.person.id, case=case)
    await _warn_of_danger(context, message)
    if question.asked is Asked.SUPPLEMENT:
        await _supplement(context, case, message)
    elif question.asked is Asked.RETURN_REASON:
        explained = await explain_return(context.desk, context.actor, case, message)
        await context.say("answer.return_reason_kept", keyboard=Keyboard.MENU, about=explained)
    elif question.asked is Asked.OBJECTION:
        explained = await explain_objection(context.desk, context.actor, case, message)
        await context.say("answer.objection_kept", keyboard=Keyboard.MENU, about=explained)
    else:
        explained = await explain_rating(context.desk, context.actor, case, message)
        await context.say("answer.rating_word_kept", keyboard=Keyboard.MENU, about=explained)


async def _on_draft(context: UpdateContext, question: Question | None, message: Message) -> None:
    await _warn_of_danger(context, message)
    draft = await context.desk.work.drafts.open_of(context.person.id) if question else None
    if question and draft and question.draft == draft.id:
        written = await answer_place(context.desk, context.person, draft, message)
    else:
        written = await write_draft(context.desk, context.person, message)
    await _say_written(context, written, asked=question is not None)


async def _say_written(context: UpdateContext, written: Written, *, asked: bool) -> None:
    draft = written.draft
    if written.is_over:
        await context.say("error.draft_full", **LIMITS)
    if written.outside:
        await context.say("answer.place_outside")
    if written.asks_place:
        await context.say("answer.ask_choice" if draft.choices else "answer.ask_place", keyboard=Keyboard.LOCATION)
    elif asked and draft.unit is not None:
        place = place_label(context.desk.org, draft.unit, draft.address, context.words)
        await context.say("answer.place_set", keyboard=Keyboard.MENU, place=place)
