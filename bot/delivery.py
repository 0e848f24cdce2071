"""Delivery: one letter, from how things stand now to Telegram."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import structlog

from bot.desks import Desks
from bot.gateway import CardGone, Delivered, Gateway, Later, Moved, Outcome, TopicGone, Undeliverable, Why, patience
from bot.metrics import Metrics
from bot.outcomes import (
    count_ambiguous,
    end_together,
    follow,
    give_up,
    miss,
    note_delivered,
    redirect,
    shows,
    tell_others_or_wait,
)
from bot.pacing import Pacing
from bot.routing import chat_of
from domain.desk import Desk
from domain.desk.office.reach import move_topic
from domain.letters.contents import FOR_UNITS, IN_PASSING, DraftPutAway, Said
from domain.letters.letter import Letter
from domain.organisation.units import Chat
from domain.people.person import Actor, UnitCode
from handlers.letters import write
from handlers.rendering.sending import Rendered, Text, Written
from storage.engine import is_passing
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

Change = Callable[[Desk, UnitOfWork], Awaitable[None]]
Ending = tuple[Change, asyncio.Future[UnitOfWork]]

TRIES = 5
TURNS = 12
"""In how many turns of the loop an answer of Telegram's that is there has become the end of its letter, and some."""


class Seen(NamedTuple):
    """What a letter has become, and whether whoever is to read it may be told at all.

    `has_draft`: whether whom it is sent to has a draft, whose card is to stay below. One that they begin from now on
    has its card after this letter.
    """

    written: Written
    has_reader: bool = True
    has_draft: bool = False


async def look_at(desk: Desk, letter: Letter, chat: Chat) -> Seen:
    """Read what a letter tells of as it is now, and put it into words."""
    if letter.is_for_staff and not await _may_be_told(desk, letter):
        return Seen(Written(), has_reader=False)
    if await _is_for_nobody(desk, letter):
        return Seen(Written())
    person = await desk.work.people.look_at(letter.to.person) if letter.to.person is not None else None
    return Seen(await write(desk, letter, chat), has_draft=person is not None and person.has_draft)


async def _is_for_nobody(desk: Desk, letter: Letter) -> bool:
    """Whether the letter goes to somebody who cannot be reached and has not just written themselves."""
    if letter.to.person is None or isinstance(letter.content, Said | DraftPutAway):
        return False
    person = await desk.work.people.look_at(letter.to.person)
    return person is not None and person.is_lost


async def _may_be_told(desk: Desk, letter: Letter) -> bool:
    """Whether who reads in place of a chat still may, and can be reached."""
    person = await desk.work.people.look_at(letter.to.person) if letter.to.person is not None else None
    if person is None or not person.reachable:
        return False
    actor = Actor(person.id, person.name, person.id in desk.rules.admins)
    case = await desk.work.cases.look_at(letter.case) if letter.case else None
    return desk.rights.may_be_told(actor, letter.unit or UnitCode(""), case)


