"""已解决, 未解决, 又出现了: whether it is solved is said by the resident, who may also rate it."""

from domain.cases.case import Case, State
from domain.cases.questions import Asked
from domain.cases.revisits import may_contradict
from domain.record.history import Event
from handlers.feature import Feature
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.sending import Scene
from handlers.verdict.buttons import Rate, Reopen, Solved, TakeBack, Unsolved
from handlers.verdict.handlers import (
    on_rating_explained,
    on_rating_pressed,
    on_return_explained,
    on_solved_pressed,
    on_take_back_pressed,
    on_unsolved_pressed,
)
from handlers.verdict.reopening import REOPEN, on_reopen_pressed, on_reopening_explained


def _is_asked(case: Case, _scene: Scene) -> bool:
    return case.state is State.RESOLVED


def _may_contradict(case: Case, scene: Scene) -> bool:
    return may_contradict(case, scene.now, scene.policy)


VERDICT = [CaseButton("button.solved", Solved, _is_asked), CaseButton("button.unsolved", Unsolved, _is_asked)]

FEATURE = Feature(
    pressed_in_private={
        Solved: on_solved_pressed,
        Unsolved: on_unsolved_pressed,
        TakeBack: on_take_back_pressed,
        Rate: on_rating_pressed,
        Reopen: on_reopen_pressed,
    },
    answers={
        Asked.RETURN_REASON: on_return_explained,
        Asked.RATING_WORD: on_rating_explained,
        Asked.REOPENING_REASON: on_reopening_explained,
    },
    on_own_file=[*VERDICT, CaseButton("button.unsolved", Unsolved, _may_contradict), REOPEN],
    under_news={
        Event.CASE_RESOLVED: VERDICT,
        Event.RESIDENT_REMINDED: VERDICT,
        Event.RESIDENT_REACHABLE: VERDICT,
        Event.REVISIT_MISSED: VERDICT,
        Event.NEIGHBOUR_JOINED: VERDICT,
        Event.REVISIT_SOLVED: [CaseButton("button.unsolved", Unsolved, _may_contradict)],
    },
)
