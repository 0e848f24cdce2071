"""The Bot API's one entrance: a token, a method, its parameters; back come a status and a JSON body."""

from collections.abc import Mapping
from inspect import isawaitable

from sandbox.calls import Call
from sandbox.errors import AnswerLostError, ApiError, UnreachableError, not_found, unauthorized
from sandbox.faults import Faults
from sandbox.journal import Entry, Journal
from sandbox.jsons import Json
from sandbox.limits import Limits
from sandbox.methods import METHODS, Method
from sandbox.params import Params
from sandbox.stage import Stage

OK = 200

Files = Mapping[str, tuple[str, bytes, str]]


class BotApi:
    """Answers calls over a stage; each call is carried out in one step, between two awaits."""

    def __init__(self, stage: Stage, faults: Faults, limits: Limits, journal: Journal) -> None:
        self._stage = stage
        self._faults = faults
        self._limits = limits
        self._journal = journal

    async def call(
        self, token: str, method: str, params: Mapping[str, object] | None = None, files: Files | None = None
    ) -> tuple[int, Json]:
        """Carry out a call and return the HTTP status and the body.

        `files` are the parts of a form by name: file name, bytes, media type. Raises UnreachableError where the
        connection would be refused, AnswerLostError where it would break before the answer.
        """
        known = METHODS.get(method.lower())
        name = known.name if known else method
        read = Params(params or {}, files or {})
        lost = False
        try:
            result = await self._result(token, known, read)
            status, body = OK, {"ok": True, "result": result}
            lost = self._faults.loses_answer(name)
        except ApiError as error:
            status, body = error.code, error.body()
        self._note(token, name, read, status, body, lost=lost)
        if lost:
            raise AnswerLostError
        return status, body

    def file(self, token: str, path: str) -> tuple[int, bytes]:
        """Return the HTTP status and the bytes of a file whose path getFile has returned."""
        bot = self._stage.bots.get(token)
        if self._faults.is_down:
            raise UnreachableError
        data = self._stage.ground.files.at(bot.id, path) if bot else None
        return (404, b"") if data is None else (OK, data)

    async def _result(self, token: str, known: Method | None, read: Params) -> object:
        chat_id = self._chat_id(read)
        name, paced = (known.name, known.paced) if known else ("", False)
        await self._faults.strike(name, chat_id, paced=paced)
        bot = self._stage.bots.get(token)
        if bot is None:
            raise unauthorized()
        if bot.logged_out:
            raise ApiError(400, "Logged out")
        if known is None:
            raise not_found()
        if paced:
            self._limits.take(bot.id, chat_id)
        result = known.handler(Call(self._stage, bot, read))
        return await result if isawaitable(result) else result

    def _chat_id(self, read: Params) -> int:
        name = read.text("chat_id")
        named = self._stage.group_named(name.removeprefix("@")) if name.startswith("@") else None
        return named.id if named else read.integer("chat_id")

    def _note(self, token: str, method: str, read: Params, status: int, body: Json, *, lost: bool) -> None:
        ground = self._stage.ground
        self._journal.note(
            Entry(
                at=ground.now(),
                bot=self._stage.bots.get(token),
                method=method,
                params=read.understood(),
                unread=frozenset(read.unread),
                files=read.files,
                status=status,
                body=body,
                lost=lost,
            )
        )
        ground.changed("call")
