"""Pacing: Telegram's limits kept by waiting instead of by being refused.

Telegram publishes about 30 messages a second for the whole bot, one a second to a person, and 20 a minute to a group
(https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this). Edits count as well.
"""

import math
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from domain.organisation.units import ChatId

BOT_INTERVAL = 1 / 28
PERSON_INTERVAL = 1.05
GROUP_WINDOW = 60.0
GROUP_LIMIT = 19
"""One less than Telegram's own count, which begins when a message arrives there."""
GROUP_QUICKLY = 12
"""So many messages to a group may follow each other as quickly as to a person; the rest share what is left."""
SEVERAL_CHATS = 3
"""A refusal binds the chat it was met in; met in so many chats at once it binds the whole bot (docs/adr/0005)."""


@dataclass(slots=True)
class _Chat:
    sent: deque[float] = field(default_factory=deque)
    held_until: float = -math.inf
    refused_until: float = -math.inf


class Pacing:
    """Says how long a message to a chat has to wait. Times are seconds of a clock that only runs forward."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._chats: dict[ChatId, _Chat] = {}
        self._next_at = -math.inf
        self._held_until = -math.inf
        self._asides_held_until = -math.inf

    def wait(self, chat: ChatId) -> float:
        """Return how many seconds a message to this chat must wait; 0 if it may go now."""
        now = self._monotonic()
        ready = max(self._next_at, self._held_until, self._ready_at(chat, now))
        return max(0.0, ready - now)

    def wait_turn(self) -> float:
        """Return how many seconds the next message must wait, to whomever it goes."""
        return max(0.0, max(self._next_at, self._held_until) - self._monotonic())

    def wait_aside(self) -> float:
        """Return how many seconds what is no message must wait, such as a reaction: it waits for no chat."""
        return max(0.0, self._held_until - self._monotonic(), self._asides_held_until - self._monotonic())

    def take_slot(self) -> None:
        """Take the whole bot's next moment, for a message that is about to be written."""
        self._next_at = max(self._monotonic(), self._next_at) + BOT_INTERVAL

    def sent(self, chat: ChatId) -> None:
        """Note that a message goes to this chat now."""
        self._chat(chat).sent.append(self._monotonic())

    def hold(self, chat: ChatId, seconds: float) -> None:
        """Send nothing to this chat for so long, because Telegram said so; met in several chats, nothing at all."""
        now = self._monotonic()
        self._chat(chat).refused_until = now + seconds
        self.rest(chat, seconds)
        if sum(other.refused_until > now for other in self._chats.values()) >= SEVERAL_CHATS:
            self.hold_all(seconds)

    def rest(self, chat: ChatId, seconds: float) -> None:
        """Send nothing to this chat for so long, because sending there has failed; that binds no other chat."""
        held = self._chat(chat)
        held.held_until = max(held.held_until, self._monotonic() + seconds)

    def hold_asides(self, seconds: float) -> None:
        """Let nothing but messages go for so long."""
        self._asides_held_until = max(self._asides_held_until, self._monotonic() + seconds)

    def hold_all(self, seconds: float) -> None:
        """Send nothing at all for so long."""
        self._held_until = max(self._held_until, self._monotonic() + seconds)

    def remember(self, sent: Iterable[tuple[ChatId, datetime]], now: datetime) -> None:
        """Take over what was sent before a restart, so that limits are kept across it."""
        start = self._monotonic()
        for chat, at in sent:
            self._chat(chat).sent.append(start - max(0.0, (now - at).total_seconds()))

    def _chat(self, chat: ChatId) -> _Chat:
        return self._chats.setdefault(chat, _Chat())

    def _ready_at(self, chat: ChatId, now: float) -> float:
        known = self._chats.get(chat)
        if known is None:
            return -math.inf
        while known.sent and known.sent[0] <= now - GROUP_WINDOW:
            known.sent.popleft()
        if not known.sent:
            if known.held_until <= now:
                del self._chats[chat]
            return known.held_until
        ready = known.sent[-1] + PERSON_INTERVAL
        return max(known.held_until, ready if chat > 0 else max(ready, _shared_out(known.sent)))


def _shared_out(sent: deque[float]) -> float:
    """Return when a group may be sent to, so that what is left of its limit is spread over what is left of a minute."""
    left = GROUP_LIMIT - len(sent)
    if len(sent) < GROUP_QUICKLY:
        return -math.inf
    if left <= 0:
        return sent[-GROUP_LIMIT] + GROUP_WINDOW
    return sent[-1] + (sent[0] + GROUP_WINDOW - sent[-1]) / left


class NoPacing(Pacing):
    """For a Telegram that has no limits: a test, or a local Bot API double."""

    def wait_turn(self) -> float:
        """Return 0 unless Telegram itself asked for patience."""
        return max(0.0, self._held_until - self._monotonic())

    def wait(self, chat: ChatId) -> float:
        """Return 0 unless Telegram itself asked for patience."""
        now = self._monotonic()
        known = self._chats.get(chat)
        return max(0.0, (known.held_until if known else now) - now, self._held_until - now)
