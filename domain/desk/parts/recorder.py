"""Recording: what happens is appended to history, and a changed case is saved with all that follows from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.cases.case import Case
from domain.cases.extensions import is_overtaken, not_extended, within_deadline, without_past_request
from domain.cases.followups import plan
from domain.cases.messages import Message, Part
from domain.desk.parts.asker import take_buttons_away
from domain.desk.parts.cards import CardPoster
from domain.desk.parts.context import Context
from domain.desk.parts.teller import Teller
from domain.letters.posts import Post, Purpose
from domain.people.person import DESK, Actor, PersonId
from domain.record.history import Event, EventId
from domain.rights.rulings import Matter, Outcome


def words_of(parts: Sequence[Part]) -> dict[str, str]:
    """Return the words of each message of several, by its number, for an edit to be compared with."""
    return {str(part.message): part.text for part in parts} if len(parts) > 1 else {}


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes down what has happened, and to which case."""

    context: Context

    async def event(self, actor: Actor, event: Event, case: Case | None = None, **payload: Any) -> EventId:
        """Append to history what has just happened, with the actor's name as it was."""
        told = {key: value for key, value in payload.items() if value not in (None, "", (), {})}
        if actor.name:
            told["name"] = actor.name
        history, now = self.context.work.history, self.context.now
        return await history.append(now, actor.id, event, told, case.id if case else None)

    async def message(self, actor: Actor, case: Case, event: Event, message: Message, **payload: Any) -> EventId:
        """Append a person's message to the file: its words, its files, and where it stands."""
        told = {"text": message.text, "files": len(message.attachments), "parts": words_of(message.parts), **payload}
        row = await self.event(actor, event, case, **told)
        files, now = self.context.work.attachments, self.context.now
        await files.add(message.attachments, now, person=actor.id, case=case.id, event=row)
        await self.link_messages(case, row, actor.id, message.parts)
        return row

    async def link_messages(self, case: Case, row: EventId, person: PersonId, parts: Iterable[Part]) -> None:
        """Remember that these messages of a person became a row of the file: who replies to one finds the case."""
        for part in parts:
            post = Post(part.chat, part.message, case.id, Purpose.SENT, row, person, part.album)
            await self.context.work.posts.add(post)

    async def save(self, case: Case) -> Case:
        """Save a changed case, bring its cards up to date, and return it as it was saved."""
        case = await self.context.work.cases.save(case)
        await CardPoster(self.context).refresh(case)
        return case

    async def save_and_replan(self, case: Case) -> Case:
        """Save a case that has moved, and plan anew what falls due; what its resident has decided is asked no more."""
        case = await self._let_ruling_lapse(case)
        turns = [given.turn for given in (*case.ended, case.responsible)]
        case = await self.save(case)
        await self.context.work.followups.cancel(case.id, turns)
        await self.plan(case)
        if not case.awaits_verdict:
            await take_buttons_away(self.context, case.id, [Purpose.VERDICT])
        return case

    async def _let_ruling_lapse(self, case: Case) -> Case:
        """Let nobody rule any more on a later deadline of a case that has moved on since it was asked for.

        Nor where the deadline in force has come to be as late by itself: then the owner hears that it lapses, and it
        counts as nothing.
        """
        if case.responsible.rule_by is None and all(one.rule_by is None for one in case.ended):
            return case
        ruling = await self.context.work.rulings.open_about(case.id, Matter.EXTENSION)
        after = without_past_request(case)
        overtaken = ruling is not None and is_overtaken(after, ruling.until)
        after = not_extended(after) if overtaken else within_deadline(after)
        if ruling is None or after.responsible.rule_by is not None:
            return after
        until = ruling.until.isoformat() if overtaken and ruling.until else None
        event = await self.event(DESK, Event.EXTENSION_LAPSED, after, until=until)
        lapsed = ruling.decided(Outcome.LAPSED, DESK.id, event, self.context.now)
        await self.context.work.rulings.decide(lapsed)
        await take_buttons_away(self.context, case.id, [Purpose.RULING])
        if overtaken:
            await Teller(self.context).owner(after, event)
        return after

    async def plan(self, case: Case) -> None:
        """Plan everything that falls due for a case in its present state."""
        rules = self.context.rules
        await self.context.work.followups.plan(plan(case, self.context.now, rules.policy, rules.calendar))
