"""What can go wrong between a bot and Telegram, for tests to bring about."""

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol

from sandbox.errors import ApiError, UnreachableError, too_many_requests

ANY = "*"


class HasId(Protocol):
    """A chat, or anything else with an identifier."""

    @property
    def id(self) -> int:
        """The identifier, as bots see it."""


@dataclass
class Refusal:
    """An answer that calls of a method get instead of being carried out."""

    method: str
    error: ApiError
    chat_id: int | None
    times: float

    def applies(self, method: str, chat_id: int) -> bool:
        """Whether a call gets this answer."""
        return self.times > 0 and self.method in {ANY, method} and self.chat_id in {None, chat_id}


@dataclass
class Gate:
    """Holds the calls of a method before they are carried out, until it is opened."""

    method: str
    chat_id: int | None = None
    waiting: int = 0
    _opened: asyncio.Event = field(default_factory=asyncio.Event)

    def holds(self, method: str, chat_id: int) -> bool:
        """Whether a call is held here."""
        return self.method in {ANY, method} and self.chat_id in {None, chat_id}

    def open(self) -> None:
        """Let all through."""
        self._opened.set()

    async def pass_through(self) -> None:
        """Wait here until the gate is open."""
        self.waiting += 1
        try:
            await self._opened.wait()
        finally:
            self.waiting -= 1


class Faults:
    """The faults of one world; without any, everything works. Methods are named as in the documentation, or "*"."""

    def __init__(self, clock: Callable[[], float], changed: Callable[[str], None]) -> None:
        self.is_down = False
        self.on_switch: list[Callable[[bool], None]] = []
        self._clock = clock
        self._changed = changed
        self._refusals: list[Refusal] = []
        self._lost: list[str] = []
        self._delays: dict[str, float] = {}
        self._gates: list[Gate] = []
        self._floods: dict[int | None, float] = {}

    def next(
        self,
        method: str,
        status: int = 502,
        description: str = "",
        *,
        retry_after: int | None = None,
        chat: HasId | int | None = None,
        times: float = 1,
    ) -> None:
        """Refuse the next call of a method, or the next `times` calls, without carrying it out."""
        error = ApiError(status, description or HTTPStatus(status).phrase)
        if retry_after is not None:
            error = too_many_requests(retry_after)
        self._refusals.append(Refusal(method, error, _number(chat), times))

    def refuse(self, method: str, status: int, description: str, *, chat: HasId | int | None = None) -> None:
        """Refuse every call of a method from now on."""
        self.next(method, status, description, chat=chat, times=math.inf)

    def drop_answer(self, method: str, *, times: int = 1) -> None:
        """Carry out the next call of a method, and lose its answer on the way."""
        self._lost.extend([method] * times)

    def delay(self, seconds: float, method: str = ANY) -> None:
        """Let every call of a method take that much longer."""
        self._delays[method] = seconds

    def hold(self, method: str = ANY, *, chat: HasId | int | None = None) -> Gate:
        """Hold every call of a method until the gate that this returns is opened."""
        gate = Gate(method, _number(chat))
        self._gates.append(gate)
        return gate

    def flood(self, chat: HasId | int | None = None, *, retry_after: int = 3) -> None:
        """Answer 429 to whatever is sent to a chat, or to any chat, for that many seconds of the limits' clock."""
        self._floods[_number(chat)] = self._clock() + retry_after

    def down(self) -> None:
        """Let nobody reach the server: connections are refused, and those that are open break."""
        self._switch(down=True)

    def up(self) -> None:
        """Let the server be reached again."""
        self._switch(down=False)

    def clear(self) -> None:
        """End all faults."""
        for held in self._gates:
            held.open()
        for kept in (self._refusals, self._lost, self._delays, self._gates, self._floods):
            kept.clear()
        self.up()

    async def strike(self, method: str, chat_id: int, *, paced: bool) -> None:
        """Do to a call what was brought about, before it is carried out."""
        if self.is_down:
            raise UnreachableError
        for gate in [gate for gate in self._gates if gate.holds(method, chat_id)]:
            self._changed("held")
            await gate.pass_through()
        if seconds := self._delays.get(method, self._delays.get(ANY, 0)):
            await asyncio.sleep(seconds)
        for refusal in self._refusals:
            if refusal.applies(method, chat_id):
                refusal.times -= 1
                raise refusal.error
        if paced:
            self._check_flood(chat_id)

    def loses_answer(self, method: str) -> bool:
        """Whether the answer to this call is lost; each such fault strikes once."""
        struck = next((lost for lost in self._lost if lost in {ANY, method}), None)
        if struck:
            self._lost.remove(struck)
        return bool(struck)

    def _check_flood(self, chat_id: int) -> None:
        until = max(self._floods.get(chat_id, 0), self._floods.get(None, 0))
        if (wait := until - self._clock()) > 0:
            raise too_many_requests(math.ceil(wait))

    def _switch(self, *, down: bool) -> None:
        if self.is_down is down:
            return
        self.is_down = down
        for told in self.on_switch:
            told(down)


def _number(chat: HasId | int | None) -> int | None:
    return chat if chat is None or isinstance(chat, int) else chat.id
