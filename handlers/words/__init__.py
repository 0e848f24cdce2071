"""The catalogues: every text that a person reads, in Chinese and English, HTML-escaped by construction."""

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from zoneinfo import ZoneInfo

from markupsafe import Markup

LANGUAGES = ("zh", "en")
DEFAULT = "zh"
FROM_THE_RIGHT = frozenset({"R", "AL", "AN"})
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
WITHOUT_DIRECTIONS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@cache
def catalogue(language: str) -> Mapping[str, Markup]:
    """Return one language's texts by their dotted keys: what all features say, and what each says by itself."""
    return gathered(folders(), language)


def gathered(of: Iterable[Traversable], language: str) -> Mapping[str, Markup]:
    """Return the texts of several folders.

    Raises:
        ValueError: a key is defined twice.
    """
    texts: dict[str, Markup] = {}
    for folder in of:
        for key, text in texts_in(folder, language):
            if key in texts:
                raise ValueError(key, language)
            texts[key] = text
    return texts


def folders() -> Iterator[Traversable]:
    """Yield the folders that hold texts: our own, and `words/` of every feature that has one."""
    ours = files(__package__)
    yield ours
    features = sorted(files(__package__.rpartition(".")[0]).iterdir(), key=lambda feature: feature.name)
    yield from (folder for feature in features if (folder := feature.joinpath(ours.name)).is_dir())


def texts_in(folder: Traversable, language: str) -> Iterator[tuple[str, Markup]]:
    """Yield the texts of one folder with their keys."""
    return _flat(tomllib.loads(folder.joinpath(f"{language}.toml").read_text("utf-8")))


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, Markup]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, Markup(value)  # noqa: S704 - the catalogue is ours


def language_of(code: str | None) -> str:
    """Return our language for the one that a Telegram app speaks; Chinese unless it is English."""
    return "en" if (code or "").lower().startswith("en") else DEFAULT


class Words:
    """Says things in one language; moments and spans of time are written in the neighbourhood's own way."""

    def __init__(self, language: str = DEFAULT, zone: tzinfo | None = None) -> None:
        self.language = language if language in LANGUAGES else DEFAULT
        self._zone = zone or ZoneInfo("Asia/Shanghai")
        self._texts = catalogue(self.language)

    def __call__(self, key: str, /, **values: object) -> Markup:
        """Return the text of a key with its placeholders filled; what is filled in is escaped."""
        return self._texts[key].format(**{name: self._written(value) for name, value in values.items()})

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def moment(self, at: datetime) -> Markup:
        """Return a moment in local time, to the minute."""
        local = at.astimezone(self._zone)
        month = local.month if self.language == DEFAULT else MONTHS[local.month - 1]
        return self._texts["time.moment"].format(month=month, day=local.day, hour=local.hour, minute=local.minute)

    def span(self, length: timedelta) -> Markup:
        """Return a span of time with its two largest units."""
        total = int(length.total_seconds() // 60)
        days, hours, minutes = total // 1440, total // 60 % 24, total % 60
        if days:
            return self("time.days_hours", days=days, hours=hours) if hours else self("time.days", days=days)
        if hours:
            return (
                self("time.hours_minutes", hours=hours, minutes=minutes) if minutes else self("time.hours", hours=hours)
            )
        return self("time.minutes", minutes=minutes) if minutes else self("time.moments")

    def left(self, due_at: datetime, now: datetime) -> Markup:
        """Return how much time is left until a deadline, a minute begun counting whole, or by how much it is missed."""
        if now < due_at:
            return self("time.left", span=self.span(due_at - now + timedelta(minutes=1, microseconds=-1)))
        if now - due_at < timedelta(minutes=1):
            return self("time.just_over")
        return self("time.over", span=self.span(now - due_at))

    def _written(self, value: object) -> object:
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, timedelta):
            return self.span(value)
        if isinstance(value, str) and not isinstance(value, Markup):
            return isolated(value)
        return value


def isolated(words: str) -> str:
    """Return words so that their direction of writing ends with them: 4 behind a name in Arabic stays where it is."""
    plain = words.translate(WITHOUT_DIRECTIONS)
    if any(unicodedata.bidirectional(character) in FROM_THE_RIGHT for character in plain):
        return f"{ISOLATE}{plain}{END_OF_ISOLATE}"
    return plain
