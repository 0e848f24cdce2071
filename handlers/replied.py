"""Which case a reply is about, and how people write a case's number."""

import re
from collections.abc import Iterator

from domain.messages import MessageId
from domain.posts import Post, Purpose
from domain.units import ChatId
from handlers.reading import replied_to
from handlers.visit import Visit
from handlers.words import LANGUAGES, catalogue

NUMBER = re.compile(r"#?(MH\d{4}_\d{5,})(?!\d)", re.IGNORECASE)


def parse_number(written: str) -> str | None:
    """Return the case number in a text, with or without `#`, in capitals or not."""
    found = NUMBER.search(written)
    return found[1].upper() if found else None


async def find_replied(visit: Visit) -> Post | None:
    """Return what the replied-to message belongs to.

    A message that we have not noted is known by its own words: people may answer before Telegram has told us the
    number of what we sent, and a process may die in between.
    """
    reply = replied_to(visit.sent)
    if reply is None:
        return None
    chat, message = ChatId(reply.chat.id), MessageId(reply.message_id)
    post = await visit.desk.work.posts.find(chat, message)
    if post is not None or reply.from_user is None or reply.from_user.id != visit.bot.id:
        return post
    words = reply.text or reply.caption or ""
    number = parse_number(words)
    case = await visit.desk.work.cases.numbered(number) if number else None
    return Post(chat, message, case.id, _purpose_of(words)) if case else None


def _purpose_of(words: str) -> Purpose:
    return next((purpose for purpose, form in PROMPTS if form.fullmatch(words)), Purpose.POSTED)


def _forms_of(purpose: Purpose) -> Iterator[re.Pattern[str]]:
    for language in LANGUAGES:
        pieces = re.split(r"\{\w+\}", catalogue(language)[f"prompt.{purpose}"].unescape())
        yield re.compile(".+".join(map(re.escape, pieces)))


WANTING_A_REPLY = (Purpose.RESULT_PROMPT, Purpose.REFUSAL_PROMPT)
PROMPTS = [(purpose, form) for purpose in WANTING_A_REPLY for form in _forms_of(purpose)]
