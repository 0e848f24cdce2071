"""Rulings: who may decide, until when, and that a decision stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.cases.case import CaseId
from domain.people.person import DESK, Actor, PersonId, UnitCode
from domain.record.history import EventId
from domain.rights.permissions import Rights
from domain.rights.rulings import SILENCE, Matter, Outcome, Ruling
from tests.domain.ground import CHEN, LIU, MONDAY_TEN, SUN, ZHOU, town

DUE = MONDAY_TEN + timedelta(hours=1)
RULING = Ruling(Matter.SETTLEMENT, CaseId(42), UnitCode("ZN"), LIU, MONDAY_TEN, EventId(7), due_at=DUE)
RIGHTS = Rights(town(), MONDAY_TEN)


@pytest.mark.parametrize(("person", "may"), [(ZHOU, True), (SUN, True), (CHEN, False), (LIU, False)])
def test_leads_of_the_unit_that_was_asked_and_of_those_above_may_decide(person: PersonId, may: bool) -> None:
    assert RIGHTS.may_rule(Actor(person, ""), RULING) is may


def test_who_has_asked_does_not_decide() -> None:
    assert not RIGHTS.may_rule(Actor(ZHOU, ""), replace(RULING, asked_by=ZHOU))
    assert not RIGHTS.may_rule(Actor(ZHOU, "", is_admin=True), replace(RULING, unit=None, asked_by=ZHOU))


def test_where_no_unit_could_be_asked_the_admins_decide() -> None:
    alone = replace(RULING, unit=None)

    assert not RIGHTS.may_rule(Actor(SUN, ""), alone)
    assert RIGHTS.may_rule(Actor(PersonId(1001), "", is_admin=True), alone)


def test_what_was_decided_stays() -> None:
    decided = RULING.decided(Outcome.GRANTED, ZHOU, EventId(8), MONDAY_TEN)

    assert not decided.is_open
    assert decided.decided(Outcome.PASSED_UP, DESK.id, EventId(9), DUE) == decided


def test_silence_has_the_word_once_it_is_due_and_nobody_has_decided() -> None:
    assert not RULING.is_overdue(DUE - timedelta(seconds=1))
    assert RULING.is_overdue(DUE)
    assert not replace(RULING, due_at=None).is_overdue(DUE)
    assert not RULING.decided(Outcome.GRANTED, ZHOU, EventId(8), MONDAY_TEN).is_overdue(DUE)


def test_every_matter_says_what_silence_means() -> None:
    assert SILENCE.keys() == set(Matter)
