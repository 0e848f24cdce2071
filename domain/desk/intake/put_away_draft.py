"""Put a draft away, throw it away, or take it up again."""

from dataclasses import replace

from domain.cases.drafts import AnotherDraft, Draft, DraftId, DraftState, DraftSubmitted
from domain.desk import Desk
from domain.desk.intake.keep_draft import end_draft, keep_draft, own_draft
from domain.desk.intake.locate import reread, writer_of
from domain.errors import DeskError
from domain.people.person import Actor


class CancelledTooLate(DeskError):
    """The draft has become a case; the person reads its number, and how to withdraw it."""

    key = "error.cancelled_too_late"


async def cancel_draft(desk: Desk, actor: Actor, draft_id: DraftId) -> None:
    """Throw the draft away.

    Raises:
        DraftGone: it was cancelled before, or is not theirs.
        CancelledTooLate: it has become a case, perhaps by itself, or part of one.
        DraftPutAway: it waits to be taken up again.
    """
    try:
        draft = await own_draft(desk, actor, draft_id)
    except DraftSubmitted as error:
        raise CancelledTooLate(draft_id, number=error.values["number"]) from error
    await end_draft(desk, replace(draft, state=DraftState.CANCELLED))


async def put_draft_away(desk: Desk, draft: Draft) -> None:
    """Put an unfinished draft away after the policy's time."""
    await end_draft(desk, replace(draft, state=DraftState.PUT_AWAY))


async def take_up_draft(desk: Desk, actor: Actor, draft_id: DraftId) -> None:
    """Go on with a draft that was put away, unless another was begun since; its card comes anew, below the talk.

    The place is read anew: the remembered grid may be another by now. One that is open already stays as it is.

    Raises:
        DraftGone: it was cancelled, or is not theirs.
        DraftSubmitted: it has become a case, or part of one.
        AnotherDraft: another one is open.
    """
    draft = await desk.work.drafts.get(draft_id)
    if draft is None or draft.person != actor.id or draft.state is not DraftState.PUT_AWAY:
        await own_draft(desk, actor, draft_id)
        return
    if await desk.work.drafts.open_of(actor.id):
        raise AnotherDraft(draft_id)
    await desk.work.cards.forget_draft(draft.id)
    person = await desk.work.people.look_at(actor.id)
    if person and (draft.unit not in desk.org or not draft.unit_given):
        draft = reread(desk, draft, writer_of(draft, person))
    await keep_draft(desk, replace(draft, state=DraftState.OPEN))
