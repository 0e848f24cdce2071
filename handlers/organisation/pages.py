"""Pages: the tree of units, and who works for one."""

from collections.abc import Iterator

from markupsafe import Markup

from domain.letters.contents import MembersPage, UnitsPage
from domain.organisation.units import Organisation, Unit
from domain.people.person import UnitCode
from handlers.rendering.sending import Sending, Written
from handlers.rendering.split import written_in_parts
from handlers.words import Words

UNITS_SHOWN = 80


async def write_units(sending: Sending, content: UnitsPage) -> Written:
    """Write the tree below a unit, or the whole, with what each has for a group."""
    words, units = sending.words, list(_walk(sending.desk.org, content.unit))
    lines = [words("units.title")]
    lines += [_unit_line(unit, depth, words) for unit, depth in units[:UNITS_SHOWN]]
    if len(units) > UNITS_SHOWN:
        lines.append(words("units.more", count=len(units) - UNITS_SHOWN))
    return written_in_parts(lines, sending)


def _walk(org: Organisation, code: UnitCode | None, depth: int = 0) -> Iterator[tuple[Unit, int]]:
    if code is not None:
        yield org[code], depth
    for child in org.children(code):
        yield from _walk(org, child.code, depth + (code is not None))


def _unit_line(unit: Unit, depth: int, words: Words) -> Markup:
    chat = "units.lost" if unit.chat_lost_at else "units.bound" if unit.chat else "units.unbound"
    return words("units.line", indent="\u3000" * depth, code=unit.code, name=unit.name, chat=words(chat))


async def write_members(sending: Sending, content: MembersPage) -> Written:
    """Write who works for a unit, and who has never opened a private chat with the bot; none for who leads no more."""
    words, reader = sending.words, sending.reader
    if reader is None or content.unit not in sending.desk.org:
        return Written()
    if not sending.desk.rights.may_see_members(reader, content.unit):
        return Written()
    unit = sending.desk.org[content.unit]
    accounts = await sending.desk.work.accounts.of(member.person for member in unit.members)
    lines = [words("units.members", unit=unit.name, level=words(f"level.{unit.level}"))]
    if unit.places:
        lines.append(words("units.places", places="、".join(unit.places)))
    for member in unit.members:
        started = any(account.started_at for account in accounts.get(member.person, ()))
        note = "" if started else words("units.not_started")
        lines.append(words("units.member", name=member.name, role=words(f"role.{member.role}"), note=note))
    return written_in_parts([*lines, *([] if unit.members else [words("units.no_members")])], sending)
