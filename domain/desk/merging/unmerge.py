"""Unmerge (解除归并): a case that is about another matter after all goes on by itself."""

from domain.cases.assignments import Because
from domain.cases.case import Case, CaseId
from domain.cases.merging import NotMerged
from domain.desk import Desk
from domain.desk.merging.follow import bring_up_to_date, let_go
from domain.errors import MoveNotAllowed, NotAMember
from domain.people.person import Actor


async def unmerge(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Let a merged case go on at the same unit with the same owner, as accepted; its resident is told.

    Raises:
        NotAMember: it is for others to do.
        NotMerged: it goes on by itself already.
        MoveNotAllowed: it has ended.
    """
    case = await desk.find.case(case_id)
    if not desk.rights.may_merge(actor, case):
        raise NotAMember(actor.id, units=[case.unit])
    if case.main is None:
        raise NotMerged(case.id, number=case.number)
    if not case.is_open:
        raise MoveNotAllowed(case.state, number=case.number, state=case.shown_as)
    alone = await let_go(desk, actor, case, Because.UNMERGED)
    await bring_up_to_date(desk, await desk.find.case(case.main))
    return alone
