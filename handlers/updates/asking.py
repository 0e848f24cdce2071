"""What workers are asked on pages of their own, in private: opened from a group, by a link, and called off again."""

from collections.abc import Container

from domain.cases.case import Case, CaseId
from domain.cases.questions import Asked
from domain.letters.contents import Page
from domain.letters.letter import Letter, Priority, to_person
from handlers.updates.context import UpdateContext


async def open_page(context: UpdateContext, page: Page, case: Case, link: str) -> None:
    """Show a page about a case to whoever pressed; from a group it opens their private chat by a link that begins so.

    Who has used the bot before finds it there already.
    """
    if context.private:
        await context.show(page, case=case.id)
        return
    if await context.desk.work.accounts.reachable([context.actor.id]):
        await context.desk.work.outbox.post(Letter(to_person(context.actor.id), page, Priority.ANSWER, case.id))
    await context.open_private(f"{link}{case.number}")


async def call_off(context: UpdateContext, case_id: CaseId, asked: Container[Asked], said: str) -> None:
    """Drop what somebody was asked about a case, if it still waits, and say so."""
    question = await context.desk.work.questions.open_to(context.person.id)
    await context.take_buttons_away()
    if question is None or question.case != case_id or question.asked not in asked:
        await context.toast("answer.question_past")
        return
    await context.desk.questions.drop(context.person.id, case=case_id)
    await context.say(said, about=await context.desk.find.case(case_id))
