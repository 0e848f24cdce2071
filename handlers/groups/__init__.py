"""/bind: a unit works in a group or topic; and what becomes of the groups that the bot is in."""

from domain.desk.office.bind import bind
from domain.organisation.marks import admin_mark
from handlers.feature import Feature
from handlers.rendering.labels import unit_label
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext


async def on_bind(context: UpdateContext) -> None:
    """Bind a unit to this group or topic, and say what the bot can see here."""
    if not context.arguments:
        await context.say("answer.usage_bind")
        return
    unit = await bind(context.desk, context.actor, context.unit_named(), context.chat)
    await context.say("answer.bound", unit=unit_label(context.desk.org, unit.code, context.words))
    sees_all = context.bot.reads_all or await context.desk.work.marks.get(admin_mark(context.chat.id))
    await context.say("answer.bound_open" if sees_all else "answer.bound_private")


FEATURE = Feature(commands={Command("bind", group=Standing.LEAD): on_bind})
