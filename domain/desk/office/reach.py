"""Reach: what happens when a person or a chat cannot be written to any more, and when they can again."""

from dataclasses import replace

from domain.cases.assignments import Because
from domain.cases.case import Case, CaseId, State
from domain.cases.followups import Due
from domain.desk import Desk
from domain.desk.cooperation.escalate import climb
from domain.desk.verdict.object import tell_refusal_again
from domain.desk.verdict.revisit import offer_revisit, put_revisit_off
from domain.letters.letter import Letter, Priority, in_place_of
from domain.organisation.marks import OF_CHATS
from domain.organisation.units import Chat, ChatId
from domain.people.accounts import Account, AccountAddress, preferred_from
from domain.people.person import DESK, Person, PersonId, UnitCode
from domain.record.history import Event


async def lose_account(desk: Desk, address: AccountAddress) -> Person | None:
    """Take note that an account refuses what we send, and return whose it is.

    If it was the last way to reach them, every unit that has a case of theirs is told once (`联系不上居民`), and so are
    its leads and the admins; from now on reminders go to those who can act.
    """
    person = await desk.work.people.at(address)
    if person is None or person.at(address).unreachable_since is not None:
        return person
    lost = replace(person.at(address), unreachable_since=desk.now)
    await desk.work.accounts.save(person.id, lost)
    after = person.with_account(lost)
    for case in await desk.work.cases.unfinished_of_resident(person.id) if after.is_lost else ():
        await _say_unreachable(desk, case)
    return after


async def miss_resident(desk: Desk, case_id: CaseId) -> None:
    """Say in the unit that has the case of somebody without any account, once, that they cannot be written to."""
    case = await desk.find.case(case_id)
    rows = await desk.work.history.of_case(case.id)
    known = [row.event for row in rows if row.event in (Event.RESIDENT_UNREACHABLE, Event.RESIDENT_REACHABLE)]
    if known[-1:] != [Event.RESIDENT_UNREACHABLE]:
        await _say_unreachable(desk, case)


async def _say_unreachable(desk: Desk, case: Case) -> None:
    event = await desk.record.event(DESK, Event.RESIDENT_UNREACHABLE, case)
    await desk.tell.unit(case.unit, case, event)
    await desk.tell.staff(case.unit, case, event)
    if case.state is State.RESOLVED:
        await desk.work.followups.cancel(case.id, (), what=[Due.REVISIT_DUE])
        await offer_revisit(desk, case)


async def tell_others(desk: Desk, letter: Letter) -> bool:
    """Post a letter anew to those who are told in place of its reader, who has left or cannot be reached.

    False where nobody at all can be reached now.
    """
    unit = letter.unit or UnitCode("")
    before = letter.in_place_of
    leads, alarm = before is not None and before.leads, before is not None and before.alarm
    if alarm:
        chosen = await desk.tell.alarmed(unit)
    elif leads:
        chosen = await desk.tell.leads_and_admins(unit)
    else:
        chosen = await desk.tell.who_hears(unit, await desk.work.cases.get(letter.case) if letter.case else None)
    for to in chosen:
        if before is None or to not in before.chosen:
            instead = in_place_of(unit, to, chosen, leads=leads)
            anew = replace(letter, to=to, in_place_of=replace(instead, alarm=alarm) if instead else None)
            await desk.work.outbox.post(anew.once_a_reader)
    return bool(chosen)


async def hear_from(desk: Desk, person: Person, address: AccountAddress) -> Person:
    """Take note that somebody writes in private: this account is open, and what is for them goes there from now on."""
    account = person.at(address)
    heard = replace(account, started_at=account.started_at or desk.now, unreachable_since=None)
    if not person.with_account(heard).prefers(heard):
        heard = replace(heard, preferred_since=preferred_from(desk.now, person.accounts))
    return await _regain(desk, person, heard)


async def regain_account(desk: Desk, address: AccountAddress) -> None:
    """Take note that an account does not refuse us any more."""
    person = await desk.work.people.at(address)
    if person is not None:
        await _regain(desk, person, replace(person.at(address), unreachable_since=None))


async def _regain(desk: Desk, person: Person, account: Account) -> Person:
    """Keep an account as it is now; whoever waited until its holder can be reached hears of it."""
    after = person.with_account(account)
    if account == person.at(account.address):
        return person
    await desk.work.accounts.save(person.id, account)
    if person.is_lost and not after.is_lost:
        await _regain_resident(desk, person.id)
    if after.reachable and not person.reachable and (person.id in desk.rules.admins or desk.org.units_of(person.id)):
        await desk.work.outbox.wake()
    return after


