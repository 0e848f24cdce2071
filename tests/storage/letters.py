"""Letters for the tests of the outbox, and what is done with them there."""

from domain.cases.case import CaseId
from domain.cases.messages import MessageId
from domain.letters.contents import CaseCard, News, Said
from domain.letters.letter import Addressee, Letter, Priority, to_person, to_unit
from domain.organisation.units import ChatId
from domain.people.person import UnitCode
from domain.record.history import EventId
from storage.unit_of_work import Storage
from tests.domain.ground import LI, a_case, town

GRID = to_unit(UnitCode("ZN-01"))
CARD = Letter(GRID, CaseCard(), Priority.CARD, key="card:42:ZN-01", reply_to=MessageId(1))
NEWS = Letter(to_person(LI), News(EventId(1)), Priority.NEWS)


async def post(storage: Storage, *letters: Letter) -> None:
    async with storage.writing() as work:
        for letter in letters:
            await work.outbox.post(letter)


async def may_go(storage: Storage) -> bool:
    """Whether a letter may go now, or is to be let go."""
    async with storage.reading() as work:
        next_at = await work.outbox.next_at()
        return bool(await work.outbox.sendable((), 1)) or (next_at is not None and next_at <= work.now)


async def sendable(storage: Storage, *held_back: Addressee, limit: int = 100) -> list[Letter]:
    async with storage.reading() as work:
        return list(await work.outbox.sendable(held_back, limit))


async def end(storage: Storage, letter: Letter, outcome: str = "sent", chat: int | None = None) -> None:
    async with storage.writing() as work:
        await work.outbox.end(letter, outcome, ChatId(chat) if chat else None)


async def only(storage: Storage) -> Letter:
    (letter,) = await sendable(storage)
    return letter


def said(number: int, to: Addressee = GRID, priority: Priority = Priority.NEWS) -> Letter:
    return Letter(to, Said("answer.skipped", {"number": number}), priority)


def news(number: int, case: CaseId, priority: Priority = Priority.NEWS) -> Letter:
    return Letter(GRID, News(EventId(number)), priority, case)


def number_of(letter: Letter) -> int:
    return int(letter.content.values["number"]) if isinstance(letter.content, Said) else int(letter.event or 0)


async def keep_cases(storage: Storage, count: int) -> list[CaseId]:
    async with storage.writing() as work:
        await work.units.replace_all(tuple(town().units.values()), work.now)
        return [(await work.cases.add(a_case(number=f"MH2611_{number:05d}"))).id for number in range(count)]


async def numbers_sent(storage: Storage, count: int) -> list[int]:
    numbers = []
    for _ in range(count):
        letter = await only(storage)
        numbers.append(number_of(letter))
        await end(storage, letter)
    return numbers
