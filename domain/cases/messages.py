"""What a person sent: words and attachments, with the place in Telegram where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from domain.organisation.units import ChatId

MessageId = NewType("MessageId", int)
AttachmentId = NewType("AttachmentId", int)

TELEGRAM_TEXT_LIMIT = 4096
"""Telegram's apps cut a longer text into messages of this many UTF-16 units."""


class Medium(StrEnum):
    """The kinds of attachment that the desk takes in and passes on."""

    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"
    ANIMATION = "animation"
    VIDEO_NOTE = "video_note"
    DOCUMENT = "document"
    LOCATION = "location"


SPOKEN = frozenset({Medium.VOICE, Medium.VIDEO_NOTE})


@dataclass(frozen=True, slots=True)
class Location:
    """A point on the map in WGS-84 degrees, as Telegram gives it."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file or location that a person sent.

    `file` is Telegram's id for sending it on; `unique` names the file itself; `size` in bytes. `message`: the one that
    it came in, for an edit to be compared with.
    """

    medium: Medium
    file: str = ""
    unique: str = ""
    size: int | None = None
    mime: str | None = None
    location: Location | None = None
    message: MessageId | None = None
    id: AttachmentId | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One message of Telegram: of an album each file is one. With only files it has no words."""

    chat: ChatId
    message: MessageId
    text: str = ""
    album: str | None = None

    @property
    def fills_a_message(self) -> bool:
        """Whether the app had to cut here, so that the next part continues without a break."""
        return len(self.text.encode("utf-16-le")) // 2 >= TELEGRAM_TEXT_LIMIT - 1


@dataclass(frozen=True, slots=True)
class Message:
    """What a person sent at once, an album whole, read into the desk's own words."""

    chat: ChatId
    parts: tuple[Part, ...]
    attachments: tuple[Attachment, ...] = ()

    @property
    def id(self) -> MessageId:
        """Telegram's number of it; of an album, of its first part."""
        return self.parts[0].message

    @property
    def last(self) -> MessageId:
        """Telegram's number of its last part."""
        return self.parts[-1].message

    @property
    def album(self) -> str | None:
        """What the parts of an album share."""
        return self.parts[0].album

    @property
    def text(self) -> str:
        """All its words; in an album they may stand under any part."""
        return "\n".join(part.text for part in self.parts if part.text)

    def files_changed(self, held: Iterable[Attachment]) -> tuple[Attachment, ...]:
        """Return the files of an edited message if they are others than the message held before; else none."""
        files = tuple(attachment for attachment in self.attachments if attachment.file)
        known = {attachment.unique for attachment in held if attachment.message in (self.id, None)}
        return () if {file.unique for file in files} <= known else files

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that the desk can take in."""
        return not self.text and not self.attachments
