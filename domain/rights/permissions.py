"""Who may do what at a moment: pure questions about a person, the organisation, and a case.

Whoever has left has no right any more: all of them ask who is a member now. `MAY` is the table of the verbs; drawn for
everybody who may have to do with a case, it stands in ARCHITECTURE.md.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.cases.assignments import Assignment, Settling
from domain.cases.case import BEING_WORKED_ON, Case, Verb
from domain.cases.extensions import rules_on_extension
from domain.cases.revisits import had_a_hand_in
from domain.organisation.units import Chat, Organisation, Unit
from domain.people.absences import is_away
from domain.people.person import Actor, PersonId, Role, UnitCode
from domain.rights.rulings import Ruling


def units_in_charge(org: Organisation, case: Case) -> tuple[UnitCode, ...]:
    """Return the unit responsible and all above it."""
    return tuple(unit.code for unit in org.path(case.unit)) if case.unit in org else ()


def units_concerned(org: Organisation, case: Case) -> tuple[UnitCode, ...]:
    """Return the units that a case concerns: the one responsible, all above it, those called, and those before it."""
    called = {given.unit for given in case.assisting}
    return (*units_in_charge(org, case), *sorted((called | case.units_before) & org.units.keys()))


def only_assist(org: Organisation, units: Iterable[UnitCode], case: Case) -> bool:
    """Whether all that these units have to do with a case is that they were called: they read nobody's name."""
    return {*units}.isdisjoint({*units_in_charge(org, case), *case.units_before})


def may_be_shown_to(org: Organisation, units: Iterable[Unit], case: Case) -> bool:
    """Show the file in the chat of these units: it concerns one of them, whoever has asked there."""
    return not {unit.code for unit in units}.isdisjoint(units_concerned(org, case))


