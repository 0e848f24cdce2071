import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from sandbox.people import Person
from sandbox.wire import Address, serve
from sandbox.world import World
from tests.sandbox.cast import Caller

pytestmark = pytest.mark.wire


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        yield client


@pytest.fixture
def base(address: Address) -> str:
    return f"{address.base_url}1000:test"


async def test_it_listens_on_loopback_only(address: Address) -> None:
    assert address.base_url == f"http://127.0.0.1:{address.port}/bot"
    assert address.file_url == f"http://127.0.0.1:{address.port}/file/bot"


@pytest.mark.usefixtures("li")
@pytest.mark.parametrize("body", ["json", "nested", "form", "query", "get", "multipart"])
async def test_every_kind_of_body_is_read(client: httpx.AsyncClient, base: str, world: World, body: str) -> None:
    markup = {"inline_keyboard": [[{"text": "好", "callback_data": "x"}]]}
    params = {
        "chat_id": "3001",
        "text": "路灯 & 井盖=好",
        "reply_markup": json.dumps(markup),
        "disable_notification": "true",
    }
    url = f"{base}/sendMessage"
    response = await {
        "json": lambda: client.post(url, json=params),
        "nested": lambda: client.post(
            url, json={"chat_id": 3001, "text": params["text"], "reply_markup": markup, "disable_notification": True}
        ),
        "form": lambda: client.post(url, data=params),
        "query": lambda: client.post(url, params=params),
        "get": lambda: client.get(url, params=params),
        "multipart": lambda: client.post(url, data=params, files={"unused": ("a.txt", b"a")}),
    }[body]()
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    result = response.json()["result"]
    assert (result["text"], result["reply_markup"]) == (params["text"], markup)
    assert world.journal.last().params["chat_id"] == 3001


async def test_refusals_carry_their_status(client: httpx.AsyncClient, address: Address, base: str) -> None:
    for url, status in (
        (f"{base}/sendMoney", 404),
        (f"{address.base_url}999:nobody/getMe", 401),
        (f"{base}/sendMessage", 400),
        (f"{address.root}/elsewhere", 404),
    ):
        response = await client.post(url)
        assert response.status_code == response.json()["error_code"] == status


async def test_a_body_that_is_none_is_refused(client: httpx.AsyncClient, base: str) -> None:
    for content in (b"{", b"[1]"):
        response = await client.post(f"{base}/getMe", content=content, headers={"Content-Type": "application/json"})
        assert response.status_code == 400
    response = await client.post(
        f"{base}/getMe", content=b"--b\r\nx\r\n--b--", headers={"Content-Type": "multipart/form-data; boundary=b"}
    )
    assert response.status_code == 400


@pytest.mark.usefixtures("li")
async def test_files_go_up_and_come_down(client: httpx.AsyncClient, address: Address, base: str) -> None:
    data = bytes(range(256)) * 40 + b"\r\n--"
    sent = await client.post(
        f"{base}/sendDocument", data={"chat_id": "3001"}, files={"document": ("合同 1.pdf", data, "application/pdf")}
    )
    document = sent.json()["result"]["document"]
    assert document["file_name"] == "合同 1.pdf"
    file = (await client.get(f"{base}/getFile", params={"file_id": document["file_id"]})).json()["result"]
    for token in ("1000:test", "1000%3Atest"):
        assert (await client.get(f"{address.file_url}{token}/{file['file_path']}")).content == data
    assert (await client.get(f"{address.file_url}1000:test/documents/file_99.pdf")).status_code == 404


async def test_a_long_poll_is_woken(
    client: httpx.AsyncClient, base: str, world: World, call: Caller, li: Person
) -> None:
    poll = asyncio.create_task(client.post(f"{base}/getUpdates", data={"timeout": "40"}, timeout=50))
    await world.until(lambda: call.bot.updates.polled)
    li.writes(call.bot, "路灯坏了")
    assert (await poll).json()["result"][0]["message"]["text"] == "路灯坏了"


async def test_a_poll_ends_with_its_connection(
    client: httpx.AsyncClient, base: str, world: World, call: Caller
) -> None:
    poll = asyncio.create_task(client.post(f"{base}/getUpdates", data={"timeout": "40"}, timeout=50))
    await world.until(lambda: call.bot.updates.polled)
    poll.cancel()
    await world.until(lambda: not call.bot.updates.polled)


async def test_any_other_call_is_carried_out_though_nobody_waits(
    client: httpx.AsyncClient, base: str, world: World, call: Caller, li: Person
) -> None:
    gate = world.faults.hold("sendMessage")
    sending = asyncio.create_task(client.post(f"{base}/sendMessage", data={"chat_id": "3001", "text": "收到"}))
    await world.until(lambda: gate.waiting)
    sending.cancel()
    gate.open()
    await world.until(lambda: li.chat_with(call.bot).last.text == "收到")


async def test_an_answer_is_lost(client: httpx.AsyncClient, base: str, world: World, call: Caller, li: Person) -> None:
    world.faults.drop_answer("sendMessage")
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await client.post(f"{base}/sendMessage", data={"chat_id": "3001", "text": "收到"})
    assert li.chat_with(call.bot).last.text == "收到"
    assert (await client.post(f"{base}/getMe")).status_code == 200


async def test_the_server_goes_down_and_comes_up(
    client: httpx.AsyncClient, base: str, world: World, call: Caller
) -> None:
    poll = asyncio.create_task(client.post(f"{base}/getUpdates", data={"timeout": "40"}, timeout=50))
    await world.until(lambda: call.bot.updates.polled)
    world.faults.down()
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await poll
    for _ in range(2):
        with pytest.raises(httpx.ConnectError):
            await client.post(f"{base}/getMe")
    world.faults.up()
    assert (await client.post(f"{base}/getMe")).status_code == 200
    world.faults.down()
    world.faults.clear()
    async with httpx.AsyncClient(trust_env=False, verify=False) as fresh:
        assert (await fresh.post(f"{base}/getMe")).status_code == 200


@pytest.mark.usefixtures("bot")
async def test_a_world_is_served_again_on_the_same_port(client: httpx.AsyncClient, world: World) -> None:
    async with serve(world) as first:
        assert (await client.post(f"{first.base_url}1000:test/getMe")).status_code == 200
    async with serve(world, port=first.port) as second:
        assert (await client.post(f"{second.base_url}1000:test/getMe")).status_code == 200
        assert second == first


async def test_two_worlds_cannot_have_one_port(address: Address, world: World) -> None:
    with pytest.raises(OSError, match="in use"):
        async with serve(world, port=address.port):
            pass


async def test_leaving_does_not_wait_for_those_who_poll(world: World, call: Caller, client: httpx.AsyncClient) -> None:
    async with serve(world) as address:
        url = f"{address.base_url}1000:test/getUpdates"
        poll = asyncio.create_task(client.post(url, data={"timeout": "40"}, timeout=50))
        await world.until(lambda: call.bot.updates.polled)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await poll


async def test_updates_are_posted_to_a_real_address(world: World, call: Caller, li: Person) -> None:
    received: asyncio.Queue[bytes] = asyncio.Queue()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await received.put(head + await reader.readexactly(length))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1")
    async with server:
        port = server.sockets[0].getsockname()[1]
        await call("setWebhook", url=f"http://127.0.0.1:{port}/hook", secret_token="s-1")
        li.writes(call.bot, "路灯坏了")
        posted = await received.get()
        await world.until(lambda: len(call.bot.updates) == 0)
    assert posted.startswith(b"POST /hook HTTP/1.1")
    assert b"s-1" in posted
    await world.close()
