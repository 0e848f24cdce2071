"""/proxy: a worker raises a case for a neighbour who has no account (代报), or for what they found (巡查)."""

from dataclasses import dataclass

from domain.cases.kinds import speaks_of_danger
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.desk.intake.proxy import ask_name, ask_phone, begin_proxy
from domain.people.neighbours import Neighbour, parse_name, parse_phone
from handlers.draft.writing import on_draft_written
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.rendering.keyboards import SKIP_WORDS
from handlers.updates.commands import Command, Standing
from handlers.updates.context import Row, UpdateContext


@tagged("ps")
@dataclass(frozen=True, slots=True)
class SkipAsked:
    """跳过 under the question for the name, or for the telephone number."""

    asked: Asked


@tagged("pk")
@dataclass(frozen=True, slots=True)
class CancelProxy:
    """取消 under these questions."""


async def on_proxy(context: UpdateContext) -> None:
    """Ask for whom."""
    await ask_name(context.desk, context.actor)
    await context.say("proxy.name", buttons=[_choices(Asked.NEIGHBOUR_NAME)])


async def on_asked_skipped(context: UpdateContext, action: SkipAsked) -> None:
    """Go on without a name, or without a telephone number."""
    question = await context.desk.work.questions.open_to(context.person.id)
    await context.take_buttons_away()
    if question is None or question.asked is not action.asked or not question.awaits(context.desk.now):
        await context.toast("answer.question_past", alert=True)
    else:
        await _begin(context, Neighbour(question.task))


async def on_proxy_cancelled(context: UpdateContext, _action: CancelProxy) -> None:
    """Raise nothing."""
    question = await context.desk.work.questions.open_to(context.person.id)
    await context.take_buttons_away()
    if question is None or question.asked not in FEATURE.answers_alone:
        await context.toast("answer.question_past", alert=True)
    else:
        await context.desk.questions.drop(context.person.id)
        await context.say("proxy.cancelled")


async def on_name_told(context: UpdateContext, question: Question, message: Message) -> None:
    """Take a message as the name, and ask for the telephone number; of danger nothing else is asked."""
    if _tells_the_matter(message):
        await _begin(context, Neighbour(), message)
    elif message.text in SKIP_WORDS:
        await _begin(context, Neighbour(question.task))
    else:
        name = parse_name("" if message.attachments else message.text)
        await ask_phone(context.desk, context.actor, name)
        await context.say("proxy.phone", buttons=[_choices(Asked.NEIGHBOUR_PHONE)], name=name)


async def on_phone_told(context: UpdateContext, question: Question, message: Message) -> None:
    """Take a message as the telephone number, and let the draft begin."""
    if _tells_the_matter(message):
        await _begin(context, Neighbour(question.task), message)
    elif message.text in SKIP_WORDS:
        await _begin(context, Neighbour(question.task))
    else:
        await _begin(context, Neighbour(question.task, parse_phone("" if message.attachments else message.text)))


def _tells_the_matter(message: Message) -> bool:
    return speaks_of_danger(message.text)


async def _begin(context: UpdateContext, neighbour: Neighbour, message: Message | None = None) -> None:
    below = context.message.last if context.pressed_on is None else context.pressed_on
    await begin_proxy(context.desk, context.actor, neighbour, below)
    if message is None:
        key = "proxy.tell" if neighbour.name else "proxy.tell_found"
        await context.say(key, name=neighbour.name)
    else:
        await on_draft_written(context, None, message)


def _choices(asked: Asked) -> Row:
    return [("button.skip", SkipAsked(asked)), ("button.cancel", CancelProxy())]


FEATURE = Feature(
    commands={Command("proxy", private=Standing.MEMBER): on_proxy},
    pressed_in_private={SkipAsked: on_asked_skipped, CancelProxy: on_proxy_cancelled},
    answers_alone={Asked.NEIGHBOUR_NAME: on_name_told, Asked.NEIGHBOUR_PHONE: on_phone_told},
)
