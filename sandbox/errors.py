"""How the Bot API refuses, how its connection fails, and what no person could do."""

from sandbox.jsons import Json


class ApiError(Exception):
    """An answer that is not ok, in Telegram's words."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """Return the envelope that the bot receives."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(what: str, **parameters: int) -> ApiError:
    """Return a 400: the request cannot be carried out as it is."""
    return ApiError(400, f"Bad Request: {what}", **parameters)


def unauthorized() -> ApiError:
    """Return a 401: nobody's token."""
    return ApiError(401, "Unauthorized")


def forbidden(what: str) -> ApiError:
    """Return a 403: the bot has no right to it."""
    return ApiError(403, f"Forbidden: {what}")


def not_found() -> ApiError:
    """Return a 404: no such method, or no such file."""
    return ApiError(404, "Not Found")


def conflict(what: str) -> ApiError:
    """Return a 409: two want the bot's updates."""
    return ApiError(409, f"Conflict: {what}")


def too_many_requests(retry_after: int) -> ApiError:
    """Return a 429: the bot is to wait that many seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


class UnreachableError(Exception):
    """Nobody listens: the request did not arrive."""


class AnswerLostError(Exception):
    """The request was carried out, and its answer was lost on the way."""


class ImpossibleError(Exception):
    """No Telegram app would let a person do this. `why` is a word for the reason, by which pages explain it."""

    def __init__(self, said: str, why: str = "impossible") -> None:
        super().__init__(said)
        self.why = why
