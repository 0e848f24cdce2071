"""Bind a unit to the chat in which it works (`/bind CODE`)."""

from dataclasses import replace

from domain.desk import Desk
from domain.desk.office.reach import show_open_cases
from domain.errors import NotALead
from domain.organisation.units import Chat, Unit
from domain.people.person import Actor, UnitCode
from domain.record.history import Event


async def bind(desk: Desk, actor: Actor, code: UnitCode, chat: Chat) -> Unit:
    """Make the chat the unit's own; the cards of its open cases are put there.

    Raises:
        UnitUnknown: no unit in use has this code.
        NotALead: the actor is neither an admin nor a lead of the unit or of one above it.
    """
    unit = desk.org[code]
    if not desk.rights.may_bind(actor, code):
        raise NotALead(actor.id, units=[code])
    if unit.chat != chat:
        await desk.work.cards.forget(code)
    await desk.work.units.set_chat(code, chat)
    await desk.record.event(actor, Event.CHAT_BOUND, unit=code, unit_name=unit.name)
    after = replace(desk, org=await desk.work.units.organisation())
    await show_open_cases(after, code)
    return unit
