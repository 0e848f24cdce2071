"""Media: the attachments of a row of history on their way to the other side, as the albums that they came in."""

import re
from collections.abc import Sequence
from html import unescape

from markupsafe import Markup

from domain.cases.case import Case
from domain.cases.messages import Attachment, Medium
from domain.letters.contents import Media
from domain.letters.news import Present
from domain.record.history import Event, Row
from handlers.letters.news import render_notice
from handlers.rendering.labels import numbered
from handlers.rendering.sending import Bundle, Sending, Text, Written
from handlers.rendering.split import MESSAGE_LIMIT, split
from handlers.words import Words

ALBUM_LIMIT = 10
CAPTION_LIMIT = 1024
TAG = re.compile(r"<[^<>]*>")
WITHOUT_CAPTION = frozenset({Medium.LOCATION, Medium.VIDEO_NOTE})
MIXED = frozenset({Medium.PHOTO, Medium.VIDEO})
ALBUMS = (MIXED, frozenset({Medium.DOCUMENT}), frozenset({Medium.AUDIO}))


async def write_media(sending: Sending, content: Media) -> Written:
    """Write the next attachments of a row that the addressee has not got yet, under what the row tells.

    Words that are too long for a caption come first, and the attachments answer them.
    """
    letter, work = sending.letter, sending.desk.work
    case, row = await sending.case(), await sending.row()
    attachments = await _that_hold(sending, content, row)
    relayed = await work.attachments.relayed([a.id for a in attachments if a.id], letter.to)
    missing = tuple(a for a in attachments if a.id not in relayed)
    if case is None or row is None or not missing:
        return Written()
    card = await sending.card_of(case.id, letter.to.unit)
    answers = card.message if card else None
    told = render_notice(row, Present(letter, case, sending.desk.org), sending.scene) if content.worded else None
    if told is not None and (letter.so_far.apart or not _fits_under(told, attachments[0])):
        parts, part = split(told, MESSAGE_LIMIT), letter.so_far.part
        if part < len(parts):
            return Written(Text(parts[part], reply_to=answers, more=True), case.id)
        answers, told = await work.posts.telling(case.id, sending.chat.id, content.event) or answers, None
    bundle = missing[:1] if letter.so_far.singly else next_bundle(missing)
    is_worded = told is not None and len(missing) == len(attachments)
    caption = told if told is not None and is_worded else render_caption(case, row, sending.words)
    return Written(Bundle(bundle, caption, answers, more=len(bundle) < len(missing), worded=is_worded), case.id)


async def _that_hold(sending: Sending, content: Media, row: Row | None) -> Sequence[Attachment]:
    """Return the attachments of a row without those in whose place others were put; they have a letter of their own."""
    attachments, history = await sending.desk.work.attachments.of_event(content.event), sending.desk.work.history
    if content.worded or row is None or row.case is None:
        return attachments
    edits = [edit for edit in await history.of_case(row.case, Event.FILES_REPLACED) if edit.told.get("of") == row.id]
    replaced = {edit.told.get("message") for edit in edits if not edit.is_inside}
    return [attachment for attachment in attachments if attachment.message not in replaced]


def _fits_under(told: Markup, first: Attachment) -> bool:
    """Whether Telegram takes these words as the caption of an attachment; it counts what can be seen, in UTF-16."""
    visible = unescape(TAG.sub("", str(told)))
    return first.medium not in WITHOUT_CAPTION and len(visible.encode("utf-16-le")) // 2 <= CAPTION_LIMIT


def render_caption(case: Case, row: Row, words: Words) -> Markup:
    """Return whose attachments these are, and of which case."""
    who = words("who.resident")
    if worker := row.told.get("worker"):
        who = words("who.worker", name=worker)
    replaced = row.event == Event.FILES_REPLACED
    return words("card.media_replaced" if replaced else "card.media", number=numbered(case), who=who)


def next_bundle(attachments: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """Return the first attachments that Telegram takes as one message: an album of at most ten, or a single one."""
    mixed = next((album for album in ALBUMS if attachments[0].medium in album), None)
    if mixed is None:
        return attachments[:1]
    return tuple(a for a in attachments if a.medium in mixed)[:ALBUM_LIMIT]
