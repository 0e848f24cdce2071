"""Files that people and bots sent: their bytes, their identifiers for each bot, and the paths to fetch them by."""

import base64
import binascii
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple, TypeAlias

from sandbox import pictures
from sandbox.errors import bad_request
from sandbox.jsons import Json, present

DOWNLOAD_LIMIT = 20 * 1024 * 1024
PHOTO_SIDES = {"s": 90, "m": 320, "x": 800, "y": 1280}


class Upload(NamedTuple):
    """A file as a request carries it."""

    name: str
    data: bytes
    mime: str = "application/octet-stream"


class FileKind(NamedTuple):
    """What is the same for all files of a kind."""

    type_name: str
    prefix: str
    folder: str
    suffix: str
    mime: str


FILE_KINDS = {
    "photo": FileKind("Photo", "AgAC", "photos", ".jpg", "image/jpeg"),
    "video": FileKind("Video", "BAAC", "videos", ".mp4", "video/mp4"),
    "animation": FileKind("Animation", "CgAC", "animations", ".mp4", "video/mp4"),
    "audio": FileKind("Audio", "CQAC", "music", ".mp3", "audio/mpeg"),
    "document": FileKind("Document", "BQAC", "documents", ".bin", "application/octet-stream"),
    "voice": FileKind("VoiceNote", "AwAC", "voice", ".oga", "audio/ogg"),
    "video_note": FileKind("VideoNote", "DQAC", "video_notes", ".mp4", "video/mp4"),
    "sticker": FileKind("Sticker", "CAAC", "stickers", ".webp", "image/webp"),
}

SHOWN: dict[str, tuple[str, ...]] = {
    "video": ("width", "height", "duration", "file_name", "mime_type"),
    "animation": ("width", "height", "duration", "file_name", "mime_type"),
    "audio": ("duration", "performer", "title", "file_name", "mime_type"),
    "document": ("file_name", "mime_type"),
    "voice": ("duration", "mime_type"),
    "video_note": ("length", "duration"),
    "sticker": ("width", "height", "emoji"),
}

Traits: TypeAlias = dict[str, int | str]


@dataclass(eq=False, kw_only=True)
class StoredFile:
    """A file that Telegram keeps. `size` may be more than the bytes at hand, to stand for a big one."""

    serial: int
    kind: str
    data: bytes
    size: int
    traits: Traits

    @property
    def name(self) -> str:
        """The name that its sender gave it."""
        return str(self.traits.get("file_name", ""))

    @property
    def mime(self) -> str:
        """Its media type."""
        return str(self.traits.get("mime_type", FILE_KINDS[self.kind].mime))

    @property
    def path(self) -> str:
        """Where a bot fetches it, below the file address."""
        kind = FILE_KINDS[self.kind]
        return f"{kind.folder}/file_{self.serial}{PurePosixPath(self.name).suffix or kind.suffix}"

    def file_id(self, bot_id: int, size: str = "") -> str:
        """Return the identifier by which this bot, and no other, can send or fetch it."""
        return FILE_KINDS[self.kind].prefix + _sealed(f"{self.serial}:{size}:{bot_id}")

    def unique_id(self, size: str = "") -> str:
        """Return the identifier that is the same for every bot, and good for comparing only."""
        return "AQAD" + _sealed(f"{self.serial}:{size}")[:12]

    def card(self, bot_id: int) -> Json | list[Json]:
        """Return the object, or for a photo the list of its sizes, that stands in a message."""
        if self.kind == "photo":
            return self._sizes(bot_id)
        shown = {name: self.traits[name] for name in SHOWN[self.kind] if name in self.traits}
        sticker = {"type": "regular", "is_animated": False, "is_video": False} if self.kind == "sticker" else {}
        return self.reference(bot_id) | sticker | shown

    def reference(self, bot_id: int, size: str = "") -> Json:
        """Return the fields that every kind of file has."""
        return {
            "file_id": self.file_id(bot_id, size),
            "file_unique_id": self.unique_id(size),
            "file_size": self.size,
        }

    def _sizes(self, bot_id: int) -> list[Json]:
        width, height = int(self.traits["width"]), int(self.traits["height"])
        longest = max(width, height)
        smaller = [(letter, side) for letter, side in PHOTO_SIDES.items() if side < longest]
        return [
            self.reference(bot_id, letter) | {"width": width * side // longest, "height": height * side // longest}
            for letter, side in [*smaller, ("w", longest)]
        ]


class FileStore:
    """All files of a world."""

    def __init__(self) -> None:
        self._files: dict[int, StoredFile] = {}
        self._opened: dict[tuple[int, str], StoredFile] = {}

    def keep(self, kind: str, upload: Upload, traits: Traits | None = None, *, size: int | None = None) -> StoredFile:
        """Store a file of a kind; `size` may be claimed larger than it is."""
        named = present(file_name=upload.name or None, mime_type=_mime(kind, upload))
        stored = StoredFile(
            serial=len(self._files) + 1,
            kind=kind,
            data=upload.data,
            size=len(upload.data) if size is None else size,
            traits=named | _measures(kind, upload.data) | (traits or {}),
        )
        self._files[stored.serial] = stored
        return stored

    def by_id(self, bot_id: int, file_id: str) -> tuple[StoredFile, str]:
        """Return the file that a bot means, and which size of a photo.

        Raises ApiError (400) for an identifier that is garbled or another bot's.
        """
        serial, size, owner = _unsealed(file_id[4:])
        stored = self._files.get(serial)
        if stored is None or owner != bot_id or not file_id.startswith(FILE_KINDS[stored.kind].prefix):
            raise bad_request("wrong file identifier/HTTP URL specified")
        return stored, size

    def stored(self, serial: int) -> StoredFile | None:
        """Return a file by its number, for who looks at the world from outside."""
        return self._files.get(serial)

    def open(self, bot_id: int, stored: StoredFile) -> str:
        """Let a bot fetch a file, and return the path."""
        self._opened[bot_id, stored.path] = stored
        return stored.path

    def at(self, bot_id: int, path: str) -> bytes | None:
        """Return the bytes at a path that was opened for this bot."""
        stored = self._opened.get((bot_id, path))
        return stored.data if stored else None


def _mime(kind: str, upload: Upload) -> str:
    unknown = upload.mime in {"", "application/octet-stream"}
    return FILE_KINDS[kind].mime if unknown else upload.mime


def _measures(kind: str, data: bytes) -> Traits:
    """Return the measures that Telegram would find in a file of this kind."""
    width, height = pictures.size_of(data)
    if kind == "photo":
        return {"width": width, "height": height}
    if kind in {"video", "animation"}:
        return {"width": width, "height": height, "duration": 3}
    if kind in {"audio", "voice"}:
        return {"duration": 3}
    if kind == "video_note":
        return {"length": 240, "duration": 3}
    return {"width": 512, "height": 512} if kind == "sticker" else {}


def _sealed(text: str) -> str:
    """Return a text as an opaque token that carries its own check."""
    checked = f"{text}:{zlib.crc32(text.encode()):08x}"
    return base64.urlsafe_b64encode(checked[::-1].encode()).decode().rstrip("=")


def _unsealed(token: str) -> tuple[int, str, int]:
    try:
        text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()[::-1]
        serial, size, owner, check = text.split(":")
        if f"{zlib.crc32(f'{serial}:{size}:{owner}'.encode()):08x}" == check:
            return int(serial), size, int(owner)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        pass
    return 0, "", 0