@dataclass(frozen=True, slots=True)
class Rights:
    """What people may do in an organisation at a moment."""

    org: Organisation
    at: datetime

    # --- what somebody is ---

    def owner_of(self, case: Case) -> PersonId | None:
        """Return who owns a case now: its owner, as long as they work for the unit responsible."""
        owner = case.owner.person if case.owner else None
        return owner if owner is not None and self.org.role_of(owner, case.unit) else None

    def first_owner_of(self, case: Case) -> PersonId | None:
        """Return the first owner, as long as they work for a unit that the case concerns."""
        first = case.first_owner.person if case.first_owner else None
        works = first is not None and self._works_for_one_of(first, units_concerned(self.org, case))
        return first if works else None

    def is_orphaned(self, case: Case) -> bool:
        """Whether a case is being worked on by somebody who works for its unit no more."""
        return case.state in BEING_WORKED_ON and self.owner_of(case) is None

    def is_member(self, actor: Actor, case: Case) -> bool:
        """Whether somebody works for the unit responsible."""
        return self.org.role_of(actor.id, case.unit) is not None

    def is_lead(self, actor: Actor) -> bool:
        """Whether somebody leads a unit, whichever."""
        return any(self.org.role_of(actor.id, unit.code) is Role.LEAD for unit in self.org.units_of(actor.id))

    def is_concerned(self, actor: Actor, case: Case) -> bool:
        """Whether a case is any of the person's business: its resident, and whoever may open its file."""
        return self.may_speak_for(actor, case) or self.may_view(actor, case)

    def acts_for(self, actor: Actor, person: PersonId, unit: UnitCode) -> bool:
        """Whether somebody is the person, or their deputy while they are away, for what a unit has.

        A deputy works for that unit or for one above it.
        """
        if actor.id == person:
            return True
        path = [above.code for above in self.org.path(unit)] if unit in self.org else []
        return actor.id == self.org.deputy_of(person, self.at) and self._works_for_one_of(actor.id, path)

    def acts_for_owner(self, actor: Actor, case: Case) -> bool:
        """Whether somebody owns a case now, or stands in for who does."""
        owner = self.owner_of(case)
        return owner is not None and self.acts_for(actor, owner, case.unit)

    def in_place_of(self, people: Iterable[PersonId]) -> tuple[PersonId, ...]:
        """Return who is there of some people, or acts for those who are away; all of them where nobody does."""
        asked = tuple(people)
        there = (
            self.org.deputy_of(person, self.at) if is_away(self.org.absences, person, self.at) else person
            for person in asked
        )
        return tuple(dict.fromkeys(person for person in there if person is not None)) or asked

    # --- what they may do to a case ---

    def may(self, verb: Verb, actor: Actor, case: Case) -> bool:
        """Whether somebody may move a case so, whatever its state."""
        return MAY[verb](self, actor, case)

    def may_speak_for(self, actor: Actor, case: Case) -> bool:
        """Confirm, return, nudge, withdraw, add: only the resident who raised it."""
        return actor.id == case.resident

    def may_stand_for(self, actor: Actor, case: Case) -> bool:
        """Add to it, object to a refusal: its resident, or, where they have no account, the worker who raised it."""
        return self.may_speak_for(actor, case) or (case.has_stand_in and self.raised(actor, case))

    def raised(self, actor: Actor, case: Case) -> bool:
        """Whether somebody raised a case for a neighbour, and works for a unit still."""
        is_theirs = case.raised_by is not None and case.raised_by.person == actor.id
        return is_theirs and bool(self.org.units_of(actor.id))

    def may_speak(self, actor: Actor, case: Case) -> bool:
        """Tell progress, take notes: any member of the unit responsible, the owner's deputy, and the first owner."""
        works_on_it = self.is_member(actor, case) or self.acts_for_owner(actor, case)
        return works_on_it or actor.id == self.first_owner_of(case)

    def may_accept(self, actor: Actor, case: Case) -> bool:
        """Become the owner: any member of the unit responsible; of what is to be settled, who settles it."""
        return self.is_member(actor, case) and (not case.responsible.is_to_settle or self.may_settle(actor, case))

    def may_settle(self, actor: Actor, case: Case) -> bool:
        """Say who has a case that went back and forth: admins, and leads of the unit it stands with or of those above.

        Where no unit stands above both, the admins alone.
        """
        by_leads = case.responsible.settling is Settling.BY_LEADS
        return actor.is_admin or (by_leads and self.org.leads(actor.id, case.unit))

    def may_decide_on(self, actor: Actor, case: Case) -> bool:
        """Report done, hand to another: the owner or deputy, a lead of the unit; while nobody owns it, any member."""
        if case.responsible.is_to_settle:
            return self.may_settle(actor, case)
        role = self.org.role_of(actor.id, case.unit)
        return self.acts_for_owner(actor, case) or (role is Role.LEAD if case.owner else role is not None)

    def may_recategorise(self, actor: Actor, case: Case) -> bool:
        """Say what a case is about: whoever may pass it on."""
        return self.may(Verb.TRANSFER, actor, case)

    def may_split(self, actor: Actor, case: Case) -> bool:
        """Split a second matter off it: any member of the unit responsible, the owner's deputy, leads above, admins."""
        works_on_it = self.is_member(actor, case) or self.acts_for_owner(actor, case)
        return works_on_it or self.may_bind(actor, case.unit)

    def may_call(self, actor: Actor, case: Case) -> bool:
        """Call other units to work beside: the owner, and leads of the unit."""
        return case.owner is not None and self.may_decide_on(actor, case)

    def may_take_assist(self, actor: Actor, assist: Assignment) -> bool:
        """Accept what a unit was called to do: any member of it."""
        return self.org.role_of(actor.id, assist.unit) is not None

    def may_assist(self, actor: Actor, assist: Assignment) -> bool:
        """Have to do with what a unit was called to do: its members, and who stands in for its owner."""
        return self.may_take_assist(actor, assist) or self.may_end_assist(actor, assist)

    def may_end_assist(self, actor: Actor, assist: Assignment) -> bool:
        """Report, or give back: the owner, their deputy, a lead of the unit; while nobody owns it, any member."""
        role, owner = self.org.role_of(actor.id, assist.unit), assist.owner
        if owner is not None and self.acts_for(actor, owner.person, assist.unit):
            return True
        return role is Role.LEAD if owner else role is not None

    def may_extend(self, actor: Actor, case: Case) -> bool:
        """Ask for a later deadline: the owner, or their deputy."""
        return self.acts_for_owner(actor, case)

    def may_revisit(self, actor: Actor, case: Case) -> bool:
        """Ask in person whether it is solved: members of the unit or above, and admins; nobody who worked on it."""
        is_theirs = actor.is_admin or self._works_for_one_of(actor.id, units_in_charge(self.org, case))
        return is_theirs and not had_a_hand_in(actor.id, case)

    def unit_to_revisit(self, case: Case) -> UnitCode | None:
        """Return who is asked to do that: the unit, or the nearest above that has anybody for it; else the admins."""
        path = reversed(self.org.path(case.unit)) if case.unit in self.org else ()
        return next((unit.code for unit in path if self._can_revisit(unit, case)), None)

    def _can_revisit(self, unit: Unit, case: Case) -> bool:
        return any(
            self.may_revisit(Actor(member.person, member.name), case)
            and not is_away(self.org.absences, member.person, self.at)
            for member in unit.members
            if unit.has_chat or member.role is Role.LEAD
        )

    def may_judge_urgency(self, actor: Actor, case: Case) -> bool:
        """Say that somebody is in danger, or that nobody is: any member of the unit responsible, the owner's deputy."""
        return self.is_member(actor, case) or self.acts_for_owner(actor, case)

    def may_merge(self, actor: Actor, case: Case) -> bool:
        """Say which cases are about one matter: whoever may split one."""
        return self.may_split(actor, case)

    def may_hand_over(self, actor: Actor, case: Case) -> bool:
        """Give it to another member: admins, and leads of the unit responsible or of one above it."""
        return self.may_bind(actor, case.unit)

    def may_assign(self, actor: Actor, case: Case) -> bool:
        """Give it to a unit by hand: admins, and leads of the unit responsible or of one above it."""
        return self.may_bind(actor, case.unit)

    def may_view(self, actor: Actor, case: Case) -> bool:
        """Open the file: admins, members of the unit, of one above or one called, the first owner, who raised it."""
        in_charge = (*units_in_charge(self.org, case), *(given.unit for given in case.assisting))
        works_on_it = self._works_for_one_of(actor.id, in_charge)
        is_first = actor.id == self.first_owner_of(case)
        return actor.is_admin or works_on_it or is_first or self.raised(actor, case)

    def may_see_name(self, actor: Actor, case: Case) -> bool:
        """Read the resident's name, unless they hid it: whoever may open the file, but for units just called."""
        works_on_it = self._works_for_one_of(actor.id, units_in_charge(self.org, case))
        return actor.is_admin or works_on_it or actor.id == self.first_owner_of(case)

    def may_see_phone(self, actor: Actor, case: Case) -> bool:
        """Read the phone numbers in a resident's words: admins, the owner or deputy, the unit's leads, in private."""
        return actor.is_admin or self.acts_for_owner(actor, case) or self.org.leads(actor.id, case.unit)

    # --- what they may do besides ---

    def may_administer(self, actor: Actor) -> bool:
        """Run the desk for the whole organisation: admins."""
        return actor.is_admin

    def may_bind(self, actor: Actor, unit: UnitCode) -> bool:
        """Bind a unit to a chat: an admin, or a lead of the unit or of one above it."""
        return actor.is_admin or self.org.leads(actor.id, unit)

    def may_see_members(self, actor: Actor, unit: UnitCode) -> bool:
        """Read who works for a unit: an admin, or a lead of it or of one above it."""
        return self.may_bind(actor, unit)

    def may_work_in(self, actor: Actor, chat: Chat) -> bool:
        """Use what is for those who work in a chat: members of its units, and admins."""
        return actor.is_admin or self._works_for_one_of(actor.id, (unit.code for unit in self.org.in_chat(chat)))

    def may_rule(self, actor: Actor, ruling: Ruling) -> bool:
        """Decide on what another has asked: an admin, or a lead of the unit that was asked or of one above it."""
        leads = ruling.unit is not None and self.org.leads(actor.id, ruling.unit)
        return (actor.is_admin or leads) and actor.id != ruling.asked_by

    def may_rule_on_deadline(self, actor: Actor, case: Case) -> bool:
        """Rule on the later deadline of a case: an admin, or a lead of the unit that is asked; nobody on their own."""
        unit = rules_on_extension(self.org, case)
        leads = unit is not None and self.org.leads(actor.id, unit)
        return (actor.is_admin or leads) and not self.acts_for_owner(actor, case)

    def may_be_told(self, actor: Actor, unit: UnitCode, case: Case | None) -> bool:
        """Be told in private what is for a unit: whoever may open the file; of the unit itself, leads and admins."""
        return self.may_bind(actor, unit) if case is None else self.may_view(actor, case)

    def _works_for_one_of(self, person: PersonId, units: Iterable[UnitCode]) -> bool:
        return any(self.org.role_of(person, code) for code in units)


MAY: Mapping[Verb, Callable[[Rights, Actor, Case], bool]] = {
    Verb.ACCEPT: Rights.may_accept,
    Verb.ASK: Rights.is_member,
    Verb.REFUSE: Rights.may_decide_on,
    Verb.RESOLVE: Rights.may_decide_on,
    Verb.ESCALATE: Rights.may_decide_on,
    Verb.TRANSFER: Rights.may_decide_on,
    Verb.GIVE_BACK: Rights.may_decide_on,
    Verb.ASSIGN: Rights.may_assign,
    Verb.ANSWER: Rights.may_speak_for,
    Verb.CONFIRM: Rights.may_speak_for,
    Verb.TAKE_BACK: Rights.may_speak_for,
    Verb.REOPEN: Rights.may_speak_for,
    Verb.REVISIT: Rights.may_revisit,
    Verb.CONTRADICT: Rights.may_speak_for,
    Verb.RETURN: Rights.may_speak_for,
    Verb.OBJECT: Rights.may_stand_for,
    Verb.WITHDRAW: Rights.may_speak_for,
}
"""Who may move a case how; nobody but the desk itself releases one."""
