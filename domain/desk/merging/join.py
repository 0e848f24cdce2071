"""Join (附议): who is about to raise a case says that it is one that is open; it is raised as its follower at once."""

from domain.cases.case import Case, CaseId
from domain.cases.drafts import DraftId, DraftState
from domain.cases.merging import NotToBeJoined
from domain.desk import Desk
from domain.desk.intake.alike import cases_like_draft
from domain.desk.intake.keep_draft import own_draft
from domain.desk.intake.raise_case import raise_case
from domain.desk.merging.follow import bring_up_to_date
from domain.people.person import Actor
from domain.record.history import Event


async def join(desk: Desk, actor: Actor, draft_id: DraftId, main_id: CaseId) -> Case:
    """Raise a draft as a follower of an open case, with a number and a deadline of its own; a second time is the same.

    The unit that works on that case reads the words, and gets what was sent along.

    Raises:
        DraftGone, DraftSubmitted, DraftPutAway, DraftIncomplete: see `raise_case`.
        CaseUnknown: there is no such case.
        NotToBeJoined: it is none any more that the draft may be about: it is reported done, has another unit, or the
            words are others.
    """
    draft = await desk.work.drafts.get(draft_id)
    if draft is not None and draft.person == actor.id and draft.state is DraftState.SUBMITTED and draft.case:
        return await desk.find.case(draft.case)
    draft = await own_draft(desk, actor, draft_id)
    main = await desk.find.case(main_id)
    if main_id not in {one.case for one in await cases_like_draft(desk, draft)}:
        raise NotToBeJoined(main_id, number=main.number)
    case = await raise_case(desk, actor, draft_id, main=main)
    event = await desk.record.event(actor, Event.CASE_JOINED, main, number=case.number, text=case.text)
    await bring_up_to_date(desk, main)
    await desk.tell.unit(main.unit, main, event)
    if draft.attachments:
        raised = (await desk.work.history.of_case(case.id))[0]
        await desk.tell.forward_files_to_unit(case, raised.id)
    return case
