"""Reach: what happens when a resident or a room cannot be written to any more, and when they can again."""

from dataclasses import replace
from typing import Any

from domain.cases import State
from domain.desk import Desk
from domain.desk.escalate import Because, climb
from domain.desk.refuse import tell_refusal_again
from domain.history import Event
from domain.letters import Letter, Priority, instead_of
from domain.marks import OF_CHATS
from domain.people import DESK, Person, PersonId, UnitCode
from domain.units import ChatId, Room


async def lose_resident(desk: Desk, person_id: PersonId) -> None:
    """Say once, in every unit that has a case of theirs, that the resident cannot be reached (`联系不上居民`).

    The units' leads and the admins are told too; from now on reminders go to those who can act.
    """
    person = await desk.work.people.get(person_id)
    if person is None or person.unreachable_since is not None:
        return
    await desk.work.people.save(replace(person, unreachable_since=desk.now))
    for case in await desk.work.cases.unfinished_of_resident(person_id):
        event = await desk.note(DESK, Event.RESIDENT_UNREACHABLE, case)
        await desk.tell_unit(case.unit, case, event)
        await desk.tell_staff(case.unit, case, event)


async def tell_others(desk: Desk, letter: Letter) -> bool:
    """Post a letter anew to those who are told in place of its reader, who has left or cannot be reached.

    False where nobody at all can be reached now.
    """
    unit = letter.unit or UnitCode("")
    if letter.values.get("leads"):
        chosen = await desk.leads_and_admins(unit)
    else:
        chosen = await desk.who_hears(unit, await desk.work.cases.get(letter.case) if letter.case else None)
    kept = {name: value for name, value in letter.values.items() if name not in ("staff", "unit", "chosen")}
    for to in chosen:
        if str(to) not in letter.values.get("chosen", ()):
            anew = replace(letter, to=to, values={**kept, **instead_of(unit, to, chosen)})
            await desk.work.outbox.post(replace(anew, key=anew.own_key))
    return bool(chosen)


async def hear_staff_again(desk: Desk, person: Person) -> None:
    """Look anew at what nobody could be told, now that somebody who works here can be reached."""
    if person.id in desk.house.admins or desk.org.units_of(person.id):
        await desk.work.outbox.wake()


async def regain_resident(desk: Desk, person: Person) -> Person:
    """Take note that somebody writes again: units are told, and open questions are put once more."""
    if person.unreachable_since is None:
        return person
    person = replace(person, unreachable_since=None)
    await desk.work.people.save(person)
    for case in await desk.work.cases.unfinished_of_resident(person.id):
        event = await desk.note(DESK, Event.RESIDENT_REACHABLE, case)
        await desk.tell_unit(case.unit, case, event)
        if case.state in (State.RESOLVED, State.WAITING):
            await desk.tell_resident(case, event)
        elif case.state is State.REFUSED:
            await tell_refusal_again(desk, case)
    return person


async def note_rejected(desk: Desk, letter: Letter) -> None:
    """Say that something about a case did not arrive because Telegram refuses it, so that it can be said otherwise.

    What was meant for the resident is told to the unit, anything else to the leads and the admins.
    """
    row = await desk.work.history.get(letter.event) if letter.event else None
    if letter.case is None or (row is not None and row.event == Event.LETTER_REJECTED):
        return
    case = await desk.case(letter.case)
    event = await desk.note(DESK, Event.LETTER_REJECTED, case, to=str(letter.to), tells=letter.tells)
    if letter.to.person == case.resident:
        await desk.tell_unit(case.unit, case, event)
    else:
        await desk.tell_staff(case.unit, case, event)


async def lose_room(desk: Desk, chat: ChatId) -> None:
    """Take note that a group cannot be written to: leads and admins are told, and what nobody accepted climbs.

    Cases with an owner stay; what is told about them goes to those who can be reached (docs/adr/0020).
    """
    for code in await desk.work.units.lose_room(chat, desk.now):
        after = await _renewed(desk)
        above, name = after.org.next_up(code), desk.org[code].name
        event = await desk.note(DESK, Event.ROOM_LOST, unit=code, unit_name=name, chat=chat, climbs=above is not None)
        await desk.tell_staff(code, None, event)
        for case in await desk.work.cases.submitted_in(code) if above else ():
            await climb(after, DESK, case, Because.ROOM_LOST)


async def regain_room(desk: Desk, chat: ChatId) -> None:
    """Take note that a lost group can be written to again; all cards that stand there are brought up to date."""
    for code in await desk.work.units.regain_room(chat):
        await desk.note(DESK, Event.ROOM_BOUND, unit=code, unit_name=desk.org[code].name, chat=chat)
        after = await _renewed(desk)
        await show_open_cases(after, code)
        await after.post_cards(await desk.work.cards.cases_shown(code), code, Priority.REMINDER)


async def move_room(desk: Desk, old: ChatId, new: ChatId) -> None:
    """Follow a group that became a supergroup, with all that hangs on it; twice is as good as once.

    Messages of the old chat cannot be edited, so its cards go out anew.
    """
    for mark in OF_CHATS:
        await desk.work.marks.rename(mark(old), mark(new))
    for code in await desk.work.units.move_chat(old, new):
        await desk.note(DESK, Event.ROOM_MOVED, unit=code, unit_name=desk.org[code].name, old=old, chat=new)
        await show_open_cases(await _renewed(desk), code)


async def move_topic(desk: Desk, old: Room, new: Room) -> None:
    """Follow a unit's topic that was deleted or closed to the one opened in its place, or to the group itself."""
    for unit in desk.org.in_room(old):
        if unit.room == old:
            await desk.work.units.set_room(unit.code, new)
            await desk.work.cards.forget(unit.code)
            told: dict[str, Any] = {"unit": unit.code, "unit_name": unit.name, "chat": new.chat, "topic": new.topic}
            event = await desk.note(DESK, Event.ROOM_MOVED, **told)
            if new.topic is None:
                await desk.tell_staff(unit.code, None, event)
            await show_open_cases(await _renewed(desk), unit.code)


async def show_open_cases(desk: Desk, unit: UnitCode) -> None:
    """Put the cards of a unit's open cases into its room, and what could be told to nobody before."""
    await desk.work.outbox.wake()
    await desk.post_cards(await desk.work.cases.open_ids_in(unit), unit, Priority.NEW)


async def _renewed(desk: Desk) -> Desk:
    return replace(desk, org=await desk.work.units.organisation())
