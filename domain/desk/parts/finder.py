"""Finding a case for somebody who wants to do something with it, or the reason why they may not."""

from dataclasses import dataclass

from domain.cases import Case, CaseId, Verb
from domain.desk.parts.context import Context
from domain.errors import CaseUnknown, MoveNotAllowed, NotAMember, NotTheOwner, NotTheResident
from domain.people import Actor


@dataclass(frozen=True, slots=True)
class CaseFinder:
    """Looks cases up, each held for change."""

    context: Context

    async def case(self, case_id: CaseId) -> Case:
        """Return the case.

        Raises:
            CaseUnknown: there is none with this id.
        """
        case = await self.context.work.cases.get(case_id)
        if case is None:
            raise CaseUnknown(case_id)
        return case

    async def own_case(self, actor: Actor, case_id: CaseId) -> Case:
        """Return a case that the actor raised.

        Raises:
            CaseUnknown: there is none with this id.
            NotTheResident: somebody else raised it.
        """
        case = await self.case(case_id)
        if not self.context.rights.may_speak_for(actor, case):
            raise NotTheResident(actor.id)
        return case

    async def case_to_work_on(self, actor: Actor, case_id: CaseId) -> Case:
        """Return a case of a unit that the actor is a member of.

        Raises:
            CaseUnknown: there is none with this id.
            NotAMember: the actor does not work for the unit responsible.
        """
        case = await self.case(case_id)
        if not self.context.rights.may_work_on(actor, case):
            raise NotAMember(actor.id, units=[case.unit])
        return case

    async def case_to_decide_on(self, actor: Actor, case_id: CaseId, verb: Verb) -> Case:
        """Return a case that the actor owns or leads, or that nobody owns yet, and that the verb can move.

        Raises:
            CaseUnknown: there is none with this id.
            NotAMember: nobody owns it, and the actor does not work for the unit responsible.
            NotTheOwner: it is for others to decide.
            MoveNotAllowed: the present state does not know the move.
        """
        case = await self.case(case_id)
        if not self.context.rights.may(verb, actor, case):
            raise (NotTheOwner if case.owner else NotAMember)(actor.id, units=[case.unit])
        if not case.allows(verb):
            raise MoveNotAllowed(verb, case.state, number=case.number, state=case.state)
        return case
