"""Take a reply about an assist (协办): units speak to each other, and the resident reads none of it."""

from domain.cases.assignments import Assignment
from domain.cases.assists import AssistPast, assist_of
from domain.cases.case import Case
from domain.cases.messages import Message
from domain.desk import Desk
from domain.desk.casework.among_units import row_meant
from domain.desk.casework.progress import is_note, keep_inside
from domain.desk.cooperation.assist import (
    answer_assistant,
    ask_for_report,
    ask_why_assist_back,
    assist_meant,
    give_assist_back,
    report_assist,
    tell_caller,
)
from domain.errors import NotAMember, NotTheOwner
from domain.letters.posts import Post, Purpose
from domain.people.person import Actor, UnitCode
from domain.record.history import ABOUT_ASSISTS, Event

PROMPTS = {
    Purpose.REPORT_PROMPT: (ask_for_report, report_assist),
    Purpose.ASSIST_BACK_PROMPT: (ask_why_assist_back, give_assist_back),
}
"""What asks a worker of a unit that was called for a reply, and what takes it."""


def assist_to_end(desk: Desk, actor: Actor, case: Case) -> Assignment | None:
    """Return what somebody may report, or give back; what was called for first, where that are several."""
    return next((given for given in case.assisting if desk.rights.may_end_assist(actor, given)), None)


async def take_answer_of_assistant(
    desk: Desk, actor: Actor, case: Case, purpose: Purpose, message: Message
) -> Case | None:
    """Take what somebody of a called unit writes in private as the report, or the reason; ask again without words.

    Raises:
        AssistPast: it goes on no more, or is for others to end.
    """
    assist = assist_to_end(desk, actor, case)
    if assist is None:
        raise AssistPast(case.id, number=case.number)
    ask, take = PROMPTS[purpose]
    if message.text:
        return await take(desk, actor, case.id, assist.turn, message)
    await ask(desk, actor, case.id, assist.turn, privately=True, again=True)
    return None


async def is_beside(desk: Desk, case: Case, post: Post) -> bool:
    """Whether what answers a message is for units that were called, also long ago, and never for the resident.

    The message speaks of them, or is the card of one; or it stands in the group of one, where nobody has the case.
    """
    here = {unit.code for unit in desk.org.in_group(post.chat)}
    if post.purpose is Purpose.BESIDE or not here or here == {case.unit}:
        return post.purpose is Purpose.BESIDE
    had = {case.unit, *case.units_before}
    called = {given.unit for given in case.assisting}
    if here.isdisjoint(had):
        return not here.isdisjoint({*called, *await desk.work.cards.units_shown(case.id)})
    unit = await _unit_shown_by(desk, case, post)
    return unit is not None and unit != case.unit and (unit in called or unit not in had)


async def _unit_shown_by(desk: Desk, case: Case, post: Post) -> UnitCode | None:
    """Return whose card a message is; what tells of a row of the file is none."""
    if post.event is not None or post.purpose is not Purpose.POSTED:
        return None
    return await desk.work.cards.unit_shown_by(case.id, post.chat, post.message)


async def assist_spoken_of(desk: Desk, actor: Actor, case: Case, post: Post, message: Message) -> Assignment | None:
    """Return the assist that a reply is about: its own unit speaks, or the one that called it answers.

    Raises:
        AssistPast: it answers a prompt of one that has ended.
        NotAMember, NotTheOwner: it answers one that is for others to answer.
    """
    if post.purpose in PROMPTS and not is_note(message):
        return _assist_asked_about(desk, actor, case, post)
    if assist := assist_meant(desk, actor, case, post.chat):
        return assist
    if is_note(message) or post.purpose is Purpose.SENT or not (case.assisting and desk.rights.may_speak(actor, case)):
        return None
    row = await row_meant(desk, post.event)
    if row is not None and row.event in ABOUT_ASSISTS:
        return assist_of(case, row.told.get("unit"))
    here = {unit.code for unit in desk.org.in_group(post.chat)}
    if case.unit not in here:
        return next((given for given in case.assisting if given.unit in here), None)
    return assist_of(case, await _unit_shown_by(desk, case, post)) if here != {case.unit} else None


def _assist_asked_about(desk: Desk, actor: Actor, case: Case, post: Post) -> Assignment:
    """Return the assist of which a prompt in a group asks: that of a unit there, and the actor's own among several."""
    here = {unit.code for unit in desk.org.in_group(post.chat)}
    asked = [given for given in case.assisting if given.unit in here]
    if not asked:
        raise AssistPast(case.id, number=case.number)
    own = next((given for given in asked if desk.rights.may_end_assist(actor, given)), None)
    if own is None:
        works_there = any(desk.rights.may_assist(actor, given) for given in asked)
        raise (NotTheOwner if works_there else NotAMember)(actor.id, units=[given.unit for given in asked])
    return own


async def take_about_assist(
    desk: Desk, actor: Actor, case: Case, assist: Assignment, post: Post, message: Message
) -> Case | None:
    """Take such a reply as a report, as a reason for giving back, as a note, or as words for the other unit.

    None where words were asked for, and there are none.

    Raises:
        NotAMember, NotTheOwner: it is for others to report or to give back.
    """
    asked = post.purpose in PROMPTS and not is_note(message)
    if not asked and assist_meant(desk, actor, case, post.chat) is None:
        return await answer_assistant(desk, actor, case, assist, message)
    if asked:
        ask, take = PROMPTS[post.purpose]
        if message.text:
            return await take(desk, actor, case.id, assist.turn, message)
        await ask(desk, actor, case.id, assist.turn, again=True)
        return None
    row = await desk.work.history.get(post.event) if post.event else None
    if is_note(message) or (row is not None and row.event == Event.NOTE_TAKEN):
        await keep_inside(desk, actor, case, message)
        return case
    return await tell_caller(desk, actor, case, assist, message)
