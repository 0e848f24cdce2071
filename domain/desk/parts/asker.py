"""Asking: what the bot wants to know from somebody in private; once it is answered, the buttons under it go."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from domain.cases.case import Case, CaseId
from domain.cases.messages import MessageId
from domain.cases.questions import OF_WORKERS, Asked, Question
from domain.desk.parts.context import Context
from domain.letters.contents import Prompt
from domain.letters.letter import Letter, Priority, spent, to_chat, to_person
from domain.letters.posts import Purpose
from domain.organisation.units import Chat
from domain.people.person import Actor, PersonId, UnitCode
from domain.record.history import EventId

OPEN_QUESTIONS = frozenset({Purpose.QUESTION, Purpose.SKIPPABLE})
ASKED_BY = {
    Purpose.RESULT_PROMPT: Asked.RESULT,
    Purpose.REFUSAL_PROMPT: Asked.REFUSAL_REASON,
    Purpose.GIVE_BACK_PROMPT: Asked.GIVE_BACK_REASON,
    Purpose.REPORT_PROMPT: Asked.REPORT,
    Purpose.SPLIT_PROMPT: Asked.SECOND_MATTER,
    Purpose.ASSIST_BACK_PROMPT: Asked.ASSIST_BACK_REASON,
}
"""As what it is kept that in private the next message answers a prompt."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Puts questions, and ends them."""

    context: Context

    async def ask(self, question: Question) -> None:
        """Keep a question in place of an older one, which cannot be answered any more.

        What a worker is asked next about the same case may stand in the same message, and goes back to the same page.
        """
        before = await self.context.work.questions.open_to(question.person)
        if before and question.case and before.case == question.case:
            question = replace(question, page=question.page or before.page)
        await self.context.work.questions.ask(question)
        if before and before.case and (before.case != question.case or before.asked not in OF_WORKERS):
            await take_buttons_away(self.context, before.case, OPEN_QUESTIONS, question.person)

    async def prompt(
        self,
        actor: Actor,
        case: Case,
        purpose: Purpose,
        *,
        privately: bool = False,
        again: bool = False,
        unit: UnitCode | None = None,
        here: Chat | None = None,
        about: EventId | None = None,
    ) -> None:
        """Ask a worker for words, and photos if there are any: by a message in the unit's chat that wants a reply.

        Not where the button was pressed: an old one may stand in a chat that others have now. Asked `privately`, or
        where the unit has no chat, their next message in private is the answer. `unit`: another one than the unit
        responsible; `here`: the chat where somebody has just named the case in a command; `about`: the row of history
        that is answered.
        """
        org, unit = self.context.org, unit or case.unit
        own = org[unit].chat if unit in org and org[unit].has_chat else None
        chat = None if privately else here or own
        if chat is None and purpose in ASKED_BY:
            await self.ask(Question(actor.id, ASKED_BY[purpose], self.context.now, case=case.id))
        content = Prompt(actor.id, actor.name, purpose, again, about)
        to = to_person(actor.id) if chat is None else to_chat(chat)
        await self.context.work.outbox.post(Letter(to, content, Priority.ANSWER, case.id))

    async def begun_on(self, person: PersonId, page: MessageId) -> None:
        """Remember the page on which a worker has begun what they are asked."""
        question = await self.context.work.questions.open_to(person)
        if question is not None and question.page != page:
            await self.context.work.questions.ask(replace(question, page=page))

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