async def _regain_resident(desk: Desk, person: PersonId) -> None:
    """Tell units that a resident can be reached again, and put open questions once more."""
    for case in await desk.work.cases.unfinished_of_resident(person):
        event = await desk.record.event(DESK, Event.RESIDENT_REACHABLE, case)
        await desk.tell.unit(case.unit, case, event)
        if case.state in (State.RESOLVED, State.WAITING):
            await desk.tell.resident(case, event)
        if case.state is State.RESOLVED:
            await put_revisit_off(desk, case)
        elif case.state is State.REFUSED:
            await tell_refusal_again(desk, case)


async def note_rejected(desk: Desk, letter: Letter) -> None:
    """Say that something about a case did not arrive because Telegram refuses it, so that it can be said otherwise.

    What was meant for the resident is told to the unit, anything else to the leads and the admins.
    """
    row = await desk.work.history.get(letter.event) if letter.event else None
    if letter.case is None or (row is not None and row.event == Event.LETTER_REJECTED):
        return
    case = await desk.find.case(letter.case)
    event = await desk.record.event(
        DESK, Event.LETTER_REJECTED, case, to=None if letter.to.chat else str(letter.to), kind=letter.content.kind
    )
    if letter.to.person == case.resident:
        await desk.tell.unit(case.unit, case, event)
    else:
        await desk.tell.staff(case.unit, case, event)


async def lose_chat(desk: Desk, chat: ChatId) -> None:
    """Take note that a group cannot be written to: leads and admins are told, and what nobody accepted climbs.

    Cases with an owner stay; what is told about them goes to those who can be reached (docs/adr/0020).
    """
    for code in await desk.work.units.lose_chat(chat, desk.now):
        after = await _renewed(desk)
        above, name = after.org.next_up(code), desk.org[code].name
        event = await desk.record.event(DESK, Event.CHAT_LOST, unit=code, unit_name=name, climbs=above is not None)
        await desk.tell.staff(code, None, event)
        for case in await desk.work.cases.submitted_in(code) if above else ():
            await climb(after, DESK, case, Because.CHAT_LOST)


async def regain_chat(desk: Desk, chat: ChatId) -> None:
    """Take note that a lost group can be written to again; all cards that stand there are brought up to date."""
    for code in await desk.work.units.regain_chat(chat):
        await desk.record.event(DESK, Event.CHAT_BOUND, unit=code, unit_name=desk.org[code].name)
        after = await _renewed(desk)
        await show_open_cases(after, code)
        await after.cards.post_all(await desk.work.cards.cases_shown(code), code, Priority.REMINDER)


async def move_chat(desk: Desk, old: ChatId, new: ChatId) -> None:
    """Follow a group that became a supergroup, with all that hangs on it; twice is as good as once.

    Messages of the old chat cannot be edited, so its cards go out anew.
    """
    for mark in OF_CHATS:
        await desk.work.marks.rename(mark(old), mark(new))
    for code in await desk.work.units.move_chat(old, new):
        await desk.record.event(DESK, Event.CHAT_MOVED, unit=code, unit_name=desk.org[code].name)
        await show_open_cases(await _renewed(desk), code)


async def move_topic(desk: Desk, old: Chat, new: Chat) -> None:
    """Follow a unit's topic that was deleted or closed to the one opened in its place, or to the group itself."""
    for unit in desk.org.in_chat(old):
        if unit.chat == old:
            await desk.work.units.set_chat(unit.code, new)
            await desk.work.cards.forget(unit.code)
            event = await desk.record.event(DESK, Event.CHAT_MOVED, unit=unit.code, unit_name=unit.name)
            if new.topic is None:
                await desk.tell.staff(unit.code, None, event)
            await show_open_cases(await _renewed(desk), unit.code)


async def show_open_cases(desk: Desk, unit: UnitCode) -> None:
    """Put the cards of a unit's open cases into its chat, and what could be told to nobody before."""
    await desk.work.outbox.wake()
    await desk.cards.post_all(await desk.work.cases.open_ids_in(unit), unit, Priority.NEW)


async def _renewed(desk: Desk) -> Desk:
    return replace(desk, org=await desk.work.units.organisation())
