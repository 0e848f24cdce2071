"""What a person sent: words and attachments, with the place in Telegram where they stand."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from domain.units import ChatId

MessageId = NewType("MessageId", int)
AttachmentId = NewType("AttachmentId", int)


class Medium(StrEnum):
    """The sorts of attachment that the desk takes in and passes on."""

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

    `file` is Telegram's id for sending it on; `unique` names the file itself; `size` in bytes;
    `album` is shared by the parts of one album.
    """

    medium: Medium
    file: str = ""
    unique: str = ""
    size: int | None = None
    mime: str | None = None
    album: str | None = None
    location: Location | None = None
    id: AttachmentId | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a person, read into the desk's own words."""

    chat: ChatId
    id: MessageId
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    album: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that the desk can take in."""
        return not self.text and not self.attachments
