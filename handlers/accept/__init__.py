"""接单: the first to press owns the case."""

from dataclasses import dataclass

from domain.cases.assignments import Settling
from domain.cases.case import Case, CaseId, State
from domain.desk.casework.accept import accept
from domain.rights.permissions import Rights
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.sending import Scene
from handlers.updates.context import UpdateContext


@tagged("wa")
@dataclass(frozen=True, slots=True)
class Accept:
    """接单."""

    case: CaseId


async def on_accept_pressed(context: UpdateContext, action: Accept) -> None:
    """Own the case; exactly one wins."""
    case = await accept(context.desk, context.actor, action.case)
    if context.private and await context.page_pressed_on() is None:
        await context.take_buttons_away()
    if case.first_owner and case.first_owner != case.owner:
        await context.toast("answer.accepted_next", first=case.first_owner.name)
    else:
        await context.toast("answer.accepted")


def _is_free(case: Case, _scene: Scene) -> bool:
    return case.state is State.SUBMITTED and case.responsible.settling is not Settling.BY_ADMINS


FEATURE = Feature(
    pressed_in_private={Accept: on_accept_pressed},
    pressed_in_groups={Accept: on_accept_pressed},
    on_card=[CaseButton("button.accept", Accept, _is_free)],
    under_alarm=[CaseButton("button.accept", Accept, _is_free)],
    on_file=[CaseButton("button.accept", Accept, _is_free, may=Rights.may_accept)],
)
