"""The cards of cases and drafts: put up, and brought up to date."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.cases.case import Case, CaseId
from domain.cases.drafts import Draft
from domain.cases.messages import MessageId
from domain.desk.parts.context import Context
from domain.letters.contents import CaseCard, DraftCard, Said
from domain.letters.letter import Letter, Priority, to_chat, to_person, to_unit
from domain.letters.posts import card_of_case
from domain.organisation.units import Chat
from domain.people.person import PersonId, UnitCode


@dataclass(frozen=True, slots=True)
class CardPoster:
    """Posts cards as letters; what they show is read when they go."""

    context: Context

    async def refresh(self, case: Case) -> None:
        """Bring the case's cards up to date: first where it is worked on, then in every other chat that has one.

        A card that is new to a chat is news, and may be one of many that a digest announces. A merged case has no new
        one, but its main case's card says how many it stands for.
        """
        shown = {*await self.context.work.cards.units_shown(case.id)}
        if case.merged:
            await self.post(case.merged.main, case.unit, Priority.REMINDER)
            for unit in shown:
                await self.post(case.id, unit, Priority.REMINDER)
            return
        first = Priority.URGENT if case.urgent else Priority.NEW
        await self.post(case.id, case.unit, Priority.CARD if case.unit in shown else first)
        for unit in shown - {case.unit}:
            await self.post(case.id, unit, Priority.REMINDER)

    async def put_below(self, case: Case) -> None:
        """Let the next card of the unit responsible stand below everything else in its chat; the old one points to it.

        That stays as a message, because what people have sent for the case answers it.
        """
        for card in await self.context.work.cards.let_go(card_of_case(case.id, case.unit)):
            points = Said("card.stands_below", {"number": f"#{case.number}"})
            letter = Letter(to_chat(Chat(card.chat)), points, Priority.CARD, case.id, edits=card.message)
            await self.context.work.outbox.post(letter)

    async def post(self, case: CaseId, unit: UnitCode, priority: Priority) -> None:
        """Put a case's card into a unit's chat, or bring the one there up to date."""
        await self.post_all([case], unit, priority)

    async def post_all(self, cases: Sequence[CaseId], unit: UnitCode, priority: Priority) -> None:
        """Put the cards of many cases into a unit's chat, all at once."""
        org = self.context.org
        if unit in org and org[unit].has_chat:
            to, content = to_unit(unit), CaseCard()
            letters = (Letter(to, content, priority, case, key=f"card:{case}:{unit}") for case in cases)
            await self.context.work.outbox.post(*letters)

    async def post_draft(self, draft: Draft) -> None:
        """Put up a draft's card, or bring it up to date; after the answers, so that it is the last message."""
        to, key = to_person(draft.person), f"draft:{draft.id}"
        await self.context.work.outbox.post(Letter(to, DraftCard(draft.id), Priority.CARD, draft.case, key=key))

    async def put_draft_below(self, person: PersonId, message: MessageId) -> None:
        """Put the card of what somebody is writing below a message that they were sent."""
        draft = await self.context.work.drafts.open_of(person)
        if draft is not None and (below := draft.put_below(message)) != draft:
            await self.context.work.drafts.save(below)
            await self.post_draft(below)
