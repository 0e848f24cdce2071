"""The command line: `minhu …`. Exit 0 done, 1 what was asked for failed, 2 wrong usage or a faulty file or setting."""

import asyncio
import contextlib
import logging
import re
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot.app import TokenRefused, build, import_file, read_files
from bot.atlas import ShapelyAtlas
from bot.calendars import ChineseCalendar
from bot.clock import SystemClock
from bot.desks import Desks
from bot.doctor import examine
from bot.logs import redact, set_up_logs
from bot.org_file import read_organisation
from bot.policy_file import read_policy
from bot.settings import Settings, SettingsFaulty, load_settings
from bot.terminal import FAILED, WRONG_USAGE, complain, leave, say, show, terminal_words
from bot.web import AddressInUse
from bot.yaml_lines import Fault as FileFault
from bot.yaml_lines import FileFaulty
from domain.desk.parts.context import Rules
from domain.record.history import Fault, Verification
from storage import migrations
from storage.engine import DeskLost, DeskTaken, is_there
from storage.history import RowUnreadable
from storage.unit_of_work import Storage

T = TypeVar("T")
HASH = re.compile(r"[0-9a-f]{64}")
SANDBOX_PORT = 8080

app = typer.Typer(help=say("cli.about"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
org = typer.Typer(help=say("cli.org"), no_args_is_help=True)
audit = typer.Typer(help=say("cli.audit"), no_args_is_help=True)
db = typer.Typer(help=say("cli.db"), no_args_is_help=True)
app.add_typer(org, name="org")
app.add_typer(audit, name="audit")
app.add_typer(db, name="db")

OrgFile = Annotated[Path, typer.Argument(metavar="FILE", help=say("cli.org_file"))]


def main() -> None:
    """Run the command line."""
    with _explained():
        app()


@app.command(help=say("cli.run"))
def run() -> None:
    """Serve Telegram."""
    settings = load_settings()
    if settings.token is None:
        read_files(settings)
        _play(SANDBOX_PORT)
        return
    set_up_logs(settings.log, settings.secrets)
    asyncio.run(_serve(settings))


@app.command("sandbox", help=say("cli.sandbox"))
def play_in_sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help=say("cli.sandbox_port"))] = SANDBOX_PORT,
    api_only: Annotated[bool, typer.Option("--api-only", help=say("cli.sandbox_api_only"))] = False,
) -> None:
    """Play every part in a browser, without a token; or serve the Bot API alone to another bot."""
    if load_settings().token is not None:
        leave(WRONG_USAGE, "cli.sandbox_beside_token")
    _play(port, api_only=api_only)


async def _serve(settings: Settings) -> None:
    await build(settings).run(_stop_on_signals())


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


def _play(port: int, *, api_only: bool = False) -> None:
    """Run the sandbox; only warnings are logged, so that its address stays in sight."""
    from sandbox import demo, folder  # noqa: PLC0415 - the one way to the sandbox, and not taken by who serves Telegram

    async def play() -> None:
        await demo.play(
            port, demo.FOLDER, _stop_on_signals(), lambda address: show("cli.sandbox_ready", address=address.root)
        )

    async def serve_api() -> None:
        await demo.serve_api(
            port,
            _stop_on_signals(),
            lambda at, token: show(
                "cli.sandbox_api", base_url=at.base_url, file_url=at.file_url, token=token, page=at.root
            ),
        )

    set_up_logs("console")
    logging.getLogger().setLevel(logging.WARNING)
    try:
        asyncio.run(serve_api() if api_only else play())
    except demo.PortTakenError:
        leave(FAILED, "cli.sandbox_port_taken", port=port)
    except folder.FolderTakenError as error:
        leave(FAILED, "cli.sandbox_runs_already", address=error.address)


@app.command(help=say("cli.doctor"))
def doctor() -> None:
    """Check everything that can be checked, and say what to do about it."""
    settings = load_settings()
    sys.exit(asyncio.run(examine(settings, terminal_words())))


@org.command("check", help=say("cli.org_check"))
def org_check(file: OrgFile) -> None:
    """Read an organisation file and say what is wrong with it."""
    organisation = read_organisation(file)
    show(
        "cli.org_fine",
        file=file,
        units=len(organisation.units),
        members=sum(map(len, organisation.roster.values())),
    )


