"""Take a reply: what a worker answers to anything that the desk has posted about a case."""

from domain.cases.assists import assist_of
from domain.cases.case import TO_BE_DONE, Case, CaseId, Verb
from domain.cases.messages import Message
from domain.cases.questions import Asked
from domain.desk import Desk
from domain.desk.casework.among_units import add_among, readers_among, row_meant
from domain.desk.casework.progress import is_note, keep_inside, take_note, tell_progress
from domain.desk.casework.refuse import ask_for_reason, refuse
from domain.desk.casework.reply_beside import PROMPTS as ASSIST_PROMPTS
from domain.desk.casework.reply_beside import (
    assist_spoken_of,
    assist_to_end,
    is_beside,
    take_about_assist,
    take_answer_of_assistant,
)
from domain.desk.casework.resolve import ask_for_result, resolve
from domain.desk.casework.split import ask_for_second_matter, is_past, split
from domain.desk.cooperation.give_back import ask_why_given_back, give_back, may_give_back
from domain.desk.cooperation.rule import ask_why_denied, deny
from domain.desk.parts.asker import ASKED_BY
from domain.letters.posts import Post, Purpose
from domain.organisation.units import Chat
from domain.people.person import Actor
from domain.record.history import ABOUT_ASSISTS, AMONG_UNITS, Event

PROMPTS = {
    Purpose.REFUSAL_PROMPT: (ask_for_reason, refuse),
    Purpose.GIVE_BACK_PROMPT: (ask_why_given_back, give_back),
    Purpose.RESULT_PROMPT: (ask_for_result, resolve),
    Purpose.SPLIT_PROMPT: (ask_for_second_matter, split),
}
"""What asks a worker for a reply, and what takes it."""
ASKED_FOR = {asked: purpose for purpose, asked in ASKED_BY.items()}
ASKS_FOR = {
    Purpose.RESULT_PROMPT: Verb.RESOLVE,
    Purpose.REFUSAL_PROMPT: Verb.REFUSE,
    Purpose.GIVE_BACK_PROMPT: Verb.GIVE_BACK,
}
"""The verb that needs what a prompt asks for."""


def is_prompt_awaited(desk: Desk, case: Case, purpose: Purpose, chat: Chat) -> bool:
    """Whether a chat is still to give what a prompt there asks for, whoever is asked."""
    if purpose is Purpose.DENIAL_PROMPT:
        return case.responsible.rule_by is not None
    if purpose is Purpose.SPLIT_PROMPT:
        return case.is_open
    if purpose in ASSIST_PROMPTS:
        return any(assist_of(case, unit.code) for unit in desk.org.in_group(chat.id))
    return case.allows(ASKS_FOR[purpose])


def is_prompt_past(desk: Desk, actor: Actor, case: Case, purpose: Purpose) -> bool:
    """Whether nobody wants from the actor any more what a prompt asks for."""
    if purpose is Purpose.SPLIT_PROMPT:
        return is_past(desk, actor, case)
    if purpose in ASSIST_PROMPTS:
        return assist_to_end(desk, actor, case) is None
    if purpose is Purpose.GIVE_BACK_PROMPT:
        return not may_give_back(desk, actor, case)
    verb = ASKS_FOR[purpose]
    return not (desk.rights.may(verb, actor, case) and case.allows(verb))


async def take_answer(desk: Desk, actor: Actor, case: Case, asked: Asked, message: Message) -> Case | None:
    """Take what a worker writes in private as the reply to a prompt; where there are no words they are asked again.

    Raises:
        NotAMember, NotTheOwner: it is for others to give.
        MoveNotAllowed: the present state does not know the move.
    """
    if ASKED_FOR[asked] in ASSIST_PROMPTS:
        taken = await take_answer_of_assistant(desk, actor, case, ASKED_FOR[asked], message)
    else:
        taken = await _take_or_ask_again(desk, actor, case.id, ASKED_FOR[asked], message, privately=True)
    if taken is not None:
        await desk.questions.drop(actor.id, case=case.id)
    return taken


