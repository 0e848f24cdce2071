"""/start, /help and /language: the first words between the desk and anybody."""

from domain.desk.intake.welcome import choose_language, welcome
from domain.letters.contents import AdminMenu, HelpPage, Keyboard
from domain.letters.letter import Letter, Priority, to_person
from domain.organisation.marks import language_mark
from handlers.buttons import ChooseLanguage
from handlers.cards import place_label, unit_label
from handlers.commands import Standing, commands_for
from handlers.identity import standings
from handlers.transfer.handlers import LINK as TRANSFER_LINK
from handlers.transfer.handlers import on_link_opened as on_transfer_link_opened
from handlers.update_context import UpdateContext
from handlers.words import LANGUAGES
from handlers.worker.group import require_member


async def on_start(context: UpdateContext) -> None:
    """Greet, and remember the grid of the QR code that brought the person here; or show what a link leads to."""
    parameter = context.arguments[0] if context.arguments else ""
    if parameter.startswith(TRANSFER_LINK):
        await on_transfer_link_opened(context, parameter.removeprefix(TRANSFER_LINK))
        return
    scanned = await welcome(context.desk, context.person, parameter)
    if scanned is not None:
        label = unit_label(context.desk.org, scanned.unit.code, context.words)
        await context.say("welcome.grid", keyboard=Keyboard.MENU, unit=label)
        draft = scanned.written_elsewhere
        if draft and draft.unit:
            place = place_label(context.desk.org, draft.unit, draft.address, context.words)
            await context.say("welcome.written_elsewhere", place=place)
    else:
        await context.say("welcome.plain", keyboard=Keyboard.MENU)
        if parameter.startswith("g_"):
            await context.say("welcome.unknown_grid")
    await _greet_staff(context)


async def _greet_staff(context: UpdateContext) -> None:
    units = context.desk.org.units_of(context.person.id)
    if units:
        await context.say("welcome.staff", units="、".join(unit.name for unit in units))
    is_admin = context.desk.rights.may_administer(context.actor)
    if is_admin:
        await context.say("welcome.admin")
    if is_admin or context.desk.rights.is_lead(context.actor):
        held = {Standing.ADMIN} if is_admin else {Standing.ANYBODY, Standing.LEAD}
        menu = AdminMenu(commands_for(frozenset(held), private=True))
        letter = Letter(to_person(context.person.id), menu, Priority.REMINDER, account=context.account)
        await context.desk.work.outbox.post(letter)


async def on_help(context: UpdateContext) -> None:
    """Show how it works and which commands this person may use here."""
    await context.show(HelpPage(tuple(sorted(standings(context.desk.rights, context.actor, context.room)))))


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
        require_member(context)
        await context.desk.work.marks.set(language_mark(context.room.chat), action.language)
    await context.say("language.chosen", keyboard=Keyboard.MENU if context.private else None)
