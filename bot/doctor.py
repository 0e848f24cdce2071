"""`minhu doctor`: checks token, database, groups, people, clock and disk, and says what to do about each."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
import telegram
from rich.console import Console
from rich.table import Table
from rich.text import Text
from telegram.error import InvalidToken, TelegramError

from bot.app import make_bot
from bot.atlas import ShapelyAtlas
from bot.calendars import ChineseCalendar
from bot.clock import SystemClock
from bot.desks import Desks
from bot.logs import redact
from bot.org_file import read_organisation
from bot.policy_file import read_policy
from bot.settings import Settings
from bot.terminal import DONE, FAILED
from bot.yaml_lines import FileFaulty
from domain.cases.deadlines import unknown_years
from domain.cases.policy import Clock, Policy
from domain.desk.parts.context import Rules, unknown_categories
from domain.organisation.units import Organisation
from domain.people.accounts import in_telegram
from domain.people.person import Role
from handlers.words import Words
from storage import migrations
from storage.engine import is_there, parse_url
from storage.unit_of_work import Storage, UnitOfWork

CLOCK_OFF_SECONDS = 5
LEAST_FREE_BYTES = 1024**3
MASK = "••••"
SYMBOLS = {"ok": "✓", "warning": "!", "fault": "✗"}
STYLES = {"ok": "green", "warning": "yellow", "fault": "red"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `level`: ok, warning or fault; `key` and `values` make its sentence."""

    level: str
    key: str
    values: Mapping[str, object]


def ok(key: str, **values: object) -> Finding:
    """Return a finding that all is well."""
    return Finding("ok", key, values)


def warning(key: str, **values: object) -> Finding:
    """Return a finding that somebody should look at."""
    return Finding("warning", key, values)


def fault(key: str, **values: object) -> Finding:
    """Return a finding without which the desk does not work."""
    return Finding("fault", key, values)


async def examine(settings: Settings, words: Words) -> int:
    """Print the effective settings and every finding; return the exit code."""
    console = Console(soft_wrap=True)
    console.print(_effective(settings, words))
    findings = [finding async for finding in _findings(settings)]
    for finding in findings:
        sentence = words(f"doctor.{finding.key}", **finding.values).unescape()
        console.print(Text(f"{SYMBOLS[finding.level]} {sentence}", style=STYLES[finding.level]))
    return FAILED if any(finding.level == "fault" for finding in findings) else DONE


def _effective(settings: Settings, words: Words) -> Table:
    """Return the settings in force, with secrets masked."""
    table = Table(title=words("doctor.settings").unescape(), title_justify="left", show_header=False)
    for name in Settings.model_fields:
        value = getattr(settings, name)
        if name in ("token", "webhook_secret"):
            value = MASK if value else None
        elif name == "database_url":
            value = value.get_secret_value()
        elif name == "admins":
            value = ", ".join(str(admin) for admin in sorted(value))
        shown = "—" if value in (None, "") else redact(str(value), settings.secrets)
        table.add_row(f"MINHU_{name.upper()}", shown)
    return table


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    for finding in (*_files(settings), *_disk(settings), _calendar(settings)):
        yield finding
    url = settings.database_url.get_secret_value()
    storage = Storage(url, SystemClock().now) if is_there(parse_url(url)) else None
    org = Organisation()
    try:
        if storage is None:
            yield fault("database_missing")
        elif not await storage.answers():
            yield fault("database_silent")
        elif not await migrations.is_current(storage.engine):
            yield fault("database_behind")
        else:
            yield ok("database_fine")
            desks = Desks(storage, Rules(Policy(), ChineseCalendar(), ShapelyAtlas()), SystemClock())
            async with desks.reading() as (desk, work):
                org = desk.org
                for finding in (
                    *_units(org),
                    *_categories(settings, org),
                    *await _people(settings, org, work),
                    *await _queues(work),
                ):
                    yield finding
    finally:
        if storage is not None:
            await storage.close()
    async for finding in _telegram(settings, org):
        yield finding


