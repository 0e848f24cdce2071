"""Two libraries read everything that the sandbox ever says; neither may find a field missing or unknown."""

from collections.abc import Iterator

import pytest
import telegram
from pydantic import BaseModel, TypeAdapter

from sandbox import pictures
from sandbox.bots import Bot
from sandbox.files import FILE_KINDS
from sandbox.groups import Group
from sandbox.jsons import Json
from sandbox.people import Person
from sandbox.updates import KINDS
from sandbox.world import World
from tests.sandbox import lazily
from tests.sandbox.cast import Caller

pytestmark = pytest.mark.xdist_group("aiogram")

PTB_RESULTS: dict[str, type[telegram.TelegramObject]] = {
    "getMe": telegram.User,
    "getChat": telegram.ChatFullInfo,
    "getChatMember": telegram.ChatMember,
    "getFile": telegram.File,
    "getWebhookInfo": telegram.WebhookInfo,
    "createForumTopic": telegram.ForumTopic,
    "stopPoll": telegram.Poll,
    "copyMessage": telegram.MessageId,
    "getChatMenuButton": telegram.MenuButton,
}


async def say_everything(call: Caller, li: Person, wang: Person, forum: Group) -> list[Json]:
    """Let people do all that they can, call what returns objects, and return all updates."""
    world, bot = call.world, call.bot
    await call("getUpdates", allowed_updates=sorted(KINDS))
    people_send(li, bot, wang, forum)
    markup = {"inline_keyboard": [[{"text": "好", "callback_data": "x"}, {"text": "网", "url": "https://a.cn"}]]}
    photo = {"photo": ("a.jpg", pictures.draw("a"), "image/jpeg")}
    topic = await call("createForumTopic", chat_id=forum.id, name="第3网格")
    sent = await call("sendMessage", chat_id=li.id, text="<b>好</b> #a", parse_mode="HTML", reply_markup=markup)
    in_topic = await call(
        "sendPhoto",
        photo,
        chat_id=forum.id,
        message_thread_id=topic["message_thread_id"],
        caption="图",
        has_spoiler=True,
    )
    poll = await call("sendPoll", chat_id=forum.id, question="满意吗", options=["是", "否"], is_anonymous=False)
    quiz = await call("sendPoll", chat_id=li.id, question="1+1", options=["1", "2"], type="quiz", correct_option_id=1)
    await call("sendDice", chat_id=li.id)
    wang.votes(forum.last, "是")
    wang.reacts(forum.last, "👍")
    li.presses(li.chat_with(bot).find(sent["message_id"]) or forum.last, "好")
    await call("editMessageText", chat_id=li.id, message_id=sent["message_id"], text="改了")
    await call("forwardMessage", chat_id=forum.id, from_chat_id=li.id, message_id=sent["message_id"])
    await call("copyMessage", chat_id=forum.id, from_chat_id=li.id, message_id=sent["message_id"])
    await call("pinChatMessage", chat_id=forum.id, message_id=in_topic["message_id"])
    await call("getFile", file_id=in_topic["photo"][-1]["file_id"])
    for message, chat in ((poll, forum.id), (quiz, li.id)):
        await call("stopPoll", chat_id=chat, message_id=message["message_id"])
    people_come_and_go(world, call, li, wang, forum)
    for method in (
        "getMe",
        "getWebhookInfo",
        "getChatMenuButton",
        "getMyName",
        "getMyDescription",
        "getMyShortDescription",
    ):
        await call(method)
    for chat in (li.id, forum.id):
        await call("getChat", chat_id=chat)
    for user in (wang, li, forum.owner, bot):
        await call("getChatMember", chat_id=forum.id, user_id=user.id)
    await call("getChatAdministrators", chat_id=forum.id)
    return await call.updates(limit=100)


def people_send(li: Person, bot: Bot, wang: Person, forum: Group) -> None:
    first = li.writes(bot, "/start@minhu_bot #投诉 @minhu_bot https://example.org a@example.org")
    for kind in (*FILE_KINDS, "location", "contact"):
        getattr(li, f"sends_{kind}")(bot, reply_to=first)
    li.sends_venue(bot, "学校", "红星路")
    li.sends_album(bot, ["photo", "video"], "两个")
    li.sends_poll(bot, "吃什么", ["面", "粉"])
    li.forwards(first, bot)
    li.edits(first, "改了")
    topic = forum.add_topic("第1网格")
    wang.writes(topic, "在")
    wang.replies(forum.last, "也在")
    forum.rename_topic(topic, "第2网格")
    forum.close_topic(topic)
    forum.reopen_topic(topic)


def people_come_and_go(world: World, call: Caller, li: Person, wang: Person, forum: Group) -> None:
    small = world.add_group(supergroup=False, owner=wang)
    small.add_bot(call.bot)
    small.migrate()
    li.blocks(call.bot)
    li.unblocks(call.bot)
    zhang = world.add_person(2002, "张伟")
    zhang.joins(forum)
    forum.promote(zhang, anonymous=True)
    zhang.writes(forum, "我是谁")
    forum.remove(zhang)
    forum.rename("新社区")
    forum.add(li)
    li.leaves(forum)
    call.bot.presses.clear()


def unknown_fields(value: object, where: str = "") -> Iterator[str]:
    """Fields that aiogram's types do not have."""
    if isinstance(value, BaseModel):
        yield from (f"{where}.{name}" for name in value.model_extra or {})
        for name in type(value).model_fields:
            yield from unknown_fields(getattr(value, name, None), f"{where}.{name}")
    elif isinstance(value, list):
        for item in value:
            yield from unknown_fields(item, where)


@pytest.fixture
async def updates(call: Caller, li: Person, wang: Person, forum: Group) -> list[Json]:
    return await say_everything(call, li, wang, forum)


def test_aiogram_knows_every_field_of_every_update(updates: list[Json]) -> None:
    read = [lazily.aiogram.types.Update.model_validate(update) for update in updates]
    assert [field for update in read for field in unknown_fields(update)] == []
    kinds = {update.event_type for update in read}
    assert kinds == KINDS
    content = {str(update.message.content_type) for update in read if update.message}
    assert len(content) == 23, content


def test_aiogram_knows_every_field_of_every_result(world: World, updates: list[Json]) -> None:
    assert updates
    for entry in world.journal:
        returned = getattr(lazily.aiogram.methods, entry.method[0].upper() + entry.method[1:]).__returning__
        read = TypeAdapter(returned).validate_python(entry.result)
        assert list(unknown_fields(read, entry.method)) == []


def test_python_telegram_bot_reads_every_update(updates: list[Json]) -> None:
    for update in updates:
        read = telegram.Update.de_json(update, None)
        assert read is not None
        assert not read.api_kwargs
        assert read.effective_user or read.poll


def test_python_telegram_bot_reads_every_result(world: World, updates: list[Json]) -> None:
    assert updates
    for entry in world.journal:
        if isinstance(entry.result, dict) and "chat" in entry.result:
            assert telegram.Message.de_json(entry.result, None) is not None
        elif entry.method in PTB_RESULTS:
            assert PTB_RESULTS[entry.method].de_json(entry.result, None) is not None
