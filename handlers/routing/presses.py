"""Presses: the feature acts whose button was pressed; where it is refused, the card is brought up to date."""

from domain.cases.case import CaseId
from domain.errors import DeskError, MoveNotAllowed, TooLate
from domain.letters.contents import FilePage
from domain.letters.letter import Priority
from handlers.draft.handlers import refresh_draft
from handlers.feature import PressHandler, merged
from handlers.features import FEATURES
from handlers.rendering.buttons import answers_question, decode
from handlers.routing.pages import file_pressed, go_back, show_file_again
from handlers.updates.context import UpdateContext

IN_PRIVATE = merged(feature.pressed_in_private for feature in FEATURES)
IN_GROUPS = merged(feature.pressed_in_groups for feature in FEATURES)


async def on_press(context: UpdateContext) -> None:
    """Act on a pressed button; data that name no action of ours, or none of this place, get one kind sentence."""
    query = context.update.callback_query
    action = decode(query.data or "") if query else None
    handler = (IN_PRIVATE if context.private else IN_GROUPS).get(type(action))
    if handler is None:
        await context.toast("answer.old_button", alert=True)
        return
    case: CaseId | None = getattr(action, "case", None)
    if not context.private or case is None:
        await handler(context, action)
    else:
        await _act_in_private(context, handler, action, case)
    await context.toast()


async def _act_in_private(context: UpdateContext, handler: PressHandler, action: object, case: CaseId) -> None:
    page, asked = await file_pressed(context, action), await context.desk.work.questions.open_to(context.person.id)
    await handler(context, action)
    if page is not None:
        await show_file_again(context, case, page, asked)
    else:
        await go_back(context, asked)


async def refresh_pressed_card(context: UpdateContext, error: DeskError) -> None:
    """Bring the card up to date whose button was refused: perhaps it shows what is not so any more.

    What a message in private asks, and nobody needs to know any more, is asked no more.
    """
    query = context.update.callback_query
    action = decode(query.data or "") if query else None
    if context.private and (draft_id := getattr(action, "draft", None)) is not None:
        await refresh_draft(context, draft_id)
    case: CaseId | None = getattr(action, "case", None)
    if context.private and answers_question(action) and isinstance(error, MoveNotAllowed | TooLate):
        await context.take_buttons_away()
    if case is not None and (page := await file_pressed(context, action)):
        await context.show(FilePage(), case=case, edits=page)
    if case is None or context.private:
        return
    shown = await context.desk.work.cards.units_shown(case)
    for unit in context.desk.org.in_group(context.chat.id):
        if unit.code in shown:
            await context.desk.cards.post(case, unit.code, Priority.CARD)
