"""办结: the unit reports a case done."""

from dataclasses import dataclass

from domain.cases.assignments import Settling
from domain.cases.case import Case, CaseId, Verb
from domain.cases.messages import MessageId
from domain.desk.casework.resolve import ask_for_result, case_to_resolve
from domain.letters.posts import Purpose
from domain.rights.permissions import Rights
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.labels import unit_labels
from handlers.rendering.sending import Scene
from handlers.updates.context import UpdateContext


@tagged("wd")
@dataclass(frozen=True, slots=True)
class Resolve:
    """办结."""

    case: CaseId


@tagged("wD", answers=Purpose.BESIDE)
@dataclass(frozen=True, slots=True)
class ResolveAnyway:
    """仍要办结, without those who were called and have not reported; `page`: the file where it was begun, or 0."""

    case: CaseId
    page: int = 0


async def on_resolve_pressed(context: UpdateContext, action: Resolve) -> None:
    """Ask for the result; where others still work beside, say so first."""
    case = await case_to_resolve(context.desk, context.actor, action.case)
    if not case.assisting:
        await _ask(context, action.case)
        return
    units = unit_labels(context.desk.org, [given.unit for given in case.assisting], context.words)
    page = context.pressed_on if context.private else None
    anyway = [[("button.resolve_anyway", ResolveAnyway(case.id, page or 0))]]
    await context.say("assist.open_at_result", about=case, units=units, buttons=anyway)


async def on_resolve_anyway_pressed(context: UpdateContext, action: ResolveAnyway) -> None:
    """Ask for the result, without waiting for the others."""
    await _ask(context, action.case)
    await context.take_buttons_away()
    if context.private:
        await context.desk.questions.begun_on(context.person.id, MessageId(action.page))


async def _ask(context: UpdateContext, case: CaseId) -> None:
    await ask_for_result(context.desk, context.actor, case, privately=context.private)
    await context.toast("" if context.private else "answer.asked_for_result")


def _is_worked_on(case: Case, _scene: Scene) -> bool:
    return case.allows(Verb.RESOLVE) and case.responsible.settling is not Settling.BY_ADMINS


FEATURE = Feature(
    pressed_in_private={Resolve: on_resolve_pressed, ResolveAnyway: on_resolve_anyway_pressed},
    pressed_in_groups={Resolve: on_resolve_pressed, ResolveAnyway: on_resolve_anyway_pressed},
    on_card=[CaseButton("button.resolve", Resolve, _is_worked_on)],
    on_file=[CaseButton("button.resolve", Resolve, _is_worked_on, may=Rights.may_decide_on)],
)
