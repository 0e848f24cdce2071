"""The post office: a letter that arrives while the outbox is being looked at is not sent again."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from sqlalchemy import text

from bot.app import make_bot
from bot.delivery import Delivery
from bot.desks import Desks
from bot.gateway import Gateway
from bot.metrics import Metrics
from bot.pacing import NoPacing
from bot.post_office import PostOffice
from bot.settings import Settings
from domain.desk import Desk
from domain.letters.contents import CaseCard, Said
from domain.letters.letter import Letter, Priority, to_person
from domain.organisation.units import ChatId
from domain.people.accounts import TelegramId, in_telegram
from domain.people.person import PersonId
from sandbox.world import World
from storage.unit_of_work import UnitOfWork
from tests.doubles.wire import SandboxWire
from tests.town import TOKEN


@dataclass
class SlowDesks(Desks):
    """Desks at which, once the organisation is read, something happens before anything else is."""

    meanwhile: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[tuple[Desk, UnitOfWork]]:
        async with Desks.reading(self) as opened:
            while self.meanwhile:
                await self.meanwhile.pop()()
            yield opened


@dataclass
class BrokenDesks(Desks):
    """Desks that nobody can open for work once, for a reason that does not pass."""

    breaks: bool = False

    @contextlib.asynccontextmanager
    async def writing(self, *, ring: bool = True) -> AsyncIterator[tuple[Desk, UnitOfWork]]:
        if self.breaks:
            self.breaks = False
            raise RuntimeError
        async with Desks.writing(self, ring=ring) as opened:
            yield opened


@dataclass
class CountingDesks(Desks):
    """Desks that count how often something was kept."""

    kept: int = 0

    @contextlib.asynccontextmanager
    async def writing(self, *, ring: bool = True) -> AsyncIterator[tuple[Desk, UnitOfWork]]:
        async with Desks.writing(self, ring=ring) as opened:
            yield opened
        self.kept += 1


class Counted(NoPacing):
    """Remembers what was counted against Telegram's limits."""

    def __init__(self) -> None:
        super().__init__()
        self.counted: list[ChatId] = []

    def sent(self, chat: ChatId) -> None:
        self.counted.append(chat)


async def known(desks: Desks, user: int) -> PersonId:
    async with desks.writing() as (_, work):
        return (await work.people.add("居民", in_telegram(TelegramId(user)))).id


def said(person: PersonId) -> Letter:
    return Letter(to_person(person), Said("answer.skipped"), Priority.ANSWER)


async def test_a_letter_that_arrives_while_the_outbox_is_looked_at_is_sent_once(desks: Desks) -> None:
    async with World() as world:
        bot = world.add_bot(TOKEN, "minhu_bot", "民呼")
        for user in (3001, 3002):
            world.add_person(user, "居民").starts(bot)
        li, zhao = await known(desks, 3001), await known(desks, 3002)
        gate = world.faults.hold("sendMessage")
        slow = SlowDesks(desks.storage, desks.rules, desks.clock)
        pacing = NoPacing()
        gateway = Gateway(make_bot(Settings(_env_file=None, token=TOKEN), SandboxWire(world.api)))
        office = PostOffice(slow, Delivery(desks, gateway, pacing, Metrics()), pacing, desks.clock)
        running = asyncio.create_task(office.run())

        async def first_arrives() -> None:
            gate.open()
            await until(lambda: ended(desks))
            await asyncio.sleep(0.05)

        await post(desks, said(li))
        await world.until(lambda: gate.waiting)
        slow.meanwhile.append(first_arrives)
        await post(desks, said(zhao))
        await world.until(lambda: len(world.journal.calls("sendMessage")) >= 2)
        await until(lambda: is_idle(office))
        running.cancel()

        assert sorted(call.params["chat_id"] for call in world.journal.calls("sendMessage")) == [3001, 3002]


