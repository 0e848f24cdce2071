"""Delivery: one letter from its facts to Telegram, and what its outcome means for the desk."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import NamedTuple

import structlog

from bot.desks import Desks
from bot.gateway import CardGone, Delivered, Gateway, Later, Moved, Outcome, TopicGone, Undeliverable, Why, patience
from bot.metrics import Metrics
from bot.pacing import Pacing
from bot.routing import room_of
from domain.accounts import TelegramId, in_telegram
from domain.desk import Desk
from domain.desk.reach import lose_account, lose_room, miss_resident, move_room, move_topic, note_rejected, tell_others
from domain.letters import Letter, to_room
from domain.letters.contents import IN_PASSING, DraftPutAway, Media, News, Reminder, Said
from domain.people import Actor, UnitCode
from domain.posts import Card, Post, Purpose
from domain.units import ChatId, Room
from handlers.letters import write
from handlers.rendering import Bundle, Rendered, Text, Written
from storage.engine import is_passing
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

Change = Callable[[Desk, UnitOfWork], Awaitable[None]]

TRIES = 5
UNHEARD_AGAIN = timedelta(hours=1)
"""How long a letter waits that nobody can be told, unless somebody can be reached before."""


class Seen(NamedTuple):
    """What a letter has become, and whether whoever is to read it may be told at all."""

    written: Written
    has_reader: bool = True


async def look_at(desk: Desk, letter: Letter, room: Room) -> Seen:
    """Read what a letter tells of as it is now, and put it into words."""
    if letter.is_for_staff and not await _may_be_told(desk, letter):
        return Seen(Written(), has_reader=False)
    if await _is_for_nobody(desk, letter):
        return Seen(Written())
    return Seen(await write(desk, letter, room))


class Delivery:
    """Renders a letter, hands it to the gateway, and keeps what came of it."""

    def __init__(self, desks: Desks, gateway: Gateway, pacing: Pacing, metrics: Metrics) -> None:
        self._desks = desks
        self._gateway = gateway
        self._pacing = pacing
        self._metrics = metrics
        self._ending: list[tuple[Change, asyncio.Future[UnitOfWork]]] = []

    async def see_to(self, letter: Letter, room: Room | None, seen: Seen | None = None) -> bool:
        """Bring a letter to its end, or leave it waiting for another try; True if it was the last to its addressee.

        `seen`: what it has become; without it that is looked up now.
        """
        try:
            if room is not None:
                return await self._send(letter, room, seen or await self._look(letter, room))
            await self._reroute(letter)
        except Exception as error:  # noqa: BLE001 - a letter that cannot be written must not stop the others
            await self._stumble(letter, error)
        return False

    async def _look(self, letter: Letter, room: Room) -> Seen:
        async with self._desks.reading() as (desk, _):
            return await look_at(desk, letter, room)

    async def _send(self, letter: Letter, room: Room, seen: Seen) -> bool:
        written, now, policy = seen.written, self._desks.clock.now(), self._desks.rules.policy
        if not seen.has_reader:
            await self._keep(lambda desk, work: _tell_others(desk, work, letter))
        elif (message := written.message) is None:
            return await self._end(letter, lambda _desk, work: _end(work, letter, written, "superseded"))
        elif isinstance(message, Text) and message.live and _shows(written.card, message):
            return await self._end(letter, lambda _desk, work: work.outbox.end(letter, "unchanged"))
        elif until := letter.waits_until(now, policy):
            await self._keep(lambda _desk, work: work.outbox.put_off(letter, until))
        else:
            # What is scheduled makes no sound in quiet hours, where it may go at all.
            silent = letter.scheduled and policy.is_quiet(now)
            return await self._hand_over(letter, room, written, message, silent=silent)
        return False

    async def _hand_over(
        self, letter: Letter, room: Room, written: Written, message: Rendered, *, silent: bool
    ) -> bool:
        outcome = await self._deliver(letter, room, written, message, silent=silent)
        if isinstance(outcome, CardGone):
            async with self._desks.reading() as (desk, _):
                written = await write(desk, replace(letter, edits=None), room, is_card_gone=True)
            if written.message is None:
                return await self._end(letter, lambda _desk, work: work.outbox.end(letter, "superseded"))
            message = written.message
            outcome = await self._deliver(letter, room, written, message, silent=silent)
        self._metrics.letters.labels(letter.content.kind, type(outcome).__name__.lower()).inc()
        if isinstance(outcome, Delivered):
            return await self._end(letter, lambda _desk, work: _note(work, letter, room, written, message, outcome))
        await self._settle(letter, room, message, outcome)
        return False

    async def _deliver(
        self, letter: Letter, room: Room, written: Written, message: Rendered, *, silent: bool
    ) -> Outcome:
        """Hand over one message, and count it: what was rendered and had nothing new to show costs a chat no time."""
        if letter.to.aside is None:
            self._pacing.sent(room.chat)
        try:
            card = written.card.message if written.card else None
            return await self._gateway.deliver(room, message, card, silent=silent)
        except asyncio.CancelledError:
            await self._keep(partial(_count_ambiguous, letter))
            raise

    async def _settle(self, letter: Letter, room: Room, message: Rendered, outcome: Outcome) -> None:
        match outcome:
            case Later():
                await self._wait(letter, room, message, outcome)
            case Moved():
                await self._keep(lambda desk, work: _follow(desk, work, letter, room, outcome.chat))
            case TopicGone() if room.topic is not None:
                await self._renew_topic(letter, room)
            case Undeliverable() | TopicGone() | CardGone():
                why = outcome.why if isinstance(outcome, Undeliverable) else Why.REJECTED
                await self._keep(lambda desk, work: _give_up(desk, work, letter, room, message, why))

    async def _wait(self, letter: Letter, room: Room, rendered: Rendered, later: Later) -> None:
        """Try again later; what may have arrived all the same is counted."""
        attempts, limit = 0, TRIES if isinstance(letter.content, IN_PASSING) else later.tries

        async def count(desk: Desk, work: UnitOfWork) -> None:
            nonlocal attempts
            attempts = await work.outbox.try_again(letter, ambiguous=later.ambiguous)
            if limit is not None and attempts >= limit:
                await _give_up(desk, work, letter, room, rendered, Why.REJECTED)

        await self._keep(count)
        if later.ambiguous:
            self._metrics.ambiguous.inc()
        self._hold_back(letter, room, later, attempts)

    def _hold_back(self, letter: Letter, room: Room, later: Later, attempts: int) -> None:
        """Hold back what Telegram's answer binds: everything, what is no message, or the chat that it was met in."""
        seconds = later.seconds or patience(attempts)
        if later.everywhere:
            self._pacing.hold_all(seconds)
        elif letter.to.aside is not None:
            self._pacing.hold_asides(seconds)
        elif later.seconds:
            self._pacing.hold(room.chat, seconds)
        else:
            self._pacing.rest(room.chat, seconds)

    async def _renew_topic(self, letter: Letter, room: Room) -> None:
        """Open a new topic in place of a deleted one; where the bot may not, go on in the group itself."""
        async with self._desks.reading() as (desk, _):
            units = [unit for unit in desk.org.in_room(room) if unit.room == room]
        name = units[0].name if units else "民呼"
        topic = await self._gateway.create_topic(room.chat, name)
        if isinstance(topic, Later):
            tries = letter.so_far.topic_tries + (0 if topic.seconds else 1)
            self._pacing.hold(room.chat, topic.seconds or patience(tries))
            if tries < TRIES:
                waiting = replace(letter, so_far=replace(letter.so_far, topic_tries=tries))
                await self._keep(lambda _desk, work: work.outbox.go_on(waiting))
                return
            topic = None
        renewed = Room(room.chat, topic)

        async def carry_over(desk: Desk, work: UnitOfWork) -> None:
            await move_topic(desk, room, renewed)
            await _redirect(work, letter, renewed)

        await self._keep(carry_over)

    async def _reroute(self, letter: Letter) -> None:
        """Tell those who can act what was meant for a room that is gone, or for somebody without any account."""
        person = letter.to.person

        async def pass_on(desk: Desk, work: UnitOfWork) -> None:
            accounts = await work.accounts.of([] if person is None else [person])
            if room_of(desk.org, letter, accounts) is not None:
                return  # it has come back meanwhile
            if person is not None and not letter.is_for_staff:
                await _miss(desk, work, letter)
            elif isinstance(letter.content, News | Reminder | Media):
                await _tell_others(desk, work, letter)
            else:
                await work.outbox.end(letter, "no_room")

        await self._keep(pass_on)

    async def _stumble(self, letter: Letter, error: Exception) -> None:
        """Put a letter aside that we cannot write; what failed for the database's reasons is simply tried again."""
        if is_passing(error):
            await asyncio.sleep(1)
            return
        log.error("letter cannot be written", letter=letter.id, kind=letter.content.kind, exc_info=error)

        async def count(_desk: Desk, work: UnitOfWork) -> None:
            if await work.outbox.try_again(letter, ambiguous=False) >= TRIES:
                await work.outbox.end(letter, "failed")

        await self._keep(count)
        await asyncio.sleep(1)

    async def _end(self, letter: Letter, change: Change) -> bool:
        """Keep what became of a letter, together with others that end now; True if it was the last that may go."""
        kept: asyncio.Future[UnitOfWork] = asyncio.get_running_loop().create_future()
        self._ending.append((change, kept))
        if len(self._ending) == 1:
            await self._end_all()
        return (await kept).outbox.has_emptied(letter.to)

    async def _end_all(self) -> None:
        """Keep in one transaction all that has ended by the time it begins; where one fails, each by itself."""
        taken: list[tuple[Change, asyncio.Future[UnitOfWork]]] = []

        async def change_all(desk: Desk, work: UnitOfWork) -> None:
            taken.extend(self._ending)
            self._ending.clear()
            for change, _ in taken:
                await change(desk, work)

        try:
            work = await self._keep(change_all)
        except Exception:  # noqa: BLE001 - told to whose change it was
            for change, kept in taken:
                await self._end_alone(change, kept)
        else:
            for _, kept in taken:
                kept.set_result(work)

    async def _end_alone(self, change: Change, kept: asyncio.Future[UnitOfWork]) -> None:
        try:
            kept.set_result(await self._keep(change))
        except Exception as error:  # noqa: BLE001 - goes to whoever waits for it
            kept.set_exception(error)

    async def _keep(self, change: Change) -> UnitOfWork:
        """Keep a change, however long the database takes: what Telegram has done cannot be asked for again."""
        while True:
            try:
                async with self._desks.writing() as (desk, work):
                    await change(desk, work)
            except Exception as error:
                if not is_passing(error):
                    raise
                await asyncio.sleep(0.5)
            else:
                return work


