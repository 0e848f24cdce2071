"""改事项: what a case is about, put right by those who work on it."""

from dataclasses import dataclass

from domain.cases.case import Case, CaseId
from domain.cases.messages import MessageId
from domain.desk.casework.recategorise import CategoryUnknown, case_to_recategorise, is_under_way, recategorise
from domain.letters.asking_pages import CategoryPage
from domain.letters.contents import FilePage
from domain.rights.permissions import Rights
from handlers.category.page import CancelCategory, ChooseCategory, OpenGroup
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.sending import Scene
from handlers.updates.context import UpdateContext


@tagged("wc")
@dataclass(frozen=True, slots=True)
class ChangeCategory:
    """改事项."""

    case: CaseId


async def on_change_pressed(context: UpdateContext, action: ChangeCategory) -> None:
    """Show the groups of categories."""
    case = await case_to_recategorise(context.desk, context.actor, action.case)
    await context.show(CategoryPage(page=await context.page_pressed_on() or 0), case=case.id)


async def on_group_opened(context: UpdateContext, action: OpenGroup) -> None:
    """Show the categories of a group, or the groups, in the same message."""
    case = await case_to_recategorise(context.desk, context.actor, action.case)
    await context.show(CategoryPage(action.group, action.page), case=case.id, edits=context.pressed_on)


async def on_category_chosen(context: UpdateContext, action: ChooseCategory) -> None:
    """File the case under it."""
    category = context.desk.org.categories.known_as(action.category)
    if category is None:
        raise CategoryUnknown(action.category)
    case = await recategorise(context.desk, context.actor, action.case, category.name)
    await context.say("category.changed", about=case, category=category.name, edits=context.pressed_on)
    if action.page:
        await context.show(FilePage(), case=case.id, edits=MessageId(action.page))


async def on_cancelled(context: UpdateContext, action: CancelCategory) -> None:
    """Leave it as it is."""
    case = await case_to_recategorise(context.desk, context.actor, action.case)
    await context.say("category.kept", about=case, edits=context.pressed_on)


def _is_there(case: Case, scene: Scene) -> bool:
    return is_under_way(case) and bool(scene.org.categories.all)


FEATURE = Feature(
    pressed_in_private={
        ChangeCategory: on_change_pressed,
        OpenGroup: on_group_opened,
        ChooseCategory: on_category_chosen,
        CancelCategory: on_cancelled,
    },
    on_file=[CaseButton("button.category", ChangeCategory, _is_there, row=2, may=Rights.may_recategorise)],
)
