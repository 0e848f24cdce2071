"""Replan after the policy has changed: a batch of what waits to fall due, the next one where the last one ended."""

from domain.cases.followups import FollowUpId
from domain.cases.replanning import replanned, with_warnings_of
from domain.desk import Desk

AT_ONCE = 100
RULES, REACHED = "policy", "policy replanned"
"""Marks: for which rules all that waits is planned; and for which it is being planned anew, and how far that is."""


async def replan(desk: Desk, rules: str) -> bool:
    """Plan a batch anew, unless all is planned for these rules; whether that is so now.

    A row only moves: what has acted has none left, so that nothing acts twice; what is due already acts as it would.
    """
    marks = desk.work.marks
    if await marks.get(RULES) == rules:
        return True
    pending, _, last = (await marks.get(REACHED) or "").partition(" ")
    rows = await desk.work.followups.waiting_after(FollowUpId(int(last) if pending == rules else 0), AT_ONCE)
    if not rows:
        await marks.set(RULES, rules)
        return True
    waiting = [row for row in rows if row.due_at > desk.now]
    policy, calendar, cases = desk.policy, desk.rules.calendar, {}
    for case in await desk.work.cases.held({row.case for row in waiting if row.case is not None}):
        warned = with_warnings_of(case, desk.now, policy, calendar)
        cases[case.id] = warned if warned == case else await desk.work.cases.save(warned)
    anew = [replanned(row, cases.get(row.case) if row.case else None, policy, calendar) for row in waiting]
    await desk.work.followups.move([new for new, old in zip(anew, waiting, strict=True) if new != old])
    await marks.set(REACHED, f"{rules} {rows[-1].id}")
    return False