async def _count_ambiguous(letter: Letter, _desk: Desk, work: UnitOfWork) -> None:
    """Note of a letter that was on its way when the process had to end: it may have arrived all the same."""
    await work.outbox.try_again(letter, ambiguous=True)


def _shows(card: Card | None, text: Text) -> bool:
    """Whether a card shows a text already."""
    return card is not None and card.fingerprint == fingerprint(text)


def fingerprint(text: Text) -> str:
    """Return what tells whether a card shows something new."""
    buttons = text.keyboard.to_json() if text.keyboard else ""
    return hashlib.sha256(f"{text.html}\n{buttons}".encode()).hexdigest()


async def _is_for_nobody(desk: Desk, letter: Letter) -> bool:
    """Whether the letter goes to somebody who cannot be reached and has not just written themselves."""
    if letter.to.person is None or isinstance(letter.content, Said | DraftPutAway):
        return False
    person = await desk.work.people.look_at(letter.to.person)
    return person is not None and person.is_lost


async def _may_be_told(desk: Desk, letter: Letter) -> bool:
    """Whether who reads in place of a room still may, and can be reached."""
    person = await desk.work.people.look_at(letter.to.person) if letter.to.person is not None else None
    if person is None or not person.reachable:
        return False
    actor = Actor(person.id, person.name, person.id in desk.rules.admins)
    case = await desk.work.cases.look_at(letter.case) if letter.case else None
    return desk.rights.may_be_told(actor, letter.unit or UnitCode(""), case)


