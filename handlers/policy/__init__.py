"""/policy: the rules in force, in a neighbourhood office's words."""

from collections.abc import Iterator

from markupsafe import Markup

from domain.cases.announced import DayRange
from domain.cases.kinds import Kind
from domain.cases.policy import Clock, Duration, Policy, Span
from domain.letters.contents import PolicyPage
from handlers.feature import Feature
from handlers.rendering.sending import Sending, Written
from handlers.rendering.split import written_in_parts
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext
from handlers.words import Words

URGENT = ("accept_within", "resolve_within", "submit_after")


async def on_policy(context: UpdateContext) -> None:
    """Show the rules in force."""
    await context.show(PolicyPage())


async def write_policy(sending: Sending) -> Written:
    """Write the rules in force, in a neighbourhood office's words."""
    return written_in_parts(list(_policy_lines(sending.desk.policy, sending.words)), sending)


def _policy_lines(policy: Policy, words: Words) -> Iterator[Markup]:
    yield words("policy.title")
    working = policy.clock is Clock.WORKING
    for kind in Kind:
        terms = policy.kinds[kind]
        accept = _duration(terms.accept_within, words, working=working)
        resolve = _duration(terms.resolve_within, words, working=working)
        yield words("policy.kind", kind=words(f"kind.{kind}"), accept=accept, resolve=resolve)
    for level, within in policy.levels.items():
        yield words("policy.level", level=words(f"level.{level}"), accept=_duration(within, words, working=working))
    for category, own in policy.categories.items():
        if "accept_within" in own:
            accept = _duration(own["accept_within"], words, working=working)
            yield words("policy.category_accept", category=category, accept=accept)
        if "resolve_within" in own:
            resolve = _duration(own["resolve_within"], words, working=working)
            yield words("policy.category_resolve", category=category, resolve=resolve)
    urgent = {name: _duration(getattr(policy.urgent, name), words) for name in URGENT}
    yield words("policy.urgent", **urgent)
    yield words(f"policy.clock_{policy.clock}", **_hours(policy.working_hours))
    if policy.calendar.working:
        yield words("policy.days_working", days=_days(policy.calendar.working, words))
    if policy.calendar.free:
        yield words("policy.days_free", days=_days(policy.calendar.free, words))
    yield words("policy.quiet", **_hours(policy.quiet_hours)) if policy.quiet_hours else words("policy.quiet_none")
    yield words("policy.warn", share=round(policy.warn_at * 100))
    yield words("policy.worker", steps=_steps(policy.worker_reminders, words))
    yield words("policy.resident", steps=_steps(policy.resident_updates, words))
    yield words("policy.confirm", steps=_steps(policy.confirm_reminders, words))
    yield words("policy.returns", count=policy.return_limit)
    yield words("policy.transfers", count=policy.transfer_limit)
    yield words("policy.assist", within=_duration(policy.assist_within, words, working=working))
    rule_within = _duration(policy.rule_within, words, working=working)
    yield words("policy.extensions", count=policy.extension_limit, within=rule_within)
    yield words("policy.object", within=_duration(policy.object_within, words))
    yield words("policy.reopen", within=_duration(policy.reopen_within, words))
    yield words("policy.revisit", within=_duration(policy.revisit_after, words))
    yield words("policy.join", within=_duration(policy.join_expires, words))
    yield words("policy.nudge", within=_duration(policy.nudge_every, words))
    yield words("policy.draft", within=_duration(policy.draft_expires, words))


def _days(ranges: tuple[DayRange, ...], words: Words) -> Markup:
    return words("policy.joint").join(
        words("policy.days", first=days.first, last=days.last) if days.count > 1 else str(days.first) for days in ranges
    )


def _hours(span: Span) -> dict[str, str]:
    return {"start": f"{span.start:%H:%M}", "end": f"{span.end:%H:%M}"}


def _steps(steps: tuple[Duration, ...], words: Words) -> Markup:
    """Return how long after what a reminder comes, and how often from then on: the last step repeats."""
    *first, last = steps
    every = words("policy.every_day") if str(last) == "1d" else words("policy.every", within=_duration(last, words))
    after = words("policy.joint").join(_duration(step, words) for step in first)
    return words("policy.after", first=after, every=every) if first else every


def _duration(length: Duration, words: Words, *, working: bool = False) -> Markup:
    written = str(length)
    key = "duration.d_working" if working and length.days else f"duration.{written[-1]}"
    return words(key, count=written[:-1])


FEATURE = Feature(commands={Command("policy", private=Standing.ADMIN): on_policy})
