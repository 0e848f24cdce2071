from typing import Any

import pytest

from sandbox.errors import ImpossibleError
from sandbox.messages import Message
from sandbox.people import Person
from tests.sandbox.cast import Caller, Clock

UNCHANGED = (
    400,
    (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as "
        "a current content and reply markup of the message"
    ),
)
CANNOT = (400, "Bad Request: message can't be edited")
MARKUP: dict[str, Any] = {"inline_keyboard": [[{"text": "提交", "callback_data": "s"}]]}


@pytest.fixture
async def card(call: Caller, li: Person) -> Message:
    await call("sendMessage", chat_id=li.id, text="草稿", reply_markup=MARKUP)
    return li.chat_with(call.bot).last


@pytest.fixture
async def photo(call: Caller, li: Person) -> Message:
    upload = {"photo": ("a.jpg", b"\xff\xd8", "image/jpeg")}
    await call("sendPhoto", upload, chat_id=li.id, caption="前", reply_markup=MARKUP)
    return li.chat_with(call.bot).last


async def test_a_card_is_edited(call: Caller, li: Person, card: Message, clock: Clock) -> None:
    clock.advance(seconds=30)
    edited = await call("editMessageText", chat_id=li.id, message_id=card.id, text="<b>投诉</b>", parse_mode="HTML")
    assert (edited["text"], edited["edit_date"] - edited["date"]) == ("投诉", 30)
    assert "reply_markup" not in edited
    assert (card.text, card.buttons()) == ("投诉", [])
    assert await call.updates() == []


async def test_an_edit_must_change_something(call: Caller, li: Person, card: Message) -> None:
    same = {"chat_id": li.id, "message_id": card.id, "text": "草稿", "reply_markup": MARKUP}
    assert await call.refused("editMessageText", **same) == UNCHANGED
    refused = await call.refused("editMessageReplyMarkup", chat_id=li.id, message_id=card.id, reply_markup=MARKUP)
    assert refused == UNCHANGED
    await call("editMessageText", **(same | {"reply_markup": None}))
    assert await call.refused("editMessageReplyMarkup", chat_id=li.id, message_id=card.id) == UNCHANGED


async def test_buttons_alone_are_changed(call: Caller, li: Person, card: Message, photo: Message) -> None:
    for message in (card, photo):
        await call("editMessageReplyMarkup", chat_id=li.id, message_id=message.id)
        assert message.buttons() == []
    assert (card.text, photo.caption) == ("草稿", "前")


async def test_a_caption_is_edited(call: Caller, li: Person, photo: Message) -> None:
    edited = await call("editMessageCaption", chat_id=li.id, message_id=photo.id, caption="后", reply_markup=MARKUP)
    assert edited["caption"] == "后"
    assert edited["photo"]
    await call("editMessageCaption", chat_id=li.id, message_id=photo.id)
    assert photo.caption == ""


async def test_a_file_is_exchanged(call: Caller, li: Person, card: Message, photo: Message) -> None:
    upload = {"new": ("b.txt", b"text", "text/plain")}
    media = {"type": "document", "media": "attach://new", "caption": "文件"}
    for message in (card, photo):
        edited = await call("editMessageMedia", upload, chat_id=li.id, message_id=message.id, media=media)
        assert edited["document"]["file_name"] == "b.txt"
        assert (message.kind, message.data, message.caption) == ("document", b"text", "文件")
    place = await call("sendLocation", chat_id=li.id, latitude=1, longitude=2)
    refused = await call.refused("editMessageMedia", upload, chat_id=li.id, message_id=place["message_id"], media=media)
    assert refused == (400, "Bad Request: there is no media in the message to edit")


async def test_words_and_captions_are_not_confused(call: Caller, li: Person, card: Message, photo: Message) -> None:
    refused = await call.refused("editMessageText", chat_id=li.id, message_id=photo.id, text="后")
    assert refused == (400, "Bad Request: there is no text in the message to edit")
    refused = await call.refused("editMessageCaption", chat_id=li.id, message_id=card.id, caption="后")
    assert refused == (400, "Bad Request: there is no caption in the message to edit")


async def test_what_is_gone_is_not_found(call: Caller, li: Person, card: Message) -> None:
    card.delete()
    refused = await call.refused("editMessageText", chat_id=li.id, message_id=card.id, text="后")
    assert refused == (400, "Bad Request: message to edit not found")
    refused = await call.refused("editMessageText", chat_id=li.id, text="后")
    assert refused == (400, "Bad Request: message identifier is not specified")


@pytest.mark.parametrize(
    "markup", [{"keyboard": [["好"]]}, {"remove_keyboard": True}, {"force_reply": True, "selective": True}]
)
async def test_what_came_with_a_keyboard_cannot_be_edited(call: Caller, li: Person, markup: dict[str, Any]) -> None:
    sent = await call("sendMessage", chat_id=li.id, text="请选择", reply_markup=markup)
    assert await call.refused("editMessageText", chat_id=li.id, message_id=sent["message_id"], text="后") == CANNOT


async def test_only_ones_own_messages_can_be_edited(call: Caller, li: Person) -> None:
    theirs = li.writes(call.bot, "我的")
    assert await call.refused("editMessageText", chat_id=li.id, message_id=theirs.id, text="后") == CANNOT
    forwarded = await call("forwardMessage", chat_id=li.id, from_chat_id=li.id, message_id=theirs.id)
    refused = await call.refused("editMessageText", chat_id=li.id, message_id=forwarded["message_id"], text="后")
    assert refused == CANNOT


async def test_an_edit_takes_inline_keyboards_only(call: Caller, li: Person, card: Message) -> None:
    refused = await call.refused(
        "editMessageText", chat_id=li.id, message_id=card.id, text="后", reply_markup={"keyboard": [["好"]]}
    )
    assert refused == (400, "Bad Request: inline keyboard expected")
    assert card.text == "草稿"


async def test_nothing_is_edited_before_somebody_who_blocked_the_bot(call: Caller, li: Person, card: Message) -> None:
    li.blocks(call.bot)
    refused = await call.refused("editMessageText", chat_id=li.id, message_id=card.id, text="后")
    assert refused == (403, "Forbidden: bot was blocked by the user")


async def test_a_person_puts_another_file_in_the_place_of_one(call: Caller, li: Person) -> None:
    photo = li.sends_photo(call.bot, "路灯")
    words = li.writes(call.bot, "还有")
    voice = li.sends_voice(call.bot)
    [first, _] = li.sends_album(call.bot, ["photo", "photo"])
    await call.updates()
    li.replaces(photo, "video")
    li.replaces(words, b"\xff\xd8\xff")
    one, other = await call.heard("edited_message")

    assert "photo" not in one
    assert (one["message_id"], one["caption"], "video" in one) == (photo.id, "路灯", True)
    assert (other["caption"], "text" in other, "photo" in other) == ("还有", False, True)
    for message, kind in ((voice, "photo"), (first, "document"), (photo, "voice")):
        with pytest.raises(ImpossibleError):
            li.replaces(message, kind)
