from collections.abc import Callable
from typing import Any

import pytest

from sandbox import pictures
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.world import World
from tests.sandbox.cast import Caller

WRONG_ID = (400, "Bad Request: wrong file identifier/HTTP URL specified")
METHODS = {
    "photo": "sendPhoto",
    "video": "sendVideo",
    "animation": "sendAnimation",
    "audio": "sendAudio",
    "document": "sendDocument",
    "voice": "sendVoice",
    "video_note": "sendVideoNote",
    "sticker": "sendSticker",
}


def file_id(message: dict[str, Any], kind: str) -> str:
    found = message[kind]
    card = found[-1] if isinstance(found, list) else found
    identifier: str = card["file_id"]
    return identifier


async def fetched(call: Caller, identifier: str) -> bytes:
    file = await call("getFile", file_id=identifier)
    status, data = call.world.api.file(call.bot.token, file["file_path"])
    assert status == 200
    assert file["file_size"] == len(data)
    return data


SENDS: dict[str, Callable[..., Message]] = {kind: getattr(Person, f"sends_{kind}") for kind in METHODS}


@pytest.mark.parametrize("kind", METHODS)
async def test_what_a_person_sends_can_be_fetched_and_sent_on(call: Caller, li: Person, kind: str) -> None:
    original = SENDS[kind](li, call.bot)
    [heard] = await call.heard()
    assert original.kind == kind
    assert await fetched(call, file_id(heard, kind)) == original.data
    again = await call(METHODS[kind], chat_id=li.id, **{kind: file_id(heard, kind)})
    assert file_id(again, kind) == file_id(heard, kind)
    assert li.chat_with(call.bot).last.data == original.data


@pytest.mark.parametrize("kind", METHODS)
@pytest.mark.parametrize("attached", [True, False])
async def test_a_bot_uploads(call: Caller, li: Person, kind: str, attached: bool) -> None:
    data = pictures.draw("上传") if kind == "photo" else b"some bytes"
    upload = {"part" if attached else kind: ("附件.bin", data, "application/octet-stream")}
    params = {kind: "attach://part"} if attached else {}
    sent = await call(METHODS[kind], upload, chat_id=li.id, **params)
    assert li.chat_with(call.bot).last.data == data
    assert await fetched(call, file_id(sent, kind)) == data
    assert call.world.journal.calls(METHODS[kind])[0].files[next(iter(upload))].data == data


@pytest.mark.parametrize("kind", METHODS)
@pytest.mark.parametrize("value", ["nonsense", "AgACAgIAAxkBAAIBZ2", "https://example.org/a.jpg"])
async def test_a_wrong_identifier_is_refused(call: Caller, li: Person, kind: str, value: str) -> None:
    assert await call.refused(METHODS[kind], chat_id=li.id, **{kind: value}) == WRONG_ID


async def test_another_bots_identifier_is_refused(world: World, call: Caller, li: Person) -> None:
    other = world.add_bot("1001:test", "other_bot", "别的")
    li.sends_photo(other)
    [heard] = await Caller(world, other).heard()
    assert await call.refused("sendPhoto", chat_id=li.id, photo=file_id(heard, "photo")) == WRONG_ID
    refused = await call.refused("getFile", file_id=file_id(heard, "photo"))
    assert refused == (400, "Bad Request: wrong file_id or the file is temporarily unavailable")


async def test_two_bots_know_one_file_by_its_unique_identifier(
    world: World, call: Caller, group: Group, wang: Person
) -> None:
    other = world.add_bot("1001:test", "other_bot", "别的")
    group.add_bot(other, admin=True)
    group.promote(call.bot)
    await call.updates()
    wang.sends_photo(group)
    [mine], theirs = await call.heard(), (await Caller(world, other).heard())[-1]
    assert file_id(mine, "photo") != file_id(theirs, "photo")
    assert mine["photo"][0]["file_unique_id"] == theirs["photo"][0]["file_unique_id"]


async def test_a_photo_comes_in_several_sizes(call: Caller, li: Person) -> None:
    li.sends_photo(call.bot, "照片")
    [heard] = await call.heard()
    assert [(size["width"], size["height"]) for size in heard["photo"]] == [(90, 67), (320, 240)]
    assert len({size["file_unique_id"] for size in heard["photo"]}) == 2
    assert heard["caption"] == "照片"
    smallest = await call("getFile", file_id=heard["photo"][0]["file_id"])
    assert smallest["file_unique_id"] == heard["photo"][0]["file_unique_id"]


