"""The other way to hand updates out: one POST after another, each repeated until it is accepted."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

import httpx

from sandbox.jsons import Json, present, unix
from sandbox.updates import UpdateQueue

LONGEST_PAUSE = 60.0
DOUBLINGS = 10
"""After so many the pause has long been the longest."""
ANSWER_WITHIN = 30.0


@dataclass
class Courier:
    """How updates are carried: a test may put a transport without sockets and pauses of no length here."""

    transport: httpx.AsyncBaseTransport | None = None
    first_pause: float = 1.0

    def client(self) -> httpx.AsyncClient:
        """Return a client to post with."""
        return httpx.AsyncClient(transport=self.transport, timeout=ANSWER_WITHIN, trust_env=False)

    def pause(self, failures: int) -> float:
        """Return how long to wait after that many failures in a row, in seconds."""
        return min(self.first_pause * (1 << min(failures - 1, DOUBLINGS)), LONGEST_PAUSE)


@dataclass(kw_only=True)
class Webhook:
    """Delivers one bot's updates to its address, in order."""

    url: str
    queue: UpdateQueue
    courier: Courier
    now: Callable[[], datetime]
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str = ""
    has_custom_certificate: bool = False
    last_error: str = ""
    last_error_at: datetime | None = None
    _task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to deliver."""
        self._task = asyncio.get_running_loop().create_task(self._deliver())

    async def stop(self) -> None:
        """End delivery; what was not accepted stays in the queue."""
        if self._task:
            self._task.cancel()
            await asyncio.wait({self._task})

    def card(self) -> Json:
        """Return the WebhookInfo object."""
        return {
            "url": self.url,
            "has_custom_certificate": self.has_custom_certificate,
            "pending_update_count": len(self.queue),
            "max_connections": self.max_connections,
        } | present(
            ip_address=self.ip_address or None,
            last_error_date=unix(self.last_error_at) if self.last_error_at else None,
            last_error_message=self.last_error or None,
            allowed_updates=self.queue.allowed or None,
        )

    async def _deliver(self) -> None:
        failures = 0
        async with self.courier.client() as client:
            while True:
                await self.queue.arrival()
                [update] = self.queue.pending(limit=1)
                if await self._accepted(client, update):
                    self.queue.acknowledge(update["update_id"] + 1)
                    failures = 0
                else:
                    failures += 1
                    await asyncio.sleep(self.courier.pause(failures))

    async def _accepted(self, client: httpx.AsyncClient, update: Json) -> bool:
        headers = {"Content-Type": "application/json"}
        if self.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret_token
        try:
            response = await client.post(self.url, content=json.dumps(update), headers=headers)
        except httpx.TimeoutException:
            return self._failed("Read timeout expired")
        except httpx.HTTPError:
            return self._failed("Connection refused")
        if response.is_success:
            return True
        status = HTTPStatus(response.status_code)
        return self._failed(f"Wrong response from the webhook: {status.value} {status.phrase}")

    def _failed(self, why: str) -> bool:
        self.last_error, self.last_error_at = why, self.now()
        self.queue.changed("webhook")
        return False
