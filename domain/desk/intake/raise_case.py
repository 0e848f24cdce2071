"""Raise a case: a draft that the resident submits becomes a case of the unit responsible, exactly once."""

from collections.abc import Sequence
from dataclasses import replace

from domain.cases.assignments import Assignment, Holder
from domain.cases.case import Case, CaseId, State
from domain.cases.deadlines import promised
from domain.cases.drafts import Draft, DraftGone, DraftId, DraftIncomplete, DraftState, text_of
from domain.cases.merging import raised_into
from domain.cases.messages import Part
from domain.desk import Desk
from domain.desk.intake.keep_draft import close_draft, own_draft
from domain.desk.parts.recorder import words_of
from domain.errors import NotAnyMember
from domain.letters.letter import Priority
from domain.people.person import Actor, UnitCode
from domain.record.history import Event, EventId

FOR_NEIGHBOUR, FOUND = "neighbour", "found"
"""For whom a worker has raised a case, as the file keeps it: for somebody without an account, or found on a round."""


async def raise_case(
    desk: Desk, actor: Actor, draft_id: DraftId, *, place_known: bool = True, main: Case | None = None
) -> Case:
    """Make the actor's draft a case; a second time returns the same case and changes nothing.

    The unit responsible is that of the place, or the nearest above it that has a group. Its chat gets the card and
    every attachment; the resident's own card becomes the receipt, with the number, the unit and both deadlines.
    `main`: the open case with which it is worked on as one, whose card speaks for it.

    Raises:
        DraftGone: the draft is not theirs, or was cancelled.
        DraftSubmitted: it was added to another case.
        DraftPutAway: it has to be taken up again first.
        DraftIncomplete: words or place are missing.
        NotAnyMember: it is for a neighbour, and the actor works for no unit any more; danger goes on all the same.
    """
    draft = await desk.work.drafts.get(draft_id)
    if draft is None or draft.person != actor.id:
        raise DraftGone(draft_id)
    if draft.state is DraftState.SUBMITTED and draft.case:
        return await desk.find.case(draft.case)
    await own_draft(desk, actor, draft_id)
    if draft.unit is None or draft.unit not in desk.org or not draft.is_ready:
        raise DraftIncomplete(draft_id)
    if draft.neighbour and not draft.urgent and not desk.org.units_of(actor.id):
        raise NotAnyMember(actor.id)
    parts = await desk.work.drafts.parts_of(draft.id)
    place_known = place_known and not (draft.urgent and draft.is_skipped)
    new = replace(await _new_case(desk, actor, draft, draft.unit, text_of(parts)), place_known=place_known)
    case = await desk.work.cases.add(raised_into(new, main) if main else new)
    event = await desk.record.event(
        actor,
        Event.CASE_RAISED,
        case,
        number=case.number,
        kind=case.kind,
        category=case.category or None,
        text=case.text,
        parts=words_of(parts),
        address=case.address,
        unit=case.unit,
        raised_in=case.raised_in,
        worker=case.raised_by.name if case.raised_by else None,
        of=(FOR_NEIGHBOUR if draft.neighbour.name else FOUND) if draft.neighbour else None,
        anonymous=case.anonymous,
        urgent=case.urgent,
        place_unknown=not case.place_known or None,
        main=main.number if main else None,
        location=[case.location.latitude, case.location.longitude] if case.location else None,
    )
    await _hand_over(desk, draft, parts, case, event)
    await desk.record.plan(case)
    if main is None:
        await _tell(desk, draft, case, event)
    return case


async def _new_case(desk: Desk, actor: Actor, draft: Draft, place: UnitCode, text: str) -> Case:
    unit = desk.org.responsible_for(place)
    policy, calendar = desk.policy.when(urgent=draft.urgent), desk.rules.calendar
    category = desk.org.categories.guess(text)
    neighbour = draft.neighbour
    raiser = Holder(actor.id, desk.org.name_of(actor.id, actor.name)) if neighbour else None
    accept, resolve = promised(draft.kind, category, unit.level, desk.now, policy, calendar)
    return Case(
        id=CaseId(0),
        number=await desk.work.cases.next_number(desk.policy.local(desk.now)),
        kind=draft.kind,
        category=category,
        state=State.SUBMITTED,
        responsible=Assignment(
            unit=unit.code,
            accept=accept,
            resolve=resolve,
            unit_since=desk.now,
            begun_at=desk.now,
        ),
        raised_in=place,
        text=text,
        address=draft.address,
        location=draft.location,
        resident=await desk.work.people.add_neighbour(neighbour) if neighbour else actor.id,
        resident_name=neighbour.name if neighbour else actor.name,
        raised_by=raiser,
        unreachable=neighbour is not None,
        anonymous=draft.anonymous,
        urgent=draft.urgent,
        raised_at=desk.now,
        state_since=desk.now,
    )


async def _hand_over(desk: Desk, draft: Draft, parts: Sequence[Part], case: Case, event: EventId) -> None:
    """Give everything that the draft held to the case; its messages now stand for the case."""
    if draft.attachments:
        await desk.work.attachments.hand_over(draft.id, case.id, event)
    await desk.record.link_messages(case, event, draft.person, parts)
    await close_draft(desk, replace(draft, state=DraftState.SUBMITTED, case=case.id))
    person = await desk.work.people.get(draft.person)
    if person and person.unit is None and draft.neighbour is None and case.place_known and not draft.is_skipped:
        await desk.work.people.save(replace(person, unit=draft.unit))


async def _tell(desk: Desk, draft: Draft, case: Case, event: EventId) -> None:
    await desk.cards.post(case.id, case.unit, Priority.URGENT if case.urgent else Priority.NEW)
    if case.urgent:
        await desk.tell.alarm(case, event)
    if not desk.org[case.unit].has_chat:
        await desk.tell.staff(case.unit, case, event)
    elif draft.attachments:
        await desk.tell.forward_files_to_unit(case, event)
