"""A message without a reply is taken to be about the case that waits for its sender's word, unless they say no."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.cases.case import Case, CaseId, State
from domain.cases.drafts import WHICH
from domain.cases.leaning import leans
from domain.cases.messages import Message
from domain.desk.intake.attribute import cases_meant, only_nods
from domain.desk.intake.supplement import supplement
from domain.desk.intake.take_out import take_out
from domain.desk.intake.write_draft import write_draft
from domain.record.history import EventId
from handlers.draft.writing import say_written
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.rendering.labels import one_line
from handlers.updates.context import Row, UpdateContext
from handlers.verdict.buttons import Solved, TakeBack, Unsolved

ABOUT = 24


@tagged("nw")
@dataclass(frozen=True, slots=True)
class NotThis:
    """不是，这是新的事: what became this row of a case's file is not about it."""

    case: CaseId
    row: EventId


async def take_without_reply(context: UpdateContext, message: Message) -> bool:
    """Take a message as about the case that waits for this person's word, or ask which; False if none does."""
    desk = context.desk
    meant = await cases_meant(desk, context.actor, message)
    if not meant or await desk.work.drafts.open_of(context.person.id):
        return False
    if len(meant) > 1:
        await write_draft(desk, context.person, message, WHICH)
        return True
    if only_nods(meant[0], message):
        await context.say("answer.nod_asks", buttons=_verdict(meant[0], message.text), about=meant[0])
        return True
    case = await supplement(desk, context.actor, meant[0].id, message)
    post = await desk.work.posts.find(message.chat, message.id)
    rows = [*_verdict(case, message.text)]
    if post is not None and post.event is not None:
        rows.append([("button.not_this", NotThis(case.id, post.event))])
    key = {State.RESOLVED: "answer.taken_asks", State.CONFIRMED: "answer.pressed_by_mistake"}.get(
        case.state, "answer.taken"
    )
    await context.say(key, buttons=rows, about=case, words=one_line(case.text, ABOUT))
    return True


def _verdict(case: Case, text: str) -> Sequence[Row]:
    """Return what the resident may press about it, first what their words lean to; nothing is pressed for them."""
    if case.state is State.CONFIRMED:
        return [[("button.take_back", TakeBack(case.id))]]
    if case.state is not State.RESOLVED:
        return []
    solved, unsolved = ("button.solved", Solved(case.id)), ("button.unsolved", Unsolved(case.id))
    return [[unsolved, solved] if leans(text) is False else [solved, unsolved]]


async def on_not_this_pressed(context: UpdateContext, action: NotThis) -> None:
    """Make a draft of it instead, and tell the unit that it is not meant for it."""
    written = await take_out(context.desk, context.actor, context.person, action.case, action.row)
    await context.take_buttons_away()
    await context.toast("answer.taken_out")
    await say_written(context, written, asked=False)


FEATURE = Feature(pressed_in_private={NotThis: on_not_this_pressed})
