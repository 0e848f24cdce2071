"""Presses on buttons under messages, and how the bot answered them."""

from dataclasses import dataclass
from datetime import datetime

from sandbox.jsons import Json, present
from sandbox.messages import Message
from sandbox.users import User


@dataclass(frozen=True)
class Answer:
    """What the person sees for a moment, or as an alert to be closed."""

    text: str = ""
    show_alert: bool = False
    url: str = ""
    cache_time: int = 0


@dataclass(eq=False, kw_only=True)
class Press:
    """One press; `answer` is filled in when the bot calls answerCallbackQuery."""

    id: str
    presser: User
    message: Message
    data: str
    at: datetime
    answer: Answer | None = None

    def card(self, bot_id: int) -> Json:
        """Return the CallbackQuery object; of a deleted message only its number is left."""
        chat = self.message.chat.card()
        gone = {"chat": chat, "message_id": self.message.id, "date": 0}
        return {"id": self.id, "from": self.presser.card(), "chat_instance": str(-self.message.chat.id)} | present(
            message=gone if self.message.deleted else self.message.card(bot_id), data=self.data
        )
