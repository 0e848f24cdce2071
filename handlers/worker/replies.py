"""What workers reply to the desk's messages."""

from domain.desk.reply import take_reply
from domain.messages import Message
from domain.posts import Post
from handlers.visit import Visit

TAKEN_IN = "👌"


async def on_reply_of_staff(visit: Visit, post: Post, message: Message) -> None:
    """Take a reply to anything that the bot posted about a case."""
    if message.is_empty:
        await visit.say("answer.unreadable")
        return
    await take_reply(visit.desk, visit.actor, post, message)
    await visit.nod(TAKEN_IN)