async def _answers_come_in() -> None:
    """Let the loop read what answers there are; none is waited for."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


class Delivery:
    """Renders a letter, hands it to the gateway, and keeps what came of it."""

    def __init__(self, desks: Desks, gateway: Gateway, pacing: Pacing, metrics: Metrics) -> None:
        self._desks = desks
        self._gateway = gateway
        self._pacing = pacing
        self._metrics = metrics
        self._ending: list[Ending] = []
        self._is_taking = False

    async def see_to(self, letter: Letter, chat: Chat | None, seen: Seen | None = None) -> bool:
        """Bring a letter to its end, or leave it waiting for another try; True if it was the last to its addressee.

        `seen`: what it has become; without it that is looked up now.
        """
        try:
            if chat is not None:
                return await self._send(letter, chat, seen or await self._look(letter, chat))
            await self._reroute(letter)
        except Exception as error:  # noqa: BLE001 - a letter that cannot be written must not stop the others
            await self._stumble(letter, error)
        return False

    async def _look(self, letter: Letter, chat: Chat) -> Seen:
        async with self._desks.reading() as (desk, _):
            return await look_at(desk, letter, chat)

    async def _send(self, letter: Letter, chat: Chat, seen: Seen) -> bool:
        written, now, policy = seen.written, self._desks.clock.now(), self._desks.rules.policy
        if not seen.has_reader:
            await self._keep(lambda desk, work: tell_others_or_wait(desk, work, letter))
        elif (message := written.message) is None:
            return await self._end(letter, lambda _desk, work: end_together(work, letter, written, "superseded"))
        elif isinstance(message, Text) and message.live and shows(written.card, message):
            return await self._end(letter, lambda _desk, work: work.outbox.end(letter, "unchanged"))
        elif until := letter.waits_until(now, policy):
            await self._keep(lambda _desk, work: work.outbox.put_off(letter, until))
        else:
            # What is scheduled makes no sound in quiet hours, where it may go at all.
            silent = letter.scheduled and policy.is_quiet(now)
            return await self._hand_over(letter, chat, seen, message, silent=silent)
        return False

    async def _hand_over(self, letter: Letter, chat: Chat, seen: Seen, message: Rendered, *, silent: bool) -> bool:
        written = seen.written
        outcome = await self._deliver(letter, chat, written, message, silent=silent)
        if isinstance(outcome, CardGone):
            async with self._desks.reading() as (desk, _):
                written = await write(desk, replace(letter, edits=None), chat, is_card_gone=True)
            if written.message is None:
                return await self._end(letter, lambda _desk, work: work.outbox.end(letter, "superseded"))
            message = written.message
            outcome = await self._deliver(letter, chat, written, message, silent=silent)
        self._metrics.letters.labels(letter.content.kind, type(outcome).__name__.lower()).inc()
        if isinstance(outcome, Delivered):
            note = partial(note_delivered, letter, chat, written, message, outcome, has_draft=seen.has_draft)
            return await self._end(letter, note)
        await self._settle(letter, chat, message, outcome)
        return False

    async def _deliver(
        self, letter: Letter, chat: Chat, written: Written, message: Rendered, *, silent: bool
    ) -> Outcome:
        """Hand over one message, and count it: what was rendered and had nothing new to show costs a chat no time."""
        if letter.to.aside is None:
            self._pacing.sent(chat.id)
        try:
            card = written.card.message if written.card else None
            return await self._gateway.deliver(chat, message, card, silent=silent)
        except asyncio.CancelledError:
            await self._keep(partial(count_ambiguous, letter))
            raise

    async def _settle(self, letter: Letter, chat: Chat, message: Rendered, outcome: Outcome) -> None:
        match outcome:
            case Later():
                await self._wait(letter, chat, message, outcome)
            case Moved():
                await self._keep(lambda desk, work: follow(desk, work, letter, chat, outcome.chat))
            case TopicGone() if chat.topic is not None:
                await self._renew_topic(letter, chat)
            case Undeliverable() | TopicGone() | CardGone():
                why = outcome.why if isinstance(outcome, Undeliverable) else Why.REJECTED
                await self._keep(lambda desk, work: give_up(desk, work, letter, chat, message, why))

    async def _wait(self, letter: Letter, chat: Chat, rendered: Rendered, later: Later) -> None:
        """Try again later; what may have arrived all the same is counted."""
        attempts, limit = 0, TRIES if isinstance(letter.content, IN_PASSING) else later.tries

        async def count(desk: Desk, work: UnitOfWork) -> None:
            nonlocal attempts
            attempts = await work.outbox.try_again(letter, ambiguous=later.ambiguous)
            if limit is not None and attempts >= limit:
                await give_up(desk, work, letter, chat, rendered, Why.REJECTED)

        await self._keep(count)
        if later.ambiguous:
            self._metrics.ambiguous.inc()
        self._hold_back(letter, chat, later, attempts)

    def _hold_back(self, letter: Letter, chat: Chat, later: Later, attempts: int) -> None:
        """Hold back what Telegram's answer binds: everything, what is no message, or the chat that it was met in."""
        seconds = later.seconds or patience(attempts)
        if later.everywhere:
            self._pacing.hold_all(seconds)
        elif letter.to.aside is not None:
            self._pacing.hold_asides(seconds)
        elif later.seconds:
            self._pacing.hold(chat.id, seconds)
        else:
            self._pacing.rest(chat.id, seconds)

    async def _renew_topic(self, letter: Letter, chat: Chat) -> None:
        """Open a new topic in place of a deleted one; where the bot may not, go on in the group itself."""
        async with self._desks.reading() as (desk, _):
            units = [unit for unit in desk.org.in_chat(chat) if unit.chat == chat]
        name = units[0].name if units else "民呼"
        topic = await self._gateway.create_topic(chat.id, name)
        if isinstance(topic, Later):
            tries = letter.so_far.topic_tries + (0 if topic.seconds else 1)
            self._pacing.hold(chat.id, topic.seconds or patience(tries))
            if tries < TRIES:
                waiting = replace(letter, so_far=replace(letter.so_far, topic_tries=tries))
                await self._keep(lambda _desk, work: work.outbox.go_on(waiting))
                return
            topic = None
        renewed = Chat(chat.id, topic)

        async def carry_over(desk: Desk, work: UnitOfWork) -> None:
            await move_topic(desk, chat, renewed)
            await redirect(work, letter, renewed)

        await self._keep(carry_over)

    async def _reroute(self, letter: Letter) -> None:
        """Tell those who can act what was meant for a chat that is gone, or for somebody without any account."""
        person = letter.to.person

        async def pass_on(desk: Desk, work: UnitOfWork) -> None:
            accounts = await work.accounts.of([] if person is None else [person])
            if chat_of(desk.org, letter, accounts) is not None:
                return  # it has come back meanwhile
            if person is not None and not letter.is_for_staff:
                await miss(desk, work, letter)
            elif isinstance(letter.content, FOR_UNITS):
                await tell_others_or_wait(desk, work, letter)
            else:
                await work.outbox.end(letter, "no_chat")

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
        if not self._is_taking:
            await self._end_all()
        return (await asyncio.shield(kept)).outbox.has_emptied(letter.to)

    async def _end_all(self) -> None:
        """Keep in one transaction all that has ended by its end; where one fails, each by itself."""
        taken: list[Ending] = []

        async def change_all(desk: Desk, work: UnitOfWork) -> None:
            done = 0
            while self._take(taken) > done:
                for change, _ in taken[done:]:
                    await change(desk, work)
                done = len(taken)
                await _answers_come_in()
            self._is_taking = False

        self._is_taking = True
        try:
            work = await self._keep(change_all)
        except Exception:  # noqa: BLE001 - told to whose change it was
            self._take(taken)  # where not even a transaction could be begun
            self._is_taking = False
            for change, kept in taken:
                await self._end_alone(change, kept)
        else:
            for _, kept in taken:
                kept.set_result(work)
        finally:
            self._is_taking = False

    def _take(self, taken: list[Ending]) -> int:
        """Take what has ended; return how many were taken by now."""
        taken.extend(self._ending)
        self._ending.clear()
        return len(taken)

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
