"""What people send besides words: pictures, recordings, files, places, cards and polls."""

from collections.abc import Sequence
from typing import Unpack

from sandbox import pictures
from sandbox.content import Attachment, Contact, Location, Story, Venue
from sandbox.entities import CAPTION_LIMIT, Words
from sandbox.errors import ImpossibleError
from sandbox.files import StoredFile, Upload
from sandbox.messages import Message
from sandbox.people.actor import Actor, Place, Where, Wording
from sandbox.polls import Option, Poll

SAMPLES = {
    "video": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
    "animation": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
    "video_note": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
    "audio": b"ID3\x04\x00\x00\x00\x00\x00\x00",
    "voice": b"OggS\x00\x02",
    "document": "一份文件\n".encode(),
    "sticker": b"RIFF\x04\x00\x00\x00WEBP",
}
ALBUM = range(2, 11)
REPLACEABLE = {"photo", "video", "animation", "audio", "document"}
TOGETHER = ({"photo", "video"}, {"document"}, {"audio"})


class Attaching(Actor):
    """A person with something to send. `data` gives the bytes; `size` claims more of them than there are."""

    def sends_photo(
        self,
        place: Place,
        caption: Wording = "",
        *,
        data: bytes | None = None,
        size: int | None = None,
        **where: Unpack[Where],
    ) -> Message:
        """Send a photo, by default a little picture of its own."""
        return self._attach(place, self._file("photo", data, size=size), caption, where)

    def sends_video(
        self,
        place: Place,
        caption: Wording = "",
        *,
        data: bytes | None = None,
        size: int | None = None,
        **where: Unpack[Where],
    ) -> Message:
        """Send a video."""
        return self._attach(place, self._file("video", data, "video.mp4", size=size), caption, where)

    def sends_animation(
        self, place: Place, caption: Wording = "", *, data: bytes | None = None, **where: Unpack[Where]
    ) -> Message:
        """Send a video without sound that plays in a loop."""
        return self._attach(place, self._file("animation", data, "animation.mp4"), caption, where)

    def sends_audio(
        self,
        place: Place,
        caption: Wording = "",
        *,
        data: bytes | None = None,
        title: str = "录音",
        **where: Unpack[Where],
    ) -> Message:
        """Send a piece of music, or a recording as such."""
        return self._attach(place, self._file("audio", data, "audio.mp3", title=title), caption, where)

    def sends_document(
        self,
        place: Place,
        caption: Wording = "",
        *,
        data: bytes | None = None,
        name: str = "说明.txt",
        mime: str = "text/plain",
        size: int | None = None,
        **where: Unpack[Where],
    ) -> Message:
        """Send a file as it is."""
        return self._attach(place, self._file("document", data, name, mime, size=size), caption, where)

    def sends_voice(
        self,
        place: Place,
        caption: Wording = "",
        *,
        data: bytes | None = None,
        seconds: int = 3,
        **where: Unpack[Where],
    ) -> Message:
        """Send a voice message."""
        return self._attach(place, self._file("voice", data, duration=seconds), caption, where)

    def sends_video_note(self, place: Place, *, data: bytes | None = None, **where: Unpack[Where]) -> Message:
        """Send a round video message."""
        return self._attach(place, self._file("video_note", data), "", where)

    def sends_sticker(self, place: Place, emoji: str = "👍", **where: Unpack[Where]) -> Message:
        """Send a sticker."""
        return self._attach(place, self._file("sticker", None, emoji=emoji), "", where)

    def sends_album(
        self,
        place: Place,
        items: Sequence[str | bytes],
        caption: Wording | Sequence[Wording] = "",
        **where: Unpack[Where],
    ) -> list[Message]:
        """Send two to ten files at once: kinds ("photo", "video" …) or the bytes of photos.

        Bots receive one update for each, and all answer the same message. A caption stands under the first; several
        captions under one file each.
        """
        if len(items) not in ALBUM:
            raise ImpossibleError(f"an album has {ALBUM.start} to {ALBUM.stop - 1} files, not {len(items)}")
        album = self.ground.serial("album")
        files = [self._file(item, None) if isinstance(item, str) else self._file("photo", item) for item in items]
        captions = [caption, *[""] * (len(files) - 1)] if isinstance(caption, str | Words) else caption
        return [self._attach(place, file, said, where, album) for file, said in zip(files, captions, strict=True)]

    def replaces(self, message: Message, item: str | bytes, caption: Wording | None = None) -> None:
        """Put another file in the place of the one in a message of one's own, or beside its words.

        It is a kind ("photo", "video" …) or the bytes of a photo. In an album, only of the kinds that go together.
        """
        chat, content = self._chat(message), message.content
        kind, data = (item, None) if isinstance(item, str) else ("photo", item)
        held = content.kind if isinstance(content, Attachment) else ""
        fits = not message.album or any({held, kind} <= kinds for kinds in TOGETHER)
        if message.sender is not self or message.deleted or message.origin:
            raise ImpossibleError(f"{self} cannot edit {message}", "not_yours")
        if not fits or kind not in REPLACEABLE or held not in {"", *REPLACEABLE} or message.kind not in {"text", held}:
            raise ImpossibleError(f"a {kind} cannot take the place of {message}")
        words = message.words if caption is None else self._words(caption, CAPTION_LIMIT)
        chat.amend(message, Attachment(self._file(kind, data), words), message.reply_markup)

    def sends_story(self, place: Place, **where: Unpack[Where]) -> Message:
        """Forward somebody's story."""
        return self._send(place, Story({"id": self.id, "type": "private", "first_name": self.first_name}), where)

    def sends_location(
        self, place: Place, latitude: float = 27.5356, longitude: float = 106.8297, **where: Unpack[Where]
    ) -> Message:
        """Send a point on the map, chosen from the menu of attachments."""
        return self._send(place, Location(latitude, longitude), where)

    def sends_venue(
        self,
        place: Place,
        title: str,
        address: str,
        latitude: float = 27.5356,
        longitude: float = 106.8297,
        **where: Unpack[Where],
    ) -> Message:
        """Send a point with a name and an address."""
        return self._send(place, Venue(Location(latitude, longitude), title, address), where)

    def sends_contact(
        self, place: Place, phone_number: str = "+8613800000000", first_name: str = "张师傅", **where: Unpack[Where]
    ) -> Message:
        """Send somebody's visiting card."""
        return self._send(place, Contact(phone_number, first_name), where)

    def sends_poll(
        self, place: Place, question: str, options: Sequence[str], *, anonymous: bool = True, **where: Unpack[Where]
    ) -> Message:
        """Send a poll."""
        poll = Poll(
            id=self.ground.serial("poll"),
            question=Words(question),
            options=[Option(Words(text), str(number)) for number, text in enumerate(options)],
            anonymous=anonymous,
        )
        return self._send(place, poll, where)

    def _file(
        self,
        kind: str,
        data: bytes | None,
        name: str = "",
        mime: str = "",
        *,
        size: int | None = None,
        **traits: int | str,
    ) -> StoredFile:
        if data is None:
            data = SAMPLES.get(kind) or pictures.draw(f"{self.id} {next(self.ground.serials)}")
        return self.ground.files.keep(kind, Upload(name, data, mime), traits, size=size)

    def _attach(
        self, place: Place, file: StoredFile, caption: Wording, where: Where, album: str | None = None
    ) -> Message:
        return self._send(place, Attachment(file, self._words(caption, CAPTION_LIMIT)), where, album=album)
