"""延期: the owner asks for a later deadline in private, and those above rule on it with 同意 or 不同意."""

from domain.cases.case import BEING_WORKED_ON, Case
from domain.cases.extensions import why_not_extendable
from domain.cases.questions import Asked
from domain.rights.permissions import Rights
from handlers.extension.asking import (
    EXTENSION,
    on_days_chosen,
    on_extension_answered,
    on_extension_cancelled,
)
from handlers.extension.buttons import (
    CancelDenial,
    CancelExtension,
    ChooseDays,
    Deny,
    DenyOpen,
    Extend,
    Grant,
    GrantOpen,
    OtherDate,
)
from handlers.extension.ruling import (
    on_denial_cancelled,
    on_deny_pressed,
    on_deny_pressed_in_private,
    on_grant_pressed,
    on_why_told,
)
from handlers.feature import Feature
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.sending import Scene


def _is_worked_on(case: Case, _scene: Scene) -> bool:
    return case.state in BEING_WORKED_ON


def _may_be_later(case: Case, scene: Scene) -> bool:
    return why_not_extendable(case, scene.now, scene.policy) is None


def _waits_for_ruling(case: Case, _scene: Scene) -> bool:
    return case.responsible.rule_by is not None and case.merged is None


FEATURE = Feature(
    pressed_in_private={
        Extend: EXTENSION.on_pressed,
        ChooseDays: on_days_chosen,
        OtherDate: EXTENSION.on_asked_again,
        CancelExtension: on_extension_cancelled,
        Grant: on_grant_pressed,
        Deny: on_deny_pressed_in_private,
        GrantOpen: on_grant_pressed,
        DenyOpen: on_deny_pressed_in_private,
        CancelDenial: on_denial_cancelled,
    },
    pressed_in_groups={Extend: EXTENSION.on_pressed, Grant: on_grant_pressed, Deny: on_deny_pressed},
    links={EXTENSION.link: EXTENSION.on_link_opened},
    answers={
        Asked.EXTENSION_DATE: on_extension_answered,
        Asked.EXTENSION_REASON: on_extension_answered,
        Asked.WHY_DENIED: on_why_told,
    },
    on_card=[CaseButton("button.extend", Extend, _is_worked_on, row=1)],
    on_file=[
        CaseButton("button.extend", Extend, _may_be_later, row=1, may=Rights.may_extend),
        CaseButton("button.grant_open", GrantOpen, _waits_for_ruling, row=1, may=Rights.may_rule_on_deadline),
        CaseButton("button.deny_open", DenyOpen, _waits_for_ruling, row=1, may=Rights.may_rule_on_deadline),
    ],
)
