"""News that were held up: what is past its truth is not told, and what a worker asked is told as it is now."""

from datetime import timedelta
from typing import Any

import pytest

from domain.cases.assignments import Holder
from domain.cases.assists import called
from domain.cases.case import Case, State
from domain.letters.contents import News
from domain.letters.letter import Addressee, InPlaceOf, Letter, Priority, to_person, to_unit
from domain.letters.news import OF_CASES, Present, as_it_is_now, still_holds
from domain.people.person import DESK, PersonId, UnitCode
from domain.record.history import GENESIS, Event, EventId, Row
from handlers.words import catalogue
from tests.domain.ground import CHEN, LI, MONDAY_TEN, WANG, ZHOU, a_case, town

RESIDENT, GRID, COMMUNITY = to_person(LI), to_unit(UnitCode("ZN-01")), to_unit(UnitCode("ZN"))
UP = '{"from_unit": "ZN-01", "to_unit": "ZN", "because": "not_accepted"}'


def told(event: Event, payload: str = "{}", actor: PersonId = DESK.id) -> Row:
    return Row(EventId(1), MONDAY_TEN, None, actor, event, payload, "", "", GENESIS, GENESIS)


def holds(row: Row, case: Case, to: Addressee = RESIDENT, *, staff: bool = False, unreachable: bool = False) -> bool:
    letter = Letter(to, News(EventId(1)), Priority.NEWS, in_place_of=InPlaceOf(UnitCode("NB-01")) if staff else None)
    return still_holds(row, Present(letter, case, town(), unreachable))


def at(unit: str, state: State = State.SUBMITTED, **more: Any) -> Case:
    return a_case(state, unit=UnitCode(unit), **more)


def test_that_a_case_climbed_by_itself_the_resident_hears_until_somebody_accepts_it() -> None:
    climbed = told(Event.CASE_ESCALATED, UP)

    assert holds(climbed, at("ZN"))
    for past in (at("GHQ"), *(at("ZN", state) for state in State if state is not State.SUBMITTED)):
        assert not holds(climbed, past)


def test_that_a_worker_handed_a_case_up_the_resident_hears_until_somebody_accepts_it_there() -> None:
    handed_up = told(Event.CASE_ESCALATED, UP, actor=WANG)

    assert holds(handed_up, at("ZN"))
    assert not holds(handed_up, at("ZN", State.ACCEPTED))
    assert not holds(handed_up, at("GHQ"))
    assert not holds(handed_up, at("ZN", State.WITHDRAWN))


def test_chats_hear_that_a_case_climbed_as_long_as_it_is_there_or_away() -> None:
    climbed = told(Event.CASE_ESCALATED, UP)

    assert holds(climbed, at("ZN"), COMMUNITY)
    assert not holds(climbed, at("GHQ"), COMMUNITY)
    assert holds(climbed, at("GHQ"), GRID)
    assert not holds(climbed, at("ZN-01"), GRID)
    assert not any(holds(climbed, at("ZN", State.CONFIRMED), chat) for chat in (GRID, COMMUNITY))


def test_that_a_case_is_in_hand_holds_while_the_same_worker_has_it() -> None:
    accepted = told(Event.CASE_ACCEPTED, actor=WANG)

    assert holds(accepted, at("ZN-01", State.WAITING))
    assert not holds(accepted, at("ZN-01", State.ACCEPTED, owner=Holder(CHEN, "陈静")))
    assert not holds(accepted, at("ZN"))
    assert not holds(accepted, at("ZN-01", State.RESOLVED))