async def test_answers_that_are_there_together_are_kept_together(desks: Desks) -> None:
    async with World() as world:
        bot = world.add_bot(TOKEN, "minhu_bot", "民呼")
        users = range(3001, 3006)
        for user in users:
            world.add_person(user, "居民").starts(bot)
        await post(desks, *[said(await known(desks, user)) for user in users])
        gate = world.faults.hold("sendMessage")
        counting = CountingDesks(desks.storage, desks.rules, desks.clock)
        pacing = NoPacing()
        gateway = Gateway(make_bot(Settings(_env_file=None, token=TOKEN), SandboxWire(world.api)))
        office = PostOffice(desks, Delivery(counting, gateway, pacing, Metrics()), pacing, desks.clock)
        running = asyncio.create_task(office.run())
        await world.until(lambda: gate.waiting == len(users))
        gate.open()
        await until(lambda: is_idle(office))
        running.cancel()

        assert len(world.journal.calls("sendMessage")) == len(users)
        assert counting.kept == 1


async def test_what_has_nothing_to_say_costs_a_chat_no_time(desks: Desks) -> None:
    async with World() as world:
        world.add_bot(TOKEN, "minhu_bot", "民呼")
        pacing = Counted()
        gateway = Gateway(make_bot(Settings(_env_file=None, token=TOKEN), SandboxWire(world.api)))
        office = PostOffice(desks, Delivery(desks, gateway, pacing, Metrics()), pacing, desks.clock)
        running = asyncio.create_task(office.run())
        await post(desks, Letter(to_person(await known(desks, 3001)), CaseCard(), Priority.ANSWER))
        await until(lambda: is_idle(office))
        running.cancel()

        assert pacing.counted == []
        assert world.journal.calls("sendMessage") == []


async def test_a_letter_that_cannot_be_read_holds_up_no_other(desks: Desks) -> None:
    async with World() as world:
        bot = world.add_bot(TOKEN, "minhu_bot", "民呼")
        world.add_person(3002, "居民").starts(bot)
        await post(desks, said(await known(desks, 3001)))
        async with desks.storage.engine.execution_options(writes=True).begin() as connection:
            await connection.execute(text("UPDATE outbox SET kind = 'of a later version'"))
        await post(desks, said(await known(desks, 3002)))
        pacing = NoPacing()
        gateway = Gateway(make_bot(Settings(_env_file=None, token=TOKEN), SandboxWire(world.api)))
        office = PostOffice(desks, Delivery(desks, gateway, pacing, Metrics()), pacing, desks.clock)
        running = asyncio.create_task(office.run())
        await until(lambda: is_idle(office))
        running.cancel()

        assert [call.params["chat_id"] for call in world.journal.calls("sendMessage")] == [3002]
        async with desks.reading() as (_, work):
            assert await work.outbox.failed() == 1


async def test_a_transaction_that_cannot_be_begun_holds_up_no_letter(desks: Desks) -> None:
    async with World() as world:
        bot = world.add_bot(TOKEN, "minhu_bot", "民呼")
        world.add_person(3001, "居民").starts(bot)
        li = await known(desks, 3001)
        broken = BrokenDesks(desks.storage, desks.rules, desks.clock, breaks=True)
        pacing = NoPacing()
        gateway = Gateway(make_bot(Settings(_env_file=None, token=TOKEN), SandboxWire(world.api)))
        office = PostOffice(desks, Delivery(broken, gateway, pacing, Metrics()), pacing, desks.clock)
        running = asyncio.create_task(office.run())
        for sent in (1, 2):
            await post(desks, said(li))
            await until(lambda: is_idle(office))

            assert len(world.journal.calls("sendMessage")) == sent
        running.cancel()


async def post(desks: Desks, *letters: Letter) -> None:
    async with desks.writing() as (_, work):
        await work.outbox.post(*letters)


async def is_idle(office: PostOffice) -> bool:
    return office.is_idle


async def ended(desks: Desks) -> bool:
    async with desks.reading() as (_, work):
        return bool(await work.outbox.sent_within(60))


async def until(happened: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while True:
            if await happened():
                return
            await asyncio.sleep(0.01)
