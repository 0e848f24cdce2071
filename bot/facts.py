"""Facts: what a letter's renderer needs to know, gathered at the moment of sending."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from domain.accounts import Account, account_to_use
from domain.cases import Case, CaseId
from domain.desk import Desk
from domain.desk.view import list_open_cases, list_own_cases, list_own_open_cases, read_file
from domain.history import Event
from domain.letters import Letter, LetterId, Tells
from domain.marks import language_mark
from domain.people import Actor, PersonId, UnitCode
from domain.permissions import may_be_shown_to
from domain.units import ChatId, Organisation, Room
from handlers.cards import page_of_offers
from handlers.identity import room_language
from handlers.rendering import Facts
from handlers.words import Words
from storage.unit_of_work import UnitOfWork

REMINDERS_AT_ONCE = 200
TOLD_AT_ONCE = 30
TOLD_IN_ONE = frozenset({Event.CASE_ESCALATED, Event.CASE_RELEASED})


async def gather(desk: Desk, work: UnitOfWork, letter: Letter, room: Room) -> Facts:
    """Return the facts for a letter that goes to this room now."""
    words = Words(await _language(work, letter, room), desk.policy.timezone)
    facts = Facts(letter, room, desk.now, desk.policy, desk.org, words)
    if letter.case is not None:
        facts = await _about_case(work, facts)
    more = MORE.get(letter.tells)
    return await more(desk, work, facts) if more else facts


def room_of(org: Organisation, letter: Letter, accounts: Mapping[PersonId, Sequence[Account]]) -> Room | None:
    """Return where a letter goes now; None if its unit has no room, or its person no account."""
    to = letter.to
    if to.person is not None:
        account = account_to_use(accounts.get(to.person, ()), letter.account)
        return Room(ChatId(account.address.telegram_id)) if account else None
    if to.unit is not None:
        return org[to.unit].room if to.unit in org and org[to.unit].has_room else None
    return to.room or Room(ChatId(letter.values.get("chat", 0)))


def subject_of(letter: Letter) -> str:
    """Return the name of what shows a draft, a digest, or a unit's card of a case, under which it is remembered."""
    if letter.tells is Tells.DIGEST:
        return f"digest:{letter.values['digest']}"
    return f"draft:{letter.draft}" if letter.tells is Tells.DRAFT_CARD else f"case:{letter.case}:{letter.to.unit}"


async def _language(work: UnitOfWork, letter: Letter, room: Room) -> str:
    if "language" in letter.values:
        return letter.values["language"] or room_language(None)
    if letter.to.person is not None:
        person = await work.people.look_at(letter.to.person)
        return room_language(person.language if person else None)
    return room_language(await work.marks.get(language_mark(room.chat)))


async def _about_case(work: UnitOfWork, facts: Facts) -> Facts:
    letter = facts.letter
    case = await work.cases.look_at(letter.case) if letter.case is not None else None
    event = await work.history.get(letter.event) if letter.event is not None else None
    return await _with_card(work, replace(facts, case=case, event=event))


async def _with_card(work: UnitOfWork, facts: Facts) -> Facts:
    card = await work.cards.find(subject_of(facts.letter), facts.room.chat)
    return replace(facts, card=card.message, card_shows=card.fingerprint) if card else facts


async def _draft(desk: Desk, work: UnitOfWork, facts: Facts) -> Facts:
    draft = await work.drafts.look_at(facts.letter.draft) if facts.letter.draft is not None else None
    if draft is None:
        return facts
    person = await work.people.look_at(draft.person)
    return replace(
        await _with_card(work, facts),
        draft=draft,
        case=await work.cases.look_at(draft.case) if draft.case else None,
        name=person.name if person else "",
        page=await list_own_open_cases(desk, Actor(draft.person, ""), page_of_offers(draft.menu)),
    )


async def _card(_desk: Desk, work: UnitOfWork, facts: Facts) -> Facts:
    files = await work.attachments.count_sent_by(facts.case.resident, facts.case.id) if facts.case else 0
    return replace(facts, files=files)


async def _news(_desk: Desk, work: UnitOfWork, facts: Facts) -> Facts:
    event = facts.event
    if facts.letter.case is None and facts.letter.event is not None:
        event = await work.history.get(facts.letter.event)
    person = await work.people.look_at(facts.case.resident) if facts.case else None
    unreachable = person is not None and person.is_lost
    facts = replace(facts, event=event, unreachable=unreachable)
    goes_in_one = event is not None and event.event in TOLD_IN_ONE and facts.letter.to.unit is not None
    return await _with_alike(work, facts) if goes_in_one else facts


async def _with_alike(work: UnitOfWork, facts: Facts) -> Facts:
    """Put what else has climbed, or was released, and waits to be told to the same room into one message."""
    letters = await work.outbox.waiting_like(facts.letter, REMINDERS_AT_ONCE)
    rows = [(letter, await work.history.get(letter.event)) for letter in letters if letter.event]
    alike = [(letter, row) for letter, row in rows if row and facts.event and row.event == facts.event.event]
    alike = alike[:TOLD_AT_ONCE]
    if len(alike) <= 1:
        return facts
    facts = await _with_cases(work, facts, [row.case for _, row in alike])
    return replace(facts, case=None, beside=tuple(letter for letter, _ in alike), rows=tuple(row for _, row in alike))


