"""From outside, with python-telegram-bot."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import telegram
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import Application, ContextTypes, ExtBot, MessageHandler, filters

from sandbox import pictures
from sandbox.groups import Group
from sandbox.people import Person
from sandbox.wire import Address
from sandbox.world import World
from tests.sandbox.cast import Caller

pytestmark = pytest.mark.wire


@pytest.fixture(autouse=True)
def modern_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this, version 22 warns of every duration that it meets."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def client(address: Address) -> AsyncIterator[ExtBot[None]]:
    client = ExtBot("1000:test", base_url=address.base_url, base_file_url=address.file_url)
    async with client:
        yield client


async def test_it_knows_itself(client: ExtBot[None]) -> None:
    assert client.username == "minhu_bot"
    assert client.can_read_all_group_messages is False


async def test_words_buttons_and_answers(client: ExtBot[None], call: Caller, li: Person) -> None:
    button = telegram.InlineKeyboardButton("提交", callback_data="s:1")
    sent = await client.send_message(
        li.id, "<b>草稿</b>", parse_mode=ParseMode.HTML, reply_markup=telegram.InlineKeyboardMarkup([[button]])
    )
    assert sent.text_html == "<b>草稿</b>"
    press = li.presses(li.chat_with(call.bot).last, "提交")
    [update] = await client.get_updates()
    assert update.callback_query is not None
    assert isinstance(update.callback_query.message, telegram.Message)
    await client.answer_callback_query(update.callback_query.id, "已提交", show_alert=True)
    assert press.answer is not None
    assert (press.answer.text, press.answer.show_alert) == ("已提交", True)
    edited = await client.edit_message_text("已提交", li.id, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert li.chat_with(call.bot).last.text == "已提交"


async def test_files_both_ways(client: ExtBot[None], call: Caller, li: Person) -> None:
    picture = pictures.draw("现场")
    photo = await client.send_photo(li.id, picture, caption="现场")
    document = await client.send_document(li.id, b"text", filename="说明.txt")
    voice = await client.send_voice(li.id, b"OggS")
    video = await client.send_video(li.id, b"ftyp", width=640, height=480)
    assert await (await client.get_file(photo.photo[-1])).download_as_bytearray() == picture
    assert document.document is not None
    assert document.document.file_name == "说明.txt"
    assert voice.voice is not None
    assert video.video is not None
    album = await client.send_media_group(
        li.id, [telegram.InputMediaPhoto(photo.photo[-1].file_id), telegram.InputMediaPhoto(picture)], caption="两张"
    )
    assert (album[0].media_group_id, album[0].caption) == (album[1].media_group_id, "两张")
    media = telegram.InputMediaDocument(b"new", filename="新.txt")
    await client.edit_message_media(media, li.id, photo.message_id)
    message = li.chat_with(call.bot).find(photo.message_id)
    assert message is not None
    assert message.data == b"new"


async def test_topics_and_answers(client: ExtBot[None], forum: Group, wang: Person) -> None:
    topic = await client.create_forum_topic(forum.id, "第1网格")
    sent = await client.send_message(forum.id, "新诉求", message_thread_id=topic.message_thread_id)
    assert sent.is_topic_message
    card = forum.find(sent.message_id)
    assert card is not None
    wang.replies(card, "我去")
    *_, update = await client.get_updates()
    assert update.effective_message is not None
    assert update.effective_message.reply_to_message is not None
    assert update.effective_message.reply_to_message.message_id == sent.message_id
    reply = telegram.ReplyParameters(update.effective_message.message_id)
    answer = await client.send_message(forum.id, "好", reply_parameters=reply)
    assert answer.message_thread_id == topic.message_thread_id


async def test_errors_are_of_their_classes(
    client: ExtBot[None], world: World, call: Caller, li: Person, address: Address
) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await client.send_message(4, "好")
    li.blocks(call.bot)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await client.send_message(li.id, "好")
    li.unblocks(call.bot)
    world.faults.flood(li, retry_after=7)
    with pytest.raises(RetryAfter) as flood:
        await client.send_message(li.id, "好")
    assert flood.value.retry_after == timedelta(seconds=7)
    world.faults.clear()
    world.faults.next("sendMessage", 502)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await client.send_message(li.id, "好")
    world.faults.drop_answer("sendMessage")
    with pytest.raises(NetworkError):
        await client.send_message(li.id, "收到")
    assert li.chat_with(call.bot).last.text == "收到"
    stranger = telegram.Bot("999:nobody", base_url=address.base_url)
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_a_migration_names_the_new_group(client: ExtBot[None], world: World, call: Caller) -> None:
    small = world.add_group(supergroup=False)
    small.add_bot(call.bot)
    large = small.migrate()
    with pytest.raises(ChatMigrated) as moved:
        await client.send_message(small.id, "好")
    assert moved.value.new_chat_id == large.id


async def test_a_second_poll_is_a_conflict(client: ExtBot[None], address: Address, world: World, call: Caller) -> None:
    first = asyncio.create_task(client.get_updates(timeout=30))
    await world.until(lambda: call.bot.updates.polled)
    async with telegram.Bot("1000:test", base_url=address.base_url) as second:
        assert await second.get_updates() == ()
    with pytest.raises(Conflict):
        await first


async def test_the_menus(client: ExtBot[None], world: World, call: Caller, li: Person) -> None:
    await client.set_my_commands([("my", "我的诉求")], scope=telegram.BotCommandScopeChat(li.id))
    assert await client.get_my_commands(telegram.BotCommandScopeChat(li.id)) == (telegram.BotCommand("my", "我的诉求"),)
    assert world.commands_shown(call.bot, li) == [{"command": "my", "description": "我的诉求"}]
    await client.set_chat_menu_button(li.id, telegram.MenuButtonCommands())
    assert isinstance(await client.get_chat_menu_button(li.id), telegram.MenuButtonCommands)


async def test_an_application_serves_people(address: Address, world: World, call: Caller, li: Person) -> None:
    async def echo(update: telegram.Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text(f"收到：{update.effective_message.text}")

    builder = Application.builder().token("1000:test").base_url(address.base_url).base_file_url(address.file_url)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(timeout=40)
        li.writes(call.bot, "路灯坏了")
        await world.until(lambda: li.chat_with(call.bot).last.text == "收到：路灯坏了")
        await world.until(lambda: call.bot.updates.idle)
        await application.updater.stop()
        await application.stop()
