"""Somebody outside who acts in a world through the page's verbs, in process or over a socket."""

from typing import Any

import httpx
from starlette.applications import Starlette

from sandbox.jsons import Json
from sandbox.page.page import page_routes
from sandbox.scene import Scene

ORIGIN = "http://127.0.0.1:8080"


class Control:
    """Asks for verbs over HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    @classmethod
    def of(cls, scene: Scene) -> "Control":
        transport = httpx.ASGITransport(Starlette(routes=page_routes(scene)))
        return cls(httpx.AsyncClient(transport=transport, base_url=ORIGIN))

    async def __call__(self, verb: str, /, **body: Any) -> Json:
        answer = await self.client.post(f"/control/{verb}", json=body)
        assert answer.status_code == httpx.codes.OK, answer.text
        told: Json = answer.json()
        return told

    async def refused(self, verb: str, language: str = "zh", /, **body: Any) -> tuple[int, str, str]:
        answer = await self.client.post(f"/control/{verb}", json=body, params={"lang": language})
        assert answer.status_code != httpx.codes.OK, answer.text
        told = answer.json()
        return answer.status_code, told["error"], told["text"]

    async def state(self, language: str = "zh") -> Json:
        told: Json = (await self.client.get("/control/state", params={"lang": language})).json()
        return told

    async def chat(self, chat: int) -> Json:
        """Return one chat of the state."""
        found: Json = next(shown for shown in (await self.state())["chats"] if shown["id"] == chat)
        return found

    async def last(self, chat: int) -> Json:
        """Return the latest message of a chat."""
        last: Json = (await self.chat(chat))["messages"][-1]
        return last
