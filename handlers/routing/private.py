"""What somebody sends in private: a reply, a word of the menu, an answer to a question, or a new matter."""

from domain.cases.case import Case, CaseId, State
from domain.cases.messages import Message
from domain.cases.questions import CHOICES, OF_WORKERS, Asked, Question
from domain.desk.casework.amend import Amended, amend
from domain.desk.casework.progress import is_note
from domain.desk.cooperation.call import reword_task
from domain.desk.intake.adjust_draft import skip_place
from domain.desk.intake.write_draft import begin_draft, edit_draft
from domain.letters.contents import Keyboard
from domain.letters.posts import Post, Purpose
from handlers.case_file import open_file
from handlers.draft.writing import on_draft_written, say_skipped
from handlers.feature import merged
from handlers.features import FEATURES
from handlers.own_cases import on_my_cases
from handlers.progress import on_reply_of_staff
from handlers.questions import leave_unanswered
from handlers.rendering.keyboards import KIND_WORDS, MENU_WORDS, SKIP_WORDS
from handlers.rendering.labels import numbered
from handlers.routing.pages import go_back
from handlers.small_talk import answer_small_talk
from handlers.supplement import add_to_case
from handlers.updates.context import UpdateContext
from handlers.updates.replied import WANTING_A_REPLY, find_replied, is_about_many, number_alone
from handlers.updates.taking import take_message, warn_of_danger
from handlers.without_reply import take_without_reply

ANSWERS = merged(feature.answers for feature in FEATURES)
ANSWERS_ALONE = merged(feature.answers_alone for feature in FEATURES)


async def on_private_message(context: UpdateContext) -> None:
    """Find out what a message is: a reply, whatever it says; a word of the menu, an answer, or a new matter."""
    message = await take_message(context)
    if message is None:
        return
    if message.is_empty:
        await _on_nothing_readable(context, message)
    elif post := await find_replied(context):
        await _on_reply(context, post, message)
    elif is_about_many(context) and context.desk.org.units_of(context.actor.id):
        await context.say("answer.which_case")
    elif message.attachments:
        await _on_words(context, message)
    elif message.text in MENU_WORDS:
        await _on_menu_word(context, message.text)
    elif message.text in SKIP_WORDS:
        await on_skip(context)
    else:
        await _on_words(context, message)


async def on_private_edit(context: UpdateContext) -> None:
    """Take over an edited message into the draft or the file that it belongs to; if it belongs to none, say so."""
    if await edit_draft(context.desk, context.person, context.message):
        await warn_of_danger(context, context.message)
        return
    if await reword_task(context.desk, context.actor, context.message):
        await context.say("answer.edit_of_task")
        return
    amended = await amend(context.desk, context.actor, context.message)
    if amended is Amended.UNCHANGED:
        return
    await warn_of_danger(context, context.message)
    is_staff = bool(context.desk.org.units_of(context.actor.id))
    if amended is Amended.PASSED_ON:
        await context.say("answer.edit_passed_on" if is_staff else "answer.edit_kept")
    else:
        await context.say("answer.edit_filed" if amended is Amended.FILED else "answer.edit_unknown")


async def on_skip(context: UpdateContext) -> None:
    """Leave the question unanswered; without a place the case goes to those who can find out."""
    question = await context.desk.work.questions.open_to(context.person.id)
    if question is not None and question.asked in ANSWERS_ALONE and question.awaits(context.desk.now):
        await ANSWERS_ALONE[question.asked](context, question, context.message)
        return
    about_case = question is not None and question.case is not None
    if question is not None and about_case and question.awaits(context.desk.now):
        await leave_unanswered(context, question)
    elif draft := await skip_place(context.desk, context.person):
        await say_skipped(context, draft)
    elif question is not None and about_case:
        await leave_unanswered(context, question)
    else:
        await context.say("answer.nothing_to_skip", keyboard=Keyboard.MENU)


async def _on_menu_word(context: UpdateContext, word: str) -> None:
    """Begin a draft of the kind that was tapped, or change that of the one at hand, or show the resident's cases."""
    await context.desk.questions.drop(context.person.id)
    if word in KIND_WORDS:
        await begin_draft(context.desk, context.person, KIND_WORDS[word], context.message.last)
    else:
        await on_my_cases(context)


async def _on_nothing_readable(context: UpdateContext, message: Message) -> None:
    """Answer a sticker as a photo without words: who was asked about their work reads what is wanted."""
    question = await _open_question(context)
    if question is not None and question.asked in OF_WORKERS:
        await _on_words(context, message)
    else:
        await context.say("answer.unreadable")