async def _media(_desk: Desk, work: UnitOfWork, facts: Facts) -> Facts:
    if facts.letter.event is None:
        return facts
    attachments = await work.attachments.of_event(facts.letter.event)
    relayed = await work.attachments.relayed([a.id for a in attachments if a.id], facts.letter.to)
    return replace(facts, attachments=tuple(a for a in attachments if a.id not in relayed))


async def _reminder(desk: Desk, work: UnitOfWork, facts: Facts) -> Facts:
    letters = await work.outbox.waiting_like(facts.letter, REMINDERS_AT_ONCE)
    facts = await _with_cases(work, facts, [letter.case for letter in letters])
    if reader := _reader(desk, facts):  # of the others, each is looked at by itself
        facts = replace(facts, together=tuple(case for case in facts.together if desk.rights.may_view(reader, case)))
        letters = [letter for letter in letters if letter.case in {case.id for case in facts.together}]
    facts = replace(facts, beside=tuple(letters))
    of = {letter.case: letter.unit for letter in letters}
    waiting = tuple(case for case in facts.together if case.promise is not None and of[case.id] in (None, case.unit))
    if len(waiting) != 1:
        return replace(facts, case=None, together=waiting)
    only = replace(
        facts, case=waiting[0], together=waiting, card=None, letter=replace(facts.letter, case=waiting[0].id)
    )
    return await _with_card(work, only)


async def _prompt(_desk: Desk, work: UnitOfWork, facts: Facts) -> Facts:
    person = PersonId(facts.values["person"])
    account = account_to_use((await work.accounts.of([person])).get(person, ()))
    return replace(facts, mentioned=account.address.telegram_id if account else None)


async def _digest(_desk: Desk, work: UnitOfWork, facts: Facts) -> Facts:
    named = await work.outbox.named_in(LetterId(facts.values["digest"]))
    return await _with_cases(work, await _with_card(work, facts), named)


async def _with_cases(work: UnitOfWork, facts: Facts, ids: Iterable[int | None]) -> Facts:
    cases = [await work.cases.look_at(CaseId(case)) for case in dict.fromkeys(ids) if case]
    return replace(facts, together=tuple(case for case in cases if case))


async def _view(desk: Desk, work: UnitOfWork, facts: Facts) -> Facts:
    values, view = facts.values, facts.values["view"]
    if view == "mine" and facts.letter.to.person is not None:
        return replace(facts, page=await list_own_cases(desk, Actor(facts.letter.to.person, ""), values["page"]))
    if view == "todo":
        units = [unit.code for unit in facts.org.in_room(facts.room)]
        return replace(facts, page=await list_open_cases(desk, units, values["page"]))
    if view == "cases" and (reader := _reader(desk, facts)) and desk.rights.may_administer(reader):
        below = [unit.code for unit in facts.org.below(UnitCode(values["unit"]))] if values["unit"] else None
        return replace(facts, page=await list_open_cases(desk, below, values["page"]))
    if view == "file":
        return await _file(desk, facts)
    if view == "members":
        accounts = await work.accounts.of(m.person for m in facts.org[UnitCode(values["unit"])].members)
        return replace(facts, started=frozenset(p for p in accounts if any(a.started_at for a in accounts[p])))
    return facts


async def _file(desk: Desk, facts: Facts) -> Facts:
    """Open a file for whoever may see it still, now that it goes: they may have left since they asked."""
    if facts.case is None or not _may_read(desk, facts, facts.case):
        return facts
    reader = _reader(desk, facts)
    shows_phones = reader is not None and desk.rights.may_see_phone(reader, facts.case)
    return replace(facts, file=await read_file(desk, facts.case), shows_phones=shows_phones)


def _may_read(desk: Desk, facts: Facts, case: Case) -> bool:
    reader = _reader(desk, facts)
    if reader is None:
        return may_be_shown_to(facts.org, facts.org.in_room(facts.room), case)
    return desk.rights.may_speak_for(reader, case) if facts.values.get("own") else desk.rights.may_view(reader, case)


def _reader(desk: Desk, facts: Facts) -> Actor | None:
    """Return who reads a page in private; None where a whole room does."""
    person = facts.letter.to.person
    return None if person is None else Actor(person, "", person in desk.house.admins)


MORE: Mapping[Tells, Callable[[Desk, UnitOfWork, Facts], Awaitable[Facts]]] = {
    Tells.DRAFT_CARD: _draft,
    Tells.CARD: _card,
    Tells.NEWS: _news,
    Tells.MEDIA: _media,
    Tells.PROMPT: _prompt,
    Tells.REMINDER: _reminder,
    Tells.DIGEST: _digest,
    Tells.VIEW: _view,
}
