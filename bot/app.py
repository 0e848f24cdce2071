"""The application: `build` wires everything together and reads like a table of contents; `App` runs it."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
import telegram
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.request import BaseRequest, HTTPXRequest

from bot.atlas import ShapelyAtlas
from bot.calendars import ChineseCalendar
from bot.clock import Clock, SystemClock
from bot.delivery import Delivery
from bot.desks import Desks
from bot.dispatcher import Dispatcher
from bot.evidence import Evidence
from bot.gateway import Gateway, patience
from bot.intake import Intake, Poller
from bot.menus import set_profile
from bot.metrics import Metrics
from bot.org_file import OrganisationFile, read_organisation
from bot.pacing import Pacing
from bot.policy_file import read_policy
from bot.post_office import PostOffice
from bot.pulse import Pulse
from bot.roster import with_members
from bot.settings import Settings
from bot.timetable import Timetable
from bot.web import Serve, Web, Webhook, serve
from bot.yaml_lines import Fault, FileFaulty
from domain.cases.policy import Policy
from domain.desk.office.import_organisation import Imported, import_organisation
from domain.desk.parts.context import Rules, unknown_categories
from handlers.rendering.sending import BotProfile
from handlers.routing import ALLOWED_UPDATES
from storage import migrations
from storage.engine import DeskLost
from storage.unit_of_work import Storage

log = structlog.get_logger()

CONNECTIONS = 20
MODE_AGAIN_SECONDS = 10.0
LISTENED_ENOUGH = 60
"""Seconds after which a webhook that never runs dry holds nothing back any more."""
SILENCE_SECONDS = 60
"""Seconds without an answer or a delivery after which Telegram may have things for us that we do not know of."""
PATIENCE_SECONDS = 10.0
"""How long a start waits for the process before it to let go of the database."""


class TokenRefused(Exception):
    """Telegram does not know the token."""


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    wire: BaseRequest | None = None,
    pacing: Pacing | None = None,
    serve: Serve = serve,
) -> "App":
    """Return the application for these settings; tests and the sandbox bring a clock, wire, pacing or server of theirs.

    Raises:
        FileFaulty: the policy or organisation file has faults.
    """
    clock = clock or SystemClock()
    policy, organisation = read_files(settings)
    rules = Rules(policy=policy, calendar=ChineseCalendar(policy.calendar), atlas=ShapelyAtlas())
    storage = Storage(settings.database_url.get_secret_value(), clock.now)
    desks = Desks(storage, rules, clock, settings.admins)
    bot = make_bot(settings, wire)
    pacing = pacing or Pacing(clock.monotonic)
    metrics, pulse = Metrics(), Pulse()
    dispatcher = Dispatcher(desks, bot, metrics, pulse)
    intake = Intake(desks, settings.bot_id, dispatcher.look_in)
    webhook = (
        Webhook(settings.webhook_url, settings.secret) if settings.mode == "webhook" and settings.webhook_url else None
    )
    return App(
        settings=settings,
        desks=desks,
        bot=bot,
        metrics=metrics,
        pulse=pulse,
        organisation=organisation,
        post_office=PostOffice(desks, Delivery(desks, Gateway(bot), pacing, metrics), pacing, clock),
        timetable=Timetable(desks, clock, pulse),
        evidence=Evidence(desks, bot, settings.files, clock),
        poller=Poller(intake, bot, clock, pulse),
        dispatcher=dispatcher,
        web=Web(desks, metrics, pulse, intake, webhook),
        serve=serve,
    )


def read_files(settings: Settings) -> tuple[Policy, OrganisationFile | None]:
    """Return the policy and the organisation of the settings.

    Raises:
        FileFaulty: with every fault of both files.
    """
    faults: list[Fault] = []
    policy, organisation = Policy(), None
    try:
        policy = read_policy(settings.policy)
    except FileFaulty as faulty:
        faults += faulty.faults
    try:
        organisation = read_organisation(settings.org) if settings.org else None
    except FileFaulty as faulty:
        faults += faulty.faults
    if faults:
        raise FileFaulty(faults)
    return policy, organisation


def make_bot(settings: Settings, wire: BaseRequest | None = None) -> telegram.Bot:
    """Return a client for the Bot API of the settings; long polls have connections of their own."""
    return telegram.Bot(
        settings.bot_token,
        base_url=settings.api_base_url,
        base_file_url=settings.api_file_url,
        request=wire or HTTPXRequest(CONNECTIONS, read_timeout=20, connect_timeout=10, pool_timeout=10),
        get_updates_request=wire or HTTPXRequest(2, connect_timeout=10, pool_timeout=10),
    )


@dataclass
class App:
    """Everything that runs, and the order in which it starts and stops."""

    settings: Settings
    desks: Desks
    bot: telegram.Bot
    metrics: Metrics
    pulse: Pulse
    organisation: OrganisationFile | None
    post_office: PostOffice
    timetable: Timetable
    evidence: Evidence
    poller: Poller
    dispatcher: Dispatcher
    web: Web
    serve: Serve

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until told to stop; then what is under way is finished, and nothing is left half done.

        Raises:
            DeskTaken: another process serves this database.
            DeskLost: the database has let go of our lock on it.
            SchemaUnknown: the database was made by a newer version.
            AddressInUse: something else listens on `MINHU_LISTEN`.
            TokenRefused: Telegram does not know the token.
        """
        try:
            async with self.desks.storage.hold_desk(PATIENCE_SECONDS) as lost:
                await migrations.upgrade(self.desks.storage.engine)
                await self.desks.know_admins()
                await self._import()
                async with self.serve(self.web.application(), *self.settings.address) as port:
                    log.info("minhu starts", listen=port, mode=self.settings.mode)
                    await self._run_parts(stop, lost)
        finally:
            await self.desks.storage.close()
        log.info("minhu has stopped")

    async def _run_parts(self, stop: asyncio.Event, lost: asyncio.Event) -> None:
        """Run the parts side by side; on the way out they stop in the opposite order, intake first."""
        async with contextlib.AsyncExitStack() as stack:
            parts = [
                await stack.enter_async_context(_running(part, name))
                for name, part in (
                    ("post office", self.post_office.run()),
                    ("timetable", self.timetable.run()),
                    ("evidence", self.evidence.run()),
                    ("reception", self._receive()),
                )
            ]
            ends = [asyncio.create_task(event.wait()) for event in (stop, lost)]
            done, _ = await asyncio.wait([*ends, *parts], return_when=asyncio.FIRST_COMPLETED)
            for end in ends:
                end.cancel()
            if lost.is_set():
                raise DeskLost
            for part in done - {*ends}:
                part.result()

    async def _receive(self) -> None:
        """Introduce ourselves to Telegram, then take what comes, until that or handling it ends."""
        profile = await self._introduce()
        log.info("minhu is up", bot=f"@{profile.username}")
        async with (
            _running(self.dispatcher.run(profile), "dispatcher") as dispatching,
            _running(self._listen(profile), "intake") as listening,
        ):
            await asyncio.wait([dispatching, listening], return_when=asyncio.FIRST_COMPLETED)

    async def _listen(self, profile: BotProfile) -> None:
        await self._choose_mode()
        async with _running(set_profile(self.desks, self.bot, profile.id), "profile"):
            await (self.poller.run() if self.web.webhook is None else self._watch())

    async def _introduce(self) -> BotProfile:
        """Ask Telegram who we are, for as long as it takes.

        Raises:
            TokenRefused: there is no bot with this token.
        """
        failures = 0
        while True:
            try:
                me = await self.bot.get_me()
            except InvalidToken as error:
                raise TokenRefused from error
            except TelegramError as error:
                failures += 1
                log.warning("telegram does not answer", error=repr(error), failures=failures)
                await asyncio.sleep(patience(failures))
            else:
                self.pulse.beat()
                return BotProfile(me.id, me.username or "", bool(me.can_read_all_group_messages))

    async def _choose_mode(self) -> None:
        """Tell Telegram whether we poll or have a webhook; what waits there is never dropped."""
        failures = 0
        while True:
            try:
                if self.web.webhook is None:
                    await self.bot.delete_webhook(drop_pending_updates=False)
                else:
                    hook = self.web.webhook
                    await self.bot.set_webhook(hook.url, allowed_updates=ALLOWED_UPDATES, secret_token=hook.secret)
            except (BadRequest, InvalidToken) as error:
                log.warning("telegram does not take the mode", error=repr(error), mode=self.settings.mode)
                if self.web.webhook is None:
                    return  # a Bot API that knows no webhooks has none to delete
                await asyncio.sleep(MODE_AGAIN_SECONDS)
            except TelegramError as error:
                failures += 1
                log.warning("telegram does not answer", error=repr(error), failures=failures)
                await asyncio.sleep(patience(failures))
            else:
                return

    async def _watch(self) -> None:
        """Ask Telegram how much it still has for us, twice a minute: in webhook mode nothing else would tell."""
        loop = asyncio.get_running_loop()
        since = loop.time()
        while True:
            waiting = await self._count_waiting()
            unheard = waiting is None and self.pulse.silence > SILENCE_SECONDS
            if unheard and self.pulse.caught_up_at is not None:
                self.pulse.caught_up_at, since = None, loop.time()
            elif self.pulse.caught_up_at is None and (waiting == 0 or loop.time() - since > LISTENED_ENOUGH):
                self.pulse.caught_up_at = self.desks.clock.now()
            await asyncio.sleep(30 if self.pulse.caught_up_at else 1)

    async def _count_waiting(self) -> int | None:
        """Return how many updates wait at Telegram; None if it cannot be reached, 0 if it answers but does not tell."""
        try:
            waiting = (await self.bot.get_webhook_info()).pending_update_count
        except (BadRequest, InvalidToken) as error:
            log.warning("telegram does not tell what waits", error=repr(error))
            return 0
        except TelegramError:
            return None
        except Exception as error:  # noqa: BLE001 - an answer that is none must not end the process
            log.warning("telegram does not tell what waits", error=repr(error))
            return 0
        self.pulse.beat()
        return waiting

    async def _import(self) -> None:
        if self.organisation and self.settings.org:
            await import_file(self.desks, self.settings.org, self.organisation, only_if_changed=True)
        async with self.desks.reading() as (desk, _):
            for category in unknown_categories(desk.policy, desk.org):
                log.warning("the policy names a category that no file knows", category=category)

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to do now."""
        return all(part.is_idle for part in (self.dispatcher, self.timetable, self.post_office))


async def import_file(
    desks: Desks, path: Path, file: OrganisationFile, *, only_if_changed: bool = False
) -> Imported | None:
    """Take over an organisation file; None if it is as it was imported last, and only a change counts."""
    mark = mark_of(path)
    async with desks.writing() as (desk, work):
        if only_if_changed and await work.marks.get(mark) == file.fingerprint:
            return None
        units = await with_members(work, file.units, file.roster)
        done = await import_organisation(desk, units, file.fingerprint, file.categories)
        await work.marks.set(mark, file.fingerprint)
    log.info("organisation imported", units=done.units, added=done.added, retired=done.retired)
    return done


def mark_of(path: Path) -> str:
    """Return the name under which it is remembered what a file was like when it was imported last."""
    return "file " + hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:16]


@contextlib.asynccontextmanager
async def _running(part: Coroutine[Any, Any, None], name: str) -> AsyncIterator[asyncio.Task[None]]:
    """Run a part beside the rest; at the end it is asked to stop and waited for."""
    task = asyncio.create_task(part, name=name)
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
