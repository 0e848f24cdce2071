"""The buttons of a draft card."""

from domain.desk.draft import (
    cancel_draft,
    choose_kind,
    choose_unit,
    open_menu,
    take_up_draft,
    toggle_anonymous,
)
from domain.desk.raise_case import raise_case
from domain.desk.supplement import add_draft_to_case
from domain.drafts import UNFINISHED, DraftId, DraftState
from domain.letters.contents import Keyboard
from domain.people import UnitCode
from handlers.buttons import AddToCase, CancelDraft, OpenMenu, PickKind, PickUnit, Submit, TakeUpDraft, ToggleAnonymous
from handlers.cards import numbered
from handlers.resident.conversation import say_supplemented
from handlers.visit import Visit


async def on_submit_pressed(visit: Visit, action: Submit) -> None:
    """Raise the case; pressed twice it is one case."""
    draft = await visit.desk.work.drafts.get(action.draft)
    again = draft is not None and draft.state is DraftState.SUBMITTED
    case = await raise_case(visit.desk, visit.actor, action.draft)
    await visit.toast("answer.already_submitted" if again else "answer.submitted", number=numbered(case))


async def on_menu_opened(visit: Visit, action: OpenMenu) -> None:
    """Show other buttons on the card."""
    await open_menu(visit.desk, visit.actor, action.draft, action.menu)


async def on_kind_pressed(visit: Visit, action: PickKind) -> None:
    """Set the kind."""
    await choose_kind(visit.desk, visit.actor, action.draft, action.kind)


async def on_unit_pressed(visit: Visit, action: PickUnit) -> None:
    """Set the unit; the menu comes back in place of the keyboard that asked for a location."""
    question = await visit.desk.work.questions.open_to(visit.person.id)
    await choose_unit(visit.desk, visit.actor, action.draft, UnitCode(action.unit))
    if question is not None and question.draft == action.draft:
        await visit.say("answer.place_set", keyboard=Keyboard.MENU, place=visit.desk.org[UnitCode(action.unit)].name)


async def on_anonymous_pressed(visit: Visit, action: ToggleAnonymous) -> None:
    """Hide the name, or show it."""
    await toggle_anonymous(visit.desk, visit.actor, action.draft)


async def on_cancel_pressed(visit: Visit, action: CancelDraft) -> None:
    """Throw the draft away."""
    asked = await visit.desk.work.questions.open_to(visit.person.id)
    await cancel_draft(visit.desk, visit.actor, action.draft)
    if asked is not None and asked.draft == action.draft:
        await visit.say("draft.cancelled", keyboard=Keyboard.MENU)
    await visit.toast("draft.cancelled")


async def on_add_pressed(visit: Visit, action: AddToCase) -> None:
    """Append the draft to a case instead of raising a new one."""
    case = await add_draft_to_case(visit.desk, visit.actor, action.draft, action.case)
    await visit.toast("draft.added", number=numbered(case))
    await say_supplemented(visit, case)


async def on_take_up_pressed(visit: Visit, action: TakeUpDraft) -> None:
    """Go on with a draft that was put away."""
    await take_up_draft(visit.desk, visit.actor, action.draft)
    await visit.toast("answer.taken_up")


async def refresh_draft(visit: Visit, draft_id: DraftId) -> None:
    """Bring the card up to date whose button was refused; of a draft that has ended the pressed buttons go."""
    draft = await visit.desk.work.drafts.get(draft_id)
    if draft is None or draft.person != visit.person.id or draft.state not in UNFINISHED:
        await visit.take_buttons_away()
    else:
        await visit.desk.cards.post_draft(draft)
