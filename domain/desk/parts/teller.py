"""Telling: rows of history, files and requests go as letters to those whom they concern."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.cases.case import Case, CaseId
from domain.cases.questions import Asked, Question
from domain.desk.parts.context import Context
from domain.letters.contents import (
    Alarm,
    ExtensionRequest,
    FollowersSaid,
    Keyboard,
    Media,
    News,
    Reminder,
    RevisitRequest,
    Said,
)
from domain.letters.hearing import leads_who_hear, who_hears, who_is_alarmed
from domain.letters.letter import Addressee, InPlaceOf, Letter, Priority, in_place_of, to_chat, to_person, to_unit
from domain.people.person import Actor, PersonId, UnitCode
from domain.record.history import EventId


@dataclass(frozen=True, slots=True)
class Teller:
    """Posts letters to residents, units and staff; who reads for a unit is found here."""

    context: Context

    # --- residents ---

    async def resident(
        self, case: Case, event: EventId, *, priority: Priority = Priority.NEWS, scheduled: bool = False
    ) -> None:
        """Tell the resident of a row of the file; scheduled news keep the quiet hours."""
        await self._news(to_person(case.resident), case, event, priority, scheduled=scheduled)

    async def residents(
        self,
        case: Case,
        event: EventId,
        *,
        scheduled: bool = False,
        followers: bool = True,
        reported_at: datetime | None = None,
    ) -> None:
        """Tell the resident, and those of the cases that follow this one, each under their own number.

        `reported_at`: of those only who was asked about the report of then.
        """
        await self.resident(case, event, scheduled=scheduled)
        if followers:
            residents = await self._of_followers(case, reported_at=reported_at)
            await self._tell_followers(residents, News(event), scheduled=scheduled and not case.urgent)

    async def followers(self, residents: Sequence[tuple[CaseId, PersonId]], event: EventId) -> None:
        """Tell the residents of some cases of a row of their main case, each under their own number."""
        await self._tell_followers(residents, News(event))

    async def files_to_residents(
        self,
        case: Case,
        event: EventId,
        *,
        worded: bool = False,
        followers: bool = True,
        reported_at: datetime | None = None,
    ) -> None:
        """Send the attachments of a row on to the resident, and to those of the cases that follow this one."""
        await self.forward_files(to_person(case.resident), case, event, worded=worded)
        if followers:
            residents = await self._of_followers(case, reported_at=reported_at)
            await self._tell_followers(residents, Media(event, worded))

    async def _of_followers(self, case: Case, *, reported_at: datetime | None) -> Sequence[tuple[CaseId, PersonId]]:
        if not case.followers.open:
            return ()
        return await self.context.work.memberships.residents_of(case.id, reported_at=reported_at)

    async def _tell_followers(
        self, residents: Sequence[tuple[CaseId, PersonId]], content: News | Media, *, scheduled: bool = False
    ) -> None:
        """Tell the residents of followers; somebody who has several hears of each."""
        letters = (
            Letter(to_person(resident), content, Priority.NEWS, follower, scheduled=scheduled).once_a_reader
            for follower, resident in residents
        )
        await self.context.work.outbox.post(*(replace(letter, key=f"{letter.key}:{letter.case}") for letter in letters))

    async def ask_place(self, case: Case) -> None:
        """Ask where a case is, or in which building if that is known; what they write next is the answer.

        Asked is its resident, or who raised it for them.

        Not while they write something else: only a reply is one then.
        """
        to = to_person(case.speaker)
        key = "answer.ask_building_of_case" if case.place_known else "answer.ask_place_of_case"
        asks = Said(key, {"number": f"#{case.number}"}, keyboard=Keyboard.LOCATION)
        await self.context.work.outbox.post(Letter(to, asks, Priority.ANSWER, case.id))
        if await self.context.work.drafts.open_of(case.speaker) is None:
            question = Question(case.speaker, Asked.PLACE, self.context.now, case=case.id)
            await self.context.work.questions.ask(question)

    async def has_just_heard(self, case: Case, interval: timedelta) -> bool:
        """Whether the resident has heard of the case for less than half of an interval, or is yet to hear of it."""
        since = self.context.now - interval / 2
        return await self.context.work.outbox.has_news(case.id, to_person(case.resident), since)

    # --- units and staff ---

    async def unit(
        self,
        unit: UnitCode,
        case: Case,
        event: EventId,
        *,
        priority: Priority = Priority.NEWS,
        scheduled: bool = False,
    ) -> None:
        """Tell a unit's chat of a row of the file; without a chat, those who can act."""
        chosen = await self.readers_for(unit, case)
        for to in chosen:
            await self._news(to, case, event, priority, scheduled=scheduled, instead=in_place_of(unit, to, chosen))

    async def staff(self, unit: UnitCode, case: Case | None, event: EventId) -> None:
        """Tell the unit's leads and the admins of a row, in private; it waits where nobody of them can be reached."""
        admins = tuple(map(to_person, sorted(self.context.rules.admins)))
        chosen = await self.leads_and_admins(unit) or admins
        for to in chosen:
            await self._news(to, case, event, Priority.NEWS, instead=in_place_of(unit, to, chosen, leads=True))

    async def alarm(self, case: Case, event: EventId, *, but: PersonId | None = None) -> None:
        """Tell all who work for the unit of danger, in private, with sound, at any hour; or those above.

        It waits where nobody at all can be reached. `but`: who knows of it, because they have said so themselves.
        """
        admins = tuple(map(to_person, sorted(self.context.rules.admins)))
        chosen = await self.alarmed(case.unit) or admins
        for to in chosen:
            if to.person != but:
                instead = InPlaceOf(case.unit, chosen, alarm=True)
                letter = Letter(to, Alarm(event), Priority.URGENT, case.id, in_place_of=instead)
                await self.context.work.outbox.post(letter.once_a_reader)

    async def remind_unit(self, case: Case, event: EventId) -> None:
        """Remind the unit responsible that a case waits for it."""
        chosen = await self.readers_for(case.unit, case)
        for to in chosen:
            instead = in_place_of(case.unit, to, chosen)
            scheduled = not case.urgent
            letter = Letter(to, Reminder(event), Priority.REMINDER, case.id, scheduled=scheduled, in_place_of=instead)
            await self.context.work.outbox.post(letter.once_a_reader)

    async def said_by_followers(self, case: Case, those: Sequence[CaseId] = ()) -> None:
        """Tell the unit responsible what those have said who are worked on as one with a case: all, or some of them."""
        if not case.followers.open:
            return
        chosen = await self.readers_for(case.unit, case)
        for to in chosen:
            instead = in_place_of(case.unit, to, chosen)
            letter = Letter(to, FollowersSaid(tuple(those)), Priority.NEWS, case.id, in_place_of=instead)
            await self.context.work.outbox.post(letter if those else letter.once_a_reader)

    async def first_owner(self, actor: Actor, case: Case, event: EventId, *, but: UnitCode | None = None) -> None:
        """Tell whoever accepted first how it goes on elsewhere, unless they did it, or work where it is told anyway."""
        first = self.context.rights.first_owner_of(case)
        told = (case.unit, *([but] if but else []))
        if first is not None and first != actor.id and not any(self.context.org.role_of(first, one) for one in told):
            await self.colleague(first, case, event)

    async def raiser(self, actor: Actor, case: Case, event: EventId) -> None:
        """Tell whoever raised a case for a neighbour how it ends, unless they did that, or work where it is told."""
        by = case.raised_by
        if by is None or by.person == actor.id or self.context.org.role_of(by.person, case.unit):
            return
        if self.context.rights.raised(Actor(by.person, by.name), case):
            await self.colleague(by.person, case, event)

    async def colleague(self, person: PersonId, case: Case, event: EventId) -> None:
        """Tell a worker of another unit of a row, in private, if they can be reached."""
        if await self.context.work.accounts.reachable([person]):
            to = to_person(person)
            await self._news(to, case, event, Priority.NEWS, instead=in_place_of(case.unit, to, [to]))

    async def owner(self, case: Case, event: EventId) -> None:
        """Tell whoever owns a case, or stands in for them, of a row, in private."""
        owner = self.context.rights.owner_of(case)
        for person in self.context.rights.in_place_of([owner] if owner is not None else []):
            await self.colleague(person, case, event)

    async def leads(self, case: Case, event: EventId, units: Iterable[UnitCode]) -> None:
        """Tell the leads of these units of a row, in private, those who can be reached; each of them once."""
        told: set[PersonId] = set()
        for unit in units:
            leads = leads_who_hear(self.context.rights, unit, (), await self._reached(unit))
            chosen = tuple(map(to_person, (person for person in leads if person not in told)))
            told |= {*leads}
            for to in chosen:
                await self._news(to, case, event, Priority.NEWS, instead=in_place_of(unit, to, chosen, leads=True))

    async def rulers(self, unit: UnitCode | None, case: Case, event: EventId, *, files: object) -> None:
        """Ask those who may rule on a later deadline, with the attachments of the request if it has any.

        They are those of the unit that was asked; where none was, the admins, in private. It waits where nobody of them
        can be reached.
        """
        for to, instead in await self._unit_or_admins(unit, case):
            content = ExtensionRequest(event)
            letter = Letter(to, content, Priority.AWAITED, case.id, in_place_of=instead)
            await self.context.work.outbox.post(letter.once_a_reader)
            if files:
                await self.forward_files(to, case, event, priority=Priority.AWAITED, instead=instead)

    async def ask_in_person(self, case: Case, event: EventId) -> None:
        """Let those who may ask the resident in person do so; of their unit, or above, or the admins."""
        for to, instead in await self._unit_or_admins(self.context.rights.unit_to_revisit(case), case):
            content = RevisitRequest(event)
            letter = Letter(to, content, Priority.REMINDER, case.id, scheduled=True, in_place_of=instead)
            await self.context.work.outbox.post(letter.once_a_reader)

    async def _unit_or_admins(self, unit: UnitCode | None, case: Case) -> list[tuple[Addressee, InPlaceOf | None]]:
        if unit is not None:
            chosen = await self.readers_for(unit, case)
            return [(to, in_place_of(unit, to, chosen)) for to in chosen]
        admins = sorted(self.context.rules.admins)
        reached = await self.context.work.accounts.reachable(admins)
        chosen = tuple(to_person(admin) for admin in admins if admin in reached or not reached)
        return [(to, in_place_of(case.unit, to, chosen, leads=True)) for to in chosen]

    # --- files ---

    async def unit_with_files(
        self,
        case: Case,
        event: EventId,
        *,
        files: object,
        priority: Priority = Priority.NEWS,
        to: UnitCode | None = None,
    ) -> None:
        """Tell the unit responsible, or another one, of a row, with its attachments if it has any."""
        if files:
            await self.forward_files_to_unit(case, event, worded=True, priority=priority, unit=to)
        else:
            await self.unit(to or case.unit, case, event, priority=priority)

    async def forward_files_to_unit(
        self,
        case: Case,
        event: EventId,
        *,
        worded: bool = False,
        priority: Priority = Priority.NEWS,
        unit: UnitCode | None = None,
    ) -> None:
        """Send the attachments of a row on to the unit responsible, or another; `worded`: with what the row tells."""
        unit = unit or case.unit
        chosen = await self.readers_for(unit, case)
        for to in chosen:
            instead = in_place_of(unit, to, chosen)
            await self.forward_files(to, case, event, worded=worded, priority=priority, instead=instead)

    async def forward_files(
        self,
        to: Addressee,
        case: Case,
        event: EventId,
        *,
        worded: bool = False,
        priority: Priority = Priority.NEWS,
        instead: InPlaceOf | None = None,
    ) -> None:
        """Send the attachments of a row on; `worded`: with what the row tells."""
        letter = Letter(to, Media(event, worded), priority, case.id, in_place_of=instead)
        await self.context.work.outbox.post(letter.once_a_reader)

    # --- who reads ---

    async def readers_for(self, unit: UnitCode, case: Case | None = None) -> tuple[Addressee, ...]:
        """Return who hears what is for a unit; where nobody can be reached, the unit itself, for whom it waits.

        A unit that has just been retired hears its last in the chat that it had.
        """
        org = self.context.org
        chat = org[unit].chat if unit in org and org[unit].has_chat else None
        if chat is not None and unit in org.retired:
            return (to_chat(chat),)
        return await self.who_hears(unit, case) or (to_unit(unit),)

    async def who_hears(self, unit: UnitCode, case: Case | None) -> tuple[Addressee, ...]:
        """Return who hears what is for a unit, or, once it is retired, for the one that has its case now."""
        unit = case.unit if case and unit not in self.context.org else unit
        rights, admins = self.context.rights, self.context.rules.admins
        return who_hears(rights, unit, case, admins, await self._reached(unit))

    async def leads_and_admins(self, unit: UnitCode) -> tuple[Addressee, ...]:
        """Return the unit's leads and the admins, of those who can be reached."""
        rights, admins = self.context.rights, self.context.rules.admins
        return tuple(map(to_person, leads_who_hear(rights, unit, admins, await self._reached(unit))))

    async def alarmed(self, unit: UnitCode) -> tuple[Addressee, ...]:
        """Return who is told of danger in a unit, of those who can be reached."""
        rights, admins = self.context.rights, self.context.rules.admins
        return tuple(map(to_person, who_is_alarmed(rights, unit, admins, await self._reached(unit))))

    async def _reached(self, unit: UnitCode) -> frozenset[PersonId]:
        """Return whom the bot can write to, of the admins and those who work for the unit or above it."""
        org = self.context.org
        members = (member.person for step in (org.path(unit) if unit in org else ()) for member in step.members)
        return await self.context.work.accounts.reachable({*members, *self.context.rules.admins})

    async def _news(
        self,
        to: Addressee,
        case: Case | None,
        event: EventId,
        priority: Priority,
        *,
        scheduled: bool = False,
        instead: InPlaceOf | None = None,
    ) -> None:
        """Post a notice; of danger nothing waits for the morning."""
        about, scheduled = case.id if case else None, scheduled and not (case and case.urgent)
        letter = Letter(to, News(event), priority, about, scheduled=scheduled, in_place_of=instead)
        await self.context.work.outbox.post(letter.once_a_reader)
