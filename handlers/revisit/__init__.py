"""回访: somebody who did not work on a case asks its resident in person, and records the answer."""

from domain.cases.case import Case
from domain.cases.questions import Asked
from domain.cases.revisits import is_to_be_revisited
from domain.rights.permissions import Rights
from handlers.feature import Feature
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.sending import Scene
from handlers.revisit.buttons import CancelRevisit, ChooseAnswer, OtherAnswer, Revisit, RevisitAsked
from handlers.revisit.handlers import (
    REVISIT,
    on_answer_chosen,
    on_revisit_cancelled,
    on_revisit_told,
)


def _is_due(case: Case, scene: Scene) -> bool:
    return is_to_be_revisited(case, scene.now, scene.policy)


FEATURE = Feature(
    pressed_in_private={
        Revisit: REVISIT.on_pressed,
        RevisitAsked: REVISIT.on_pressed,
        ChooseAnswer: on_answer_chosen,
        OtherAnswer: REVISIT.on_asked_again,
        CancelRevisit: on_revisit_cancelled,
    },
    pressed_in_groups={Revisit: REVISIT.on_pressed, RevisitAsked: REVISIT.on_pressed},
    links={REVISIT.link: REVISIT.on_link_opened},
    answers={
        Asked.REVISIT_ANSWER: on_revisit_told,
        Asked.HOW_SOLVED: on_revisit_told,
        Asked.HOW_UNSOLVED: on_revisit_told,
        Asked.HOW_MISSED: on_revisit_told,
    },
    on_card=[CaseButton("button.revisit", Revisit, _is_due)],
    on_file=[CaseButton("button.revisit", Revisit, _is_due, may=Rights.may_revisit)],
)
