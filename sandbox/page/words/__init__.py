"""The page's own texts, in Chinese and English."""

import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")


@cache
def texts(language: str) -> dict[str, str]:
    """Return all texts of a language by their keys, `table.name`; Chinese where the language is none of ours."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    tables = tomllib.loads(Path(__file__).with_name(f"{known}.toml").read_text("utf-8"))
    return {f"{table}.{name}": text for table, named in tables.items() for name, text in named.items()}
