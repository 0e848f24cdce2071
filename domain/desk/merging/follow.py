"""Follow: what followers live through with their main case, however many there are, some in each unit of work."""

from domain.cases.assignments import Because
from domain.cases.case import Case, State
from domain.cases.followups import Due, plan
from domain.cases.merging import asked_with, on_its_own, set_free
from domain.desk import Desk
from domain.desk.casework.release import release
from domain.desk.casework.report import Report, last_report
from domain.letters.letter import Priority, to_person
from domain.people.person import DESK, Actor
from domain.record.history import Event

AT_ONCE = 20
FOLLOWING = frozenset({Due.RESOLVE_WARNING, Due.RESOLVE_MISSED, Due.FOLLOWERS})
"""What falls due for a main case because of its followers, too."""
IS_DONE = frozenset({State.RESOLVED, State.CONFIRMED})


async def let_follow(desk: Desk, main: Case) -> None:
    """Ask followers as the resident of their main case was; once it has ended otherwise, let them go on by themselves.

    Those that are left have their turn in the next unit of work, and so have those of which somebody is at work, who
    waits for the main case that we hold.
    """
    if not main.is_to_be_followed:
        return
    followers = await desk.work.cases.held_if_free(await desk.work.memberships.to_follow(main.id, AT_ONCE))
    report = await last_report(desk, main.id) if main.state in IS_DONE else None
    for case in followers:
        if report:
            await _ask(desk, main, case, report)
        else:
            await let_go(desk, DESK, case, Because.MAIN_ENDED)
    await bring_up_to_date(desk, main)


async def _ask(desk: Desk, main: Case, case: Case, report: Report) -> None:
    """Ask a follower's resident under their own number whether it is solved, with the result and its files as now."""
    asked, row = asked_with(case, main, desk.now), report.row
    worker = row.told.get("worker")
    told = {key: row.told.get(key) for key in ("files", "parts", "worker")} | {"text": report.text}
    told |= {"main": main.number, "report": row.id}
    event = await desk.record.event(Actor(row.actor, worker or ""), Event.CASE_RESOLVED, asked, **told)
    asked = await desk.record.save_and_replan(asked)
    for files in report.files:
        await desk.tell.forward_files(to_person(case.resident), asked, files)
    await desk.tell.resident(asked, event)


async def let_go(desk: Desk, actor: Actor, case: Case, because: Because) -> Case:
    """Let a merged case go on by itself, where it is and as far as its unit has come with the matter.

    Where its unit was retired since its main case ended, at the nearest above.
    """
    main = case.merged.number if case.merged else None
    alone = set_free(await leave_main(desk, case, because), desk.now)
    kind = Event.MAIN_ENDED if because is Because.MAIN_ENDED else Event.CASE_UNMERGED
    event = await desk.record.event(actor, kind, alone, main=main, unit=alone.unit, worker=actor.name)
    alone = await desk.record.save_and_replan(alone)
    await desk.tell.resident(alone, event)
    if alone.urgent:
        await desk.tell.alarm(alone, event, but=actor.id)
    return await release(desk, alone) if desk.rights.is_orphaned(alone) else alone


async def leave_main(desk: Desk, case: Case, because: Because) -> Case:
    """Return a case with an assignment of its own, if it was merged into another, whose card counts one less."""
    if case.main is None:
        return case
    await desk.cards.post(case.main, case.unit, Priority.REMINDER)
    unit = desk.org[case.unit] if case.unit in desk.org else desk.org.successor_of(case.unit)
    return on_its_own(case, unit, because, desk.now, desk.policy, desk.rules.calendar)


async def bring_up_to_date(desk: Desk, main: Case) -> Case:
    """Save a main case whose followers have become others: its card says how many, and the earliest deadline acts."""
    main = await desk.record.save(main)
    main = await desk.find.case(main.id)
    await desk.work.followups.cancel(main.id, [main.responsible.turn], what=FOLLOWING)
    rows = plan(main, desk.now, desk.policy, desk.rules.calendar)
    await desk.work.followups.plan([row for row in rows if row.what in FOLLOWING])
    return main
