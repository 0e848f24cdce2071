"""What an open page is told, as server-sent events: the world at first, then each chat and case that changed."""

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator

from sandbox.feed import Change, Subscription
from sandbox.jsons import Json
from sandbox.page.case_files import show_cases
from sandbox.page.state import chats_of, show_chat, show_world
from sandbox.scene import Scene

TOGETHER = 0.05
"""Seconds in which changes are gathered: three edits of one card are shown once."""
HEARTBEAT = 10.0
FOR_MANY = {"people", "member", "commands"}
ABOUT_TO_SEND = {"typing", "upload_photo", "upload_document", "upload_voice", "upload_video", "find_location"}


async def stream(scene: Scene, language: str) -> AsyncGenerator[str, None]:
    """Yield events as they happen, for as long as somebody listens."""
    cases: list[Json] | None = None
    with scene.world.changes() as changes:
        yield "retry: 700\n\n" + _event("world", show_world(scene))
        while True:
            if scene.desks and (latest := await show_cases(scene.desks, language)) != cases:
                cases = latest
                yield _event("cases", latest)
            for event in _told(scene, await _gathered(changes)):
                yield event


async def _gathered(changes: Subscription) -> list[Change]:
    """Wait for a change, and return it with all that follow at once; none after a time of quiet."""
    found: list[Change] = []
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(HEARTBEAT):
            found.append(await anext(changes))
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(TOGETHER if found else 0):
            while True:
                found.append(await anext(changes))
    return found


def _told(scene: Scene, changes: list[Change]) -> list[str]:
    what = {change.what for change in changes}
    touched = {change.chat_id for change in changes if change.chat_id is not None}
    writing = sorted({change.chat_id for change in changes if change.what in ABOUT_TO_SEND and change.chat_id})
    events = [_event("typing", chat_id) for chat_id in writing]
    if what & FOR_MANY:
        events.append(_event("world", show_world(scene)))
    else:
        events += [_event("chat", show_chat(scene, chat)) for chat in chats_of(scene) if chat.id in touched]
    return [*events, _event("clock", scene.world.now().timestamp())]


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n"
