"""The bot's profile in Telegram: command menus for residents, groups and admins, description and short description."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from functools import partial

import structlog
import telegram
from telegram.error import TelegramError

from bot.desks import Desks
from handlers.features import COMMANDS
from handlers.updates.commands import Standing, commands_for
from handlers.words import DEFAULT, LANGUAGES, Words

log = structlog.get_logger()

MARK = "menus"

Call = Callable[[], Awaitable[object]]


async def set_profile(desks: Desks, bot: telegram.Bot, bot_id: int) -> None:
    """Set menus and descriptions, unless they are as they were set last; what Telegram refuses is tried at next start.

    Telegram limits how often a description may change, and one that is the same needs no call.
    """
    admins: list[int] = sorted(desks.admins)
    wanted = _fingerprint(bot_id, admins)
    try:
        async with desks.reading() as (_, work):
            if await work.marks.get(MARK) == wanted:
                return
        outcomes = [await _call(call) for code in (None, *LANGUAGES) for call in _calls(bot, code, admins)]
        if all(outcomes):
            async with desks.writing() as (_, work):
                await work.marks.set(MARK, wanted)
    except Exception as error:  # noqa: BLE001 - a profile is no reason to keep the desk from working
        log.warning("menus not set", error=repr(error))


def _calls(bot: telegram.Bot, code: str | None, admins: list[int]) -> list[Call]:
    """Return what is to be said in one language of Telegram's; without a code, to everybody else."""
    words = Words(code or DEFAULT)
    residents = _menu(words, Standing.ANYBODY, private=True)
    workers = _menu(words, Standing.ANYBODY, Standing.MEMBER, private=False)
    leads = _menu(words, Standing.ANYBODY, Standing.MEMBER, Standing.LEAD, private=False)
    calls: list[Call] = [
        lambda: bot.set_my_commands(residents, telegram.BotCommandScopeAllPrivateChats(), code),
        lambda: bot.set_my_commands(workers, telegram.BotCommandScopeAllGroupChats(), code),
        lambda: bot.set_my_commands(leads, telegram.BotCommandScopeAllChatAdministrators(), code),
        lambda: bot.set_my_description(words("about.description").unescape(), code),
        lambda: bot.set_my_short_description(words("about.short").unescape(), code),
    ]
    everything = _menu(words, Standing.ADMIN, private=True)
    scopes = [telegram.BotCommandScopeChat(admin) for admin in admins]
    return calls + [partial(bot.set_my_commands, everything, scope, code) for scope in scopes]


def _menu(words: Words, *standings: Standing, private: bool) -> list[tuple[str, str]]:
    names = commands_for(COMMANDS, frozenset(standings), private=private)
    return [(name, words(f"command.{name}").unescape()) for name in names]


async def _call(call: Call) -> bool:
    """Make a call; False if it has to be made again at the next start. An admin who never wrote has no chat yet."""
    try:
        await call()
    except TelegramError as error:
        log.info("menu not set", error=repr(error))
        return "chat not found" in str(error).lower()
    return True


def _fingerprint(bot: int, admins: list[int]) -> str:
    texts = [
        [language, standing, _menu(Words(language), standing, private=private)]
        for language in LANGUAGES
        for standing in Standing
        for private in (True, False)
    ]
    about = [[str(Words(language)(f"about.{key}")) for key in ("short", "description")] for language in LANGUAGES]
    return hashlib.sha256(json.dumps([bot, admins, texts, about]).encode()).hexdigest()
