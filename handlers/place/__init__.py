"""Where a case is that was raised without a place: its resident's answer."""

from domain.cases.case import CaseId
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.desk.intake.supplement import supplement
from domain.letters.contents import Keyboard
from handlers.feature import Feature
from handlers.updates.context import UpdateContext


async def on_place_told(context: UpdateContext, _question: Question, case_id: CaseId, message: Message) -> None:
    """Add the answer to the case, which goes where the place is; as long as that is not sure, ask on.

    Where it was known and only the building was asked for, say that the answer has arrived.
    """
    was_known = (await context.desk.find.case(case_id)).place_known
    case = await supplement(context.desk, context.actor, case_id, message)
    if was_known:
        await context.say("answer.supplemented", keyboard=Keyboard.MENU, about=case)
    elif not case.place_known:
        await context.desk.tell.ask_place(case)


FEATURE = Feature(answers={Asked.PLACE: on_place_told})