@org.command("import", help=say("cli.org_import"))
def org_import(file: OrgFile) -> None:
    """Make the organisation what a file says."""
    organisation = read_organisation(file)

    async def take_over(desks: Desks) -> None:
        await migrations.upgrade(desks.storage.engine)
        await desks.know_admins()
        done = await import_file(desks, file, organisation)
        if done:
            show("cli.org_imported", units=done.units, added=done.added, retired=done.retired)

    asyncio.run(_with_desks(take_over))


@audit.command("verify", help=say("cli.audit_verify"))
def audit_verify(head: Annotated[str | None, typer.Option(help=say("cli.audit_head"))] = None) -> None:
    """Prove that nobody has changed the history."""
    told = head.strip().lower() if head is not None else None
    if told is not None and not HASH.fullmatch(told):
        leave(FAILED, "cli.no_hash", value=told[:80])

    async def verify(desks: Desks) -> None:
        engine = desks.storage.engine
        if not is_there(engine.url) or not await migrations.is_current(engine):
            leave(FAILED, "cli.db_behind")
        chain = Verification(told)
        async with desks.storage.reading(at_once=True) as work:
            try:
                async for row in work.history.rows():
                    chain.feed([row])
                fault = chain.finish(await work.history.head())
            except RowUnreadable:
                fault = chain.fault or Fault(chain.head.count + 1, "changed")
        if fault:
            leave(FAILED, f"audit.{fault.reason}", row=fault.row, count=chain.head.count, head=told)
        show("audit.whole", count=chain.head.count, hash=chain.head.hash)

    asyncio.run(_with_desks(verify))


@db.command("upgrade", help=say("cli.db_upgrade"))
def db_upgrade() -> None:
    """Bring the database to the present schema."""

    async def upgrade(desks: Desks) -> None:
        await migrations.upgrade(desks.storage.engine)
        show("cli.db_current")

    asyncio.run(_with_desks(upgrade))


async def _with_desks(work: Callable[[Desks], Coroutine[Any, Any, T]]) -> T:
    """Do something with the database of the settings, without a bot."""
    settings, clock = load_settings(), SystemClock()
    set_up_logs("console", settings.secrets)
    policy = read_policy(settings.policy)
    rules = Rules(policy, ChineseCalendar(policy.calendar), ShapelyAtlas())
    storage = Storage(settings.database_url.get_secret_value(), clock.now)
    try:
        return await work(Desks(storage, rules, clock, settings.admins))
    finally:
        await storage.close()


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """Turn what can go wrong into one sentence each on stderr, and the exit code that the contract gives it."""
    words = terminal_words()
    try:
        yield
    except FileFaulty as faulty:
        complain(fault.tell(words) for fault in faulty.faults)
        sys.exit(WRONG_USAGE)
    except SettingsFaulty as faulty:
        complain(fault.tell(words) for fault in faulty.faults)
        complain(fault.tell(words) for fault in _faults_of_files(faulty.rest))
        sys.exit(WRONG_USAGE)
    except TokenRefused:
        leave(FAILED, "cli.token_refused")
    except AddressInUse as error:
        leave(FAILED, "cli.address_in_use", address=error)
    except DeskTaken:
        leave(FAILED, "cli.desk_taken")
    except DeskLost:
        leave(FAILED, "cli.desk_lost")
    except migrations.SchemaUnknown as error:
        leave(FAILED, "cli.schema_unknown", revision=error)
    except (SQLAlchemyError, OSError) as error:
        leave(FAILED, "cli.database", reason=redact(_reason(error)))


def _faults_of_files(settings: Settings | None) -> Sequence[FileFault]:
    """Return what else is wrong besides the settings, so that everything can be mended at once."""
    try:
        if settings is not None:
            read_files(settings)
    except FileFaulty as faulty:
        return faulty.faults
    return ()


def _reason(error: BaseException) -> str:
    """Return what the database itself said, on one line."""
    return " ".join(str(getattr(error, "orig", None) or error).split())[:300]
