"""Pages for admins: the organisation, the members of a unit, the rules in force."""

from collections.abc import Iterator

from markupsafe import Markup

from domain.cases.kinds import Kind
from domain.cases.policy import Clock, Duration, Policy, Span
from domain.letters.contents import MembersPage, UnitsPage
from domain.organisation.units import Organisation, Unit
from domain.people.person import UnitCode
from handlers.rendering import Sending, Text, Written
from handlers.split import MESSAGE_LIMIT, split
from handlers.words import Words

UNITS_SHOWN = 80


async def write_units(sending: Sending, content: UnitsPage) -> Written:
    """Write the tree below a unit, or the whole, with what each has for a group."""
    words, units = sending.words, list(_walk(sending.desk.org, content.unit))
    lines = [words("units.title")]
    lines += [_unit_line(unit, depth, words) for unit, depth in units[:UNITS_SHOWN]]
    if len(units) > UNITS_SHOWN:
        lines.append(words("units.more", count=len(units) - UNITS_SHOWN))
    return _part(lines, sending)


def _walk(org: Organisation, code: UnitCode | None, depth: int = 0) -> Iterator[tuple[Unit, int]]:
    if code is not None:
        yield org[code], depth
    for child in org.children(code):
        yield from _walk(org, child.code, depth + (code is not None))


def _unit_line(unit: Unit, depth: int, words: Words) -> Markup:
    room = "units.lost" if unit.room_lost_at else "units.bound" if unit.room else "units.unbound"
    return words("units.line", indent="\u3000" * depth, code=unit.code, name=unit.name, room=words(room))


async def write_members(sending: Sending, content: MembersPage) -> Written:
    """Write who works for a unit, and who has never opened a private chat with the bot."""
    words, unit = sending.words, sending.desk.org[content.unit]
    accounts = await sending.desk.work.accounts.of(member.person for member in unit.members)
    lines = [words("units.members", unit=unit.name, level=words(f"level.{unit.level}"))]
    if unit.places:
        lines.append(words("units.places", places="、".join(unit.places)))
    for member in unit.members:
        started = any(account.started_at for account in accounts.get(member.person, ()))
        note = "" if started else words("units.not_started")
        lines.append(words("units.member", name=member.name, role=words(f"role.{member.role}"), note=note))
    return _part([*lines, *([] if unit.members else [words("units.no_members")])], sending)


async def write_policy(sending: Sending) -> Written:
    """Write the rules in force, in a neighbourhood office's words."""
    return _part(list(_policy_lines(sending.desk.policy, sending.words)), sending)


def _policy_lines(policy: Policy, words: Words) -> Iterator[Markup]:
    yield words("policy.title")
    working = policy.clock is Clock.WORKING
    for kind in Kind:
        terms = policy.kinds[kind]
        accept = _duration(terms.accept_within, words, working=working)
        resolve = _duration(terms.resolve_within, words, working=working)
        yield words("policy.kind", kind=words(f"kind.{kind}"), accept=accept, resolve=resolve)
    yield words(f"policy.clock_{policy.clock}", **_hours(policy.working_hours))
    yield words("policy.quiet", **_hours(policy.quiet_hours)) if policy.quiet_hours else words("policy.quiet_none")
    yield words("policy.warn", share=round(policy.warn_at * 100))
    yield words("policy.worker", steps=_steps(policy.worker_reminders, words))
    yield words("policy.resident", steps=_steps(policy.resident_updates, words))
    yield words("policy.confirm", steps=_steps(policy.confirm_reminders, words))
    yield words("policy.returns", count=policy.return_limit)
    yield words("policy.transfers", count=policy.transfer_limit)
    yield words("policy.object", within=_duration(policy.object_within, words))
    yield words("policy.nudge", within=_duration(policy.nudge_every, words))
    yield words("policy.draft", within=_duration(policy.draft_expires, words))


def _hours(span: Span) -> dict[str, str]:
    return {"start": f"{span.start:%H:%M}", "end": f"{span.end:%H:%M}"}


def _steps(steps: tuple[Duration, ...], words: Words) -> Markup:
    return words("policy.joint").join(_duration(step, words) for step in steps)


def _duration(length: Duration, words: Words, *, working: bool = False) -> Markup:
    written = str(length)
    key = "duration.d_working" if working and length.days else f"duration.{written[-1]}"
    return words(key, count=written[:-1])


def _part(lines: list[Markup], sending: Sending) -> Written:
    parts = split(Markup("\n").join(lines), MESSAGE_LIMIT)
    part = min(sending.letter.so_far.part, len(parts) - 1)
    return Written(Text(parts[part], more=part < len(parts) - 1))
