"""What workers type and press to merge cases, and to let one go on by itself again."""

from collections.abc import Sequence

from domain.cases.case import Case, CaseId
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.desk.merging.flood import merge_flood
from domain.desk.merging.merge import ask_into_which, case_to_merge, is_past, merge
from domain.desk.merging.unmerge import unmerge
from domain.letters.asking_pages import MergePage
from handlers.merge.buttons import CancelMerge, Merge, MergeFlood, MergeInto, Unmerge
from handlers.rendering.labels import numbered
from handlers.updates.asking import call_off, end_question
from handlers.updates.context import UpdateContext
from handlers.updates.replied import find_meant

FEWEST = 2


async def on_merge(context: UpdateContext) -> None:
    """Merge the cases that are named into the first of them."""
    written = context.arguments
    found = [await _found(context, one) for one in written] if len(written) >= FEWEST else [()]
    if [] in found or () in found:
        await context.say("answer.usage_merge")
        return
    unclear = next((several for several in found if len(several) > 1), None)
    if unclear is not None:
        await context.say("answer.which_to_merge", numbers=" ".join(numbered(case) for case in unclear))
        return
    main, *others = [cases[0].id for cases in found]
    merged = await merge(context.desk, context.actor, main, others)
    numbers = " ".join(numbered(case) for case in merged.followers)
    await context.say("answer.merged", main=numbered(merged.main), numbers=numbers)


async def _found(context: UpdateContext, written: str) -> Sequence[Case]:
    """Return the case that is named, or those among which it is unclear; nothing where no number is written."""
    number, several = await find_meant(context, written)
    if number is None:
        return several
    return [await case_to_merge(context.desk, context.actor, number, None if context.private else context.chat)]


async def on_flood_pressed(context: UpdateContext, action: MergeFlood) -> None:
    """Merge what many have raised at once about the same."""
    flood = await merge_flood(context.desk, context.actor, action.flood)
    await context.take_buttons_away()
    key = "answer.merging_flood_but" if flood.others else "answer.merging_flood"
    await context.say(key, main=numbered(flood.main), count=flood.followers, others=flood.others)


async def on_unmerge(context: UpdateContext) -> None:
    """Let the case that is named go on by itself."""
    found = await _found(context, " ".join(context.arguments))
    if not found:
        await context.say("answer.usage_unmerge")
    elif len(found) > 1:
        await context.say("answer.which_to_merge", numbers=" ".join(numbered(case) for case in found))
    else:
        await _unmerge(context, found[0].id)


async def on_unmerge_pressed(context: UpdateContext, action: Unmerge) -> None:
    """Let the case go on by itself."""
    await _unmerge(context, action.case)


async def _unmerge(context: UpdateContext, case_id: CaseId) -> None:
    alone = await unmerge(context.desk, context.actor, case_id)
    await context.say("answer.unmerged", about=alone, state=alone.shown_as)


async def on_merge_pressed(context: UpdateContext, action: Merge) -> None:
    """Ask into which case it is to be merged."""
    case = await ask_into_which(context.desk, context.actor, action.case)
    await context.show(MergePage(), case=case.id)


async def on_main_chosen(context: UpdateContext, action: MergeInto) -> None:
    """Merge it into that one."""
    await _merge(context, action.case, action.main)


async def on_merge_cancelled(context: UpdateContext, action: CancelMerge) -> None:
    """Leave the case by itself."""
    await call_off(context, action.case, (Asked.MAIN_CASE,), "merge.cancelled")


async def on_main_named(context: UpdateContext, _question: Question, case_id: CaseId, message: Message) -> None:
    """Take a message as the number of the main case; none is needed once the case is past that."""
    case = await context.desk.find.case(case_id)
    if is_past(context.desk, context.actor, case):
        await end_question(context, case, "merge.past", state=case.shown_as)
        return
    found = await _found(context, message.text)
    if len(found) == 1:
        await _merge(context, case_id, found[0].id)
    elif found:
        rows = [[(numbered(one), MergeInto(case_id, one.id))] for one in found]
        await context.say("answer.which_number", buttons=rows)
    else:
        await context.say("merge.unknown", buttons=[[("button.cancel", CancelMerge(case_id))]])


async def _merge(context: UpdateContext, case_id: CaseId, main: CaseId) -> None:
    merged = await merge(context.desk, context.actor, main, [case_id])
    await context.desk.questions.drop(context.person.id, case=case_id)
    numbers = " ".join(numbered(case) for case in merged.followers)
    await context.say("answer.merged", main=numbered(merged.main), numbers=numbers)