@pytest.mark.parametrize(
    ("event", "states"),
    [
        (Event.CASE_CONFIRMED, {State.CONFIRMED}),
        (Event.CONFIRMATION_TAKEN_BACK, {State.RESOLVED}),
        (Event.CASE_REOPENED, {State.SUBMITTED, State.ACCEPTED, State.WAITING}),
        (Event.REVISIT_DUE, {State.RESOLVED}),
        (Event.REVISIT_SOLVED, {State.CONFIRMED}),
        (Event.REVISIT_UNSOLVED, {State.SUBMITTED, State.ACCEPTED, State.WAITING}),
        (Event.REVISIT_MISSED, {State.RESOLVED}),
        (Event.CASE_RETURNED, {State.SUBMITTED, State.ACCEPTED, State.WAITING}),
        (Event.EXTENSION_DENIED, {State.SUBMITTED, State.ACCEPTED, State.WAITING}),
        (Event.EXTENSION_UNRULED, {State.SUBMITTED, State.ACCEPTED, State.WAITING}),
        (Event.CASE_NUDGED, {State.SUBMITTED, State.ACCEPTED, State.WAITING}),
        (Event.RESIDENT_UPDATED, {State.SUBMITTED, State.ACCEPTED, State.WAITING}),
        (Event.RESIDENT_REACHABLE, {State.SUBMITTED, State.ACCEPTED, State.WAITING, State.RESOLVED}),
        (Event.PROGRESS_TOLD, set(State)),
        (Event.CASE_SUPPLEMENTED, set(State)),
        (Event.CASE_WITHDRAWN, set(State)),
    ],
)
def test_what_is_said_of_a_state_holds_in_that_state(event: Event, states: set[State]) -> None:
    to = RESIDENT if event is Event.RESIDENT_UPDATED else GRID

    assert {state for state in State if holds(told(event), at("ZN-01", state), to)} == states


def test_a_reminder_to_confirm_goes_to_a_resident_who_can_be_reached() -> None:
    reminded, resolved = told(Event.RESIDENT_REMINDED), at("ZN-01", State.RESOLVED)

    assert holds(reminded, resolved)
    assert not holds(reminded, resolved, unreachable=True)
    assert not holds(reminded, at("ZN-01", State.CONFIRMED))


def test_a_refusal_that_stands_is_told_unless_the_case_was_taken_up_since() -> None:
    stood = told(Event.REFUSAL_STOOD)

    assert holds(stood, at("ZN-01", State.REFUSED, closed_at=MONDAY_TEN))
    assert not holds(stood, at("ZN"))


def test_a_later_deadline_is_told_until_the_next_is_granted_or_none_runs() -> None:
    granted = told(Event.EXTENSION_GRANTED, '{"extensions": 1}')

    assert holds(granted, at("ZN-01", State.ACCEPTED, extensions=1))
    assert not holds(granted, at("ZN-01", State.ACCEPTED, extensions=2))
    assert not holds(granted, at("ZN-01", State.RESOLVED, extensions=1))


def test_a_missed_promise_at_the_top_is_told_as_long_as_it_is_missed() -> None:
    unaccepted = told(Event.CLIMB_ENDED, '{"unit": "BZ", "because": "not_accepted"}')
    overdue = told(Event.CLIMB_ENDED, '{"unit": "BZ", "because": "overdue"}')

    for staff in (True, False):
        to = to_person(ZHOU) if staff else to_unit(UnitCode("BZ"))
        assert holds(unaccepted, at("BZ"), to, staff=staff)
        assert not holds(unaccepted, at("BZ", State.ACCEPTED), to, staff=staff)
        assert holds(overdue, at("BZ", State.ACCEPTED), to, staff=staff)
        assert not holds(overdue, at("BZ", State.RESOLVED), to, staff=staff)
        assert not holds(overdue, at("ZN"), to, staff=staff)


def test_a_unit_without_a_chat_is_told_of_until_it_has_one_and_a_lost_chat_until_it_is_back() -> None:
    raised, nowhere = told(Event.CASE_RAISED, '{"unit": "NB-01"}'), at("NB-01")
    assert holds(raised, nowhere)
    assert holds(raised, nowhere, to_person(ZHOU), staff=True)
    assert not holds(told(Event.CASE_RAISED, '{"unit": "ZN-01"}'), at("ZN-01"), to_person(ZHOU), staff=True)
    split_off = told(Event.CASE_SPLIT_OFF, '{"unit": "NB-01"}')
    assert holds(split_off, nowhere, to_person(ZHOU), staff=True)
    assert not holds(split_off, at("NB-01", State.ACCEPTED), to_person(ZHOU), staff=True)
    assert holds(split_off, at("NB-01", State.ACCEPTED))
    assert not holds(split_off, at("NB-01", State.WITHDRAWN))

    letter = Letter(to_person(ZHOU), News(EventId(1)), Priority.NEWS, in_place_of=InPlaceOf(UnitCode("NB")))
    present = Present(letter, None, town())
    assert still_holds(told(Event.CHAT_LOST, '{"unit": "NB"}'), present)
    assert not still_holds(told(Event.CHAT_LOST, '{"unit": "ZN"}'), present)
    assert still_holds(told(Event.CHAT_MOVED, '{"unit": "ZN"}'), present)
    assert not still_holds(told(Event.CHAT_MOVED, '{"unit": "NB"}'), present)


