"""The Bot API's methods, each a small function; importing this package fills the table."""

from sandbox.methods import (
    albums,
    chats,
    commands,
    copies,
    edits,
    files,
    media,
    places,
    polls,
    profile,
    queries,
    removals,
    texts,
    topics,
    updates,
)
from sandbox.methods.registry import METHODS, Method

__all__ = [
    "METHODS",
    "Method",
    "albums",
    "chats",
    "commands",
    "copies",
    "edits",
    "files",
    "media",
    "places",
    "polls",
    "profile",
    "queries",
    "removals",
    "texts",
    "topics",
    "updates",
]
