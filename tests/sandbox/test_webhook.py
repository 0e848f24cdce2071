import json
from collections.abc import Iterator

import httpx
import pytest

from sandbox.people import Person
from sandbox.world import World
from tests.sandbox.cast import Caller

URL = "https://minhu.example.org/telegram"


class Listener:
    """A bot's web server: answers what it is told to, and notes what it was sent."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.statuses: Iterator[int] = iter(())
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        status = next(self.statuses, 200)
        if status == 0:
            raise httpx.ConnectError("refused")
        return httpx.Response(status)

    @property
    def texts(self) -> list[str]:
        return [json.loads(request.content)["message"]["text"] for request in self.requests]


@pytest.fixture
def listener(world: World) -> Listener:
    listener = Listener(world)
    world.courier.transport = httpx.MockTransport(listener)
    world.courier.first_pause = 0.0
    return listener


async def test_updates_are_posted_in_order_with_the_secret(
    world: World, call: Caller, li: Person, listener: Listener
) -> None:
    li.writes(call.bot, "一")
    assert await call("setWebhook", url=URL, secret_token="s-1") is True
    li.writes(call.bot, "二")
    await world.until(lambda: len(call.bot.updates) == 0)
    assert listener.texts == ["一", "二"]
    assert {str(request.url) for request in listener.requests} == {URL}
    assert {request.headers["X-Telegram-Bot-Api-Secret-Token"] for request in listener.requests} == {"s-1"}
    assert listener.requests[0].headers["Content-Type"] == "application/json"


async def test_an_update_is_posted_until_it_is_accepted(
    world: World, call: Caller, li: Person, listener: Listener
) -> None:
    listener.statuses = iter([500, 0, 302, 204])
    await call("setWebhook", url=URL)
    li.writes(call.bot, "一")
    li.writes(call.bot, "二")
    await world.until(lambda: len(call.bot.updates) == 0)
    assert listener.texts == ["一", "一", "一", "一", "二"]
    info = await call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"
    assert info["last_error_date"] == int(world.now().timestamp())


@pytest.mark.usefixtures("listener")
async def test_the_webhook_is_described(call: Caller) -> None:
    assert await call("getWebhookInfo") == {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
    await call("setWebhook", url=URL, max_connections=7, allowed_updates=["message"], ip_address="203.0.113.5")
    assert await call("getWebhookInfo") == {
        "url": URL,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 7,
        "ip_address": "203.0.113.5",
        "allowed_updates": ["message"],
    }


@pytest.mark.usefixtures("listener")
async def test_one_cannot_ask_while_updates_are_posted(call: Caller) -> None:
    await call("setWebhook", url=URL)
    refused = await call.refused("getUpdates")
    assert refused == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    await call("deleteWebhook")
    assert await call("getUpdates") == []


async def test_what_waits_is_kept_or_dropped(world: World, call: Caller, li: Person, listener: Listener) -> None:
    world.courier.first_pause = 60.0
    listener.statuses = iter([500])
    await call("setWebhook", url=URL)
    li.writes(call.bot, "一")
    await world.until(lambda: listener.requests)
    await call("setWebhook", url="")
    assert len(await call("getUpdates")) == 1
    await call("deleteWebhook", drop_pending_updates=True)
    assert await call("getUpdates") == []


async def test_a_new_address_takes_over(world: World, call: Caller, li: Person, listener: Listener) -> None:
    await call("setWebhook", url=URL)
    await call("setWebhook", url=f"{URL}2")
    li.writes(call.bot, "一")
    await world.until(lambda: len(call.bot.updates) == 0)
    assert [str(request.url) for request in listener.requests] == [f"{URL}2"]


@pytest.mark.parametrize(
    ("url", "secret", "problem"),
    [
        ("http://example.org/", "", "bad webhook: An HTTPS URL must be provided for webhook"),
        (URL, "秘密", "bad webhook: secret token contains unallowed characters"),
        (URL, "x" * 257, "bad webhook: secret token contains unallowed characters"),
    ],
)
async def test_a_webhook_has_rules(call: Caller, url: str, secret: str, problem: str) -> None:
    assert await call.refused("setWebhook", url=url, secret_token=secret) == (400, f"Bad Request: {problem}")


async def test_pauses_grow_up_to_a_minute(world: World) -> None:
    pauses = [world.courier.pause(failures) for failures in range(1, 9)]
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert world.courier.pause(100_000) == 60
