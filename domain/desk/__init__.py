"""The use cases of the desk, one module a verb; here stands what each of them has at hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from domain.cases import Case, CaseId, Verb, resumed
from domain.deadlines import Calendar
from domain.errors import CaseUnknown, MoveNotAllowed, NotAMember, NotTheOwner, NotTheResident
from domain.followups import plan
from domain.hearing import leads_who_hear, who_hears
from domain.history import Event, EventId
from domain.kinds import speaks_of_danger
from domain.letters import Addressee, InPlaceOf, Letter, Priority, in_place_of, to_person, to_room, to_unit
from domain.letters.contents import CaseCard, Media, News, Prompt
from domain.messages import Message, Part
from domain.people import Actor, PersonId, UnitCode
from domain.permissions import Rights
from domain.policy import Policy
from domain.ports import Atlas, UnitOfWork
from domain.posts import Post, Purpose
from domain.units import Organisation


def words_of(parts: Sequence[Part]) -> dict[str, str]:
    """Return the words of each message of several, by its number, for an edit to be compared with."""
    return {str(part.message): part.text for part in parts} if len(parts) > 1 else {}


@dataclass(frozen=True, slots=True)
class House:
    """The rules of the house, which stay as they are while the process runs."""

    policy: Policy
    calendar: Calendar
    atlas: Atlas
    admins: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True)
class Desk:
    """What a use case has at hand: one unit of work, the moment, the rules of the house, the organisation."""

    work: UnitOfWork
    now: datetime
    house: House
    org: Organisation

    @property
    def policy(self) -> Policy:
        """The policy of the house."""
        return self.house.policy

    @property
    def rights(self) -> Rights:
        """Who may do what now."""
        return Rights(self.org, self.now)

    async def case(self, case_id: CaseId) -> Case:
        """Return the case, held for change.

        Raises:
            CaseUnknown: there is none with this id.
        """
        case = await self.work.cases.get(case_id)
        if case is None:
            raise CaseUnknown(case_id)
        return case

    async def own_case(self, actor: Actor, case_id: CaseId) -> Case:
        """Return a case that the actor raised.

        Raises:
            CaseUnknown: there is none with this id.
            NotTheResident: somebody else raised it.
        """
        case = await self.case(case_id)
        if not self.rights.may_speak_for(actor, case):
            raise NotTheResident(actor.id)
        return case

    async def case_to_work_on(self, actor: Actor, case_id: CaseId) -> Case:
        """Return a case of a unit that the actor is a member of.

        Raises:
            CaseUnknown: there is none with this id.
            NotAMember: the actor does not work for the unit responsible.
        """
        case = await self.case(case_id)
        if not self.rights.may_work_on(actor, case):
            raise NotAMember(actor.id, units=[case.unit])
        return case

    async def case_to_decide_on(self, actor: Actor, case_id: CaseId, verb: Verb) -> Case:
        """Return a case that the actor owns or leads, or that nobody owns yet, and that the verb can move.

        Raises:
            CaseUnknown: there is none with this id.
            NotAMember: nobody owns it, and the actor does not work for the unit responsible.
            NotTheOwner: it is for others to decide.
            MoveNotAllowed: the present state does not know the move.
        """
        case = await self.case(case_id)
        if not self.rights.may(verb, actor, case):
            raise (NotTheOwner if case.owner else NotAMember)(actor.id, units=[case.unit])
        if not case.allows(verb):
            raise MoveNotAllowed(verb, case.state, number=case.number, state=case.state)
        return case

    async def take_in(self, actor: Actor, case: Case, event: Event, message: Message, **payload: Any) -> EventId:
        """Append a person's message to the file: its words, its files, and where it stands."""
        told = {"text": message.text, "files": len(message.attachments), "parts": words_of(message.parts), **payload}
        row = await self.note(actor, event, case, **told)
        await self.work.attachments.add(message.attachments, self.now, person=actor.id, case=case.id, event=row)
        await self.stand_for(case, row, actor.id, message.parts)
        return row

    async def hear(self, actor: Actor, case_id: CaseId, event: Event, message: Message) -> Case:
        """Append what a resident says about their case, heed words of danger, and show it to the unit responsible.

        Raises:
            CaseUnknown: there is none with this id.
            NotTheResident: somebody else raised it.
        """
        case = await self.own_case(actor, case_id)
        row = await self.take_in(actor, case, event, message)
        case = await self.hear_danger(case, message.text)
        priority = Priority.AWAITED if event is Event.QUESTION_ANSWERED else Priority.NEWS
        await self.show_unit(case, row, files=message.attachments, priority=priority)
        return case

    async def stand_for(self, case: Case, row: EventId, person: PersonId, parts: Iterable[Part]) -> None:
        """Remember that these messages of a person became a row of the file: who replies to one finds the case."""
        for part in parts:
            await self.work.posts.add(Post(part.chat, part.message, case.id, Purpose.SENT, row, person, part.album))

    def resumed(self, case: Case, began: datetime) -> Case:
        """Return a case that waited for its resident until now, which does not count against those who work on it."""
        return resumed(case, began, self.now, self.policy, self.house.calendar)

    async def hear_danger(self, case: Case, words: str) -> Case:
        """Make a case urgent whose resident speaks of danger to life."""
        if case.urgent or not speaks_of_danger(words):
            return case
        return await self.keep(replace(case, urgent=True), replan=False)

    async def note(self, actor: Actor, event: Event, case: Case | None = None, **payload: Any) -> EventId:
        """Append to history what has just happened, with the actor's name as it was."""
        told = {key: value for key, value in payload.items() if value not in (None, "", (), {})}
        if actor.name:
            told["name"] = actor.name
        return await self.work.history.append(self.now, actor.id, event, told, case.id if case else None)

    async def keep(self, case: Case, *, replan: bool = True) -> Case:
        """Save a changed case, plan anew what falls due, bring its cards up to date, and return it as it was saved."""
        turns = [given.turn for given in (*case.ended, case.responsible)]
        case = await self.work.cases.save(case)
        if replan:
            await self.work.followups.cancel(case.id, turns)
            await self.work.followups.plan(plan(case, self.now, self.policy, self.house.calendar))
        await self.refresh_cards(case)
        return case

    async def refresh_cards(self, case: Case) -> None:
        """Bring the case's cards up to date: first where it is worked on, then in every other room that has one.

        A card that is new to a room is news, and may be one of many that a digest announces.
        """
        shown = {*await self.work.cards.units_shown(case.id)}
        first = Priority.URGENT if case.urgent else Priority.NEW
        await self.post_card(case.id, case.unit, Priority.CARD if case.unit in shown else first)
        for unit in shown - {case.unit}:
            await self.post_card(case.id, unit, Priority.REMINDER)

    async def post_card(self, case: CaseId, unit: UnitCode, priority: Priority) -> None:
        """Put a case's card into a unit's room, or bring the one there up to date."""
        await self.post_cards([case], unit, priority)

    async def post_cards(self, cases: Sequence[CaseId], unit: UnitCode, priority: Priority) -> None:
        """Put the cards of many cases into a unit's room, all at once."""
        if unit in self.org and self.org[unit].has_room:
            to, content = to_unit(unit), CaseCard()
            await self.work.outbox.post(
                *(Letter(to, content, priority, case, key=f"card:{case}:{unit}") for case in cases)
            )

    async def tell_resident(
        self,
        case: Case,
        event: EventId,
        *,
        priority: Priority = Priority.NEWS,
        scheduled: bool = False,
    ) -> None:
        """Tell the resident of a row of the file; scheduled news keep the quiet hours."""
        await self._tell(to_person(case.resident), case, event, priority, scheduled=scheduled)

    async def has_just_heard(self, case: Case, interval: timedelta) -> bool:
        """Whether the resident has heard of the case for less than half of an interval, or is yet to hear of it."""
        return await self.work.outbox.has_news(case.id, to_person(case.resident), self.now - interval / 2)

    async def tell_unit(
        self,
        unit: UnitCode,
        case: Case,
        event: EventId,
        *,
        priority: Priority = Priority.NEWS,
        scheduled: bool = False,
    ) -> None:
        """Tell a unit's room of a row of the file; without a room, those who can act."""
        chosen = await self.those_of(unit, case)
        for to in chosen:
            await self._tell(to, case, event, priority, scheduled=scheduled, instead=in_place_of(unit, to, chosen))

    async def tell_staff(self, unit: UnitCode, case: Case | None, event: EventId) -> None:
        """Tell the unit's leads and the admins of a row, in private; it waits where nobody of them can be reached."""
        chosen = await self.leads_and_admins(unit) or tuple(map(to_person, sorted(self.house.admins)))
        for to in chosen:
            instead = in_place_of(unit, to, chosen, leads=True)
            await self._tell(to, case, event, Priority.NEWS, instead=instead)

    async def prompt(self, actor: Actor, case: Case, purpose: Purpose) -> None:
        """Put a message into the unit's room that names the worker and the case and wants a reply.

        Not where the button was pressed: an old one may stand in a room that others have now.
        """
        room = self.org[case.unit].room if case.unit in self.org and self.org[case.unit].has_room else None
        to = to_room(room) if room is not None else to_person(actor.id)
        content = Prompt(actor.id, self.org.name_of(actor.id, actor.name), purpose)
        await self.work.outbox.post(Letter(to, content, Priority.ANSWER, case.id))

    async def those_of(self, unit: UnitCode, case: Case | None = None) -> tuple[Addressee, ...]:
        """Return who hears what is for a unit; where nobody can be reached, the unit itself, for whom it waits.

        A unit that has just been retired hears its last in the room that it had.
        """
        room = self.org[unit].room if unit in self.org and self.org[unit].has_room else None
        if room is not None and unit in self.org.retired:
            return (to_room(room),)
        return await self.who_hears(unit, case) or (to_unit(unit),)

    async def who_hears(self, unit: UnitCode, case: Case | None) -> tuple[Addressee, ...]:
        """Return who hears what is for a unit, or, once it is retired, for the one that has its case now."""
        unit = case.unit if case and unit not in self.org else unit
        return who_hears(self.rights, unit, case, self.house.admins, await self._reached(unit))

    async def leads_and_admins(self, unit: UnitCode) -> tuple[Addressee, ...]:
        """Return the unit's leads and the admins, of those who can be reached."""
        people = leads_who_hear(self.rights, unit, self.house.admins, await self._reached(unit))
        return tuple(map(to_person, people))

    async def _reached(self, unit: UnitCode) -> frozenset[PersonId]:
        """Return whom the bot can write to, of the admins and those who work for the unit or above it."""
        path = self.org.path(unit) if unit in self.org else ()
        members = (member.person for step in path for member in step.members)
        return await self.work.accounts.reachable({*members, *self.house.admins})

    async def show_unit(self, case: Case, event: EventId, *, files: object, priority: Priority = Priority.NEWS) -> None:
        """Tell the unit responsible of a row, and send its attachments on if it has any."""
        await self.tell_unit(case.unit, case, event, priority=priority)
        if files:
            await self.show_files(case, event)

    async def show_files(self, case: Case, event: EventId) -> None:
        """Send the attachments of a row on to the unit responsible."""
        chosen = await self.those_of(case.unit, case)
        for to in chosen:
            await self.pass_on(to, case, event, in_place_of(case.unit, to, chosen))

    async def pass_on(self, to: Addressee, case: Case, event: EventId, instead: InPlaceOf | None = None) -> None:
        """Send the attachments of a row on."""
        letter = Letter(to, Media(event), Priority.NEWS, case.id, in_place_of=instead)
        await self.work.outbox.post(letter.once_a_reader)

    async def _tell(
        self,
        to: Addressee,
        case: Case | None,
        event: EventId,
        priority: Priority,
        *,
        scheduled: bool = False,
        instead: InPlaceOf | None = None,
    ) -> None:
        about = case.id if case else None
        letter = Letter(to, News(event), priority, about, scheduled=scheduled, in_place_of=instead)
        await self.work.outbox.post(letter.once_a_reader)
