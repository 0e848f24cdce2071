"""/start, /help and /language: the first words between the desk and anybody."""

from domain.desk.welcome import choose_language, welcome
from domain.letters import Letter, Priority, to_person
from domain.letters.contents import AdminMenu, HelpPage, Keyboard
from domain.marks import language_mark
from handlers.buttons import ChooseLanguage
from handlers.cards import place_label, unit_label
from handlers.commands import Standing, commands_for
from handlers.identity import standings
from handlers.transfer.handlers import LINK as TRANSFER_LINK
from handlers.transfer.handlers import on_link_opened as on_transfer_link_opened
from handlers.visit import Visit
from handlers.words import LANGUAGES
from handlers.worker.group import require_member


async def on_start(visit: Visit) -> None:
    """Greet, and remember the grid of the QR code that brought the person here; or show what a link leads to."""
    parameter = visit.arguments[0] if visit.arguments else ""
    if parameter.startswith(TRANSFER_LINK):
        await on_transfer_link_opened(visit, parameter.removeprefix(TRANSFER_LINK))
        return
    scanned = await welcome(visit.desk, visit.person, parameter)
    if scanned is not None:
        label = unit_label(visit.desk.org, scanned.unit.code, visit.words)
        await visit.say("welcome.grid", keyboard=Keyboard.MENU, unit=label)
        draft = scanned.written_elsewhere
        if draft and draft.unit:
            place = place_label(visit.desk.org, draft.unit, draft.address, visit.words)
            await visit.say("welcome.written_elsewhere", place=place)
    else:
        await visit.say("welcome.plain", keyboard=Keyboard.MENU)
        if parameter.startswith("g_"):
            await visit.say("welcome.unknown_grid")
    await _greet_staff(visit)


async def _greet_staff(visit: Visit) -> None:
    units = visit.desk.org.units_of(visit.person.id)
    if units:
        await visit.say("welcome.staff", units="、".join(unit.name for unit in units))
    if visit.desk.rights.may_administer(visit.actor):
        await visit.say("welcome.admin")
        menu = AdminMenu(commands_for(frozenset({Standing.ADMIN}), private=True))
        letter = Letter(to_person(visit.person.id), menu, Priority.REMINDER, account=visit.account)
        await visit.desk.work.outbox.post(letter)


async def on_help(visit: Visit) -> None:
    """Show how it works and which commands this person may use here."""
    await visit.show(HelpPage(tuple(sorted(standings(visit.desk.rights, visit.actor, visit.room)))))


async def on_language(visit: Visit) -> None:
    """Offer the languages."""
    await visit.say("language.choose", buttons=[[(f"language.{name}", ChooseLanguage(name)) for name in LANGUAGES]])


async def on_language_chosen(visit: Visit, action: ChooseLanguage) -> None:
    """Speak the chosen language from now on: to this person, or in this group."""
    if action.language not in LANGUAGES:
        await visit.toast("answer.old_button")
        return
    if visit.private:
        await choose_language(visit.desk, visit.person, action.language)
    else:
        require_member(visit)
        await visit.desk.work.marks.set(language_mark(visit.room.chat), action.language)
    await visit.say("language.chosen", keyboard=Keyboard.MENU if visit.private else None)
