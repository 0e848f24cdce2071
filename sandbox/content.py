"""What a message can hold, and the fields by which the Bot API shows each."""

from dataclasses import dataclass, replace
from typing import Protocol

from sandbox.entities import Words
from sandbox.files import StoredFile
from sandbox.jsons import Json, present, when_true

NOTHING = Words()


class Content(Protocol):
    """Anything that a message can hold."""

    @property
    def kind(self) -> str:
        """Its name: text, photo, location, poll, or that of a service message."""

    def fields(self, bot_id: int, /) -> Json:
        """Return its fields of the Message object, as one bot sees them."""


@dataclass(frozen=True)
class Text:
    """Words alone."""

    words: Words
    preview: Json | None = None
    kind: str = "text"

    def fields(self, _bot_id: int, /) -> Json:
        """Return text, entities and link_preview_options."""
        return self.words.fields("text", "entities") | present(link_preview_options=self.preview)


@dataclass(frozen=True)
class Attachment:
    """A file, with a caption or without."""

    file: StoredFile
    caption: Words = NOTHING
    spoiler: bool = False
    caption_above: bool = False

    @property
    def kind(self) -> str:
        """The kind of its file."""
        return self.file.kind

    def captioned(self, caption: Words) -> "Attachment":
        """Return the same file under other words."""
        return replace(self, caption=caption)

    def fields(self, bot_id: int, /) -> Json:
        """Return the file and its caption; an animation is shown as a document too, for old programs."""
        shown = {self.kind: self.file.card(bot_id)}
        if self.kind == "animation":
            shown["document"] = self.file.reference(bot_id) | present(
                file_name=self.file.name or None, mime_type=self.file.mime
            )
        flags = when_true(has_media_spoiler=self.spoiler, show_caption_above_media=self.caption_above)
        return shown | self.caption.fields("caption", "caption_entities") | flags


@dataclass(frozen=True)
class PaidMedia:
    """Pictures for which whoever wants to see them pays; the caption is free."""

    stars: int
    caption: Words = NOTHING
    kind: str = "paid_media"

    def fields(self, _bot_id: int, /) -> Json:
        """Return what can be had, as somebody sees it who has not paid."""
        preview = {"type": "preview", "width": 800, "height": 600}
        media = {"star_count": self.stars, "paid_media": [preview]}
        return {"paid_media": media} | self.caption.fields("caption", "caption_entities")


@dataclass(frozen=True)
class Story:
    """A story of somebody's that was forwarded; bots are told no more than whose it is."""

    teller: Json
    number: int = 1
    kind: str = "story"

    def fields(self, _bot_id: int, /) -> Json:
        """Return the story."""
        return {"story": {"chat": self.teller, "id": self.number}}


@dataclass(frozen=True)
class Location:
    """A point on the map."""

    latitude: float
    longitude: float
    accuracy: float | None = None
    live_period: int | None = None
    kind: str = "location"

    def card(self) -> Json:
        """Return the Location object."""
        return {"latitude": self.latitude, "longitude": self.longitude} | present(
            horizontal_accuracy=self.accuracy, live_period=self.live_period
        )

    def fields(self, _bot_id: int, /) -> Json:
        """Return the location."""
        return {"location": self.card()}


@dataclass(frozen=True)
class Venue:
    """A point with a name and an address."""

    location: Location
    title: str
    address: str
    kind: str = "venue"

    def fields(self, _bot_id: int, /) -> Json:
        """Return the venue, and its location once more, as Telegram does."""
        card = self.location.card()
        return {"venue": {"location": card, "title": self.title, "address": self.address}, "location": card}


@dataclass(frozen=True)
class Contact:
    """A visiting card; `user_id` where it is a Telegram account's."""

    phone_number: str
    first_name: str
    last_name: str | None = None
    user_id: int | None = None
    vcard: str | None = None
    kind: str = "contact"

    def fields(self, _bot_id: int, /) -> Json:
        """Return the contact."""
        card = {"phone_number": self.phone_number, "first_name": self.first_name}
        return {"contact": card | present(last_name=self.last_name, user_id=self.user_id, vcard=self.vcard)}


@dataclass(frozen=True)
class Dice:
    """A thrown die."""

    emoji: str
    value: int
    kind: str = "dice"

    def fields(self, _bot_id: int, /) -> Json:
        """Return the die."""
        return {"dice": {"emoji": self.emoji, "value": self.value}}


@dataclass(frozen=True)
class Service:
    """What Telegram itself writes into a chat: that somebody joined, that a topic was closed."""

    kind: str
    value: object

    def fields(self, _bot_id: int, /) -> Json:
        """Return the one field that says what happened."""
        return {self.kind: self.value}
