"""What people write in a group: replies to our messages about a case, and edits of them."""

from domain.desk.casework.amend import Amended, amend
from handlers.progress import on_reply_of_staff
from handlers.updates.context import UpdateContext
from handlers.updates.reading import hides_sender
from handlers.updates.replied import find_replied, is_about_many
from handlers.updates.taking import take_message


async def on_group_message(context: UpdateContext) -> None:
    """Take a reply to one of our messages about a case; what people say among themselves is not ours to hear."""
    post = await find_replied(context)
    if post is None and is_about_many(context):
        context.require_member()
        await context.say("answer.which_case")
    elif post is not None and hides_sender(context.sent):
        await context.say("answer.hidden_identity")
    elif post is not None and (message := await take_message(context)):
        await on_reply_of_staff(context, post, message)


async def on_group_edit(context: UpdateContext) -> None:
    """Take over an edited reply into the file; who has read it before reads it anew, or it is said that nobody does."""
    amended = await amend(context.desk, context.actor, context.message)
    if amended is Amended.PASSED_ON:
        await context.nod("👌")
    elif amended is Amended.FILED:
        await context.say("answer.edit_filed")
    elif amended is Amended.UNKNOWN and not hides_sender(context.sent) and await find_replied(context):
        await context.say("answer.edit_unknown")
