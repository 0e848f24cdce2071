"""Members: who works for a unit, for those who lead it or one above."""

from domain.desk import Desk
from domain.errors import NotALead
from domain.organisation.units import Unit
from domain.people.person import Actor, UnitCode


def unit_to_list(desk: Desk, actor: Actor, code: UnitCode | None) -> Unit | None:
    """Return the unit whose members are asked for; without a code the first that the actor leads, for admins the top.

    Raises:
        UnitUnknown: no unit in use has this code.
        NotALead: the actor is neither an admin nor a lead of the unit or of one above it.
    """
    if code is None:
        from_the_top = (unit for root in desk.org.children(None) for unit in desk.org.below(root.code))
        return next((unit for unit in from_the_top if desk.rights.may_see_members(actor, unit.code)), None)
    unit = desk.org[code]
    if not desk.rights.may_see_members(actor, unit.code):
        raise NotALead(actor.id, units=[unit.code])
    return unit
