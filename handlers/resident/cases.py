"""A resident's own cases: the list, one of them, and what can be done about it."""

from domain.desk.nudge import nudge
from domain.desk.supplement import ask_for_supplement
from domain.desk.withdraw import withdraw
from domain.letters.contents import FilePage, OwnCasesPage
from domain.questions import Asked
from handlers.buttons import ListMine, Nudge, OpenMine, SkipQuestion, SupplementCase, Withdraw
from handlers.visit import Visit


async def on_list_turned(visit: Visit, action: ListMine) -> None:
    """Show another page of the list, in the same message."""
    await visit.show(OwnCasesPage(action.page), edits=visit.pressed_on)


async def on_case_opened(visit: Visit, action: OpenMine) -> None:
    """Show one case from the list."""
    case = await visit.desk.find.own_case(visit.actor, action.case)
    await visit.show(FilePage(own=True), case=case.id)


async def on_supplement_pressed(visit: Visit, action: SupplementCase) -> None:
    """Ask what is to be added."""
    case = await ask_for_supplement(visit.desk, visit.actor, action.case)
    skip = SkipQuestion(case.id, Asked.SUPPLEMENT)
    await visit.say("answer.supplement", buttons=[[("button.skip", skip)]], about=case)


async def on_nudge_pressed(visit: Visit, action: Nudge) -> None:
    """Ask the unit to hurry."""
    await nudge(visit.desk, visit.actor, action.case)
    await visit.toast("answer.nudged", alert=True)


async def on_withdraw_pressed(visit: Visit, action: Withdraw) -> None:
    """Take the case back."""
    case = await withdraw(visit.desk, visit.actor, action.case)
    await visit.say("answer.withdrawn", about=case)