async def take_reply(desk: Desk, actor: Actor, post: Post, message: Message) -> Case | None:
    """Take a reply as what it answers to: a reason for refusing, a result, or else progress or a note.

    An answer to a note is a note. What comes after the result is progress; before it, a case that others have by now
    takes none. A photo alone says neither a reason nor a result: words are asked for, and None is returned.

    Raises:
        NotAMember: the actor does not work for the unit responsible.
        NotTheOwner, NotALead, NotAnAdmin: a result or a reason is for others to give.
        MoveNotAllowed: the present state does not know the move.
    """
    case = await desk.find.case(post.case)
    if message.album and post.album == message.album and post.person == actor.id:
        return await _take_late(desk, actor, case, post, message)
    is_asked = post.purpose in (Purpose.DENIAL_PROMPT, Purpose.SPLIT_PROMPT)
    if not is_asked and (assist := await assist_spoken_of(desk, actor, case, post, message)):
        return await take_about_assist(desk, actor, case, assist, post, message)
    is_inside = is_note(message) or await stays_inside(desk, post)
    if is_inside or (not is_asked and await is_beside(desk, case, post)):
        return await take_note(desk, actor, case.id, message)
    is_late = post.purpose is Purpose.RESULT_PROMPT and case.state not in TO_BE_DONE and not message.is_empty
    if (post.purpose in PROMPTS or is_asked) and not is_late:
        return await _take_what_was_asked(desk, actor, post, message)
    return await tell_progress(desk, actor, case.id, message)


async def _take_what_was_asked(desk: Desk, actor: Actor, post: Post, message: Message) -> Case | None:
    """Take the words that a message has asked for, or ask once more; a denial knows what it denies by the message."""
    if post.purpose is Purpose.DENIAL_PROMPT:
        if message.text:
            return await deny(desk, actor, post.case, post.event, message)
        await ask_why_denied(desk, actor, post.case, post.event, again=True)
        return None
    if post.purpose is Purpose.SPLIT_PROMPT:
        return await _take_second_matter(desk, actor, post, message)
    return await _take_or_ask_again(desk, actor, post.case, post.purpose, message)


async def _take_or_ask_again(
    desk: Desk, actor: Actor, case_id: CaseId, purpose: Purpose, message: Message, *, privately: bool = False
) -> Case | None:
    """Take the words that were asked for; where there are none they are asked for once more."""
    ask, take = PROMPTS[purpose]
    if message.text:
        return await take(desk, actor, case_id, message)
    await ask(desk, actor, case_id, privately=privately, again=True)
    return None


async def _take_second_matter(desk: Desk, actor: Actor, post: Post, message: Message) -> Case | None:
    """Take the words of a second matter once; without any they are asked for where they were."""
    if message.text:
        return await split(desk, actor, post.case, message, post)
    chats = [unit.chat for unit in desk.org.in_group(post.chat)]
    await ask_for_second_matter(desk, actor, post.case, here=next(iter(chats), None), again=True)
    return None


async def stays_inside(desk: Desk, post: Post) -> bool:
    """Whether a worker's message is a note: its words begin with `//`, or do so since an edit; or shows one."""
    row = await row_meant(desk, post.event)
    if row is not None and post.purpose is not Purpose.SENT:
        return row.event == Event.NOTE_TAKEN or row.event in ABOUT_ASSISTS
    if row is None or row.is_inside or row.event in AMONG_UNITS:
        return row is not None
    rows = await desk.work.history.of_case(post.case)
    edits = [later for later in rows if later.event == Event.MESSAGE_EDITED and later.told.get("of") == row.id]
    return any(edit.is_inside for edit in edits if edit.told.get("message") == post.message)


async def _take_late(desk: Desk, actor: Actor, case: Case, post: Post, message: Message) -> Case:
    """Let what is late for its album follow it: to the resident, or to the units that read it.

    It stays inside if the album did, or if its sender has no say any more.
    """
    row = await desk.work.history.get(post.event) if post.event else None
    has_say = case.is_open and desk.rights.may_speak(actor, case)
    stays = is_note(message) or (row is not None and (row.is_inside or row.event in AMONG_UNITS))
    if has_say and not stays:
        return await tell_progress(desk, actor, case.id, message)
    if row is not None and not is_note(message) and (readers := readers_among(desk, actor, case, row)):
        return await add_among(desk, actor, case, row, message, readers)
    await keep_inside(desk, actor, case, message)
    return case
