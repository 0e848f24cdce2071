"""Transfers (转派): to which units a case may go, in which order they are offered, what counts as 退单. Pure."""

from collections.abc import Iterable, Iterator

from domain.cases.assignments import Because, Settling
from domain.cases.case import Case, State
from domain.errors import DeskError, NoUnitAbove
from domain.organisation.units import Organisation, Unit
from domain.people.person import UnitCode


class OwnUnit(DeskError):
    """The unit that was chosen has the case already."""

    key = "error.own_unit"


class UnitRetired(DeskError):
    """The unit that was chosen is in use no more."""

    key = "error.unit_retired"


class UnitWithoutChat(DeskError):
    """The unit that was chosen has no group that could take the case."""

    key = "error.unit_without_chat"


class CaseSettled(DeskError):
    """Somebody above has said which unit has the case; it is neither given back nor passed on from there."""

    key = "error.case_settled"


class NotYetAccepted(DeskError):
    """The case came by transfer and nobody has accepted it: it may be given back, and not be passed on."""

    key = "error.not_yet_accepted"


class ReasonMissing(DeskError):
    """A transfer, or giving back, needs its reason in words."""

    key = "error.reason_missing"


def came_by_transfer(case: Case) -> bool:
    """Whether the case was transferred to the unit that has it, and nobody there has accepted it yet."""
    given = case.responsible
    return case.state is State.SUBMITTED and given.begun_because is Because.TRANSFERRED and not given.is_to_settle


def is_transferable(case: Case) -> bool:
    """Whether the unit responsible may pass the case on: it was not settled, and has not just come by transfer."""
    return case.responsible.settling is not Settling.FINAL and not came_by_transfer(case)


def can_be_given_back(case: Case) -> bool:
    """Whether the unit responsible may give the case back: it has just come by transfer, and was not settled."""
    return case.responsible.settling is not Settling.FINAL and came_by_transfer(case)


def require_transferable(case: Case) -> None:
    """Check that the unit responsible may pass the case on.

    Raises:
        CaseSettled: somebody above has said that this unit has it.
        NotYetAccepted: it has just come by transfer; it is accepted first, or given back.
    """
    if case.responsible.settling is Settling.FINAL:
        raise CaseSettled(case.id, number=case.number)
    if came_by_transfer(case):
        raise NotYetAccepted(case.id, number=case.number)


def receiving_unit(org: Organisation, case: Case, code: UnitCode) -> Unit:
    """Return the unit that a case may be transferred to.

    Raises:
        OwnUnit: it has the case.
        UnitRetired: it is in use no more.
        UnitWithoutChat: it has no group that can be written to.
        UnitUnknown: there never was such a unit.
    """
    if code in org.retired and code not in org:
        raise UnitRetired(code, units=[code])
    unit = org[code]
    if code == case.unit:
        raise OwnUnit(code, units=[code])
    if not unit.has_chat:
        raise UnitWithoutChat(code, units=[code])
    return unit


def can_receive(org: Organisation, case: Case, code: UnitCode) -> bool:
    """Whether a case may be transferred to a unit."""
    return code != case.unit and code in org and org[code].has_chat


def counts_as_giving_back(case: Case, unit: UnitCode) -> bool:
    """Whether the unit had the case before; whoever settles it may choose that one too, and gives nothing back."""
    return unit in case.units_before and not case.responsible.is_to_settle


def gives_back_to(org: Organisation, case: Case) -> Unit:
    """Return the unit that gets a case that is given back: the one that passed it on, or who answers for that now.

    Raises:
        NoUnitAbove: nobody else could take it.
    """
    came, raised = case.responsible.came_from, case.raised_in
    wanted = [org.responsible_for(code) for code in (came, raised) if code is not None and code in org]
    above = org.next_up(case.unit) if case.unit in org else None
    others = (unit for unit in (*wanted, above) if unit is not None and unit.has_chat and unit.code != case.unit)
    unit = next(others, None)
    if unit is None:
        raise NoUnitAbove(case.unit, units=[case.unit])
    return unit


def unit_above_both(org: Organisation, one: UnitCode, other: UnitCode) -> Unit | None:
    """Return the nearest unit that stands above two and has a group; it is neither of them."""
    above = {unit.code for unit in org.path(other)[:-1]}
    return next((unit for unit in reversed(org.path(one)[:-1]) if unit.code in above and unit.has_chat), None)


def offered(org: Organisation, own: UnitCode, often: Iterable[UnitCode]) -> tuple[UnitCode, ...]:
    """Return all units to which a case of a unit may go: those chosen often, then around in the tree, nearest first."""
    ordered = dict.fromkeys((*often, *_around(org, own)))
    return tuple(code for code in ordered if code in org and code != own and org[code].has_chat)


def _around(org: Organisation, own: UnitCode) -> Iterator[UnitCode]:
    """Yield what is below the unit, then, for each step upwards, the unit there and what is below it; then the rest."""
    for step in reversed(org.path(own)):
        yield from (unit.code for unit in org.below(step.code))
    for root in org.children(None):
        yield from (unit.code for unit in org.below(root.code))


def found(org: Organisation, words: str) -> tuple[UnitCode, ...]:
    """Return the units that somebody may mean who typed a code, a name, or a piece of a name.

    A whole code or name comes before all pieces, also of a unit that is in use no more, so that this can be said. The
    name of the unit right above may stand before: every community has a first grid.
    """
    typed = "".join(words.replace("·", " ").split()).casefold()
    names = {code: name.casefold() for code, name in org.retired.items()}
    names |= {code: unit.name.casefold() for code, unit in org.units.items()}
    nested = {code: names.get(unit.parent or code, "") + names[code] for code, unit in org.units.items()}
    whole = tuple(code for code, name in names.items() if typed in (code.casefold(), name, nested.get(code)))
    named = tuple(code for code in org.units if typed and typed in names[code])
    return whole or named or tuple(code for code, name in nested.items() if typed and typed in name)
