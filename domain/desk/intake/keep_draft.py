"""Keep a draft: what every verb about one begins and ends with."""

from dataclasses import replace

from domain.cases.drafts import Draft, DraftGone, DraftId, DraftPutAway, DraftState, DraftSubmitted
from domain.cases.followups import Due, FollowUp
from domain.desk import Desk
from domain.people.person import Actor


async def own_draft(desk: Desk, actor: Actor, draft_id: DraftId) -> Draft:
    """Return the actor's open draft.

    Raises:
        DraftGone: it was cancelled, or is not theirs.
        DraftSubmitted: it has become a case, or part of one.
        DraftPutAway: it waits to be taken up again.
    """
    draft = await desk.work.drafts.get(draft_id)
    if draft is None or draft.person != actor.id or draft.state is DraftState.CANCELLED:
        raise DraftGone(draft_id)
    if draft.case is not None:
        raise DraftSubmitted(draft_id, number=(await desk.find.case(draft.case)).number)
    if draft.state is not DraftState.OPEN:
        raise DraftPutAway(draft_id)
    return draft


async def keep_draft(desk: Desk, draft: Draft) -> Draft:
    """Keep a draft, new or still open: its card is brought up to date and its time starts anew.

    In danger it submits itself, counted from when that was heard first, whatever is written since.
    """
    draft = replace(draft, touched_at=desk.now)
    if draft.id:
        await desk.work.drafts.save(draft)
        await _stop_asking(desk, draft)
        await desk.work.followups.cancel_draft(draft.id, Due.DRAFT_EXPIRES if draft.urgent else None)
    else:
        draft = await desk.work.drafts.add(draft)
    planned = [FollowUp(Due.DRAFT_EXPIRES, desk.now + desk.policy.draft_expires.always, draft=draft.id)]
    if draft.urgent and not await desk.work.followups.awaits(draft.id, Due.DRAFT_SUBMITS):
        submits = desk.now + desk.policy.urgent.submit_after.always
        planned.append(FollowUp(Due.DRAFT_SUBMITS, submits, draft=draft.id))
    await desk.work.followups.plan(planned)
    await desk.cards.post_draft(draft)
    return draft


async def _stop_asking(desk: Desk, draft: Draft) -> None:
    """Drop the question for the place once it is known."""
    if draft.unit:
        await desk.work.questions.drop(draft.person, draft=draft.id)


async def close_draft(desk: Desk, draft: Draft) -> None:
    """Keep a draft that became a case, or part of one, which has its words now; nothing falls due for it any more."""
    await desk.work.drafts.forget_parts(draft.id)
    await end_draft(desk, replace(draft, opening=""))


async def end_draft(desk: Desk, draft: Draft) -> None:
    """Keep a draft that is open no more: its card says what became of it, and nothing falls due."""
    await desk.work.drafts.save(replace(draft, menu=""))
    await desk.work.followups.cancel_draft(draft.id)
    await desk.work.questions.drop(draft.person, draft=draft.id)
    await desk.cards.post_draft(draft)
