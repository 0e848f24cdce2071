"""The marks that hang on a group: they go along when it becomes a supergroup with another id."""

from domain.organisation.units import ChatId

LANGUAGE_OF = "language of "


def language_mark(chat: ChatId) -> str:
    """Return the name of the mark that keeps a group's language."""
    return f"{LANGUAGE_OF}{chat}"


def admin_mark(chat: ChatId) -> str:
    """Return the name of the mark that tells whether the bot is an admin of a group, who sees every message there."""
    return f"admin {chat}"


OF_CHATS = (language_mark, admin_mark)
