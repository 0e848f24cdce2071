"""Taking: what came, as far as the desk takes it; what is left out is said, and words of danger are answered."""

from domain.cases.kinds import speaks_of_danger
from domain.cases.messages import Message
from domain.desk.intake.limit_files import FILES_A_DAY, within_a_day
from handlers.updates.context import UpdateContext


async def take_message(context: UpdateContext) -> Message | None:
    """Return what came without the files that are too many for one day; None, once said, if nothing remains."""
    message = context.message
    kept = await within_a_day(context.desk, context.actor.id, message)
    if kept != message:
        await context.say("answer.files_over", limit=FILES_A_DAY)
    return None if kept.is_empty and not message.is_empty else kept


async def warn_of_danger(context: UpdateContext, message: Message) -> None:
    """Answer words of danger to life at once with the numbers to call."""
    if speaks_of_danger(message.text):
        await context.say("answer.danger")