async def _open_question(context: UpdateContext) -> Question | None:
    """Return the question that the person's next message still answers."""
    question = await context.desk.work.questions.open_to(context.person.id)
    return question if question is not None and question.awaits(context.desk.now) else None


async def _on_words(context: UpdateContext, message: Message) -> None:
    question = await _open_question(context)
    if question is not None and question.asked in ANSWERS_ALONE:
        await ANSWERS_ALONE[question.asked](context, question, message)
        return
    if question is None or question.case is None:
        await _on_words_of_their_own(context, question, message)
        return
    if question.asked in OF_WORKERS:
        await _on_answer_of_worker(context, question, question.case, message)
        return
    case = await context.desk.find.case(question.case)
    if _still_asks(question, case):
        await _on_answer(context, question, case.id, message)
    else:
        await context.desk.questions.drop(context.person.id, case=case.id)
        await context.say("answer.case_ended", number=numbered(case), state=case.shown_as)
        await on_draft_written(context, None, message)


async def _on_words_of_their_own(context: UpdateContext, question: Question | None, message: Message) -> None:
    """Take what answers no question of the bot: a number, a word that a case waits for, small talk, or a new matter."""
    may_be_short = question is None
    if not message.attachments and (number := await number_alone(context, message.text, may_be_short=may_be_short)):
        await open_file(context, number)
    elif await take_without_reply(context, message):
        return
    elif message.attachments or not await answer_small_talk(context, message.text):
        await on_draft_written(context, question, message)


def _asks_resident(question: Question, case: Case) -> bool:
    """Whether a question is one about this case that its resident answers, and still wants to be answered."""
    return question.case == case.id and question.asked not in OF_WORKERS and _still_asks(question, case)


def _still_asks(question: Question, case: Case) -> bool:
    """Whether anybody still wants the answer: of a case that has ended only a word to the rating."""
    return case.is_open or question.asked is Asked.RATING_WORD


async def _on_reply(context: UpdateContext, post: Post, message: Message) -> None:
    """Take a reply to anything about a case: the answer to what the bot has asked about it, or an addition to it."""
    case, question = await context.desk.find.case(post.case), await _open_question(context)
    if post.purpose is Purpose.QUESTION or (post.purpose is Purpose.ANSWERED and not is_note(message)):
        await _on_reply_to_question(context, question, case, post, message)
        return
    if not _is_heard_for(context, case, post, message):
        await on_reply_of_staff(context, post, message)
        return
    answers_worker = case.state is State.WAITING and post.event is not None
    if question is None or not _asks_resident(question, case) or answers_worker:
        await warn_of_danger(context, message)
        await add_to_case(context, case.id, message)
    elif message.text in SKIP_WORDS and not message.attachments:
        await leave_unanswered(context, question)
    else:
        await _on_answer(context, question, case.id, message)


def _is_heard_for(context: UpdateContext, case: Case, post: Post, message: Message) -> bool:
    """Whether somebody's reply is a word of the resident: theirs, or of who raised it for them, but for notes."""
    if not context.desk.rights.may_stand_for(context.actor, case):
        return False
    is_work = post.purpose in WANTING_A_REPLY or is_note(message)
    return context.desk.rights.may_speak_for(context.actor, case) or not is_work


async def _on_reply_to_question(
    context: UpdateContext, question: Question | None, case: Case, post: Post, message: Message
) -> None:
    """Take a reply to what a worker was asked in private as the answer, and as nothing else; say so if it is past."""
    asks = question is not None and question.asked in OF_WORKERS and question.case == case.id
    if question is not None and asks and post.purpose is Purpose.QUESTION:
        await _on_answer_of_worker(context, question, case.id, message)
    elif context.desk.rights.may_speak(context.actor, case):
        await context.say("answer.question_past_not_sent", about=case)
    else:
        await context.say("answer.question_past")


async def _on_answer_of_worker(context: UpdateContext, question: Question, case: CaseId, message: Message) -> None:
    """Take what a worker answers, and show again the file where it was begun; files that it cannot hold are named."""
    if message.attachments and message.text and question.asked in CHOICES:
        await context.say("answer.files_not_kept")
    await ANSWERS[question.asked](context, question, case, message)
    await go_back(context, question)


async def _on_answer(context: UpdateContext, question: Question, case: CaseId, message: Message) -> None:
    await context.desk.questions.drop(context.person.id, case=case)
    await warn_of_danger(context, message)
    await ANSWERS[question.asked](context, question, case, message)
