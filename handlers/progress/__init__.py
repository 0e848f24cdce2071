"""回复: what a worker replies reaches the resident, or stays inside as a note."""

from domain.cases.messages import Message
from domain.desk.casework.reply import take_reply
from domain.letters.posts import Post
from handlers.updates.context import UpdateContext
from handlers.updates.replied import WANTING_A_REPLY

TAKEN_IN = "👌"


async def on_reply_of_staff(context: UpdateContext, post: Post, message: Message) -> None:
    """Take a reply to anything that the bot posted about a case; what asks for words asks once more for them."""
    if message.is_empty and post.purpose not in WANTING_A_REPLY:
        await context.say("answer.unreadable")
        return
    if await take_reply(context.desk, context.actor, post, message):
        await context.nod(TAKEN_IN)
