"""不予受理: the unit refuses a case, with a reason."""

from dataclasses import dataclass

from domain.cases.case import Case, CaseId, Verb
from domain.desk.casework.refuse import ask_for_reason
from domain.rights.permissions import Rights
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.sending import Scene
from handlers.updates.context import UpdateContext


@tagged("wr")
@dataclass(frozen=True, slots=True)
class Refuse:
    """不予受理."""

    case: CaseId


async def on_refuse_pressed(context: UpdateContext, action: Refuse) -> None:
    """Ask for the reason."""
    await ask_for_reason(context.desk, context.actor, action.case, privately=context.private)
    await context.toast("" if context.private else "answer.asked_for_reason")


def _can_be_refused(case: Case, _scene: Scene) -> bool:
    return case.allows(Verb.REFUSE)


FEATURE = Feature(
    pressed_in_private={Refuse: on_refuse_pressed},
    pressed_in_groups={Refuse: on_refuse_pressed},
    on_card=[CaseButton("button.refuse", Refuse, _can_be_refused, row=1)],
    on_file=[CaseButton("button.refuse", Refuse, _can_be_refused, row=1, may=Rights.may_decide_on)],
)