def test_a_unit_that_was_called_is_reminded_only_as_long_as_it_is() -> None:
    beside = called_to(at("ZN-01", State.ACCEPTED), "ZN-02")

    for event in (Event.ASSIST_ACCEPTED, Event.ASSIST_REMINDED, Event.ASSIST_MISSED, Event.ASSIST_RELEASED):
        assert holds(told(event, '{"unit": "ZN-02"}'), beside, to_unit(UnitCode("ZN-02")))
        assert not holds(told(event, '{"unit": "ZN"}'), beside, COMMUNITY)


def test_that_another_unit_is_responsible_now_those_called_hear_as_long_as_it_is() -> None:
    moved, lamps = told(Event.ASSIST_MOVED, '{"unit": "ZN-02", "to_unit": "ZN"}'), to_unit(UnitCode("ZN-02"))

    assert holds(moved, called_to(at("ZN"), "ZN-02"), lamps)
    assert not holds(moved, called_to(at("GHQ"), "ZN-02"), lamps)
    assert not holds(moved, at("ZN"), lamps)


def called_to(case: Case, unit: str) -> Case:
    return called(case, [UnitCode(unit)], "换灯头", case.responsible.resolve, MONDAY_TEN)


def test_what_a_worker_asked_becomes_plain_words_once_it_is_past() -> None:
    resolved = at("ZN-01", State.RESOLVED, resolved_at=MONDAY_TEN)
    again = at("ZN-01", State.RESOLVED, resolved_at=MONDAY_TEN + timedelta(days=1))
    refused = at("ZN-01", State.REFUSED)

    for event, asking, *past in (
        (Event.QUESTION_ASKED, at("ZN-01", State.WAITING), at("ZN-01", State.ACCEPTED), resolved),
        (Event.CASE_RESOLVED, resolved, again, at("ZN-01", State.CONFIRMED), at("ZN-01", State.ACCEPTED)),
        (Event.CASE_REFUSED, refused, at("ZN"), at("ZN-01", State.REFUSED, closed_at=MONDAY_TEN)),
    ):
        assert as_it_is_now(told(event), asking) == event
        assert {as_it_is_now(told(event), case) for case in past} == {Event.PROGRESS_TOLD}
        assert all(holds(told(event), case) for case in past)


def test_every_sort_of_news_is_decided() -> None:
    """Whoever adds a kind says here whether it holds for ever."""
    for_ever = {
        *(Event.PROGRESS_TOLD, Event.QUESTION_ASKED, Event.MESSAGE_EDITED, Event.CASE_RESOLVED, Event.CASE_REFUSED),
        *(Event.CASE_SUPPLEMENTED, Event.QUESTION_ANSWERED, Event.RETURN_EXPLAINED, Event.REFUSAL_OBJECTED),
        *(
            Event.REOPENING_EXPLAINED,
            Event.CASE_RATED,
            Event.RATING_EXPLAINED,
            Event.CASE_WITHDRAWN,
            Event.LETTER_REJECTED,
        ),
        *(Event.ADDITION_TAKEN_OUT, Event.NOTE_TAKEN, Event.ASSIST_CALLED, Event.ASSIST_GIVEN_BACK),
        *(Event.ASSIST_TOLD, Event.ASSIST_REPORTED, Event.ASSIST_ENDED, Event.CASE_JOINED, Event.REOPENING_EXPLAINED),
        *(Event.NEIGHBOUR_JOINED, Event.ADDED_FOR_NEIGHBOUR, Event.FLOOD_MERGED, Event.FLOOD_STOPPED),
    }
    of_chats = {Event.CHAT_LOST, Event.CHAT_MOVED}
    parts = {
        "cases_escalated",
        "cases_joined",
        "cases_released",
        "cases_withdrawn",
        "climbs_ended",
        "climb_ended_why",
        "released_why",
        "escalated_why",
        "joined_line",
        "joined_why",
        "withdrawn_why",
        "line",
        "line_urgent",
        "message_edited_among",
        "resident_updated_unowned",
    }
    told_of = {key.rsplit(".", 1)[1] for key in catalogue("zh") if key.startswith("news.")} - parts

    assert told_of == for_ever | of_chats | OF_CASES.keys()
