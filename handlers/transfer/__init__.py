"""转派 and 退单: a unit passes a case on to another, or does not take what was passed on to it."""

from domain.cases.case import Case, Verb
from domain.cases.questions import Asked
from domain.cases.transfers import can_be_given_back, can_receive, is_transferable
from domain.rights.permissions import Rights
from handlers.feature import Feature
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.sending import Scene
from handlers.transfer.buttons import CancelTransfer, ChooseUnit, GiveBack, TransferCase, TurnUnits
from handlers.transfer.handlers import (
    TRANSFER,
    on_give_back_pressed,
    on_transfer_answered,
    on_transfer_cancelled,
    on_unit_chosen,
    on_units_turned,
)


def _may_go_back(case: Case, _scene: Scene) -> bool:
    return case.allows(Verb.GIVE_BACK) and can_be_given_back(case)


def _may_go_on(case: Case, scene: Scene) -> bool:
    """Whether somebody else could have it; what can be given back is not passed on."""
    if not case.allows(Verb.TRANSFER) or can_be_given_back(case) or not is_transferable(case):
        return False
    return any(can_receive(scene.org, case, code) for code in scene.org.units)


FEATURE = Feature(
    pressed_in_private={
        TransferCase: TRANSFER.on_pressed,
        GiveBack: on_give_back_pressed,
        TurnUnits: on_units_turned,
        ChooseUnit: on_unit_chosen,
        CancelTransfer: on_transfer_cancelled,
    },
    pressed_in_groups={TransferCase: TRANSFER.on_pressed, GiveBack: on_give_back_pressed},
    links={TRANSFER.link: TRANSFER.on_link_opened},
    answers={Asked.TRANSFER_UNIT: on_transfer_answered, Asked.TRANSFER_REASON: on_transfer_answered},
    on_file=[
        CaseButton("button.give_back", GiveBack, _may_go_back, row=1, may=Rights.may_decide_on),
        CaseButton("button.transfer", TransferCase, _may_go_on, row=1, may=Rights.may_decide_on),
    ],
    on_card=[
        CaseButton("button.give_back", GiveBack, _may_go_back, row=1),
        CaseButton("button.transfer", TransferCase, _may_go_on, row=1),
    ],
)
