"""Mentions: everything that the words about a row of history may mention, by the catalogue's names for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from markupsafe import Markup

from domain.cases.case import Case, State
from domain.people.person import UnitCode
from domain.record.history import Payload, Row
from handlers.rendering.labels import case_label, gist, nudged_by, numbered, unit_label, unit_labels, where_it_is
from handlers.rendering.sending import Scene


def mentions(scene: Scene, row: Row, case: Case | None, text: Markup) -> Mapping[str, Any]:
    """Return everything that a notice or a line of the file may mention; `text`: the row's words as they may show."""
    words, told = scene.words, row.told
    values: dict[str, Any] = {
        "worker": told.get("worker") or told.get("name", ""),
        "name": told.get("name", ""),
        "text": text or words("file.no_text"),
        "other": Markup("#{}").format(told["other"]) if told.get("other") else "",
        "holder": told.get("holder", ""),
        "returns": told.get("returns", 0),
        "reopenings": told.get("reopenings", 0),
        "give_backs": told.get("give_backs", 0),
        "category": told.get("category", ""),
        "files": told.get("files", 0),
        "count": told.get("count", 0),
        "joined": told.get("joined", 0),
        "from_name": _unit_name("from", told, scene),
        "to_name": _unit_name("to", told, scene),
        "unit_name": told.get("unit_name", ""),
        "unit_code": told.get("unit", ""),
        "main": f"#{told.get('main', '')}",
        "follower": f"#{told.get('number', '')}",
        "climbs": words("climbs.up" if told.get("climbs") else "climbs.nowhere"),
    }
    values["alarmed_by"] = words("alarmed_by.worker" if told.get("worker") else "alarmed_by.words", **values)
    if because := told.get("because"):
        values |= {
            "because": words(f"because.{because}"),
            "because_yours": words(f"yours.{because}"),
            "because_at_top": words(f"top.{because}"),
        }
    if ended := told.get("ended"):
        values["ended"] = words(f"ended.{ended}")
    if units := told.get("units"):
        values["units"] = unit_labels(scene.org, map(UnitCode, units), words)
    if until := told.get("until"):
        values["until"] = datetime.fromisoformat(until)
    if asks := told.get("asks"):
        values["asked"] = words("who.admins") if asks == "admins" else unit_label(scene.org, UnitCode(asks), words)
    if settling := told.get("settling"):
        values["settler"] = words(f"settling.{settling}", unit=unit_label(scene.org, UnitCode(told["unit"]), words))
    if rating := told.get("rating"):
        values["rating"] = words(f"rating.{rating}")
    if case is not None:
        values |= _case_values(case, told, scene)
        values["carries_on"] = words("carries_on.owner" if told.get("holder") else "carries_on.unit", **values)
        if stopped := told.get("stopped"):
            values["stopped"] = words(f"stopped.{stopped}", **values)
    return values


def _unit_name(side: str, told: Payload, scene: Scene) -> Markup | str:
    """Return the name of the unit that a case came from, or went to."""
    code = told.get(f"{side}_unit")
    return unit_label(scene.org, UnitCode(code), scene.words) if code else str(told.get(f"{side}_name", ""))


def _case_values(case: Case, told: Payload, scene: Scene) -> Mapping[str, Any]:
    words, is_free = scene.words, case.state is State.SUBMITTED
    unit = UnitCode(told.get("unit", case.unit))
    deadlines = {"accept_by": case.responsible.accept.due_at, "resolve_by": case.resolve.due_at}
    return {
        "number": numbered(case),
        "unit": unit_label(scene.org, unit, words),
        "bare": case.number,
        "residents": 1 + case.followers.residents,
        "nudged": nudged_by(case),
        "place": where_it_is(case, scene),
        "case": case_label(case, words),
        "gist": gist(scene, case),
        "state_short": words(f"state_short.{case.shown_as}"),
        **deadlines,
        "due": words("due.submitted" if is_free else "due.accepted", **deadlines),
        "due_yours": words("due_yours.submitted" if is_free else "due_yours.accepted", **deadlines),
        "object_by": case.state_since + scene.policy.object_within.always,
    }
