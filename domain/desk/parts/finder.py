"""Finding a case for somebody who wants to do something with it, or the reason why they may not."""

from dataclasses import dataclass

from domain.cases.assignments import Settling
from domain.cases.case import Case, CaseId, Verb
from domain.cases.merging import require_unmerged
from domain.desk.parts.context import Context
from domain.errors import (
    CaseNotForChat,
    CaseUnknown,
    DeskError,
    MoveNotAllowed,
    NotALead,
    NotAMember,
    NotAnAdmin,
    NotTheOwner,
    NotTheResident,
)
from domain.organisation.units import Chat
from domain.people.person import Actor
from domain.rights.permissions import may_be_shown_to


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

    async def numbered(self, number: str) -> Case:
        """Return the case with a number, whoever has named it.

        Raises:
            CaseUnknown: no case has this number.
        """
        case = await self.context.work.cases.numbered(number)
        if case is None:
            raise CaseUnknown(number)
        return case

    async def named(self, actor: Actor, number: str, chat: Chat | None = None) -> Case:
        """Return a case that somebody has named who may open its file, in a chat or in private.

        Raises:
            CaseUnknown: no case has this number, or it is none of the actor's business.
            CaseNotForChat: it is, but does not concern the units of this chat.
        """
        case = await self.numbered(number)
        if not self.context.rights.may_view(actor, case):
            raise CaseUnknown(number)
        if chat is not None:
            self.require_shown_in(chat, case)
        return case

    def require_shown_in(self, chat: Chat, case: Case) -> None:
        """Let a case be spoken of in a chat whose units it concerns.

        Raises:
            CaseNotForChat: it concerns none of them.
        """
        org = self.context.org
        if not may_be_shown_to(org, org.in_chat(chat), case):
            raise CaseNotForChat(case.number)

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

    async def case_to_stand_for(self, actor: Actor, case_id: CaseId) -> Case:
        """Return a case of the actor's own, or one that they raised for a neighbour without an account.

        Raises:
            CaseUnknown: there is none with this id.
            NotTheResident: somebody else raised it.
        """
        case = await self.case(case_id)
        if not self.context.rights.may_stand_for(actor, case):
            raise NotTheResident(actor.id)
        return case

    async def case_to_speak_about(self, actor: Actor, case_id: CaseId) -> Case:
        """Return a case about which the actor may tell progress and take notes.

        Raises:
            CaseUnknown: there is none with this id.
            NotAMember: the actor neither works for the unit responsible nor was the first owner.
        """
        case = await self.case(case_id)
        if not self.context.rights.may_speak(actor, case):
            raise NotAMember(actor.id, units=[case.unit])
        return case

    async def case_to_decide_on(self, actor: Actor, case_id: CaseId, verb: Verb) -> Case:
        """Return a case that the actor owns or leads, or that nobody owns yet, and that the verb can move.

        Raises:
            CaseUnknown: there is none with this id.
            NotAMember: nobody owns it, and the actor does not work for the unit responsible.
            NotTheOwner: it is for others to decide.
            NotALead, NotAnAdmin: somebody above is to say who has it.
            CaseMerged: it is worked on as one with another, which is to be moved.
            MoveNotAllowed: the present state does not know the move.
        """
        case = await self.case(case_id)
        if not self.context.rights.may(verb, actor, case):
            raise denied(actor, case)
        require_unmerged(case)
        if not case.allows(verb):
            raise MoveNotAllowed(verb, case.state, number=case.number, state=case.shown_as)
        return case


def denied(actor: Actor, case: Case) -> DeskError:
    """Return the error that says who may decide on a case."""
    if case.responsible.settling is Settling.BY_ADMINS:
        return NotAnAdmin(actor.id)
    if case.responsible.settling is Settling.BY_LEADS:
        return NotALead(actor.id, units=[case.unit])
    return (NotTheOwner if case.owner else NotAMember)(actor.id, units=[case.unit])
