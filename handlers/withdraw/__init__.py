"""撤回: the resident takes the case back."""

from dataclasses import dataclass

from domain.cases.case import CaseId
from domain.desk.verdict.withdraw import withdraw
from domain.record.history import Event
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.rendering.case_buttons import CaseButton, is_open
from handlers.updates.context import UpdateContext


@tagged("mw")
@dataclass(frozen=True, slots=True)
class Withdraw:
    """撤回."""

    case: CaseId


async def on_withdraw_pressed(context: UpdateContext, action: Withdraw) -> None:
    """Take the case back, at the second press."""
    case = await withdraw(context.desk, context.actor, action.case)
    if case is None:
        await context.toast("answer.withdraw_again")
    else:
        await context.take_buttons_away()
        await context.say("answer.withdrawn", about=case)


FEATURE = Feature(
    pressed_in_private={Withdraw: on_withdraw_pressed},
    on_own_file=[CaseButton("button.withdraw", Withdraw, is_open, row=2)],
    under_news={Event.SUBMITTED_ITSELF: [CaseButton("button.withdraw", Withdraw, is_open)]},
)
