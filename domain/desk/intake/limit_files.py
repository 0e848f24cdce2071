"""Limit files: one person's files of a day are bounded, so that nobody can fill the office's disk."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from domain.cases.messages import Attachment, Message
from domain.desk import Desk
from domain.people.person import PersonId

FILES_A_DAY = 200
BYTES_A_DAY = 1024**3


async def within_a_day(desk: Desk, person: PersonId, message: Message) -> Message:
    """Return a message with as many of its files, from the first on, as the person may still send today.

    Places and words are not counted, and never left out.
    """
    if not any(attachment.file for attachment in message.attachments):
        return message
    count, size = await desk.work.attachments.sent_since(person, desk.now - timedelta(days=1))
    kept = []
    for attachment in message.attachments:
        count, size = count + bool(attachment.file), size + (attachment.size or 0)
        if not attachment.file or (count <= FILES_A_DAY and size <= BYTES_A_DAY):
            kept.append(attachment)
    return replace(message, attachments=tuple(kept))


async def files_replaced(
    desk: Desk, person: PersonId, message: Message, held: Iterable[Attachment]
) -> tuple[Attachment, ...]:
    """Return the files that an edit has put in the place of others, as far as the person may send more today."""
    changed = replace(message, attachments=message.files_changed(held))
    return (await within_a_day(desk, person, changed)).attachments
