"""Follow up: what the desk does by itself when something falls due, and plans next."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from domain.cases.assignments import Because, Settling
from domain.cases.case import Case, State
from domain.cases.drafts import DraftState
from domain.cases.followups import Due, FollowUp, FollowUpId, again, plan
from domain.desk import Desk
from domain.desk.cooperation.assist import miss_assist, remind_assist, remind_assist_again
from domain.desk.cooperation.escalate import climb
from domain.desk.cooperation.rule import let_nobody_rule
from domain.desk.intake.put_away_draft import put_draft_away
from domain.desk.intake.submit_itself import submit_itself
from domain.desk.merging.flood import merge_some
from domain.desk.merging.follow import let_follow
from domain.desk.office.be_away import show_changed_absences
from domain.desk.office.tell_calendar import tell_unknown_years
from domain.desk.office.tell_head import next_telling, tell_head
from domain.desk.verdict.object import let_refusal_stand
from domain.desk.verdict.revisit import ask_again, offer_revisit
from domain.letters.contents import DraftPutAway
from domain.letters.letter import Letter, Priority, to_person
from domain.people.person import DESK
from domain.record.history import Event
from domain.rights.rulings import Matter, Silence


async def follow_up(desk: Desk, due: FollowUpId, *, alone: bool = False) -> None:
    """Do what has fallen due, once; a row that was struck out meanwhile does nothing.

    What else its case has waiting is done along with it, unless it is to be done `alone`: after days away a case may
    climb twice at once, and nobody is told of the first, which the second has overtaken. What is done in batches has a
    unit of work for each.
    """
    row = await desk.work.followups.take(due, desk.now)
    if row is None:
        return
    if row.what is Due.HEAD_TOLD:
        await tell_head(desk)
        await tell_unknown_years(desk)
        await show_changed_absences(desk, row.planned_at or row.due_at)
        await desk.work.followups.plan([next_telling(desk.now, desk.policy)])
    elif row.draft is not None and row.what is Due.DRAFT_SUBMITS:
        await submit_itself(desk, row.draft)
    elif row.draft is not None:
        await _expire_draft(desk, row)
    else:
        while row is not None and row.case is not None:
            await ACTS[row.what](desk, await desk.find.case(row.case), row)
            is_last = alone or row.what in IN_BATCHES
            row = None if is_last else await desk.work.followups.take_next(row.case, desk.now)


async def _expire_draft(desk: Desk, row: FollowUp) -> None:
    draft = await desk.work.drafts.get(row.draft) if row.draft else None
    if draft is None or draft.state is not DraftState.OPEN:
        return
    await put_draft_away(desk, draft)
    to = to_person(draft.person)
    await desk.work.outbox.post(Letter(to, DraftPutAway(draft.id), Priority.REMINDER, scheduled=True))


async def _warn(desk: Desk, case: Case, row: FollowUp) -> None:
    """Yellow reminds the owner, and shows on the card."""
    if await _is_due(desk, case, row):
        await _remind_unit(desk, case, row)


async def _accept_missed(desk: Desk, case: Case, _row: FollowUp) -> None:
    if case.state is State.SUBMITTED:
        missed = replace(case, responsible=case.responsible.missed_accept(desk.now))
        await climb(desk, DESK, missed, Because.NOT_ACCEPTED)


async def _ruling_due(desk: Desk, case: Case, row: FollowUp) -> None:
    """Do what silence means where somebody was to decide."""
    matter = Matter.SETTLEMENT if case.responsible.is_to_settle else Matter.EXTENSION
    ruling = await desk.work.rulings.open_about(case.id, matter)
    if ruling is not None and ruling.is_overdue(desk.now):
        await SILENT[ruling.silence](desk, case, row)


async def _pass_up(desk: Desk, case: Case, row: FollowUp) -> None:
    """Let the next unit above decide; where the admins are to, they are told once more."""
    if case.responsible.settling is Settling.BY_LEADS:
        await _accept_missed(desk, case, row)
    else:
        event = await desk.record.event(DESK, Event.CLIMB_ENDED, case, unit=case.unit, because=Because.NOT_ACCEPTED)
        await desk.tell.staff(case.unit, case, event)


async def _deny(desk: Desk, case: Case, _row: FollowUp) -> None:
    await let_nobody_rule(desk, case)


async def _is_due(desk: Desk, case: Case, row: FollowUp) -> bool:
    """Whether a moment has come; of cases worked on as one the earliest counts, which may have been withdrawn since."""
    rows = plan(case, desk.now, desk.policy, desk.rules.calendar)
    later = [one for one in rows if one.what is row.what and one.due_at > desk.now]
    await desk.work.followups.plan(later)
    return not later


async def _resolve_missed(desk: Desk, case: Case, row: FollowUp) -> None:
    """Let a case climb that was not reported done in time; nobody rules on a later deadline any more."""
    if not await _is_due(desk, case, row):
        return
    if case.responsible.rule_by is not None:
        case = await let_nobody_rule(desk, case)
    if case.promise is not None:
        missed = replace(case, responsible=case.responsible.missed_resolve(desk.now))
        await climb(desk, DESK, missed, Because.OVERDUE)


async def _remind_worker(desk: Desk, case: Case, row: FollowUp) -> None:
    await _remind_unit(desk, case, row)
    await desk.work.followups.plan([again(case, row.what, desk.now, desk.policy, row.step + 1)])


async def _remind_unit(desk: Desk, case: Case, row: FollowUp) -> None:
    """Remind the unit, and bring the time left on its card up to date."""
    await desk.cards.post(case.id, case.unit, Priority.REMINDER)
    event = await desk.record.event(DESK, Event.WORKER_REMINDED, case, of=row.what, step=row.step)
    await desk.tell.remind_unit(case, event)


async def _update_resident(desk: Desk, case: Case, row: FollowUp) -> None:
    """Tell the resident that it goes on, unless they have just heard of it."""
    is_due = not case.has_stand_in and not await _has_just_heard(desk, case, row)
    if is_due:
        event = await desk.record.event(DESK, Event.RESIDENT_UPDATED, case, step=row.step)
        await desk.tell.resident(case, event, priority=Priority.REMINDER, scheduled=True)
    await desk.work.followups.plan([again(case, row.what, desk.now, desk.policy, row.step + is_due)])


async def _ask_to_confirm(desk: Desk, case: Case, row: FollowUp) -> None:
    """Remind the resident, unless the question has just reached them or is yet to; or those who can ask in person."""
    is_due = case.unreachable or not await _has_just_heard(desk, case, row)
    if case.unreachable:
        await ask_again(desk, case)
    elif is_due:
        event = await desk.record.event(DESK, Event.RESIDENT_REMINDED, case, step=row.step)
        await desk.tell.resident(case, event, priority=Priority.REMINDER, scheduled=True)
    await desk.work.followups.plan([again(case, row.what, desk.now, desk.policy, row.step + is_due)])


async def _revisit_due(desk: Desk, case: Case, row: FollowUp) -> None:
    """Let somebody ask in person, ever again; where nobody can be reminded to confirm, their reminders do that."""
    await offer_revisit(desk, case)
    if not case.unreachable:
        await desk.work.followups.plan([again(case, row.what, desk.now, desk.policy, row.step + 1)])


async def _has_just_heard(desk: Desk, case: Case, row: FollowUp) -> bool:
    """Whether a reminder comes too soon: after hours without Telegram, or a night, the last may just have arrived."""
    interval = again(case, row.what, desk.now, desk.policy, row.step).due_at - desk.now
    return await desk.tell.has_just_heard(case, interval)


async def _let_follow(desk: Desk, case: Case, _row: FollowUp) -> None:
    await let_follow(desk, case)


async def _let_refusal_stand(desk: Desk, case: Case, _row: FollowUp) -> None:
    await let_refusal_stand(desk, case)


SILENT: Mapping[Silence, Callable[[Desk, Case, FollowUp], Awaitable[None]]] = {
    Silence.PASSES_UP: _pass_up,
    Silence.DENIES: _deny,
}
IN_BATCHES = frozenset({Due.FOLLOWERS, Due.FLOOD})
"""What is done for some of many cases at a time, each in a unit of work of its own."""
ACTS: Mapping[Due, Callable[[Desk, Case, FollowUp], Awaitable[None]]] = {
    Due.ACCEPT_WARNING: _warn,
    Due.ACCEPT_MISSED: _accept_missed,
    Due.RULING_DUE: _ruling_due,
    Due.RESOLVE_WARNING: _warn,
    Due.RESOLVE_MISSED: _resolve_missed,
    Due.WORKER_REMINDER: _remind_worker,
    Due.RESIDENT_UPDATE: _update_resident,
    Due.CONFIRM_REMINDER: _ask_to_confirm,
    Due.REVISIT_DUE: _revisit_due,
    Due.ASSIST_WARNING: remind_assist,
    Due.ASSIST_MISSED: miss_assist,
    Due.ASSIST_REMINDER: remind_assist_again,
    Due.REFUSAL_STANDS: _let_refusal_stand,
    Due.FOLLOWERS: _let_follow,
    Due.FLOOD: merge_some,
}
