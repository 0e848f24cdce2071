"""Which messages a bot hears: all in private, and in groups what privacy mode leaves."""

from sandbox.bots import Bot
from sandbox.messages import Message
from sandbox.users import User

# A bot is not told of what it wrote, but of what its own acts made Telegram write.
TOLD_TO_AUTHOR = {
    "new_chat_title",
    "left_chat_member",
    "pinned_message",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
}


def hears(bot: Bot, message: Message, *, trusted: bool, spoke_last: bool) -> bool:
    """Whether a bot receives a message of a chat that it is in.

    `trusted`: a private chat, or the bot is an administrator; `spoke_last`: no other bot has written since it did.
    """
    if message.sender is bot:
        return message.kind in TOLD_TO_AUTHOR
    if message.is_service:
        return True
    if message.sender.is_bot:
        return False
    return trusted or not bot.privacy or _meant_for(bot, message, spoke_last=spoke_last)


def _meant_for(bot: Bot, message: Message, *, spoke_last: bool) -> bool:
    if bot in _answered(message):
        return True
    name = f"@{bot.username}".lower()
    if name in map(str.lower, message.words.every("mention")):
        return True
    return any(
        command.lower().endswith(name) or ("@" not in command and spoke_last)
        for command in message.words.every("bot_command")
    )


def _answered(message: Message) -> list[User]:
    """Whom it answers; in a topic everything is formally an answer to whoever opened the topic, too."""
    formally = message.topic or not message.reply_to
    opening = message.chat.find(message.thread_id) if message.thread_id and formally else None
    return [answered.sender for answered in (message.reply_to, opening) if answered]
