"""催办: the resident asks the unit to hurry."""

from dataclasses import dataclass

from domain.cases.case import BEING_WORKED_ON, Case, CaseId, State
from domain.desk.intake.nudge import nudge
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.sending import Scene
from handlers.updates.context import UpdateContext


@tagged("mn")
@dataclass(frozen=True, slots=True)
class Nudge:
    """催办."""

    case: CaseId


async def on_nudge_pressed(context: UpdateContext, action: Nudge) -> None:
    """Ask the unit to hurry."""
    await nudge(context.desk, context.actor, action.case)
    await context.toast("answer.nudged", alert=True)


def _waits_for_unit(case: Case, _scene: Scene) -> bool:
    return case.state is State.SUBMITTED or case.state in BEING_WORKED_ON


FEATURE = Feature(
    pressed_in_private={Nudge: on_nudge_pressed},
    on_own_file=[CaseButton("button.nudge", Nudge, _waits_for_unit, row=2)],
)
