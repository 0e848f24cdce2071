"""What residents press on the card of a draft."""

from domain.cases.drafts import UNFINISHED, DraftId, DraftState
from domain.desk.intake.adjust_draft import choose_kind, choose_unit, open_menu, toggle_anonymous
from domain.desk.intake.put_away_draft import cancel_draft, take_up_draft
from domain.desk.intake.raise_case import raise_case
from domain.desk.intake.supplement import add_draft_to_case
from domain.desk.merging.join import join
from domain.letters.contents import Keyboard
from handlers.draft.buttons import (
    AddToCase,
    CancelDraft,
    JoinCase,
    OpenMenu,
    PickKind,
    PickUnit,
    Submit,
    TakeUpDraft,
    ToggleAnonymous,
)
from handlers.draft.writing import say_placed
from handlers.rendering.labels import numbered
from handlers.supplement import say_supplemented
from handlers.updates.context import UpdateContext


async def on_submit_pressed(context: UpdateContext, action: Submit) -> None:
    """Raise the case; pressed twice it is one case."""
    draft = await context.desk.work.drafts.get(action.draft)
    again = draft is not None and draft.state is DraftState.SUBMITTED
    case = await raise_case(context.desk, context.actor, action.draft)
    await context.toast("answer.already_submitted" if again else "answer.submitted", number=numbered(case))


async def on_join_pressed(context: UpdateContext, action: JoinCase) -> None:
    """Raise it as one with a neighbour's case; pressed twice it is one case."""
    case = await join(context.desk, context.actor, action.draft, action.case)
    await context.toast("answer.submitted", number=numbered(case))


async def on_menu_opened(context: UpdateContext, action: OpenMenu) -> None:
    """Show other buttons on the card."""
    await open_menu(context.desk, context.actor, action.draft, action.menu)


async def on_kind_pressed(context: UpdateContext, action: PickKind) -> None:
    """Set the kind."""
    await choose_kind(context.desk, context.actor, action.draft, action.kind)


async def on_unit_pressed(context: UpdateContext, action: PickUnit) -> None:
    """Set the unit; where the place was asked for, what is next is said."""
    question = await context.desk.work.questions.open_to(context.person.id)
    draft = await choose_unit(context.desk, context.actor, action.draft, action.unit)
    if question is not None and question.draft == action.draft:
        await say_placed(context, draft, context.desk.org[action.unit].name)


async def on_anonymous_pressed(context: UpdateContext, action: ToggleAnonymous) -> None:
    """Hide the name, or show it."""
    await toggle_anonymous(context.desk, context.actor, action.draft)


async def on_cancel_pressed(context: UpdateContext, action: CancelDraft) -> None:
    """Throw the draft away."""
    asked = await context.desk.work.questions.open_to(context.person.id)
    await cancel_draft(context.desk, context.actor, action.draft)
    if asked is not None and asked.draft == action.draft:
        await context.say("draft.cancelled", keyboard=Keyboard.MENU)
    await context.toast("draft.cancelled")


async def on_add_pressed(context: UpdateContext, action: AddToCase) -> None:
    """Append the draft to a case instead of raising a new one."""
    case = await add_draft_to_case(context.desk, context.actor, action.draft, action.case)
    await context.toast("draft.added", number=numbered(case))
    await say_supplemented(context, case)


async def on_take_up_pressed(context: UpdateContext, action: TakeUpDraft) -> None:
    """Go on with a draft that was put away."""
    await take_up_draft(context.desk, context.actor, action.draft)
    await context.toast("answer.taken_up")


async def refresh_draft(context: UpdateContext, draft_id: DraftId) -> None:
    """Bring the card up to date whose button was refused; of a draft that has ended the pressed buttons go."""
    draft = await context.desk.work.drafts.get(draft_id)
    if draft is None or draft.person != context.person.id or draft.state not in UNFINISHED:
        await context.take_buttons_away()
    else:
        await context.desk.cards.post_draft(draft)
