"""Writing: a letter put into words from the facts of this moment, or nothing where there is nobody to read it."""

from dataclasses import dataclass

from bot.facts import gather
from domain.desk import Desk
from domain.letters import Letter, Tells
from domain.people import Actor, UnitCode
from domain.permissions import may_be_told
from domain.units import Room
from handlers.letters import render
from handlers.rendering import Facts, Rendered
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it was written from the facts of one moment; nothing where there is nothing to say any more.

    `has_reader`: whether whom it goes to may be told at all.
    """

    facts: Facts | None = None
    rendered: Rendered | None = None
    has_reader: bool = True


async def write(desk: Desk, work: UnitOfWork, letter: Letter, room: Room) -> Written:
    """Read what a letter tells of as it is now, and put it into words."""
    if letter.is_for_staff and not await _may_be_told(desk, work, letter):
        return Written(has_reader=False)
    if await _is_for_nobody(work, letter):
        return Written()
    facts = await gather(desk, work, letter, room)
    return Written(facts, render(facts))


async def _is_for_nobody(work: UnitOfWork, letter: Letter) -> bool:
    """Whether the letter goes to somebody who cannot be reached and has not just written themselves."""
    if letter.to.person is None or letter.tells is Tells.SAID:
        return False
    person = await work.people.look_at(letter.to.person)
    return person is not None and person.is_lost


async def _may_be_told(desk: Desk, work: UnitOfWork, letter: Letter) -> bool:
    """Whether who reads in place of a room still may, and can be reached."""
    person = await work.people.look_at(letter.to.person) if letter.to.person is not None else None
    if person is None or not person.reachable:
        return False
    actor = Actor(person.id, person.name, person.id in desk.house.admins)
    case = await work.cases.look_at(letter.case) if letter.case else None
    return may_be_told(desk.org, actor, letter.unit or UnitCode(""), case)
