import pytest

from sandbox.groups import Group
from sandbox.people import Person
from tests.sandbox.cast import Caller


async def test_a_forward_says_who_wrote_it(call: Caller, li: Person, group: Group) -> None:
    message = li.writes(call.bot, "路灯坏了")
    sent = await call("forwardMessage", chat_id=group.id, from_chat_id=li.id, message_id=message.id)
    assert sent["text"] == "路灯坏了"
    assert sent["forward_origin"] == {"type": "user", "date": sent["date"], "sender_user": li.card()}
    again = await call("forwardMessage", chat_id=li.id, from_chat_id=group.id, message_id=sent["message_id"])
    assert again["forward_origin"] == sent["forward_origin"]


async def test_a_copy_does_not(call: Caller, li: Person, group: Group) -> None:
    photo = li.sends_photo(call.bot, "门口")
    copied = await call("copyMessage", chat_id=group.id, from_chat_id=li.id, message_id=photo.id)
    assert copied.keys() == {"message_id"}
    assert (group.last.data, group.last.caption, group.last.origin) == (photo.data, "门口", None)
    await call("copyMessage", chat_id=group.id, from_chat_id=li.id, message_id=photo.id, caption="别处")
    assert group.last.caption == "别处"


async def test_an_album_stays_together(call: Caller, li: Person, group: Group) -> None:
    words = li.writes(call.bot, "路灯坏了")
    album = li.sends_album(call.bot, ["photo", "photo"], "两张")
    numbers = [words.id, *(message.id for message in album), 9999]
    forwarded = await call("forwardMessages", chat_id=group.id, from_chat_id=li.id, message_ids=numbers)
    copied = await call("copyMessages", chat_id=group.id, from_chat_id=li.id, message_ids=numbers, remove_caption=True)
    assert (len(forwarded), len(copied)) == (3, 3)
    alone, first, second, _, third, fourth = group.messages[-6:]
    assert alone.album is None
    assert first.album == second.album != third.album == fourth.album
    assert (first.caption, third.caption) == ("两张", "")


@pytest.mark.parametrize(
    ("one", "several", "verb", "past"),
    [
        ("forwardMessage", "forwardMessages", "forward", "forwarded"),
        ("copyMessage", "copyMessages", "copy", "copied"),
    ],
)
async def test_some_cannot_be_passed_on(
    call: Caller, li: Person, group: Group, one: str, several: str, verb: str, past: str
) -> None:
    refused = await call.refused(one, chat_id=li.id, from_chat_id=group.id, message_id=9999)
    assert refused == (400, f"Bad Request: message to {verb} not found")
    secret = await call("sendMessage", chat_id=group.id, text="内部", protect_content=True)
    assert secret["has_protected_content"] is True
    joined = next(message for message in group.messages if message.is_service)
    for number in (secret["message_id"], joined.id):
        refused = await call.refused(one, chat_id=li.id, from_chat_id=group.id, message_id=number)
        assert refused == (400, f"Bad Request: message can't be {past}")
    refused = await call.refused(several, chat_id=li.id, from_chat_id=group.id, message_ids=[joined.id])
    assert refused == (400, "Bad Request: there are no messages to forward")


async def test_an_anonymous_administrators_forward_names_the_group(call: Caller, li: Person, group: Group) -> None:
    li.joins(group)
    group.promote(li, anonymous=True)
    message = li.writes(group, "通知")
    sent = await call("forwardMessage", chat_id=li.id, from_chat_id=group.id, message_id=message.id)
    assert sent["forward_origin"]["sender_chat"]["id"] == group.id
