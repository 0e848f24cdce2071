"""/language: in which language a person, or a group, is spoken to."""

from dataclasses import dataclass

from domain.desk.intake.welcome import choose_language
from domain.letters.contents import Keyboard
from handlers.feature import Feature
from handlers.rendering.buttons import tagged
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext
from handlers.words import LANGUAGES


@tagged("la")
@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """A language."""

    language: str


async def on_language(context: UpdateContext) -> None:
    """Offer the languages."""
    await context.say("language.choose", buttons=[[(f"language.{name}", ChooseLanguage(name)) for name in LANGUAGES]])


async def on_language_chosen(context: UpdateContext, action: ChooseLanguage) -> None:
    """Speak the chosen language from now on: to this person, or in this group."""
    if action.language not in LANGUAGES:
        await context.toast("answer.old_button")
        return
    if context.private:
        await choose_language(context.desk, context.person, action.language)
    else:
        context.require_member()
        await context.desk.work.units.set_language(context.chat.id, action.language)
    await context.say("language.chosen", keyboard=Keyboard.MENU if context.private else None)


FEATURE = Feature(
    commands={Command("language", private=Standing.ANYBODY, group=Standing.MEMBER): on_language},
    pressed_in_private={ChooseLanguage: on_language_chosen},
    pressed_in_groups={ChooseLanguage: on_language_chosen},
)