async def _tell_others(desk: Desk, work: UnitOfWork, letter: Letter) -> None:
    """Pass a letter on to those who can be reached, or keep it until somebody can be."""
    if await tell_others(desk, letter):
        await work.outbox.end(letter, "passed_on")
    else:
        await work.outbox.wait_for_somebody(letter, work.now + UNHEARD_AGAIN)


async def _miss(desk: Desk, work: UnitOfWork, letter: Letter) -> None:
    """End a letter to somebody without any account; of a resident's case, those who can act are told."""
    case = await work.cases.look_at(letter.case) if letter.case else None
    if case is not None and case.resident == letter.to.person:
        await miss_resident(desk, case.id)
    await work.outbox.end(letter, "no_account")


async def _end(work: UnitOfWork, letter: Letter, written: Written, outcome: str, chat: ChatId | None = None) -> None:
    for ended in {letter.id: letter, **{beside.id: beside for beside in written.beside}}.values():
        await work.outbox.end(ended, outcome, chat if ended.id == letter.id else None)


async def _note(
    work: UnitOfWork, letter: Letter, room: Room, written: Written, message: Rendered, delivered: Delivered
) -> None:
    """Remember where the messages stand, so that replies and edits find them, and end the letter or go on with it."""
    if written.case is not None:
        purpose = message.purpose if isinstance(message, Text) else Purpose.POSTED
        for sent in delivered.messages:
            await work.posts.add(Post(room.chat, sent, written.case, purpose, letter.event))
    if isinstance(message, Bundle):
        await work.attachments.note_relayed([a.id for a in message.attachments if a.id], letter.to)
        if message.more:
            return
    if isinstance(message, Text):
        if message.live and delivered.messages:
            card = Card(room.chat, delivered.messages[0], fingerprint(message))
            await work.cards.keep(written.subject, card, letter.case, letter.to.unit)
        if message.more:
            part = letter.so_far.part + 1
            await work.outbox.go_on(replace(letter, so_far=replace(letter.so_far, part=part)))
            return
    await _end(work, letter, written, "sent", None if letter.to.aside else room.chat)


