"""Hand over (换人): a lead gives a case to another member of its unit, whose it is at once."""

from collections.abc import Sequence
from dataclasses import replace

from domain.cases.assignments import Holder
from domain.cases.case import TO_BE_DONE, Case, CaseId, State, Verb, move
from domain.cases.merging import require_unmerged
from domain.cases.questions import Asked, Question
from domain.cases.revisits import worked_on
from domain.desk import Desk
from domain.errors import DeskError, MoveNotAllowed, NotALead
from domain.people.person import Actor, Member, PersonId
from domain.record.history import Event
from domain.text.names import meant


class HasLeft(DeskError):
    """Whoever is to have the case does not work for its unit any more."""

    key = "error.has_left"


class OwnsItAlready(DeskError):
    """Whoever is to have the case owns it; perhaps another lead was first."""

    key = "error.owns_it_already"


class StillToSettle(DeskError):
    """Somebody above is to say first which unit has the case."""

    key = "error.still_to_settle"


def is_past(desk: Desk, actor: Actor, case: Case) -> bool:
    """Whether there is nothing for the actor to hand over any more."""
    return not (desk.rights.may_hand_over(actor, case) and can_be_handed_over(case))


def can_be_handed_over(case: Case) -> bool:
    """Whether somebody is to work on the case, and it is clear in which unit."""
    return case.state in TO_BE_DONE and not case.responsible.is_to_settle and not case.merged


async def case_to_hand_over(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Return a case that the actor may give to another member.

    Raises:
        CaseUnknown: there is none with this id.
        NotALead: the actor leads neither the unit responsible nor one above it.
        CaseMerged: it is worked on as one with another.
        MoveNotAllowed: it has ended, or the resident has the word.
        StillToSettle: somebody above is to say first which unit has it.
    """
    case = await desk.find.case(case_id)
    if not desk.rights.may_hand_over(actor, case):
        raise NotALead(actor.id, units=[case.unit])
    require_unmerged(case)
    if case.state not in TO_BE_DONE:
        raise MoveNotAllowed(case.state, number=case.number, state=case.shown_as)
    if case.responsible.is_to_settle:
        raise StillToSettle(case.id, number=case.number)
    return case


def members_offered(desk: Desk, case: Case) -> Sequence[Member]:
    """Return the members of the unit responsible to whom the case may go."""
    owner = case.owner.person if case.owner else None
    members = desk.org[case.unit].members if case.unit in desk.org else ()
    return tuple({member.person: member for member in members if member.person != owner}.values())


def members_named(desk: Desk, case: Case, words: str) -> Sequence[Member]:
    """Return the members whom somebody may mean who typed a name, or a piece of one."""
    return meant(words, {member: member.name for member in members_offered(desk, case)})


async def ask_to_whom(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Let the lead's next message in private be the name of who is to have the case.

    Raises:
        CaseUnknown, NotALead, MoveNotAllowed, StillToSettle: see `case_to_hand_over`.
    """
    case = await case_to_hand_over(desk, actor, case_id)
    await desk.questions.ask(Question(actor.id, Asked.NEW_OWNER, desk.now, case=case.id))
    return case


async def hand_over(desk: Desk, actor: Actor, case_id: CaseId, person: PersonId) -> Case:
    """Make a member the owner of a case, accepted if it was not; who accepted first stays named.

    The group, the resident, the new owner and the former one are told.

    Raises:
        HasLeft: they do not work for the unit responsible.
        OwnsItAlready: they own it.
        CaseUnknown, NotALead, MoveNotAllowed, StillToSettle: see `case_to_hand_over`.
    """
    case = await case_to_hand_over(desk, actor, case_id)
    if desk.org.role_of(person, case.unit) is None:
        raise HasLeft(person, number=case.number)
    name = desk.org.name_of(person, "")
    if case.owner and case.owner.person == person:
        raise OwnsItAlready(case.id, number=case.number, name=name)
    former, holder = case.owner, Holder(person, name)
    given = case.responsible.accepted(holder, desk.now)
    if case.state is State.SUBMITTED:
        first = case.first_owner or holder
        handed = move(case, Verb.ACCEPT, desk.now, responsible=given, first_owner=first)
    else:
        handed = replace(case, responsible=given)
    handed = worked_on(handed, person)
    told = {"worker": actor.name, "holder": name, "to": person, "former": former.name if former else ""}
    event = await desk.record.event(actor, Event.CASE_HANDED_OVER, handed, **told)
    handed = await desk.record.save_and_replan(handed) if not former else await desk.record.save(handed)
    await desk.tell.unit(case.unit, handed, event)
    await desk.tell.residents(handed, event)
    await desk.tell.first_owner(actor, handed, event)
    for colleague in (person, *([former.person] if former else [])):
        if colleague != actor.id:
            await desk.tell.colleague(colleague, handed, event)
    return handed
