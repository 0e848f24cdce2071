"""The table of methods, filled by the decorator that each of them bears."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.calls import Call

Handler = Callable[[Call], object | Awaitable[object]]


@dataclass(frozen=True)
class Method:
    """A method of the Bot API; `paced` ones count towards the limits of sending."""

    name: str
    handler: Handler
    paced: bool = False


METHODS: dict[str, Method] = {}


def method(name: str, *, paced: bool = False) -> Callable[[Handler], Handler]:
    """Register a function under a method's name: it takes the Call and returns the result, or raises ApiError."""

    def register(handler: Handler) -> Handler:
        METHODS[name.lower()] = Method(name, handler, paced)
        return handler

    return register
