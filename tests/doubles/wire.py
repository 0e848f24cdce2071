"""python-telegram-bot's request seam, answered by the sandbox's Bot API in the same process, without sockets."""

import json
from urllib.parse import unquote, urlsplit

import httpx
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from sandbox.api import BotApi
from sandbox.errors import AnswerLostError, UnreachableError


class SandboxWire(BaseRequest):
    """Carries requests to a sandbox, and its failures back as httpx would bring them."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    @property
    def read_timeout(self) -> float | None:
        return 5

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_timeouts: object, **_more: object
    ) -> tuple[int, bytes]:
        path = unquote(urlsplit(url).path)
        try:
            if method == "GET":
                token, _, file = path.removeprefix("/file/bot").partition("/")
                return self._api.file(token, file)
            token, _, name = path.removeprefix("/bot").partition("/")
            parameters = request_data.json_parameters if request_data else {}
            status, body = await self._api.call(token, name, parameters, _files(request_data))
        except UnreachableError as error:
            raise NetworkError("unreachable") from httpx.ConnectError(str(error))
        except AnswerLostError as error:
            raise NetworkError("answer lost") from httpx.ReadError(str(error))
        return status, json.dumps(body).encode()


def _files(request_data: RequestData | None) -> dict[str, tuple[str, bytes, str]]:
    parts = request_data.multipart_data if request_data else None
    return {name: (part[0], part[1], part[2]) for name, part in (parts or {}).items()}  # type: ignore[misc]
