"""What Telegram answers, over python-telegram-bot's own wire, and what it means for a letter."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
import telegram
from markupsafe import Markup
from telegram.request import HTTPXRequest

from bot.gateway import (
    CardGone,
    Delivered,
    Gateway,
    Later,
    Moved,
    Outcome,
    TopicGone,
    Undeliverable,
    Why,
    patience,
)
from domain.cases.messages import MessageId
from domain.organisation.units import Chat, ChatId
from handlers.rendering.sending import Text, Toast

GRID = Chat(ChatId(-1001000000001))
CARD = Text(Markup("一张卡片"), live=True)
SENT = {"message_id": 7, "date": 1700000000, "chat": {"id": GRID.id, "type": "supergroup", "title": "第1网格"}}
CHAT_GONE, BLOCKED = Undeliverable(Why.CHAT_GONE), Undeliverable(Why.BLOCKED)
FILE_UNKNOWN, REJECTED = Undeliverable(Why.FILE_UNKNOWN), Undeliverable(Why.REJECTED)


async def deliver(answer: Callable[[httpx.Request], httpx.Response], rendered: Any = CARD) -> Outcome:
    """Send something to a Telegram that answers like this."""
    wire = {"transport": httpx.MockTransport(answer)}
    request = HTTPXRequest(httpx_kwargs=wire)
    async with telegram.Bot("1:x", request=request, get_updates_request=HTTPXRequest(httpx_kwargs=wire)) as bot:
        return await Gateway(bot).deliver(GRID, rendered, MessageId(7), silent=False)


def refusing(code: int, description: str, **parameters: Any) -> Callable[[httpx.Request], httpx.Response]:
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}

    def answer(request: httpx.Request) -> httpx.Response:
        return (
            httpx.Response(code, json=body) if not request.url.path.endswith("getMe") else httpx.Response(200, json=ME)
        )

    return answer


ME = {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "民呼", "username": "minhu_bot"}}


@pytest.mark.parametrize(
    ("description", "outcome"),
    [
        ("message is not modified: specified new message content and reply markup are exactly the same", Delivered()),
        ("query is too old and response timeout expired or query ID is invalid", Delivered()),
        ("message to edit not found", CardGone()),
        ("message can't be edited", CardGone()),
        ("MESSAGE_ID_INVALID", CardGone()),
        ("message thread not found", TopicGone()),
        ("TOPIC_DELETED", TopicGone()),
        ("TOPIC_ID_INVALID", TopicGone()),
        ("chat not found", CHAT_GONE),
        ("PEER_ID_INVALID", CHAT_GONE),
        ("group chat was deactivated", CHAT_GONE),
        ("not enough rights to send text messages to the chat", CHAT_GONE),
        ("have no rights to send a message", CHAT_GONE),
        ("CHAT_WRITE_FORBIDDEN", CHAT_GONE),
        ("need administrator rights in the channel chat", CHAT_GONE),
        ("wrong file identifier/HTTP URL specified", FILE_UNKNOWN),
        ("wrong remote file identifier specified: Wrong padding in the string", FILE_UNKNOWN),
        ("can't parse entities: Unsupported start tag", REJECTED),
        ("message is too long", REJECTED),
        ("message text is empty", REJECTED),
    ],
)
async def test_a_refusal_is_told_by_its_words(description: str, outcome: Outcome) -> None:
    assert await deliver(refusing(400, f"Bad Request: {description}")) == outcome


@pytest.mark.parametrize(
    ("description", "outcome"),
    [
        ("bot was blocked by the user", BLOCKED),
        ("user is deactivated", BLOCKED),
        ("bot can't initiate conversation with a user", BLOCKED),
        ("bot was kicked from the supergroup chat", CHAT_GONE),
        ("bot is not a member of the supergroup chat", CHAT_GONE),
        ("the group chat was deleted", CHAT_GONE),
    ],
)
async def test_a_ban_tells_whether_a_person_or_a_group_shut_us_out(description: str, outcome: Outcome) -> None:
    assert await deliver(refusing(403, f"Forbidden: {description}")) == outcome


async def test_a_group_that_became_a_supergroup_is_followed() -> None:
    moved = refusing(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1009)

    assert await deliver(moved) == Moved(ChatId(-1009))


async def test_asked_for_patience_we_wait_for_just_so_long() -> None:
    assert await deliver(refusing(429, "Too Many Requests: retry after 7", retry_after=7)) == Later(seconds=7)


async def test_a_refused_token_stops_everything_and_loses_nothing() -> None:
    outcome = await deliver(refusing(401, "Unauthorized"), Toast("1", "好"))

    assert isinstance(outcome, Later)
    assert outcome.everywhere
    assert not outcome.ambiguous


@pytest.mark.parametrize("code", [500, 502, 504])
async def test_a_fault_of_telegrams_own_may_have_delivered_all_the_same(code: int) -> None:
    assert await deliver(refusing(code, "Internal Server Error")) == Later(ambiguous=True)


async def test_another_poller_is_no_reason_to_give_up() -> None:
    assert await deliver(refusing(409, "Conflict: terminated by other getUpdates request")) == Later()


@pytest.mark.parametrize(
    ("error", "ambiguous"),
    [
        (httpx.ConnectError("no route"), False),
        (httpx.ConnectTimeout("slow"), False),
        (httpx.PoolTimeout("busy"), False),
        (httpx.ReadTimeout("slow"), True),
        (httpx.WriteTimeout("slow"), True),
        (httpx.ReadError("reset"), True),
        (httpx.RemoteProtocolError("cut off"), True),
    ],
)
async def test_only_what_never_left_the_machine_cannot_have_arrived(error: httpx.HTTPError, ambiguous: bool) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("getMe"):
            return httpx.Response(200, json=ME)
        raise error

    assert await deliver(answer) == Later(ambiguous=ambiguous)


async def test_an_answer_that_is_no_json_may_have_been_a_yes() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return (
            httpx.Response(200, json=ME) if request.url.path.endswith("getMe") else httpx.Response(200, text="<html>")
        )

    outcome = await deliver(answer)

    assert isinstance(outcome, Later)
    assert outcome.ambiguous


async def test_a_new_message_is_delivered_under_its_id() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        body = ME if request.url.path.endswith("getMe") else {"ok": True, "result": {**SENT, "message_id": 8}}
        return httpx.Response(200, json=body)

    assert await deliver(answer, Text(Markup("新消息"))) == Delivered((MessageId(8),))


def test_after_each_failure_the_wait_grows_up_to_ten_seconds() -> None:
    assert [patience(failures) for failures in (0, 1, 2, 3, 4, 5, 99)] == [1, 1, 2, 4, 8, 10, 10]
