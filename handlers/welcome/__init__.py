"""/start: the first words between the desk and anybody."""

from domain.desk.intake.welcome import welcome
from domain.letters.contents import AdminMenu, Keyboard
from domain.letters.letter import Letter, Priority, to_person
from handlers.feature import Feature
from handlers.rendering.labels import place_label, unit_label
from handlers.rendering.sending import CommandMenu, Written
from handlers.updates.commands import Command, Standing, commands_for
from handlers.updates.context import UpdateContext
from handlers.words import LANGUAGES, Words


async def on_start(context: UpdateContext) -> None:
    """Greet, and remember the grid of the QR code that brought the person here."""
    parameter = context.arguments[0] if context.arguments else ""
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
    if is_admin or units:
        leads = {Standing.LEAD} if context.desk.rights.is_lead(context.actor) else set()
        held = {Standing.ADMIN} if is_admin else {Standing.ANYBODY, Standing.MEMBER, *leads}
        menu = AdminMenu(commands_for(context.commands, frozenset(held), private=True))
        letter = Letter(to_person(context.person.id), menu, Priority.REMINDER, account=context.account)
        await context.desk.work.outbox.post(letter)


async def write_admin_menu(content: AdminMenu) -> Written:
    """Write an admin's, a lead's or a worker's own command menu, in every language, and without one for all others."""
    spoken = {"": Words(), **{language: Words(language) for language in LANGUAGES}}
    return Written(
        CommandMenu(
            {
                language: tuple((name, words(f"command.{name}").unescape()) for name in content.commands)
                for language, words in spoken.items()
            }
        )
    )


FEATURE = Feature(commands={Command("start", private=Standing.ANYBODY): on_start})
