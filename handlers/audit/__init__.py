"""/audit: the number of rows and the head of the history."""

from handlers.feature import Feature
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext


async def on_audit(context: UpdateContext) -> None:
    """Show the number of rows and the head of the history."""
    head = await context.desk.work.history.head()
    await context.say("answer.head_told", count=head.count, hash=head.hash)


FEATURE = Feature(commands={Command("audit", private=Standing.ADMIN): on_audit})
