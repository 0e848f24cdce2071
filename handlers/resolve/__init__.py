"""办结: the unit reports a case done."""

from dataclasses import dataclass

from domain.cases.assignments import Settling
from domain.cases.case import BEING_WORKED_ON, Case, CaseId
from domain.desk.casework.resolve import ask_for_result
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.sending import Scene
from handlers.updates.context import UpdateContext


@tagged("wd")
@dataclass(frozen=True, slots=True)
class Resolve:
    """办结."""

    case: CaseId


async def on_resolve_pressed(context: UpdateContext, action: Resolve) -> None:
    """Ask for the result."""
    await ask_for_result(context.desk, context.actor, action.case)
    await context.toast("answer.asked_for_result")


def _is_worked_on(case: Case, _scene: Scene) -> bool:
    return case.state in BEING_WORKED_ON and case.responsible.settling is not Settling.BY_ADMINS


FEATURE = Feature(
    pressed_in_groups={Resolve: on_resolve_pressed},
    on_card=[CaseButton("button.resolve", Resolve, _is_worked_on)],
)
