"""上报: a case climbs to the unit above."""

from dataclasses import dataclass

from domain.cases.assignments import Settling
from domain.cases.case import Case, CaseId, Verb
from domain.desk.cooperation.escalate import escalate
from domain.rights.permissions import Rights
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.sending import Scene
from handlers.updates.context import UpdateContext


@tagged("we")
@dataclass(frozen=True, slots=True)
class Escalate:
    """上报."""

    case: CaseId


async def on_escalate_pressed(context: UpdateContext, action: Escalate) -> None:
    """Hand the case to the unit above, at the second press."""
    climbed = await escalate(context.desk, context.actor, action.case)
    await context.toast("answer.escalated" if climbed else "answer.escalate_again")


def _can_climb(case: Case, scene: Scene) -> bool:
    is_above = bool(scene.org.next_up(case.unit)) and case.responsible.settling is not Settling.BY_ADMINS
    return is_above and case.allows(Verb.ESCALATE)


FEATURE = Feature(
    pressed_in_private={Escalate: on_escalate_pressed},
    pressed_in_groups={Escalate: on_escalate_pressed},
    on_card=[CaseButton("button.escalate", Escalate, _can_climb, row=1)],
    on_file=[CaseButton("button.escalate", Escalate, _can_climb, row=1, may=Rights.may_decide_on)],
)
