"""Cases as rows: what of a case stands in its columns, and the case that such a row tells of."""

from typing import Any

from sqlalchemy import RowMapping

from domain.cases.case import OPEN, Case, CaseId, Rating, State
from domain.cases.kinds import Kind
from domain.cases.merging import state_of_follower
from domain.cases.messages import Location
from domain.people.person import PersonId, UnitCode
from storage import assignments
from storage import memberships as belonging
from storage.assignments import holder

PREFIX = "assignment_"
"""What the columns of the assignment begin with that are read along."""


def to_row(case: Case) -> dict[str, Any]:
    """Return the columns of a case."""
    return {
        "number": case.number,
        "kind": case.kind,
        "category": case.category,
        "state": case.state,
        "raised_in": case.raised_in,
        "text": case.text,
        "address": case.address,
        "latitude": case.location.latitude if case.location else None,
        "longitude": case.location.longitude if case.location else None,
        "resident": case.resident,
        "resident_name": case.resident_name,
        "anonymous": case.anonymous,
        "urgent": case.is_urgent_itself,
        "place_known": case.place_known,
        "reworded": case.reworded,
        "raised_at": case.raised_at,
        "state_since": case.state_since,
        "turns": case.turns,
        "assists": len(case.assisting),
        "first_owner": case.first_owner.person if case.first_owner else None,
        "first_owner_name": case.first_owner.name if case.first_owner else None,
        "worked_by": sorted(case.worked_by),
        "raised_by": case.raised_by.person if case.raised_by else None,
        "raised_by_name": case.raised_by.name if case.raised_by else None,
        "returns": case.returns,
        "reopenings": case.reopenings,
        "give_backs": case.give_backs,
        "extensions": case.extensions,
        "split_from": case.split_from,
        "splits": case.splits,
        "resolved_at": case.resolved_at,
        "revisited_at": case.revisited_at,
        "nudged_at": case.nudged_at,
        "closed_at": case.closed_at,
        "rating": case.rating,
        "version": case.version,
    }


def from_row(row: RowMapping) -> Case:
    """Return the case of a row."""
    merged, responsible, state = belonging.from_row(row), assignments.from_row(row, PREFIX), State(row["state"])
    return Case(
        id=CaseId(row["id"]),
        number=row["number"],
        kind=Kind(row["kind"]),
        category=row["category"],
        state=state_of_follower(state, responsible) if merged else state,
        responsible=responsible,
        raised_in=UnitCode(row["raised_in"]),
        text=row["text"],
        address=row["address"],
        location=None if row["latitude"] is None else Location(row["latitude"], row["longitude"]),
        resident=PersonId(row["resident"]),
        resident_name=row["resident_name"],
        anonymous=row["anonymous"],
        urgent=row["main_urgent"] if merged and state in OPEN else row["urgent"],
        place_known=row["place_known"],
        reworded=row["reworded"],
        raised_at=row["raised_at"],
        state_since=row["state_since"],
        merged=merged,
        units_before=frozenset(UnitCode(unit) for unit in (row["units_before"] or "").split(",") if unit),
        turns=row["turns"],
        first_owner=holder(row["first_owner"], row["first_owner_name"]),
        worked_by=frozenset(PersonId(one) for one in (*row["worked_by"], *(row["worked_beside"] or ()))),
        raised_by=holder(row["raised_by"], row["raised_by_name"]),
        unreachable=bool(row["unreachable"]),
        returns=row["returns"],
        reopenings=row["reopenings"],
        give_backs=row["give_backs"],
        extensions=row["extensions"],
        split_from=row["split_from"],
        splits=row["splits"],
        resolved_at=row["resolved_at"],
        revisited_at=row["revisited_at"],
        nudged_at=row["nudged_at"],
        closed_at=row["closed_at"],
        rating=Rating(row["rating"]) if row["rating"] else None,
        version=row["version"],
    )


def is_stale(row: RowMapping) -> bool:
    """Whether a row was read while somebody else changed its case, or the main case whose assignment it shares."""
    closed_at = row["closed_at"] if row["main_id"] is None else row["main_closed_at"]
    has_moved_on = closed_at is None and row[PREFIX + "ended_at"] is not None
    return has_moved_on or row["seen_version"] != row["version"]
