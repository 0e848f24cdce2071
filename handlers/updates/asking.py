"""What workers are asked on pages of their own, in private: opened from a group, by a link, and called off again."""

from collections.abc import Awaitable, Callable, Container
from dataclasses import dataclass
from typing import Any, Protocol

from domain.cases.case import Case, CaseId
from domain.cases.questions import Asked
from domain.desk import Desk
from domain.letters.contents import Page
from domain.letters.letter import Letter, Priority, to_person
from domain.people.person import Actor
from handlers.updates.context import UpdateContext


class AboutCase(Protocol):
    """The action of a button that names a case."""

    @property
    def case(self) -> CaseId:
        """The case."""


@dataclass(frozen=True, slots=True)
class AskingInPrivate:
    """A question that begins a verb on a page in private, wherever the verb was pressed.

    `link`: what begins the link to the page; the case's number follows. `page`: as it is shown first. `ask`: the use
    case that lets the worker's next message in private be the answer.
    """

    link: str
    page: Page
    ask: Callable[[Desk, Actor, CaseId], Awaitable[Case]]

    async def on_pressed(self, context: UpdateContext, action: AboutCase) -> None:
        """Show the page; from a group open the private chat by its link, so that the group is not disturbed.

        Who has used the bot before finds the page there already.
        """
        case = await self.ask(context.desk, context.actor, action.case)
        if context.private:
            await context.show(self.page, case=case.id)
            return
        if await context.desk.work.accounts.reachable([context.actor.id]):
            letter = Letter(to_person(context.actor.id), self.page, Priority.ANSWER, case.id)
            await context.desk.work.outbox.post(letter)
        await context.open_private(f"{self.link}{case.number}")

    async def on_link_opened(self, context: UpdateContext, number: str) -> None:
        """Show the page anew; the link carries no right.

        Raises:
            CaseUnknown: no case has this number.
        """
        case = await context.desk.find.numbered(number)
        await self.ask(context.desk, context.actor, case.id)
        await context.show(self.page, case=case.id)

    async def on_asked_again(self, context: UpdateContext, action: AboutCase) -> None:
        """Ask once more from the beginning, in the same message."""
        case = await self.ask(context.desk, context.actor, action.case)
        await context.show(self.page, case=case.id, edits=context.pressed_on)


async def call_off(context: UpdateContext, case_id: CaseId, asked: Container[Asked], said: str) -> None:
    """Drop what somebody was asked about a case, if it still waits, and say so."""
    question = await context.desk.work.questions.open_to(context.person.id)
    await context.take_buttons_away()
    if question is None or question.case != case_id or question.asked not in asked:
        await context.toast("answer.question_past")
    else:
        await end_question(context, await context.desk.find.case(case_id), said)


async def end_question(context: UpdateContext, case: Case, said: str, **values: Any) -> None:
    """Drop what somebody was asked about a case, and say what came of it."""
    await context.desk.questions.drop(context.person.id, case=case.id)
    await context.say(said, about=case, **values)
