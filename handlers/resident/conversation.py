"""What a resident sends in private: into the draft, to the case that it replies to, or as an answer to a question."""

from domain.cases import Case, CaseId, State
from domain.desk.amend import amend
from domain.desk.confirm import explain_rating
from domain.desk.draft import Written, answer_place, begin_draft, edit_draft, skip_place, write_draft
from domain.desk.refuse import explain_objection
from domain.desk.return_case import explain_return
from domain.desk.supplement import supplement
from domain.drafts import LIMITS, Draft
from domain.kinds import speaks_of_danger
from domain.letters.contents import Keyboard, OwnCasesPage
from domain.messages import Message
from domain.posts import Post, Purpose
from domain.questions import OF_TRANSFERS, Asked, Question
from handlers.buttons import Solved, Unsolved
from handlers.cards import numbered, place_label, unit_label
from handlers.keyboards import KIND_WORDS, MENU_WORDS, SKIP_WORDS
from handlers.replied import find_replied
from handlers.taking import take_message
from handlers.transfer.handlers import on_transfer_answered
from handlers.visit import Visit
from handlers.worker.replies import on_reply_of_staff


async def on_private_message(visit: Visit) -> None:
    """Find out what a message is: a reply, whatever it says; a word of the menu, an answer, or a new matter."""
    message = await take_message(visit)
    if message is None:
        return
    if message.is_empty:
        await visit.say("answer.unreadable")
    elif post := await find_replied(visit):
        await _on_reply(visit, post, message)
    elif message.attachments:
        await _on_words(visit, message)
    elif message.text in MENU_WORDS:
        await _on_menu_word(visit, message.text)
    elif message.text in SKIP_WORDS:
        await on_skip(visit)
    else:
        await _on_words(visit, message)


async def on_private_edit(visit: Visit) -> None:
    """Take over an edited message into the draft or the file that it belongs to."""
    edited = await edit_draft(visit.desk, visit.person, visit.message)
    amended = not edited and await amend(visit.desk, visit.actor, visit.message)
    if edited or amended:
        await _warn_of_danger(visit, visit.message)
    if amended:
        await visit.say("answer.edit_kept")


async def on_my_cases(visit: Visit) -> None:
    """Show the resident's own cases."""
    await visit.show(OwnCasesPage())


async def on_skip(visit: Visit) -> None:
    """Leave the question unanswered; without a place the case goes to those who can find out."""
    question = await visit.desk.work.questions.open_to(visit.person.id)
    about_case = question is not None and question.case is not None
    if question is not None and about_case and question.awaits(visit.desk.now):
        await leave_unanswered(visit, question)
    elif draft := await skip_place(visit.desk, visit.person):
        await _say_skipped(visit, draft)
    elif question is not None and about_case:
        await leave_unanswered(visit, question)
    else:
        await visit.say("answer.nothing_to_skip", keyboard=Keyboard.MENU)


async def leave_unanswered(visit: Visit, question: Question) -> None:
    """End a question about a case without an answer."""
    await visit.desk.work.questions.drop(visit.person.id, case=question.case)
    await visit.say("answer.skipped", keyboard=Keyboard.MENU)


async def _say_skipped(visit: Visit, draft: Draft) -> None:
    if draft.unit is None:
        await visit.say("answer.place_skip_failed", keyboard=Keyboard.MENU)
        return
    unit = unit_label(visit.desk.org, visit.desk.org.responsible_for(draft.unit).code, visit.words)
    await visit.say("answer.place_skipped", keyboard=Keyboard.MENU, unit=unit)


async def _on_menu_word(visit: Visit, word: str) -> None:
    """Begin a draft of the kind that was tapped, or change that of the one at hand, or show the resident's cases."""
    await visit.desk.work.questions.drop(visit.person.id)
    if word in KIND_WORDS:
        await begin_draft(visit.desk, visit.person, KIND_WORDS[word])
    else:
        await on_my_cases(visit)


async def _open_question(visit: Visit) -> Question | None:
    """Return the question that the person's next message still answers."""
    question = await visit.desk.work.questions.open_to(visit.person.id)
    return question if question is not None and question.awaits(visit.desk.now) else None


async def _on_words(visit: Visit, message: Message) -> None:
    question = await _open_question(visit)
    if question is None or question.case is None:
        await _on_draft(visit, question, message)
        return
    if question.asked in OF_TRANSFERS:
        await on_transfer_answered(visit, question, question.case, message)
        return
    case = await visit.desk.find.case(question.case)
    if _still_asks(question, case):
        await _on_answer(visit, question, case.id, message)
    else:
        await visit.desk.work.questions.drop(visit.person.id, case=case.id)
        await visit.say("answer.case_ended", number=numbered(case), state=case.state)
        await _on_draft(visit, None, message)


