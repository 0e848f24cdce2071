"""Outcomes: what becomes of a letter, and what that means for the desk, each within one unit of work."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.gateway import Delivered, Why
from domain.desk import Desk
from domain.desk.office.reach import lose_account, lose_chat, miss_resident, move_chat, note_rejected, tell_others
from domain.letters.contents import IN_PASSING, Removed
from domain.letters.letter import Addressee, Letter, Priority, to_chat
from domain.letters.posts import Card, Post, Purpose
from domain.organisation.units import Chat, ChatId
from domain.people.accounts import TelegramId, in_telegram
from handlers.rendering.buttons import asked_under
from handlers.rendering.sending import Bundle, Rendered, Text, Written
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

UNHEARD_AGAIN = timedelta(hours=1)
"""How long a letter waits that nobody can be told, unless somebody can be reached before."""


async def count_ambiguous(letter: Letter, _desk: Desk, work: UnitOfWork) -> None:
    """Note of a letter that was on its way when the process had to end: it may have arrived all the same."""
    await work.outbox.try_again(letter, ambiguous=True)


def shows(card: Card | None, text: Text) -> bool:
    """Whether a card shows a text already."""
    return card is not None and card.fingerprint == fingerprint(text)


def fingerprint(text: Text) -> str:
    """Return what tells whether a card shows something new."""
    buttons = text.keyboard.to_json() if text.keyboard else ""
    return hashlib.sha256(f"{text.html}\n{buttons}".encode()).hexdigest()


async def tell_others_or_wait(desk: Desk, work: UnitOfWork, letter: Letter) -> None:
    """Pass a letter on to those who can be reached, or keep it until somebody can be."""
    if await tell_others(desk, letter):
        await work.outbox.end(letter, "passed_on")
    else:
        await work.outbox.wait_for_somebody(letter, work.now + UNHEARD_AGAIN)


async def miss(desk: Desk, work: UnitOfWork, letter: Letter) -> None:
    """End a letter to somebody without any account; of a resident's case, those who can act are told.

    Unless they know: it was raised for a neighbour.
    """
    case = await work.cases.look_at(letter.case) if letter.case else None
    if case is not None and case.resident == letter.to.person and case.raised_by is None:
        await miss_resident(desk, case.id)
    await work.outbox.end(letter, "no_account")


async def end_together(
    work: UnitOfWork, letter: Letter, written: Written, outcome: str, chat: ChatId | None = None
) -> None:
    """End a letter, and those that its message answers as well."""
    for ended in {letter.id: letter, **{beside.id: beside for beside in written.beside}}.values():
        await work.outbox.end(ended, outcome, chat if ended.id == letter.id else None)


async def note_delivered(
    letter: Letter,
    chat: Chat,
    written: Written,
    message: Rendered,
    delivered: Delivered,
    desk: Desk,
    work: UnitOfWork,
    *,
    has_draft: bool,
) -> None:
    """Remember where the messages stand, so that replies and edits find them, and end the letter or go on with it."""
    if written.case is not None:
        purpose = _purpose(message)
        for sent in delivered.messages:
            await work.posts.add(Post(chat.id, sent, written.case, purpose, letter.event, letter.to.person))
    if isinstance(message, Bundle):
        await work.attachments.note_relayed([a.id for a in message.attachments if a.id], letter.to)
        if message.more:
            return
    if isinstance(message, Text):
        if message.live and delivered.messages:
            card = Card(chat.id, delivered.messages[0], fingerprint(message))
            await work.cards.keep(written.subject, card, letter.case, letter.to.unit, before=written.card)
        if written.above and written.above.message not in delivered.messages:
            await remove(work, written.above)
        if message.more:
            part = letter.so_far.part + 1
            await work.outbox.go_on(replace(letter, so_far=replace(letter.so_far, part=part)))
            return
    if has_draft and letter.to.person is not None and delivered.messages and not _is_in_place(message):
        await desk.cards.put_draft_below(letter.to.person, delivered.messages[-1])
    await end_together(work, letter, written, "sent", None if letter.to.aside else chat.id)


def _is_in_place(message: Rendered) -> bool:
    """Whether what was delivered is a card, or has changed a message that was there."""
    return isinstance(message, Text) and (message.live or message.edits is not None)


async def remove(work: UnitOfWork, card: Card) -> None:
    """Take a card away that stands elsewhere now."""
    to, content = Addressee(aside=f"{card.chat}:{card.message}"), Removed(card.chat, card.message)
    await work.outbox.post(Letter(to, content, Priority.NEWS))


def _purpose(message: Rendered) -> Purpose:
    """Return what a message is to its case: as its writer says, or as the buttons under it do."""
    if not isinstance(message, Text) or message.purpose is not Purpose.POSTED:
        return message.purpose if isinstance(message, Text) else Purpose.POSTED
    return asked_under(message.keyboard) or Purpose.POSTED


async def follow(desk: Desk, work: UnitOfWork, letter: Letter, chat: Chat, new: ChatId) -> None:
    """Follow a group to its new id, and send the letter there."""
    await move_chat(desk, chat.id, new)
    if isinstance(letter.content, IN_PASSING):
        await work.outbox.end(letter, "dropped")
    await redirect(work, letter.elsewhere, Chat(new))


async def redirect(work: UnitOfWork, letter: Letter, chat: Chat) -> None:
    """Send a letter that names its chat to the new one; one to a unit finds it by itself."""
    if letter.to.chat is not None:
        await work.outbox.post(replace(letter, to=to_chat(chat)))
        await work.outbox.end(letter, "redirected")


async def give_up(desk: Desk, work: UnitOfWork, letter: Letter, chat: Chat, rendered: Rendered, why: Why) -> None:
    """End a letter that will not arrive, and act on what that tells about the person, the chat or the letter."""
    if isinstance(letter.content, IN_PASSING):
        await work.outbox.end(letter, "dropped")
    elif why in (Why.BLOCKED, Why.CHAT_GONE) and chat.id > 0:
        person = await lose_account(desk, in_telegram(TelegramId(chat.id)))
        if person is not None and person.reachable:
            await work.outbox.go_on(letter.elsewhere)  # to another account of theirs
        else:
            await (tell_others_or_wait(desk, work, letter) if letter.is_for_staff else work.outbox.end(letter, why))
    elif why in (Why.BLOCKED, Why.CHAT_GONE) and not isinstance(rendered, Bundle):
        await lose_chat(desk, chat.id)
        if letter.to.unit is None:  # one to a unit goes on to those who can act, now that it has no chat
            await work.outbox.end(letter, why)
    else:
        await _put_aside(desk, work, letter, rendered, why)


async def _put_aside(desk: Desk, work: UnitOfWork, letter: Letter, rendered: Rendered, why: Why) -> None:
    """Go on without what Telegram refuses; of several files each is tried by itself, so that only the bad one stays."""
    log.error("telegram rejects what we send", letter=letter.id, kind=letter.content.kind, why=why)
    if isinstance(rendered, Bundle) and rendered.worded:
        await work.outbox.go_on(replace(letter, so_far=replace(letter.so_far, apart=True)))
        return
    if isinstance(rendered, Bundle) and len(rendered.attachments) > 1:
        await work.outbox.go_on(replace(letter, so_far=replace(letter.so_far, singly=True)))
        return
    if not letter.so_far.rejection_told:
        await note_rejected(desk, letter)
    if isinstance(rendered, Bundle):
        await work.attachments.note_relayed([a.id for a in rendered.attachments if a.id], letter.to)
    if isinstance(rendered, Bundle) and rendered.more:
        await work.outbox.go_on(replace(letter, so_far=replace(letter.so_far, rejection_told=True)))
    else:
        await work.outbox.end(letter, why)
