"""The gateway: what Telegram answers, as Delivered, Later, Undeliverable and the few cases in between, by name."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

import httpx
import structlog
import telegram
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from domain.backoff import back_off
from domain.cases.messages import Attachment, Medium, MessageId
from domain.letters.contents import Reaction, Removed, Spent
from domain.organisation.units import Chat, ChatId, TopicId
from handlers.rendering.sending import Bundle, CommandMenu, Rendered, Text, Toast

log = structlog.get_logger()

NO_PREVIEW = telegram.LinkPreviewOptions(is_disabled=True)
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""Failures before a request leaves the machine: sending again cannot double anything."""
TOKEN_REFUSED_SECONDS = 30.0
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=1), timedelta(seconds=10)
UNKNOWN_METHOD_TRIES = 8


class Why(StrEnum):
    """Why a message cannot be delivered, now or ever."""

    BLOCKED = "blocked"
    CHAT_GONE = "chat_gone"
    FILE_UNKNOWN = "file_unknown"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Delivered:
    """Telegram has it; `messages` are new ones."""

    messages: tuple[MessageId, ...] = ()


@dataclass(frozen=True, slots=True)
class Later:
    """Try again; `seconds` if Telegram said when. `ambiguous`: it may have arrived all the same.

    `everywhere`: nothing at all goes until then. `tries`: after so many it counts as undeliverable.
    """

    seconds: float | None = None
    ambiguous: bool = False
    everywhere: bool = False
    tries: int | None = None


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """It will not arrive, however often we try."""

    why: Why


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup with this id."""

    chat: ChatId


@dataclass(frozen=True, slots=True)
class CardGone:
    """The message to edit is not there any more, or cannot be edited."""


@dataclass(frozen=True, slots=True)
class TopicGone:
    """The forum topic was deleted or closed."""


Outcome = Delivered | Later | Undeliverable | Moved | CardGone | TopicGone

# What Telegram writes in a 400, in small letters, and what it means to us. The first that is found decides.
REFUSALS: tuple[tuple[str, Outcome], ...] = (
    ("message is not modified", Delivered()),
    ("query is too old", Delivered()),
    ("query id is invalid", Delivered()),
    ("message to edit not found", CardGone()),
    ("message can't be edited", CardGone()),
    ("message_id_invalid", CardGone()),
    ("message thread not found", TopicGone()),
    ("topic_deleted", TopicGone()),
    ("topic_closed", TopicGone()),
    ("topic_id_invalid", TopicGone()),
    ("chat not found", Undeliverable(Why.CHAT_GONE)),
    ("peer_id_invalid", Undeliverable(Why.CHAT_GONE)),
    ("user not found", Undeliverable(Why.CHAT_GONE)),
    ("group chat was deactivated", Undeliverable(Why.CHAT_GONE)),
    ("not enough rights to send", Undeliverable(Why.CHAT_GONE)),
    ("have no rights to send", Undeliverable(Why.CHAT_GONE)),
    ("chat_write_forbidden", Undeliverable(Why.CHAT_GONE)),
    ("need administrator rights", Undeliverable(Why.CHAT_GONE)),
    ("wrong file identifier", Undeliverable(Why.FILE_UNKNOWN)),
    ("wrong remote file", Undeliverable(Why.FILE_UNKNOWN)),
    ("file_id_invalid", Undeliverable(Why.FILE_UNKNOWN)),
    ("file reference", Undeliverable(Why.FILE_UNKNOWN)),
)


def interpret(error: TelegramError, rendered: Rendered) -> Outcome:
    """Return what an error of Telegram, or of the way to it, means for what was to be sent.

    Every error is decided by its name: python-telegram-bot's `BadRequest` and `TimedOut` are both `NetworkError`s.
    """
    match error:
        case RetryAfter():
            outcome: Outcome = Later(seconds=error_wait(error))
        case ChatMigrated():
            outcome = Moved(ChatId(error.new_chat_id))
        case Forbidden():
            ours = any(phrase in error.message.lower() for phrase in ("blocked", "deactivated", "initiate"))
            outcome = Undeliverable(Why.BLOCKED if ours else Why.CHAT_GONE)
        case BadRequest():
            outcome = _refusal(error.message.lower())
        case InvalidToken() if "not found" in error.message.lower():
            outcome = _unknown_method(rendered)
        case InvalidToken():
            outcome = Later(TOKEN_REFUSED_SECONDS, everywhere=True)
        case Conflict():
            outcome = Later()
        case _:
            outcome = Later(ambiguous=not isinstance(error.__cause__, NOT_SENT))
    return outcome


def _unknown_method(rendered: Rendered) -> Outcome:
    """Return what a 404 means: every Telegram can send words, so it will pass; no reaction is worth waiting for."""
    match rendered:
        case Text():
            return Later()
        case Bundle():
            return Later(tries=UNKNOWN_METHOD_TRIES)
    return Undeliverable(Why.REJECTED)


def _refusal(text: str) -> Outcome:
    return next((outcome for phrase, outcome in REFUSALS if phrase in text), Undeliverable(Why.REJECTED))


def error_wait(error: Exception) -> float | None:
    """Return for how many seconds Telegram asks to wait, if that is what the error says."""
    if not isinstance(error, RetryAfter):
        return None
    wait = error.retry_after
    return float(wait if isinstance(wait, int | float) else wait.total_seconds())


class Gateway:
    """Carries what was rendered to Telegram, one call a message."""

    def __init__(self, bot: telegram.Bot) -> None:
        self.bot = bot

    async def deliver(self, chat: Chat, rendered: Rendered, card: MessageId | None, *, silent: bool) -> Outcome:
        """Send, or edit the card that is there. Never raises for what Telegram or the network does."""
        try:
            return await self._deliver(chat, rendered, card, silent=silent)
        except TelegramError as error:
            outcome = interpret(error, rendered)
            log.info("telegram refused", error=repr(error), outcome=repr(outcome), chat=chat.id)
            return outcome

    async def create_topic(self, chat: ChatId, name: str) -> TopicId | Later | None:
        """Open a forum topic in place of a deleted one; None if the bot may not, Later if it may be tried again."""
        try:
            topic = await self.bot.create_forum_topic(chat, name[:128])
        except (BadRequest, Forbidden, InvalidToken) as error:
            log.warning("no new topic", error=repr(error), chat=chat)
            return None
        except TelegramError as error:
            return Later(seconds=error_wait(error))
        return TopicId(topic.message_thread_id)

    async def _deliver(self, chat: Chat, rendered: Rendered, card: MessageId | None, *, silent: bool) -> Outcome:
        match rendered:
            case Text():
                return await self._text(chat, rendered, card, silent=silent)
            case Bundle():
                return await self._bundle(chat, rendered, silent=silent)
            case Toast():
                text, alert = rendered.text or None, rendered.alert
                await self.bot.answer_callback_query(rendered.query, text, show_alert=alert, url=rendered.url)
            case Reaction():
                await self.bot.set_message_reaction(chat.id, rendered.message, rendered.emoji)
            case Spent():
                await self.bot.edit_message_reply_markup(chat.id, rendered.message)
            case Removed():
                await self._remove(chat, rendered.message)
            case CommandMenu():
                await self._menu(chat, rendered)
        return Delivered()

    async def _remove(self, chat: Chat, message: MessageId) -> None:
        """Delete one of our messages; where Telegram does not allow it any more, its buttons go."""
        try:
            await self.bot.delete_message(chat.id, message)
        except BadRequest:
            await self.bot.edit_message_reply_markup(chat.id, message)

    async def _text(self, chat: Chat, text: Text, card: MessageId | None, *, silent: bool) -> Outcome:
        edited = text.edits or (card if text.live else None)
        markup = text.keyboard
        if edited is not None:
            buttons = markup if isinstance(markup, telegram.InlineKeyboardMarkup) else None
            await self.bot.edit_message_text(
                str(text.html),
                chat.id,
                edited,
                parse_mode=ParseMode.HTML,
                reply_markup=buttons,
                link_preview_options=NO_PREVIEW,
            )
            return Delivered((MessageId(edited),))
        message = await self.bot.send_message(
            chat.id,
            str(text.html),
            parse_mode=ParseMode.HTML,
            reply_markup=markup,
            link_preview_options=NO_PREVIEW,
            **_common(chat, text.reply_to, silent=silent),
        )
        return Delivered((MessageId(message.message_id),))

    async def _bundle(self, chat: Chat, bundle: Bundle, *, silent: bool) -> Outcome:
        common = _common(chat, bundle.reply_to, silent=silent)
        if len(bundle.attachments) == 1:
            return await self._single(chat, bundle.attachments[0], str(bundle.caption), common)
        media = [ALBUM_PARTS[a.medium](a.file) for a in bundle.attachments]
        sent = await self.bot.send_media_group(
            chat.id, media, caption=str(bundle.caption), parse_mode=ParseMode.HTML, **common
        )
        return Delivered(tuple(MessageId(message.message_id) for message in sent))

    async def _single(self, chat: Chat, attachment: Attachment, caption: str, common: Mapping[str, Any]) -> Outcome:
        if attachment.medium is Medium.LOCATION and attachment.location:
            pin = attachment.location
            message = await self.bot.send_location(chat.id, pin.latitude, pin.longitude, **common)
        elif attachment.medium is Medium.VIDEO_NOTE:
            message = await self.bot.send_video_note(chat.id, attachment.file, **common)
        else:
            send = self._senders()[attachment.medium]
            message = await send(chat.id, attachment.file, caption=caption, parse_mode=ParseMode.HTML, **common)
        return Delivered((MessageId(message.message_id),))

    def _senders(self) -> Mapping[Medium, Callable[..., Awaitable[telegram.Message]]]:
        return {
            Medium.PHOTO: self.bot.send_photo,
            Medium.VIDEO: self.bot.send_video,
            Medium.VOICE: self.bot.send_voice,
            Medium.AUDIO: self.bot.send_audio,
            Medium.ANIMATION: self.bot.send_animation,
            Medium.DOCUMENT: self.bot.send_document,
        }

    async def _menu(self, chat: Chat, menu: CommandMenu) -> None:
        scope = telegram.BotCommandScopeChat(chat.id)
        for language, commands in menu.commands.items():
            await self.bot.set_my_commands(commands, scope=scope, language_code=language or None)


ALBUM_PARTS: Mapping[Medium, Callable[[str], Any]] = {
    Medium.PHOTO: telegram.InputMediaPhoto,
    Medium.VIDEO: telegram.InputMediaVideo,
    Medium.DOCUMENT: telegram.InputMediaDocument,
    Medium.AUDIO: telegram.InputMediaAudio,
}


def _common(chat: Chat, reply_to: MessageId | None, *, silent: bool) -> Mapping[str, Any]:
    reply = telegram.ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
    return {"message_thread_id": chat.topic, "reply_parameters": reply, "disable_notification": silent or None}


def patience(failures: int) -> float:
    """Return for how many seconds Telegram is left alone after so many failures in a row."""
    return back_off(failures, FIRST_WAIT, LONGEST_WAIT).total_seconds()
