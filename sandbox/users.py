"""Whoever can send a message: the part that people and bots have in common."""

from dataclasses import dataclass

from sandbox.jsons import Json, present


@dataclass(eq=False, kw_only=True)
class User:
    """A Telegram account."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    deactivated: bool = False

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name

    def card(self) -> Json:
        """Return the Bot API's User object."""
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name} | present(
            last_name=self.last_name, username=self.username, language_code=self.language_code
        )


ANONYMOUS_ADMIN = User(id=1087968824, first_name="Group", username="GroupAnonymousBot", is_bot=True)
