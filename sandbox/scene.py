"""What is on the stage beside the world itself: the bot, who works where, the places to choose from, the clock."""

import asyncio
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.app import App
from bot.clock import MovableClock
from bot.desks import Desks
from bot.org_file import OrganisationFile, read_organisation
from bot.roster import ListedMember
from domain.organisation.units import ChatId, Unit
from domain.people.person import Role
from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.world import World

TOWN = Path(__file__).with_name("town.yaml")
ADMIN, ADMIN_NAME = 1001, "何雯"
RESIDENT, RESIDENT_NAME = 3001, "李秀英"
APP_LANGUAGES = {"zh": "zh-hans", "en": "en"}
BOT_NAME, BOT_USERNAME = "民呼", "minhu_bot"


@dataclass(frozen=True)
class Part:
    """What somebody is in the play: `role` is worker, lead or admin."""

    role: str
    unit: str = ""


@dataclass(frozen=True)
class Spot:
    """A unit with a QR code to scan, and a point inside its area where it has one."""

    code: str
    name: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(eq=False, kw_only=True)
class Scene:
    """A world with one bot, and what a page has to know about it. Without `clock` the bot is somebody else's.

    `app` is our own bot, once it has started. `beat` is for how many seconds each step is shown while the clock is
    turned; one hand turns it at a time.
    """

    world: World
    bot: Bot
    cast: dict[int, Part] = field(default_factory=dict)
    spots: tuple[Spot, ...] = ()
    clock: MovableClock | None = None
    app: App | None = None
    beat: float = 0.0
    turning: asyncio.Lock = field(default_factory=asyncio.Lock)
    language: str = "zh"
    run: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def desks(self) -> Desks | None:
        """What our own bot works on, once it has started."""
        return self.app.desks if self.app else None

    async def speak(self, language: str) -> None:
        """Turn everybody's app, and every group, to a language."""
        self.language = language
        for person in self.world.people.values():
            person.language_code = APP_LANGUAGES[language]
        if self.desks:
            async with self.desks.writing() as (_, work):
                for chat in self.world.groups:
                    await work.units.set_language(ChatId(chat), language)

    def move_clock(self, by: timedelta) -> None:
        """Let time pass."""
        assert self.clock
        self.clock.advance(by)
        self.world.ground.changed("clock")


def new_bot(world: World) -> Bot:
    """Add the bot, under a token that nobody can guess: a page elsewhere must not be able to call it."""
    return world.add_bot(f"1000:{secrets.token_urlsafe(24)}", BOT_USERNAME, BOT_NAME)


def open_town(clock: MovableClock, world: World) -> Scene:
    """Fill a world with the people and groups of the organisation that the sandbox comes with."""
    file = read_organisation(TOWN)
    units = file.units
    scene = Scene(
        world=world,
        bot=new_bot(world),
        clock=clock,
        cast=_parts(file),
        spots=tuple(_spot(unit) for unit in units if unit.area and not _has_children(unit, units)),
    )
    world.add_person(RESIDENT, RESIDENT_NAME)
    world.add_person(ADMIN, ADMIN_NAME)
    for unit in sorted(units, key=lambda unit: unit.chat.id if unit.chat else 0, reverse=True):
        _open_group(scene, unit, file.roster[unit.code])
    return scene


def _has_children(unit: Unit, units: Iterable[Unit]) -> bool:
    return any(other.parent == unit.code for other in units)


def _parts(file: OrganisationFile) -> dict[int, Part]:
    working = {int(m.id): Part(m.role, unit.name) for unit in file.units for m in file.roster[unit.code]}
    return working | {ADMIN: Part("admin")}


def _open_group(scene: Scene, unit: Unit, members: Iterable[ListedMember]) -> Group | None:
    """Open a unit's group with its members in it, founded by its lead, and add the bot."""
    people = [scene.world.add_person(int(member.id), member.name) for member in members]
    if unit.chat is None:
        return None
    leads = {int(member.id) for member in members if member.role is Role.LEAD}
    owner = next((person for person in people if person.id in leads), people[0])
    group = scene.world.add_group(int(unit.chat.id), f"{unit.name}工作群", owner=owner)
    for person in people:
        if person is not owner:
            group.add(person, by=owner)
    group.add_bot(scene.bot)
    return group


def _spot(unit: Unit) -> Spot:
    """Return a unit as a place to be at: the middle of its area's corners, which is inside of what is not hollow."""
    ring = json.loads(unit.area or "{}")["coordinates"][0][:-1]
    longitude, latitude = (round(sum(corner[axis] for corner in ring) / len(ring), 6) for axis in (0, 1))
    return Spot(unit.code, unit.name, latitude, longitude)
