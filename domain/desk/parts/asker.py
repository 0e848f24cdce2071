"""Asking: what the bot wants to know from somebody in private; once it is answered, the buttons under it go."""

from collections.abc import Collection
from dataclasses import dataclass

from domain.cases.case import CaseId
from domain.cases.questions import OF_WORKERS, Question
from domain.desk.parts.context import Context
from domain.letters.letter import spent
from domain.letters.posts import Purpose
from domain.people.person import PersonId

OPEN_QUESTIONS = frozenset({Purpose.QUESTION, Purpose.SKIPPABLE})


@dataclass(frozen=True, slots=True)
class Asker:
    """Puts questions, and ends them."""

    context: Context

    async def ask(self, question: Question) -> None:
        """Keep a question in place of an older one, which cannot be answered any more.

        What a worker is asked next about the same case may stand in the same message.
        """
        before = await self.context.work.questions.open_to(question.person)
        await self.context.work.questions.ask(question)
        if before and before.case and (before.case != question.case or before.asked not in OF_WORKERS):
            await take_buttons_away(self.context, before.case, OPEN_QUESTIONS, question.person)

    async def drop(self, person: PersonId, *, case: CaseId | None = None) -> None:
        """Forget what somebody was asked; where a case is given, only what they were asked about that."""
        if case is None:
            asked = await self.context.work.questions.open_to(person)
            case = asked.case if asked else None
            await self.context.work.questions.drop(person)
        else:
            await self.context.work.questions.drop(person, case=case)
        if case is not None:
            await take_buttons_away(self.context, case, OPEN_QUESTIONS, person)


async def take_buttons_away(
    context: Context, case: CaseId, purposes: Collection[Purpose], person: PersonId | None = None
) -> None:
    """Take the buttons from all messages that have asked something about a case, or only from one person's."""
    for post in await context.work.posts.answer(case, purposes, person):
        await context.work.outbox.post(spent(post.chat, post.message))
