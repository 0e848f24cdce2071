"""What residents write into a draft, and what is said to that."""

from domain.cases.drafts import LIMITS, Draft
from domain.cases.messages import Message
from domain.cases.questions import Question
from domain.desk.intake.write_draft import Written, answer_place, write_draft
from domain.letters.contents import Keyboard
from handlers.rendering.labels import place_label, unit_label
from handlers.updates.context import UpdateContext
from handlers.updates.taking import warn_of_danger


async def on_draft_written(context: UpdateContext, question: Question | None, message: Message) -> None:
    """Take words into the draft at hand, or into a new one; or as the place that was asked for."""
    await warn_of_danger(context, message)
    draft = await context.desk.work.drafts.open_of(context.person.id) if question else None
    if question and draft and question.draft == draft.id:
        written = await answer_place(context.desk, context.person, draft, message)
    else:
        written = await write_draft(context.desk, context.person, message)
    await say_written(context, written, asked=question is not None)


async def say_written(context: UpdateContext, written: Written, *, asked: bool) -> None:
    """Say what came of a message for a draft besides its card: what was left out, and what is to be known."""
    draft = written.draft
    if written.is_over:
        await context.say("error.draft_full", **LIMITS)
    if written.outside:
        await context.say("answer.place_outside")
    if written.asks_place:
        await context.say("answer.ask_choice" if draft.choices else "answer.ask_place", keyboard=Keyboard.LOCATION)
    elif asked and draft.unit is not None:
        await say_placed(context, draft, place_label(context.desk.org, draft.unit, draft.address, context.words))


async def say_placed(context: UpdateContext, draft: Draft, place: str) -> None:
    """Say that the place is known, and what is next; the menu comes back in place of what asked for a location."""
    key = "answer.place_set" if draft.is_ready else "answer.place_set_only"
    await context.say(key, keyboard=Keyboard.MENU, place=place)


async def say_skipped(context: UpdateContext, draft: Draft) -> None:
    """Say who gets the draft now that nobody has said where it is."""
    if draft.unit is None:
        await context.say("answer.place_skip_failed", keyboard=Keyboard.MENU)
        return
    unit = unit_label(context.desk.org, context.desk.org.responsible_for(draft.unit).code, context.words)
    await context.say("answer.place_skipped", keyboard=Keyboard.MENU, unit=unit)
