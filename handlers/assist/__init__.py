"""协办: the unit responsible calls others to work beside, and they accept, report, or give back."""

from domain.cases.assists import may_call
from domain.cases.case import Case
from domain.cases.questions import Asked
from domain.rights.permissions import Rights
from handlers.assist.buttons import (
    AcceptAssist,
    CallUnits,
    CallWithin,
    CancelCall,
    GiveAssistBack,
    ReportAssist,
    ToggleUnit,
    TurnCallable,
    UnitsChosen,
)
from handlers.assist.handlers import (
    CALL,
    on_assist_accepted,
    on_assist_back_pressed,
    on_call_answered,
    on_call_cancelled,
    on_deadline_chosen,
    on_report_pressed,
    on_unit_toggled,
    on_units_chosen,
    on_units_turned,
)
from handlers.feature import Feature
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.sending import Scene


def _can_be_helped(case: Case, _scene: Scene) -> bool:
    return may_call(case)


FEATURE = Feature(
    pressed_in_private={
        CallUnits: CALL.on_pressed,
        TurnCallable: on_units_turned,
        ToggleUnit: on_unit_toggled,
        UnitsChosen: on_units_chosen,
        CallWithin: on_deadline_chosen,
        CancelCall: on_call_cancelled,
        AcceptAssist: on_assist_accepted,
        ReportAssist: on_report_pressed,
        GiveAssistBack: on_assist_back_pressed,
    },
    pressed_in_groups={
        CallUnits: CALL.on_pressed,
        AcceptAssist: on_assist_accepted,
        ReportAssist: on_report_pressed,
        GiveAssistBack: on_assist_back_pressed,
    },
    links={CALL.link: CALL.on_link_opened},
    answers=dict.fromkeys((Asked.ASSIST_UNITS, Asked.ASSIST_TASK, Asked.ASSIST_UNTIL), on_call_answered),
    on_card=[CaseButton("button.call", CallUnits, _can_be_helped)],
    on_file=[CaseButton("button.call", CallUnits, _can_be_helped, may=Rights.may_call)],
)
