"""Heed a place: where a case is that was raised without one is read from what its resident says, and it goes there."""

from dataclasses import replace

from domain.cases.assignments import Because
from domain.cases.case import Case, Verb
from domain.cases.drafts import Draft, DraftId
from domain.cases.messages import Message
from domain.desk import Desk
from domain.desk.cooperation.escalate import reassign_case
from domain.desk.intake.locate import placed, read_answer, with_finding
from domain.people.person import Actor, Person, UnitCode
from domain.record.history import Event

BY_HAND = frozenset({Because.ASSIGNED, Because.TRANSFERRED, Because.GIVEN_BACK})
"""Who has it was said by somebody, and is not changed by where it is."""


async def heed_place(desk: Desk, actor: Actor, case: Case, message: Message) -> Case:
    """Read where a case is whose place is not known, and give it to the unit there; who has it is told.

    It stays where somebody has given it by hand, and where nobody has to act on it; the place is told there.
    """
    if case.place_known or not case.is_open:
        return case
    draft = _read(desk, case, message)
    return await take_place(desk, actor, case, draft)


def _read(desk: Desk, case: Case, message: Message) -> Draft:
    """Read a message as the answer to where it is, or as words with a place in them; what was said before counts."""
    nobody = Person(case.resident, "")
    draft = Draft(DraftId(0), case.resident, case.kind, desk.now, address=case.address, location=case.location)
    finding = None if message.attachments else read_answer(desk, draft, message.text)
    return with_finding(desk, draft, finding, nobody) if finding else placed(desk, draft, message, nobody)[0]


async def take_place(desk: Desk, actor: Actor, case: Case, draft: Draft) -> Case:
    """Let a case be where a draft is; as long as that is not sure, what is known of it is kept."""
    place = draft.unit if draft.unit_given else None
    told = replace(case, address=draft.address or case.address, location=draft.location or case.location)
    if place is None:
        return await desk.record.save(told) if told != case else case
    placed = replace(told, place_known=True, raised_in=place)
    await desk.work.questions.drop(case.speaker, case=case.id)
    await _remember(desk, case, place)
    unit = desk.org.responsible_for(place)
    if unit.code != case.unit and _may_go(case):
        return await reassign_case(desk, actor, placed, unit.code, Verb.TRANSFER, Event.CASE_PLACED, Because.PLACED)
    event = await desk.record.event(actor, Event.PLACE_TOLD, placed, unit=case.unit, address=placed.address)
    placed = await desk.record.save(placed)
    await desk.tell.unit(case.unit, placed, event)
    await desk.tell.resident(placed, event)
    return placed


def _may_go(case: Case) -> bool:
    given = case.responsible
    return case.allows(Verb.TRANSFER) and given.begun_because not in BY_HAND and given.settling is None


async def _remember(desk: Desk, case: Case, place: UnitCode) -> None:
    """Remember the place of a first case, as 提交 does."""
    person = await desk.work.people.get(case.resident)
    if person and person.unit is None:
        await desk.work.people.save(replace(person, unit=place))
