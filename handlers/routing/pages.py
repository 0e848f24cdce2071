"""Pages: the file of a case in private, on which verbs are pressed, shows how things stand once one has acted."""

from domain.cases.case import CaseId
from domain.cases.messages import MessageId
from domain.cases.questions import Question
from domain.letters.contents import FilePage
from handlers.assist.buttons import OF_ASSISTANTS
from handlers.features import FEATURES
from handlers.updates.context import UpdateContext

ON_FILE = frozenset(one.action for feature in FEATURES for one in feature.on_file) | OF_ASSISTANTS


async def file_pressed(context: UpdateContext, action: object) -> MessageId | None:
    """Return the file under which a verb was pressed in private."""
    return await context.page_pressed_on() if type(action) in ON_FILE else None


async def show_file_again(context: UpdateContext, case: CaseId, page: MessageId, before: Question | None) -> None:
    """Show on a page how the case stands after a press; what has been asked instead goes back to it once answered.

    `before`: what was asked of the person before they pressed.
    """
    asked = await context.desk.work.questions.open_to(context.person.id)
    if asked is None or asked == before or asked.case != case:
        await context.show(FilePage(), case=case, edits=page)
    else:
        await context.desk.questions.begun_on(context.person.id, page)


async def go_back(context: UpdateContext, question: Question | None) -> None:
    """Show again the page on which a question was begun, once that does not wait any more."""
    if question is None or question.case is None or question.page is None:
        return
    if await context.desk.work.questions.open_to(context.person.id) is None:
        await context.show(FilePage(), case=question.case, edits=question.page)
