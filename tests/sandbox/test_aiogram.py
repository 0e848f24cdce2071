"""From outside, with aiogram: a second library that shares nothing with the first."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO

import pytest

from sandbox import pictures
from sandbox.groups import Group
from sandbox.people import Person
from sandbox.wire import Address
from sandbox.world import World
from tests.sandbox import lazily
from tests.sandbox.cast import Caller

pytestmark = [pytest.mark.wire, pytest.mark.xdist_group("aiogram")]


def client_at(address: Address, token: str = "1000:test") -> lazily.aiogram.Bot:
    server = lazily.aiogram.client.telegram.TelegramAPIServer(
        base=f"{address.base_url}{{token}}/{{method}}", file=f"{address.file_url}{{token}}/{{path}}"
    )
    return lazily.aiogram.Bot(token, session=lazily.aiogram.client.session.aiohttp.AiohttpSession(api=server))


@pytest.fixture
async def client(address: Address) -> AsyncIterator[lazily.aiogram.Bot]:
    async with client_at(address).context() as client:
        yield client


async def test_it_knows_itself(client: lazily.aiogram.Bot) -> None:
    assert (await client.me()).username == "minhu_bot"


async def test_words_buttons_and_answers(client: lazily.aiogram.Bot, call: Caller, li: Person) -> None:
    buttons = lazily.aiogram.types.InlineKeyboardMarkup(
        inline_keyboard=[[lazily.aiogram.types.InlineKeyboardButton(text="提交", callback_data="s:1")]]
    )
    sent = await client.send_message(
        li.id, "<b>草稿</b>", parse_mode=lazily.aiogram.enums.ParseMode.HTML, reply_markup=buttons
    )
    assert sent.html_text == "<b>草稿</b>"
    assert sent.reply_markup is not None
    assert sent.reply_markup.inline_keyboard[0][0].callback_data == "s:1"
    press = li.presses(li.chat_with(call.bot).last, "提交")
    [update] = await client.get_updates()
    assert update.callback_query is not None
    await client.answer_callback_query(update.callback_query.id, text="已提交", show_alert=True)
    assert press.answer is not None
    assert press.answer.show_alert is True
    await client.edit_message_text("已提交", chat_id=li.id, message_id=sent.message_id)
    assert li.chat_with(call.bot).last.text == "已提交"
    keys = lazily.aiogram.types.ReplyKeyboardMarkup(
        keyboard=[[lazily.aiogram.types.KeyboardButton(text="位置", request_location=True)]], resize_keyboard=True
    )
    await client.send_message(li.id, "在哪里", reply_markup=keys)
    li.shares_location(call.bot)
    *_, update = await client.get_updates(offset=update.update_id + 1)
    assert update.message is not None
    assert update.message.location is not None


async def test_files_both_ways(client: lazily.aiogram.Bot, call: Caller, li: Person) -> None:
    picture = pictures.draw("现场")
    sent = await client.send_photo(li.id, lazily.aiogram.types.BufferedInputFile(picture, "现场.jpg"), caption="现场")
    assert sent.photo is not None
    fetched = await client.download(sent.photo[-1].file_id)
    assert isinstance(fetched, BytesIO)
    assert fetched.read() == picture
    document = await client.send_document(li.id, lazily.aiogram.types.BufferedInputFile(b"text", "说明.txt"))
    assert document.document is not None
    assert document.document.file_name == "说明.txt"
    album = await client.send_media_group(
        li.id,
        [
            lazily.aiogram.types.InputMediaPhoto(media=sent.photo[-1].file_id),
            lazily.aiogram.types.InputMediaPhoto(media=lazily.aiogram.types.BufferedInputFile(picture, "2.jpg")),
        ],
    )
    assert album[0].media_group_id == album[1].media_group_id
    assert li.chat_with(call.bot).last.data == picture


async def test_topics_answers_polls_and_reactions(client: lazily.aiogram.Bot, forum: Group, wang: Person) -> None:
    topic = await client.create_forum_topic(forum.id, "第1网格")
    question = wang.writes(forum, "在吗", thread=topic.message_thread_id)
    sent = await client.send_message(
        forum.id, "在", reply_parameters=lazily.aiogram.types.ReplyParameters(message_id=question.id)
    )
    assert sent.is_topic_message
    assert isinstance(sent.reply_to_message, lazily.aiogram.types.Message)
    poll = await client.send_poll(
        forum.id,
        "满意吗",
        [lazily.aiogram.types.InputPollOption(text="是"), lazily.aiogram.types.InputPollOption(text="否")],
    )
    assert poll.poll is not None
    assert [option.text for option in poll.poll.options] == ["是", "否"]
    await client.set_message_reaction(forum.id, question.id, [lazily.aiogram.types.ReactionTypeEmoji(emoji="👍")])
    assert list(question.reactions.values()) == [["👍"]]
    assert len(await client.get_chat_administrators(forum.id)) == 2
    assert (await client.get_chat(forum.id)).is_forum


async def test_errors_are_of_their_classes(
    client: lazily.aiogram.Bot, world: World, call: Caller, li: Person, address: Address
) -> None:
    with pytest.raises(lazily.aiogram.exceptions.TelegramBadRequest, match="chat not found"):
        await client.send_message(4, "好")
    li.blocks(call.bot)
    with pytest.raises(lazily.aiogram.exceptions.TelegramForbiddenError):
        await client.send_message(li.id, "好")
    li.unblocks(call.bot)
    world.faults.next("sendMessage", retry_after=7)
    with pytest.raises(lazily.aiogram.exceptions.TelegramRetryAfter) as flood:
        await client.send_message(li.id, "好")
    assert flood.value.retry_after == 7
    world.faults.drop_answer("sendMessage")
    with pytest.raises(lazily.aiogram.exceptions.TelegramNetworkError):
        await client.send_message(li.id, "收到")
    small = world.add_group(supergroup=False)
    small.add_bot(call.bot)
    large = small.migrate()
    with pytest.raises(lazily.aiogram.exceptions.TelegramMigrateToChat) as moved:
        await client.send_message(small.id, "好")
    assert moved.value.migrate_to_chat_id == large.id
    async with client_at(address, "999:nobody").context() as stranger:
        with pytest.raises(lazily.aiogram.exceptions.TelegramUnauthorizedError):
            await stranger.get_me()


async def test_the_menus(client: lazily.aiogram.Bot, world: World, call: Caller, li: Person) -> None:
    scope = lazily.aiogram.types.BotCommandScopeAllPrivateChats()
    await client.set_my_commands([lazily.aiogram.types.BotCommand(command="my", description="我的诉求")], scope=scope)
    assert [command.command for command in await client.get_my_commands(scope=scope)] == ["my"]
    assert world.commands_shown(call.bot, li)[0]["command"] == "my"
    await client.set_my_description("民呼必应")
    assert (await client.get_my_description()).description == "民呼必应"


async def test_a_dispatcher_serves_people(client: lazily.aiogram.Bot, world: World, call: Caller, li: Person) -> None:
    dispatcher = lazily.aiogram.Dispatcher()

    @dispatcher.message()
    async def echo(message: lazily.aiogram.types.Message) -> None:
        await message.answer(f"收到：{message.text}")

    serving = asyncio.create_task(dispatcher.start_polling(client, handle_signals=False, close_bot_session=False))
    li.writes(call.bot, "路灯坏了")
    await world.until(lambda: li.chat_with(call.bot).last.text == "收到：路灯坏了")
    await dispatcher.stop_polling()
    await serving
