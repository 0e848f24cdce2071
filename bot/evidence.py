"""Evidence: every photo, voice and file is fetched into `MINHU_FILES`, under a name that is its own content's."""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import filetype
import structlog
import telegram
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.bell import Bell, Pause
from bot.clock import Clock
from bot.desks import Desks
from domain.backoff import back_off
from domain.cases.messages import Medium
from storage.attachments import OfNobody, ToFetch
from storage.engine import is_passing

log = structlog.get_logger()

SIZE_LIMIT = 20 * 1024 * 1024
"""What a bot may download from Telegram, in bytes."""
AT_ONCE = 4
ERASED_AT_ONCE = 100
IDLE_SECONDS = 30.0
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)
REFUSALS_BELIEVED = 10
"""After so many refusals, over about three hours, a file that Telegram calls unavailable for now counts as gone."""

WANTED = {
    Medium.PHOTO: ("image",),
    Medium.VIDEO: ("video",),
    Medium.VIDEO_NOTE: ("video",),
    Medium.VOICE: ("audio", "video"),  # a container for both does not tell which it holds
}
SEEN_OR_HEARD = ("image", "audio", "video")


class Unwanted(Exception):
    """A file that is not kept; the reason is its only argument."""


@dataclass(frozen=True, slots=True)
class FileType:
    """What a file really is: `top_level` is the first half of its media type."""

    top_level: str = "unknown"
    ending: str = "bin"


def kind_of(content: bytes) -> FileType:
    """Return what a file's beginning tells, whatever people call it; programs and archives are `bin`."""
    found = filetype.guess(content)
    if found is None:  # or an MP4 of a brand that the library does not know
        return FileType("video", "mp4") if content[4:8] == b"ftyp" else FileType()
    top_level = found.mime.partition("/")[0]
    return FileType(top_level, found.extension if top_level in SEEN_OR_HEARD or found.extension == "pdf" else "bin")


def check(medium: Medium, content: bytes) -> str:
    """Return the ending under which a file is kept.

    Raises:
        Unwanted: it is empty, too large, or not what it was sent as.
    """
    if not content:
        raise Unwanted("empty")
    if len(content) > SIZE_LIMIT:
        raise Unwanted("too_large")
    kind = kind_of(content)
    if medium in WANTED and kind.top_level not in WANTED[medium]:
        raise Unwanted("wrong_type")
    return kind.ending


class Evidence:
    """Empties the queue of files to fetch; what fails for now is tried again, ever more slowly."""

    def __init__(self, desks: Desks, bot: telegram.Bot, folder: Path, clock: Clock) -> None:
        self._desks = desks
        self._bot = bot
        self._folder = folder
        self._clock = clock
        self.bell = Bell()
        desks.storage.listen("attachments", self.bell.ring)
        clock.listen(self.bell.ring)

    async def run(self) -> None:
        """Fetch until cancelled."""
        while True:
            await self.bell.wait(await self._safe_round())

    @property
    def is_idle(self) -> bool:
        """Whether no file is to be fetched now."""
        return self.bell.is_quiet

    async def _safe_round(self) -> Pause:
        try:
            return await self._round()
        except Exception as error:
            if not is_passing(error):
                log.exception("evidence stumbled")
            return Pause(5)

    async def _round(self) -> Pause:
        async with self._desks.storage.reading() as work:
            items = await work.attachments.to_fetch(work.now, AT_ONCE)
            next_at = await work.attachments.next_fetch_at()
            forgotten = () if items else await work.attachments.of_nobody(ERASED_AT_ONCE)
        await asyncio.gather(*(self._see_to(item) for item in items))
        await self._erase(forgotten)
        if items or forgotten:
            return Pause(0)
        wait = (next_at - self._clock.now()).total_seconds() if next_at else IDLE_SECONDS
        return Pause(min(IDLE_SECONDS, wait), idle=True)

    async def _erase(self, files: Sequence[OfNobody]) -> None:
        """Erase files of forgotten drafts, first on the disk, then in the database.

        Never while one is being fetched, which might be the same: files are named by their content. A process that dies
        in between finds them again.
        """
        for path in {file.erasable for file in files if file.erasable}:
            await asyncio.to_thread((self._folder / path).unlink, missing_ok=True)
        if files:
            async with self._desks.storage.writing() as work:
                await work.attachments.forget([file.id for file in files])

    async def _see_to(self, item: ToFetch) -> None:
        """Fetch a file; one that fails is put off, for whatever reason, so that it holds up no other."""
        try:
            await self._fetch(item)
        except Exception:
            log.exception("file failed", attempts=item.attempts)
            await self._note_missing(item, "failed", again=True)

    async def _fetch(self, item: ToFetch) -> None:
        try:
            content = await self._download(item)
            ending = check(item.medium, content)
        except Unwanted as unwanted:
            await self._note_missing(item, str(unwanted), again=False)
        except (BadRequest, Forbidden) as error:
            await self._refused(item, error.message.lower())
        except (TelegramError, OSError) as error:
            log.info("file not fetched", error=repr(error), attempts=item.attempts)
            await self._note_missing(item, "unreached", again=True)
        else:
            await self._keep(item, content, ending)

    async def _refused(self, item: ToFetch, why: str) -> None:
        """Note why Telegram gives no file: too large, gone, or out of its reach for now, which it says of both."""
        if "too big" in why:
            await self._note_missing(item, "too_large", again=False)
        else:
            refusals = item.attempts if item.missing == "unavailable" else 0
            may_pass = "temporarily unavailable" in why and refusals < REFUSALS_BELIEVED
            await self._note_missing(item, "unavailable" if may_pass else "gone", again=may_pass)

    async def _download(self, item: ToFetch) -> bytes:
        if item.size and item.size > SIZE_LIMIT:
            raise Unwanted("too_large")
        file = await self._bot.get_file(item.file)
        return bytes(await file.download_as_bytearray())

    async def _keep(self, item: ToFetch, content: bytes, ending: str) -> None:
        sha256 = hashlib.sha256(content).hexdigest()
        kept_as = f"{sha256[:2]}/{sha256}.{ending}"
        try:
            await asyncio.to_thread(write_durably, self._folder / kept_as, content)
        except OSError:
            log.exception("file not kept", attempts=item.attempts)
            await self._note_missing(item, "unwritten", again=True)
            return
        async with self._desks.storage.writing() as work:
            await work.attachments.fetched(item.id, sha256, kept_as, len(content), work.now)

    async def _note_missing(self, item: ToFetch, reason: str, *, again: bool) -> None:
        failures = item.attempts + 1 if item.missing == reason else 1
        wait = back_off(failures, FIRST_WAIT, LONGEST_WAIT) if again else None
        async with self._desks.storage.writing() as work:
            await work.attachments.not_fetched(item.id, reason, failures, wait, work.now)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file so that it is either there in full or not at all, even when the power fails."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        unfinished = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            unfinished.unlink()
            raise
    unfinished.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Bring a folder's own list of names onto the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