async def _follow(desk: Desk, work: UnitOfWork, letter: Letter, room: Room, new: ChatId) -> None:
    await move_room(desk, room.chat, new)
    if isinstance(letter.content, IN_PASSING):
        await work.outbox.end(letter, "dropped")
    await _redirect(work, letter.elsewhere, Room(new))


async def _redirect(work: UnitOfWork, letter: Letter, room: Room) -> None:
    """Send a letter that names its room to the new one; one to a unit finds it by itself."""
    if letter.to.room is not None:
        await work.outbox.post(replace(letter, to=to_room(room)))
        await work.outbox.end(letter, "redirected")


async def _give_up(desk: Desk, work: UnitOfWork, letter: Letter, room: Room, rendered: Rendered, why: Why) -> None:
    """End a letter that will not arrive, and act on what that tells about the person, the room or the letter."""
    if isinstance(letter.content, IN_PASSING):
        await work.outbox.end(letter, "dropped")
    elif why in (Why.BLOCKED, Why.ROOM_GONE) and room.chat > 0:
        person = await lose_account(desk, in_telegram(TelegramId(room.chat)))
        if person is not None and person.reachable:
            await work.outbox.go_on(letter.elsewhere)  # to another account of theirs
        else:
            await (_tell_others(desk, work, letter) if letter.is_for_staff else work.outbox.end(letter, why))
    elif why in (Why.BLOCKED, Why.ROOM_GONE) and not isinstance(rendered, Bundle):
        await lose_room(desk, room.chat)
        if letter.to.unit is None:  # one to a unit goes on to those who can act, now that it has no room
            await work.outbox.end(letter, why)
    else:
        await _put_aside(desk, work, letter, rendered, why)


async def _put_aside(desk: Desk, work: UnitOfWork, letter: Letter, rendered: Rendered, why: Why) -> None:
    """Go on without what Telegram refuses; of several files each is tried by itself, so that only the bad one stays."""
    log.error("telegram rejects what we send", letter=letter.id, kind=letter.content.kind, why=why)
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
