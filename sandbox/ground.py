"""What every chat of a world stands on: the clock, the numbers, the files, the accounts and the feed."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

from sandbox.feed import Change, Feed
from sandbox.files import FileStore
from sandbox.users import User

Clock = Callable[[], datetime]


def real_time() -> datetime:
    """Return the time of day, for worlds without a clock of their own."""
    return datetime.now(UTC)


class Ground:
    """Shared by all chats of one world, and by no other world."""

    def __init__(self, now: Clock, feed: Feed) -> None:
        self.now = now
        self.feed = feed
        self.files = FileStore()
        self.users: dict[int, User] = {}
        # In private chats and small groups message numbers run on across chats, as they do for a Telegram account.
        self.message_ids = count(1)
        self.serials = count(1)

    def serial(self, prefix: str) -> str:
        """Return a new opaque identifier: of an album, a poll, a press."""
        return f"{prefix}{next(self.serials):012d}"

    def introduce(self, user: User) -> None:
        """Let an account be found; ValueError where its identifier is taken."""
        if user.id in self.users:
            raise ValueError(f"{user.id} is already {self.users[user.id]}")
        self.users[user.id] = user

    def find_user(self, user_id: int) -> User | None:
        """Return the account with an identifier."""
        return self.users.get(user_id)

    def changed(self, what: str, chat_id: int | None = None, bot_id: int | None = None) -> None:
        """Tell the feed."""
        self.feed.publish(Change(what, chat_id, bot_id))