def test_every_picture_is_another() -> None:
    first, second = pictures.draw("一"), pictures.draw("二")
    assert first != second
    assert first.startswith(b"\xff\xd8\xff")
    assert pictures.size_of(first) == (320, 240)
    assert pictures.size_of(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x07\x00\x00\x00\x09") == (7, 9)


async def test_a_photo_cannot_be_sent_as_something_else(call: Caller, li: Person) -> None:
    photo, document = li.sends_photo(call.bot), li.sends_document(call.bot)
    shown, told = await call.heard()
    assert (photo.kind, document.kind) == ("photo", "document")
    refused = await call.refused("sendDocument", chat_id=li.id, document=file_id(shown, "photo"))
    assert refused == (400, "Bad Request: can't use file of type Photo as Document")
    refused = await call.refused("sendPhoto", chat_id=li.id, photo=file_id(told, "document"))
    assert refused == (400, "Bad Request: can't use file of type Document as Photo")


async def test_a_document_keeps_its_name(call: Caller, li: Person) -> None:
    li.sends_document(call.bot, "合同", name="合同.pdf", mime="application/pdf", data=b"%PDF")
    [heard] = await call.heard()
    assert (heard["document"]["file_name"], heard["document"]["mime_type"]) == ("合同.pdf", "application/pdf")
    assert (await call("getFile", file_id=heard["document"]["file_id"]))["file_path"].endswith(".pdf")


async def test_a_big_file_cannot_be_fetched(call: Caller, li: Person) -> None:
    li.sends_video(call.bot, size=20 * 1024 * 1024 + 1)
    [heard] = await call.heard()
    assert heard["video"]["file_size"] == 20 * 1024 * 1024 + 1
    refused = await call.refused("getFile", file_id=heard["video"]["file_id"])
    assert refused == (400, "Bad Request: file is too big")
    li.sends_document(call.bot, size=20 * 1024 * 1024)
    [heard] = await call.heard()
    await call("getFile", file_id=heard["document"]["file_id"])


async def test_a_path_is_good_only_after_asking(call: Caller, li: Person) -> None:
    message = li.sends_photo(call.bot)
    assert call.world.api.file(call.bot.token, f"photos/file_{message.id}.jpg") == (404, b"")
    assert call.world.api.file("999:nobody", "photos/file_1.jpg") == (404, b"")
    assert await call.refused("getFile") == (400, "Bad Request: file_id not specified")


@pytest.mark.parametrize(
    ("size", "answer"),
    [
        (0, (400, "Bad Request: file must be non-empty")),
        (
            10 * 1024 * 1024 + 1,
            (
                400,
                "Bad Request: file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
            ),
        ),
        (50 * 1024 * 1024 + 1, (413, "Request Entity Too Large")),
    ],
)
async def test_an_upload_has_limits(call: Caller, li: Person, size: int, answer: tuple[int, str]) -> None:
    assert await call.refused("sendPhoto", {"photo": ("a.jpg", bytes(size), "")}, chat_id=li.id) == answer


async def test_a_file_must_be_there(call: Caller, li: Person) -> None:
    refused = await call.refused("sendPhoto", chat_id=li.id)
    assert refused == (400, "Bad Request: there is no photo in the request")
    refused = await call.refused("sendPhoto", chat_id=li.id, photo="attach://missing")
    assert refused == WRONG_ID


async def test_measures_of_an_upload_are_those_that_were_given(call: Caller, li: Person) -> None:
    upload = {"video": ("v.mp4", b"ftyp", "video/mp4")}
    sent = await call("sendVideo", upload, chat_id=li.id, width=640, height=480, duration=7, has_spoiler=True)
    assert (sent["video"]["width"], sent["video"]["height"], sent["video"]["duration"]) == (640, 480, 7)
    assert sent["has_media_spoiler"] is True


async def test_an_album_of_a_person_arrives_in_pieces(call: Caller, li: Person) -> None:
    question = li.writes(call.bot, "路灯坏了")
    await call.updates()
    album = li.sends_album(call.bot, ["photo", "video", pictures.draw("三")], "三个", reply_to=question)
    heard = await call.heard()
    assert [message["message_id"] for message in heard] == [message.id for message in album]
    assert len({message["media_group_id"] for message in heard}) == 1
    assert [message.get("caption") for message in heard] == ["三个", None, None]
    assert {message["reply_to_message"]["message_id"] for message in heard} == {question.id}
    assert album[2].data == pictures.draw("三")


async def test_a_bot_sends_an_album(call: Caller, li: Person) -> None:
    question = li.sends_photo(call.bot)
    [heard] = await call.heard()
    media = [
        {"type": "photo", "media": file_id(heard, "photo"), "caption": "<b>现场</b>", "parse_mode": "HTML"},
        {"type": "video", "media": "attach://new"},
    ]
    sent = await call(
        "sendMediaGroup",
        {"new": ("v.mp4", b"ftyp", "video/mp4")},
        chat_id=li.id,
        media=media,
        reply_parameters={"message_id": question.id},
    )
    assert sent[0]["media_group_id"] == sent[1]["media_group_id"]
    assert (sent[0]["caption"], sent[0]["caption_entities"][0]["type"]) == ("现场", "bold")
    assert sent[1]["video"]["file_id"]
    assert [message["reply_to_message"]["message_id"] for message in sent] == [question.id] * 2


@pytest.mark.parametrize(
    ("kinds", "problem"),
    [
        ([], "there are no messages to send"),
        (["photo"], "an album must have at least 2 messages"),
        (["photo"] * 11, "too many messages to send as an album"),
        (["photo", "document"], "can't use the media of the specified type in the album"),
        (["voice", "voice"], "can't use the media of the specified type in the album"),
    ],
)
async def test_an_album_has_rules(call: Caller, li: Person, kinds: list[str], problem: str) -> None:
    media = [{"type": kind, "media": "attach://a"} for kind in kinds]
    refused = await call.refused("sendMediaGroup", {"a": ("a", b"a", "")}, chat_id=li.id, media=media)
    assert refused == (400, f"Bad Request: {problem}")


async def test_an_album_that_fails_sends_nothing(call: Caller, li: Person) -> None:
    before = len(li.chat_with(call.bot).messages)
    media = [{"type": "photo", "media": "attach://a"}, {"type": "photo", "media": "nonsense"}]
    refused = await call.refused("sendMediaGroup", {"a": ("a", b"a", "")}, chat_id=li.id, media=media)
    assert refused == WRONG_ID
    assert len(li.chat_with(call.bot).messages) == before
    refused = await call.refused("sendMediaGroup", chat_id=li.id, media=[{"type": "photo"}, {"type": "photo"}])
    assert refused == (400, "Bad Request: can't parse InputMedia: media not found")


async def test_places_cards_and_dice(call: Caller, li: Person) -> None:
    point = {"latitude": 27.53, "longitude": 106.83}
    location = await call("sendLocation", chat_id=li.id, horizontal_accuracy="12.5", **point)
    venue = await call("sendVenue", chat_id=li.id, title="社区", address="桂花桥", **point)
    contact = await call("sendContact", chat_id=li.id, phone_number="12345", first_name="热线")
    dice = await call("sendDice", chat_id=li.id)
    assert location["location"] == point | {"horizontal_accuracy": 12.5}
    assert venue["venue"] == {"location": point, "title": "社区", "address": "桂花桥"}
    assert contact["contact"] == {"phone_number": "12345", "first_name": "热线"}
    assert dice["dice"]["emoji"] == "🎲"
    assert dice["dice"]["value"] in range(1, 7)
    li.sends_location(call.bot, 1.5, 2.5)
    li.sends_venue(call.bot, "学校", "红星路")
    li.sends_contact(call.bot)
    kinds = [message.keys() & {"location", "venue", "contact"} for message in await call.heard()]
    assert kinds == [{"location"}, {"location", "venue"}, {"contact"}]


@pytest.mark.parametrize(
    ("method", "params", "problem"),
    [
        ("sendLocation", {"longitude": 1}, "latitude is empty"),
        ("sendLocation", {"latitude": 1}, "longitude is empty"),
        ("sendLocation", {"latitude": 91, "longitude": 1}, "wrong location specified"),
        ("sendLocation", {"latitude": "x", "longitude": 1}, "latitude must be a number"),
        ("sendContact", {"first_name": "热线"}, "PHONE_NUMBER_INVALID"),
        ("sendContact", {"phone_number": "12345"}, "first name must be non-empty"),
    ],
)
async def test_places_and_cards_must_be_whole(
    call: Caller, li: Person, method: str, params: dict[str, Any], problem: str
) -> None:
    assert await call.refused(method, chat_id=li.id, **params) == (400, f"Bad Request: {problem}")
