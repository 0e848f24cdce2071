"""What workers reply: progress for the resident, notes, results and reasons that a prompt asked for."""

from domain.cases import BEING_WORKED_ON
from domain.desk.progress import is_note, tell_progress
from domain.desk.refuse import refuse
from domain.desk.resolve import resolve
from domain.messages import Message
from domain.posts import Post, Purpose
from handlers.visit import Visit

TAKEN_IN = "👌"


async def on_reply_of_staff(visit: Visit, post: Post, message: Message) -> None:
    """Take a reply to anything that the bot posted about a case."""
    if message.is_empty:
        await visit.say("answer.unreadable")
        return
    case = await visit.desk.case(post.case)
    note = is_note(message)
    if post.purpose is Purpose.REFUSAL_PROMPT and not note:
        await refuse(visit.desk, visit.actor, case.id, message)
    elif post.purpose is Purpose.RESULT_PROMPT and case.state in BEING_WORKED_ON and not note:
        await resolve(visit.desk, visit.actor, case.id, message)
    else:
        await tell_progress(visit.desk, visit.actor, case.id, message)
    await visit.nod(TAKEN_IN)
