"""Submit itself: a draft that tells of danger and is left standing goes to those who can help."""

from dataclasses import replace

from domain.cases.drafts import DraftId, DraftState
from domain.desk import Desk
from domain.desk.intake.locate import without_place
from domain.desk.intake.raise_case import raise_case
from domain.letters.letter import Priority
from domain.people.person import DESK, Actor
from domain.record.history import Event


async def submit_itself(desk: Desk, draft_id: DraftId) -> None:
    """Submit a draft in its resident's place, if it still stands and still tells of danger.

    Without a sure place it goes where 跳过 would send it, and the place goes on being asked for; so does the building
    where only the remembered grid is known. Its resident reads that it submitted itself, and may withdraw it.
    """
    seen = await desk.work.drafts.look_at(draft_id)
    person = await desk.work.people.get(seen.person) if seen else None
    draft = await desk.work.drafts.get(draft_id)
    if person is None or draft is None or draft.state is not DraftState.OPEN or not (draft.urgent and draft.has_words):
        return
    place_known = draft.unit in desk.org
    if not place_known:
        draft = replace(draft, unit=without_place(desk, draft), unit_given=True, choices=())
        if draft.unit is None:
            return
        await desk.work.drafts.save(draft)
    case = await raise_case(desk, Actor(person.id, person.name), draft.id, place_known=place_known)
    event = await desk.record.event(DESK, Event.SUBMITTED_ITSELF, case)
    if case.has_stand_in:
        await desk.tell.colleague(case.speaker, case, event)
    else:
        await desk.tell.resident(case, event, priority=Priority.ANSWER)
    if not (place_known and draft.unit_given):
        await desk.tell.ask_place(case)
