"""/link: an admin makes a link for the neighbour for whom a case was raised, and says whether they have opened it."""

from dataclasses import dataclass

from domain.cases.links import Link, LinkId
from domain.desk.office.link import deny_link, grant_link, make_link, open_link
from domain.letters.contents import Button, Keyboard, Said
from domain.letters.letter import Letter, Priority, to_person
from domain.people.person import PersonId
from handlers.feature import Feature
from handlers.rendering.buttons import encode, tagged
from handlers.rendering.labels import numbered
from handlers.updates.commands import Command, Standing
from handlers.updates.context import UpdateContext
from handlers.updates.replied import find_meant

LINK = "l_"
"""What begins the link; its token follows."""


@tagged("lg")
@dataclass(frozen=True, slots=True)
class GrantLink:
    """同意: whoever has opened the link is the neighbour."""

    link: LinkId


@tagged("ln")
@dataclass(frozen=True, slots=True)
class DenyLink:
    """不同意: it is somebody else."""

    link: LinkId


async def on_link(context: UpdateContext) -> None:
    """Answer with a link for one person."""
    number, several = await find_meant(context, " ".join(context.arguments))
    if several:
        await context.say("link.which", numbers=" ".join(numbered(case) for case in several))
    elif number is None:
        await context.say("link.usage")
    else:
        case, link = await make_link(context.desk, context.actor, number)
        address = f"https://t.me/{context.bot.username}?start={LINK}{link.token}"
        name, until = case.resident_name, link.expires_at
        await context.say("link.made", about=case, name=name, link=address, until=until)


async def on_link_opened(context: UpdateContext, token: str) -> None:
    """Let the admin who made it say whether it is the neighbour who has opened it."""
    case, link = await open_link(context.desk, context.person, token)
    await context.say("link.opened", keyboard=Keyboard.MENU)
    grant = Button("button.grant", encode(GrantLink(link.id)))
    deny = Button("button.deny", encode(DenyLink(link.id)))
    name, opener = case.resident_name, context.person.name
    asked = Said("link.asked", {"number": numbered(case), "name": name, "opener": opener}, buttons=((grant, deny),))
    await _say(context, link.made_by, asked)


async def on_link_granted(context: UpdateContext, action: GrantLink) -> None:
    """Make their account that of the neighbour."""
    case, link = await grant_link(context.desk, context.actor, action.link)
    await context.take_buttons_away()
    await context.say("link.granted", name=case.resident_name, number=numbered(case))
    await _answer(context, link, Said("link.welcome", {}, keyboard=Keyboard.MENU))


async def on_link_denied(context: UpdateContext, action: DenyLink) -> None:
    """Leave the neighbour without an account."""
    case, link = await deny_link(context.desk, context.actor, action.link)
    await context.take_buttons_away()
    await context.say("link.denied", name=case.resident_name, number=numbered(case))
    await _answer(context, link, Said("link.refused"))


async def _answer(context: UpdateContext, link: Link, said: Said) -> None:
    if link.opened_by is not None:
        await _say(context, link.opened_by, said)


async def _say(context: UpdateContext, person: PersonId, said: Said) -> None:
    await context.desk.work.outbox.post(Letter(to_person(person), said, Priority.ANSWER))


FEATURE = Feature(
    commands={Command("link", private=Standing.ADMIN): on_link},
    pressed_in_private={GrantLink: on_link_granted, DenyLink: on_link_denied},
    links={LINK: on_link_opened},
)