def _files(settings: Settings) -> Iterator[Finding]:
    for read, path, key in ((read_policy, settings.policy, "policy"), (read_organisation, settings.org, "org")):
        if path is None:
            yield ok(f"{key}_none")
            continue
        try:
            read(path)
        except FileFaulty as faulty:
            yield fault(f"{key}_faulty", file=path, count=len(faulty.faults))
        else:
            yield ok(f"{key}_fine", file=path)


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = next(path for path in (settings.files.absolute(), *settings.files.absolute().parents) if path.is_dir())
    free = shutil.disk_usage(folder).free
    if not os.access(folder, os.W_OK):
        yield fault("folder_closed", folder=folder)
    elif free < LEAST_FREE_BYTES:
        yield warning("disk_full", folder=folder, megabytes=free // 1024**2)
    else:
        yield ok("disk", gigabytes=free // 1024**3)


def _policy(settings: Settings) -> Policy:
    """Return the policy of the settings; the built-in one where it has faults, which are a finding of their own."""
    try:
        return read_policy(settings.policy)
    except FileFaulty:
        return Policy()


def _calendar(settings: Settings) -> Finding:
    policy = _policy(settings)
    now, calendar = datetime.now(UTC), ChineseCalendar(policy.calendar)
    if years := unknown_years(now, policy, calendar):
        return warning("calendar_unpublished", year=years[0])
    return ok("calendar", year=policy.local(now).year) if policy.clock is Clock.WORKING else ok("calendar_unused")


def _units(org: Organisation) -> Iterator[Finding]:
    if not org.units:
        yield warning("no_units")
        return
    yield ok("units", count=len(org.units))
    for root in org.children(None):
        if root.is_geographic and not any(unit.has_chat for unit in org.below(root.code)):
            yield warning("no_chats", unit=root.name, code=root.code)
    for unit in org.units.values():
        if unit.chat_lost_at:
            yield warning("chat_lost", unit=unit.name, code=unit.code)


def _categories(settings: Settings, org: Organisation) -> Iterator[Finding]:
    """Name the categories for which the policy has terms, and which nothing can be filed under."""
    if unknown := unknown_categories(_policy(settings), org):
        yield warning("category_unknown", categories=", ".join(unknown))


async def _people(settings: Settings, org: Organisation, work: UnitOfWork) -> list[Finding]:
    """Name the leads and admins who never pressed /start: the bot cannot write to them."""
    leads = {m.person: m.name for unit in org.units.values() for m in unit.members if m.role is Role.LEAD}
    holders = await work.accounts.holders(map(in_telegram, settings.admins))
    silent = [f"({admin})" for admin in sorted(settings.admins) if in_telegram(admin) not in holders]
    for person, name in {**dict.fromkeys(holders.values(), ""), **leads}.items():
        known = await work.people.look_at(person)
        if known is not None and not known.reachable:
            accounts = [f"({account.address.address})" for account in known.accounts]
            silent.append(" ".join([name or known.name, *accounts]).strip())
    findings = [] if settings.admins else [warning("no_admins")]
    return [*findings, warning("not_started", people=", ".join(silent)) if silent else ok("all_started")]


async def _queues(work: UnitOfWork) -> list[Finding]:
    findings = []
    inbox, failed = await work.inbox.counts(), await work.outbox.failed()
    if inbox["parked"]:
        findings.append(warning("parked", count=inbox["parked"], errors=", ".join(await work.inbox.parked_errors(5))))
    if failed:
        findings.append(warning("letters_failed", count=failed))
    failing = await work.followups.failing()
    if failing:
        kinds = ", ".join(f"{what}: {count}" for what, count in sorted(failing.items()))
        findings.append(warning("followups_failing", count=sum(failing.values()), kinds=kinds))
    if unheard := await work.outbox.unheard():
        findings.append(warning("letters_unheard", count=unheard))
    missing = await work.attachments.missing()
    if missing:
        reasons = ", ".join(f"{reason}: {count}" for reason, count in sorted(missing.items()))
        findings.append(warning("files_missing", count=sum(missing.values()), reasons=reasons))
    return findings or [ok("queues")]


async def _telegram(settings: Settings, org: Organisation) -> AsyncIterator[Finding]:
    if settings.token is None:
        yield fault("no_token")
        return
    bot = make_bot(settings)
    try:
        me = await bot.get_me()
    except InvalidToken:
        yield fault("token_refused")
        return
    except TelegramError as error:
        yield fault("telegram_silent", reason=redact(str(error), settings.secrets))
        return
    yield ok("token", username=me.username or "")
    yield ok("privacy_off") if me.can_read_all_group_messages else ok("privacy_on")
    for check in (_clock(settings), _webhook(settings, bot)):
        finding = await check
        if finding:
            yield finding
    for chat, units in _chats(org).items():
        yield await _chat(bot, me.id, chat, units)


def _chats(org: Organisation) -> dict[int, str]:
    """Return every group with the names of the units that work in it."""
    chats: dict[int, str] = {}
    for unit in org.units.values():
        if unit.chat:
            chats[unit.chat.id] = "、".join(filter(None, (chats.get(unit.chat.id), unit.name)))
    return chats


async def _chat(bot: telegram.Bot, bot_id: int, chat: int, units: str) -> Finding:
    """Tell whether the bot can write in a group."""
    try:
        member = await bot.get_chat_member(chat, bot_id)
    except TelegramError as error:
        return fault("chat_closed", units=units, chat=chat, reason=str(error))
    silenced = isinstance(member, telegram.ChatMemberRestricted) and not member.can_send_messages
    if silenced or member.status in (telegram.ChatMember.LEFT, telegram.ChatMember.BANNED):
        return fault("chat_closed", units=units, chat=chat, reason=member.status)
    return ok("chat", units=units, chat=chat)


async def _webhook(settings: Settings, bot: telegram.Bot) -> Finding | None:
    try:
        info = await bot.get_webhook_info()
    except TelegramError:
        return None
    if settings.mode == "polling":
        return warning("webhook_left", url=info.url) if info.url else None
    if info.url != settings.webhook_url:
        return warning("webhook_other", url=info.url or "—")
    if info.last_error_message:
        return warning("webhook_error", reason=info.last_error_message)
    return ok("webhook", waiting=info.pending_update_count)


async def _clock(settings: Settings) -> Finding | None:
    """Compare our clock with the one in Telegram's answers."""
    root = urlsplit(settings.api_base_url)
    try:
        async with httpx.AsyncClient(timeout=10) as client:
            answer = await client.get(f"{root.scheme}://{root.netloc}/")
        there = parsedate_to_datetime(answer.headers["date"])
    except (httpx.HTTPError, KeyError, ValueError):
        return None
    off = round((datetime.now(UTC) - there).total_seconds())
    return warning("clock_off", seconds=off) if abs(off) > CLOCK_OFF_SECONDS else ok("clock")
