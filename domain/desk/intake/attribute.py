"""Attribute a message: which cases of theirs somebody means who has replied to none of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.cases.case import Case, State, may_take_back
from domain.cases.kinds import speaks_of_danger
from domain.cases.leaning import begins_anew, leans
from domain.cases.messages import Message
from domain.cases.small_talk import SmallTalk, small_talk
from domain.desk import Desk
from domain.organisation.places import gazetteer_of
from domain.people.person import Actor

REPORTED_WITHIN = timedelta(days=1)
LOOKED_AT = 50
ANSWERS = {
    State.WAITING: frozenset({SmallTalk.CONSENT, SmallTalk.FAREWELL}),
    State.RESOLVED: frozenset({SmallTalk.CONSENT, SmallTalk.THANKS}),
}
"""The small talk that answers a worker's question, or the question whether it is solved."""


async def cases_meant(desk: Desk, actor: Actor, message: Message) -> Sequence[Case]:
    """Return the cases that a message without a reply may be about: those that wait for its sender's word.

    Danger, and what is plainly another matter or elsewhere, is about none of them. Who has just confirmed a case and
    says that it is not solved means that one.
    """
    talk = None if message.attachments else small_talk(message.text)
    if speaks_of_danger(message.text) or begins_anew(message.text):
        return ()
    waiting = [case for case in await cases_waiting(desk, actor) if talk is None or talk in ANSWERS[case.state]]
    if waiting:
        return [case for case in waiting if not _is_elsewhere(desk, case, message.text)]
    return await _just_confirmed(desk, actor) if talk is None and leans(message.text) is False else ()


async def cases_waiting(desk: Desk, actor: Actor) -> Sequence[Case]:
    """Return the actor's cases that wait for their word: a worker has asked, or reported it done in the last day."""
    cases = await desk.work.cases.open_of_resident(actor.id, LOOKED_AT)
    return [case for case in cases if _waits(case, desk.now)]


def only_nods(case: Case, message: Message) -> bool:
    """Whether somebody says no more than 好的 to a report that it is done: nothing to pass on, and no verdict yet."""
    is_nod = not message.attachments and small_talk(message.text) is SmallTalk.CONSENT
    return is_nod and case.state is State.RESOLVED


def _waits(case: Case, now: datetime) -> bool:
    if case.state is State.RESOLVED:
        return now < (case.resolved_at or case.state_since) + REPORTED_WITHIN
    return case.state is State.WAITING


def _is_elsewhere(desk: Desk, case: Case, text: str) -> bool:
    """Whether a text names a place that the case has nothing to do with."""
    found, org = gazetteer_of(desk.org).find(text).unit, desk.org
    if found is None or case.raised_in not in org:
        return False
    return found not in org.path(case.raised_in) and org[case.raised_in] not in org.path(found.code)


async def _just_confirmed(desk: Desk, actor: Actor) -> Sequence[Case]:
    """Return the one case whose confirmation the actor may still take back."""
    cases = await desk.work.cases.of_resident(actor.id, LOOKED_AT)
    just = [case for case in cases if may_take_back(case, desk.now)]
    return just if len(just) == 1 else ()
