"""Link (/link): a neighbour for whom a case was raised gets an account, and from then on is asked as any resident."""

from dataclasses import replace

from domain.cases.case import Case, CaseId, State
from domain.cases.links import Link, LinkId, LinkState
from domain.cases.revisits import had_a_hand_in
from domain.desk import Desk
from domain.desk.verdict.revisit import put_revisit_off
from domain.errors import DeskError, NotAnAdmin
from domain.people.person import Actor, Person, PersonId
from domain.record.history import Event

CASES_AT_MOST = 1000


class NoNeighbour(DeskError):
    """The case was raised by its resident themselves, or found on a round: nobody is to be linked to it."""

    key = "error.no_neighbour"


class LinkedAlready(DeskError):
    """The neighbour has an account by now."""

    key = "error.linked_already"


class LinkPast(DeskError):
    """The link is unknown, has been used by somebody else, or has expired."""

    key = "error.link_past"


class LinkForResidents(DeskError):
    """Whoever works for the desk, or worked on the case, does not become its resident: their yes would be their own."""

    key = "error.link_for_residents"


class LinkDecided(DeskError):
    """It has been said before whether they are the neighbour."""

    key = "error.link_decided"


async def make_link(desk: Desk, actor: Actor, number: str) -> tuple[Case, Link]:
    """Make a link for the neighbour of a case, good for one person and for as long as the policy says.

    Raises:
        NotAnAdmin: the actor is none.
        CaseUnknown: no case has this number.
        NoNeighbour: it was not raised for a neighbour.
        LinkedAlready: they have an account by now.
    """
    if not desk.rights.may_administer(actor):
        raise NotAnAdmin(actor.id)
    case = await desk.find.numbered(number)
    await _require_neighbour(desk, case)
    expires_at = desk.now + desk.policy.join_expires.always
    link = await desk.work.links.add(Link(LinkId(0), "", case.id, actor.id, expires_at))
    await desk.record.event(actor, Event.LINK_MADE, case)
    return case, link


async def _require_neighbour(desk: Desk, case: Case) -> None:
    """Let a case's resident be joined with an account who has none: not even one that refuses us."""
    if case.raised_by is None or not case.resident_name:
        raise NoNeighbour(case.id, number=case.number)
    resident = await desk.work.people.look_at(case.resident)
    if resident is None or resident.accounts:
        raise LinkedAlready(case.id, number=case.number)


async def open_link(desk: Desk, person: Person, token: str) -> tuple[Case, Link]:
    """Open a link, which nobody else can open from then on; the admin who made it is to say whether it is them.

    Raises:
        LinkPast: it is unknown, somebody else's, or has expired.
        NoNeighbour, LinkedAlready: there is nobody to be linked any more.
        LinkForResidents: they work for the desk, or worked on the case.
    """
    link = await desk.work.links.with_token(token)
    if link is None or not link.is_open_to(person.id, desk.now):
        raise LinkPast(person.id)
    case = await desk.find.case(link.case)
    await _require_neighbour(desk, case)
    await _require_outsider(desk, person.id, case)
    opened = link.opened(person.id)
    await desk.work.links.save(opened)
    return case, opened


async def _require_outsider(desk: Desk, person: PersonId, case: Case) -> None:
    works = person in desk.rules.admins or bool(desk.org.units_of(person))
    theirs = await desk.work.cases.of_resident(case.resident, CASES_AT_MOST)
    if works or any(had_a_hand_in(person, one) for one in theirs):
        raise LinkForResidents(person, number=case.number)


async def deny_link(desk: Desk, actor: Actor, link_id: LinkId) -> tuple[Case, Link]:
    """Say that whoever opened a link is not the neighbour; another link may be made.

    Raises:
        NotAnAdmin: another admin made it.
        LinkDecided: that was said before.
    """
    link = await _link_to_decide(desk, actor, link_id)
    denied = replace(link, state=LinkState.DENIED)
    await desk.work.links.save(denied)
    return await desk.find.case(link.case), denied


async def grant_link(desk: Desk, actor: Actor, link_id: LinkId) -> tuple[Case, Link]:
    """Join whoever opened a link with the neighbour: all their cases are one person's, who reads how they stand.

    From then on nothing is decided without them.

    Raises:
        NotAnAdmin: another admin made it.
        LinkDecided: that was said before.
        LinkedAlready: the neighbour has an account by another link.
        LinkForResidents: they have begun to work for the desk, or on the case.
    """
    link = await _link_to_decide(desk, actor, link_id)
    case = await desk.find.case(link.case)
    person = await desk.work.people.get(link.opened_by) if link.opened_by else None
    if person is None:
        raise LinkDecided(link.id)
    await _require_neighbour(desk, case)
    await _require_outsider(desk, person.id, case)
    granted = replace(link, state=LinkState.GRANTED)
    await desk.work.links.save(granted)
    await _join(desk, actor, case.resident, person)
    return case, granted


async def _link_to_decide(desk: Desk, actor: Actor, link_id: LinkId) -> Link:
    link = await desk.work.links.get(link_id)
    if link is None or link.made_by != actor.id or not desk.rights.may_administer(actor):
        raise NotAnAdmin(actor.id)
    if link.state is not LinkState.OPENED:
        raise LinkDecided(link.id)
    return link


async def _join(desk: Desk, actor: Actor, neighbour: PersonId, person: Person) -> None:
    """Give a person all cases of the neighbour who they are, and tell them and the units how things stand."""
    before = await desk.work.people.look_at(neighbour)
    if before is not None and before.phone:
        await desk.work.people.save(replace(person, phone=before.phone))
    ids: list[CaseId] = [one.id for one in await desk.work.cases.of_resident(neighbour, CASES_AT_MOST)]
    for held in await desk.work.cases.held(ids):
        joined = replace(held, resident=person.id, unreachable=person.is_lost)
        event = await desk.record.event(actor, Event.NEIGHBOUR_JOINED, joined)
        joined = await desk.record.save(joined)
        if joined.state is State.RESOLVED:
            await put_revisit_off(desk, joined)
        if joined.is_open:
            await desk.tell.unit(joined.unit, joined, event)
        await desk.tell.resident(joined, event)
    await desk.work.people.remove(neighbour)
