"""Where a case is that was raised without a place: its resident's answer."""

from domain.cases.case import CaseId
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.desk.intake.supplement import supplement
from handlers.feature import Feature
from handlers.supplement import add_to_case
from handlers.updates.context import UpdateContext


async def on_place_told(context: UpdateContext, _question: Question, case_id: CaseId, message: Message) -> None:
    """Add the answer to the case, which goes where the place is; as long as that is not sure, ask on.

    Where it was known and only the building was asked for, the answer is an addition like others.
    """
    if (await context.desk.find.case(case_id)).place_known:
        await add_to_case(context, case_id, message)
        return
    case = await supplement(context.desk, context.actor, case_id, message)
    if not case.place_known:
        await context.desk.tell.ask_place(case)


FEATURE = Feature(answers={Asked.PLACE: on_place_told})
