"""Floods: many new cards wait for one chat, and digests that grow name every case before its card has come."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.letters.contents import Digest, LetterId
from domain.letters.letter import Addressee, Letter, Priority
from domain.organisation.units import Chat

CROWD = 6
"""From so many new cards on that wait for one chat, digests go ahead of them."""
DIGEST_SIZE = 80
GROWS_EVERY = 10.0
"""A digest takes in what has come since at most so often, in seconds: each time costs the group a message."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Cards that one digest is to name, and who is told: the digest is called by the first card that it names.

    `flood`: the first digest of the flood, by which all of it is known.
    """

    digest: LetterId
    flood: LetterId
    to: Addressee
    is_urgent: bool
    cards: tuple[Letter, ...]

    @property
    def letter(self) -> Letter:
        """The digest as a letter: new at first, later the message that is there, grown."""
        priority = Priority.URGENT if self.is_urgent else Priority.NEW
        flood = self.flood if self.flood != self.digest else None
        content = Digest(self.digest, self.is_urgent, flood)
        return Letter(self.to, content, priority, key=f"digest:{self.digest}")


@dataclass(slots=True)
class _Open:
    digest: LetterId
    flood: LetterId
    to: Addressee
    count: int
    may_grow_at: float


class Floods:
    """Remembers the digest that each chat reads last; after a restart a new one is begun."""

    def __init__(self) -> None:
        self._open: dict[tuple[Chat, bool], _Open] = {}

    @property
    def digests(self) -> Sequence[LetterId]:
        """The digests that may still grow."""
        return [known.digest for known in self._open.values()]

    def forget(self, over: Iterable[LetterId]) -> None:
        """Close the digests whose cards have all come: the flood is over."""
        over = frozenset(over)
        self._open = {key: known for key, known in self._open.items() if known.digest not in over}

    def plan(self, cards: Iterable[tuple[Chat, Letter]], now: float) -> Sequence[Naming]:
        """Return which digests are to name these new cards, which none names yet."""
        waiting: dict[tuple[Chat, bool], list[Letter]] = defaultdict(list)
        for chat, card in cards:
            waiting[chat, card.priority is Priority.URGENT].append(card)
        in_chats: dict[int, int] = defaultdict(int)
        for (chat, _), letters in waiting.items():
            in_chats[chat.id] += len(letters)
        return [
            naming
            for key, letters in waiting.items()
            if key in self._open or (in_chats[key[0].id] >= CROWD and len(letters) > 1)
            for naming in self._name(key, letters, now)
        ]

    def _name(self, key: tuple[Chat, bool], letters: Sequence[Letter], now: float) -> Iterable[Naming]:
        """Fill the digest that is there, as soon as it may grow; what it cannot hold begins the next one."""
        known = self._open.get(key)
        if known is not None and now < known.may_grow_at:
            return
        space = DIGEST_SIZE - known.count if known else 0
        if known is not None and space > 0:
            some, letters = letters[:space], letters[space:]
            known.count += len(some)
            known.may_grow_at = now + GROWS_EVERY
            yield Naming(known.digest, known.flood, known.to, key[1], tuple(some))
        while letters:
            some, letters = letters[:DIGEST_SIZE], letters[DIGEST_SIZE:]
            digest, to = some[0].id, some[0].to
            assert digest is not None
            flood = known.flood if known is not None else digest
            known = self._open[key] = _Open(digest, flood, to, len(some), now + GROWS_EVERY)
            yield Naming(digest, flood, to, key[1], tuple(some))
