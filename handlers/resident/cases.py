"""A resident's own cases: the list, one of them, and what can be done about it."""

from domain.cases.questions import Asked
from domain.desk.intake.nudge import nudge
from domain.desk.intake.supplement import ask_for_supplement
from domain.desk.verdict.withdraw import withdraw
from domain.letters.contents import FilePage, OwnCasesPage
from handlers.buttons import ListMine, Nudge, OpenMine, SkipQuestion, SupplementCase, Withdraw
from handlers.update_context import UpdateContext


async def on_list_turned(context: UpdateContext, action: ListMine) -> None:
    """Show another page of the list, in the same message."""
    await context.show(OwnCasesPage(action.page), edits=context.pressed_on)


async def on_case_opened(context: UpdateContext, action: OpenMine) -> None:
    """Show one case from the list."""
    case = await context.desk.find.own_case(context.actor, action.case)
    await context.show(FilePage(own=True), case=case.id)


async def on_supplement_pressed(context: UpdateContext, action: SupplementCase) -> None:
    """Ask what is to be added."""
    case = await ask_for_supplement(context.desk, context.actor, action.case)
    skip = SkipQuestion(case.id, Asked.SUPPLEMENT)
    await context.say("answer.supplement", buttons=[[("button.skip", skip)]], about=case)


async def on_nudge_pressed(context: UpdateContext, action: Nudge) -> None:
    """Ask the unit to hurry."""
    await nudge(context.desk, context.actor, action.case)
    await context.toast("answer.nudged", alert=True)


async def on_withdraw_pressed(context: UpdateContext, action: Withdraw) -> None:
    """Take the case back."""
    case = await withdraw(context.desk, context.actor, action.case)
    await context.say("answer.withdrawn", about=case)