def _still_asks(question: Question, case: Case) -> bool:
    """Whether anybody still wants the answer: of a case that has ended only a word to the rating."""
    return case.is_open or question.asked is Asked.RATING_WORD


async def _on_reply(visit: Visit, post: Post, message: Message) -> None:
    """Take a reply to anything about a case: the answer to what the bot has asked about it, or an addition to it."""
    case, question = await visit.desk.find.case(post.case), await _open_question(visit)
    if post.purpose is Purpose.QUESTION:
        await _on_reply_to_question(visit, question, case.id, message)
        return
    if not visit.desk.rights.may_speak_for(visit.actor, case):
        await on_reply_of_staff(visit, post, message)
        return
    answers_worker = case.state is State.WAITING and post.event is not None
    if question is None or question.case != case.id or answers_worker or not _still_asks(question, case):
        await _warn_of_danger(visit, message)
        await _supplement(visit, case.id, message)
    elif message.text in SKIP_WORDS and not message.attachments:
        await leave_unanswered(visit, question)
    else:
        await _on_answer(visit, question, case.id, message)


async def _on_reply_to_question(visit: Visit, question: Question | None, case: CaseId, message: Message) -> None:
    """Take a reply to what a worker was asked in private as the answer, and as nothing else."""
    if question is not None and question.asked in OF_TRANSFERS and question.case == case:
        await on_transfer_answered(visit, question, case, message)
    else:
        await visit.say("answer.question_past")


async def _warn_of_danger(visit: Visit, message: Message) -> None:
    """Answer words of danger to life at once with the numbers to call."""
    if speaks_of_danger(message.text):
        await visit.say("answer.danger")


async def _supplement(visit: Visit, case_id: CaseId, message: Message) -> None:
    await say_supplemented(visit, await supplement(visit.desk, visit.actor, case_id, message))


async def say_supplemented(visit: Visit, case: Case) -> None:
    """Say where the resident's words are now, and what may still be done."""
    if case.state is State.RESOLVED:
        row = [("button.solved", Solved(case.id)), ("button.unsolved", Unsolved(case.id))]
        await visit.say("answer.answer_resolved", buttons=[row], about=case)
    else:
        await visit.say(_kept_key(case), keyboard=Keyboard.MENU, about=case)


def _kept_key(case: Case) -> str:
    return "answer.supplemented" if case.is_open else "answer.supplemented_closed"


async def _on_answer(visit: Visit, question: Question, case: CaseId, message: Message) -> None:
    await visit.desk.work.questions.drop(visit.person.id, case=case)
    await _warn_of_danger(visit, message)
    if question.asked is Asked.SUPPLEMENT:
        await _supplement(visit, case, message)
    elif question.asked is Asked.RETURN_REASON:
        explained = await explain_return(visit.desk, visit.actor, case, message)
        await visit.say("answer.return_reason_kept", keyboard=Keyboard.MENU, about=explained)
    elif question.asked is Asked.OBJECTION:
        explained = await explain_objection(visit.desk, visit.actor, case, message)
        await visit.say("answer.objection_kept", keyboard=Keyboard.MENU, about=explained)
    else:
        explained = await explain_rating(visit.desk, visit.actor, case, message)
        await visit.say("answer.rating_word_kept", keyboard=Keyboard.MENU, about=explained)


async def _on_draft(visit: Visit, question: Question | None, message: Message) -> None:
    await _warn_of_danger(visit, message)
    draft = await visit.desk.work.drafts.open_of(visit.person.id) if question else None
    if question and draft and question.draft == draft.id:
        written = await answer_place(visit.desk, visit.person, draft, message)
    else:
        written = await write_draft(visit.desk, visit.person, message)
    await _say_written(visit, written, asked=question is not None)


async def _say_written(visit: Visit, written: Written, *, asked: bool) -> None:
    draft = written.draft
    if written.is_over:
        await visit.say("error.draft_full", **LIMITS)
    if written.outside:
        await visit.say("answer.place_outside")
    if written.asks_place:
        await visit.say("answer.ask_choice" if draft.choices else "answer.ask_place", keyboard=Keyboard.LOCATION)
    elif asked and draft.unit is not None:
        place = place_label(visit.desk.org, draft.unit, draft.address, visit.words)
        await visit.say("answer.place_set", keyboard=Keyboard.MENU, place=place)
