"""Reading: a message of Telegram into the desk's own words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

import telegram

from domain.cases.messages import Attachment, Location, Medium, Message, MessageId, Part
from domain.organisation.units import Chat, ChatId, TopicId
from domain.text.folding import shows_anything
from domain.text.phones import has_phone
from handlers.updates.links import with_addresses

Source = telegram.Message | telegram.ExternalReplyInfo

CONTENT = (
    "text",
    "animation",
    "audio",
    "checklist",
    "contact",
    "dice",
    "document",
    "game",
    "invoice",
    "live_photo",
    "location",
    "paid_media",
    "photo",
    "poll",
    "sticker",
    "story",
    "venue",
    "video",
    "video_note",
    "voice",
)
"""What people send. All else that a message may hold is Telegram's own word on what happened."""

STAND_INS = frozenset({1087968824, 136817688})
"""Telegram's stand-ins for who speaks in the name of a group or of a channel, and so hides who they are."""


def read_message(sent: Sequence[telegram.Message]) -> Message:
    """Return what the desk can take in of a message, or of an album whole; what it cannot read leaves it empty."""
    chat = ChatId(sent[0].chat.id)
    return Message(
        chat=chat,
        parts=tuple(Part(chat, MessageId(part.message_id), _text(part), part.media_group_id) for part in sent),
        attachments=tuple(chain.from_iterable(map(_attachments, sent))),
    )


def read_chat(sent: telegram.Message) -> Chat:
    """Return the chat in which a message stands."""
    in_topic = sent.is_topic_message and sent.message_thread_id
    return Chat(ChatId(sent.chat.id), TopicId(sent.message_thread_id) if in_topic and sent.message_thread_id else None)


def replied_to(sent: telegram.Message) -> telegram.Message | None:
    """Return the message that this one replies to.

    In a topic every message is formally a reply to the topic's beginning; that is none.
    """
    reply = sent.reply_to_message
    begins_topic = reply is not None and sent.is_topic_message and reply.message_id == sent.message_thread_id
    return None if begins_topic else reply


def hides_sender(sent: telegram.Message) -> bool:
    """Whether the message does not say which person sent it."""
    return sent.sender_chat is not None or (sent.from_user is not None and sent.from_user.id in STAND_INS)


def is_service(sent: telegram.Message) -> bool:
    """Whether the message holds nothing that somebody sent, but only tells that something happened in the chat."""
    return not any(getattr(sent, name) for name in CONTENT)


def _text(sent: telegram.Message) -> str:
    """Return the words, and behind them those that are quoted from another chat: their readers cannot look there."""
    words = _own_words(sent)
    if quoted := _words_elsewhere(sent):
        words = f"{words}\n「{quoted}」"
    words = words.replace("\x00", "").strip()
    return words if shows_anything(words) else ""


def _own_words(sent: telegram.Message) -> str:
    if sent.text or sent.caption:
        return with_addresses(sent.text or sent.caption or "", sent.entities or sent.caption_entities)
    return _card(sent)


def _words_elsewhere(sent: telegram.Message) -> str:
    if sent.external_reply is None:
        return ""
    quote = with_addresses(sent.quote.text, sent.quote.entities or ()) if sent.quote else ""
    return (quote or _card(sent.external_reply)).strip()


def _card(sent: Source) -> str:
    """Return what stands on a visiting card, or the name and address of a place."""
    if sent.venue:
        return f"{sent.venue.title} {sent.venue.address}"
    if sent.contact:
        name = " ".join(filter(None, (sent.contact.first_name, sent.contact.last_name)))
        return f"{name} {_phone(sent.contact.phone_number)}"
    return ""


def _phone(number: str) -> str:
    """Return a contact's number so that it is known for one: from abroad Telegram may leave out the plus."""
    return number if has_phone(number) else f"+{number}"


def _attachments(sent: telegram.Message) -> Iterator[Attachment]:
    """Yield what is attached, and what is attached to a message in another chat that this one answers."""
    elsewhere = _attached(sent.external_reply) if sent.external_reply else ()
    for attachment in chain(_attached(sent), elsewhere):
        yield replace(attachment, message=MessageId(sent.message_id))


def _attached(sent: Source) -> Iterator[Attachment]:
    if sent.location:
        pin = Location(sent.location.latitude, sent.location.longitude)
        yield Attachment(Medium.LOCATION, location=pin)
    if sent.photo:
        yield _file(Medium.PHOTO, sent.photo[-1], "image/jpeg")
    files = (
        (Medium.VIDEO, sent.video),
        (Medium.VOICE, sent.voice),
        (Medium.AUDIO, sent.audio),
        (Medium.ANIMATION, sent.animation),
        (Medium.VIDEO_NOTE, sent.video_note),
        # An animation also comes as a document, for older apps.
        (Medium.DOCUMENT, None if sent.animation else sent.document),
    )
    for medium, file in files:
        if file is not None:
            yield _file(medium, file, getattr(file, "mime_type", None))


def _file(
    medium: Medium,
    file: telegram.PhotoSize
    | telegram.Video
    | telegram.Voice
    | telegram.Audio
    | telegram.Animation
    | telegram.VideoNote
    | telegram.Document,
    mime: str | None,
) -> Attachment:
    return Attachment(medium, file.file_id, file.file_unique_id, file.file_size, mime)
