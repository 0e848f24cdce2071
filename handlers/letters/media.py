"""Media: the attachments of a row of history on their way to the other side, as the albums that they came in."""

from markupsafe import Markup

from domain.cases.case import Case
from domain.cases.messages import Attachment, Medium
from domain.letters.contents import Media
from domain.letters.posts import card_of_case
from domain.record.history import Event, Row
from handlers.rendering.labels import numbered
from handlers.rendering.sending import Bundle, Sending, Written
from handlers.words import Words

ALBUM_LIMIT = 10
MIXED = frozenset({Medium.PHOTO, Medium.VIDEO})
ALBUMS = (MIXED, frozenset({Medium.DOCUMENT}), frozenset({Medium.AUDIO}))


async def write_media(sending: Sending, content: Media) -> Written:
    """Write the next attachments of a row that the addressee has not got yet."""
    letter, work = sending.letter, sending.desk.work
    case, row = await sending.case(), await sending.row()
    attachments = await work.attachments.of_event(content.event)
    relayed = await work.attachments.relayed([a.id for a in attachments if a.id], letter.to)
    missing = tuple(a for a in attachments if a.id not in relayed)
    if case is None or row is None or not missing:
        return Written()
    bundle = missing[:1] if letter.so_far.singly else next_bundle(missing)
    card = await sending.card(card_of_case(case.id, letter.to.unit))
    message = Bundle(
        bundle,
        render_caption(case, row, sending.words),
        reply_to=card.message if card else None,
        more=len(bundle) < len(missing),
    )
    return Written(message, case.id)


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
