"""一事一档 for the panel: the latest cases, each with its rows of history in the words that the bot uses too."""

from markupsafe import Markup
from sqlalchemy import select

from bot.desks import Desks
from domain.cases.case import BEING_WORKED_ON, Case, CaseId, State
from domain.desk import Desk
from domain.desk.casework.view import read_file
from domain.people.accounts import account_to_use
from domain.record.history import Row
from handlers.case_file.page import timeline_key
from handlers.rendering.labels import numbered, place_label, resident_line, unit_label
from handlers.rendering.mentions import mentions
from handlers.rendering.sending import Scene
from handlers.words import Words
from sandbox.jsons import Json, present
from storage.schema import cases
from storage.unit_of_work import UnitOfWork

LATEST = 12


async def show_cases(desks: Desks, language: str) -> list[Json]:
    """Return the latest cases, the newest first."""
    words = Words(language)
    async with desks.storage.engine.connect() as connection:
        latest = list(await connection.scalars(select(cases.c.id).order_by(cases.c.id.desc()).limit(LATEST)))
    async with desks.reading() as (desk, work):
        return [await _show(desk, work, CaseId(case_id), words) for case_id in latest]


async def _show(desk: Desk, work: UnitOfWork, case_id: CaseId, words: Words) -> Json:
    case = await work.cases.look_at(case_id)
    assert case is not None
    scene = Scene(desk.now, desk.policy, desk.org, words)
    unit = desk.org.units.get(case.unit)
    account = account_to_use((await work.accounts.of([case.resident])).get(case.resident, ()))
    return {
        "id": case.id,
        "number": numbered(case),
        "kind": _plain(words(f"kind.{case.kind}")),
        "state": case.state,
        "state_text": _plain(words(f"state.{case.shown_as}")),
        "colour": case.colour(desk.now) if case.is_open else "",
        "urgent": case.urgent,
        "anonymous": case.anonymous,
        "resident": _plain(resident_line(case, words)).removeprefix("👤 ") if case.raised_by else case.resident_name,
        "resident_id": account.address.telegram_id if account else None,
        "text": case.text,
        "unit": _plain(unit_label(desk.org, case.unit, words)),
        "place": _plain(place_label(desk.org, case.raised_in, case.address, words)),
        "returns": case.returns,
        "files": len(await work.attachments.of_case(case.id)),
        "rows": [_show_row(row, case, scene) for row in (await read_file(desk, case)).rows],
    } | present(
        accept_by=case.responsible.accept.due_at.timestamp() if case.state is State.SUBMITTED else None,
        resolve_by=case.resolve.due_at.timestamp()
        if case.state in BEING_WORKED_ON or case.state is State.SUBMITTED
        else None,
        chat=int(unit.chat.id) if unit and unit.chat else None,
        owner=case.owner.name if case.owner else None,
        first_owner=case.first_owner.name if case.first_owner else None,
        rating=_plain(words(f"rating.{case.rating}")) if case.rating else None,
    )


def _show_row(row: Row, case: Case, scene: Scene) -> Json:
    key = timeline_key(row, scene.words)
    text = Markup.escape(str(row.told.get("text", "")))
    what = scene.words(key, **mentions(scene, row, case, text)) if key else Markup.escape(row.event)
    return {
        "id": row.id,
        "at": row.at.timestamp(),
        "event": row.event,
        "what": _plain(what),
        "desk": row.actor == 0,
        "hash": row.hash[:8],
    }


def _plain(text: Markup) -> str:
    return text.unescape()
