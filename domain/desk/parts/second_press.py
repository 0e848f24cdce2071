"""Second presses: what could do harm by a slip of the finger is done when the same person presses it once more."""

from datetime import datetime, timedelta

from domain.cases.case import Case, Verb
from domain.desk.parts.context import Context
from domain.people.person import Actor, PersonId

SURE_WITHIN = timedelta(minutes=1)


async def is_sure(context: Context, actor: Actor, verb: Verb, case: Case) -> bool:
    """Whether somebody has just pressed the same about the same case before; if not, that is kept for a minute.

    Of each person the last such press is remembered; what a colleague presses is none of theirs.
    """
    marks, pressed = context.work.marks, f"{verb} {case.id}"
    before, _, at = (await marks.get(first_press_mark(actor.id)) or "").rpartition(" at ")
    if before == pressed and context.now < datetime.fromisoformat(at) + SURE_WITHIN:
        await marks.set(first_press_mark(actor.id), "")
        return True
    await marks.set(first_press_mark(actor.id), f"{pressed} at {context.now.isoformat()}")
    return False


def first_press_mark(person: PersonId) -> str:
    """Return the name of the mark that keeps what somebody has pressed once and is to press again."""
    return f"pressed once by {person}"
