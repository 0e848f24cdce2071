"""Accounts: at which of them a person is reached."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people.accounts import Account, AccountAddress, TelegramId, account_to_use, in_telegram, preferred_from
from domain.people.person import Person, PersonId

TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
ONE, OTHER = in_telegram(TelegramId(3001)), in_telegram(TelegramId(3901))
MOMENTS = st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ACCOUNTS = st.lists(
    st.builds(Account, st.sampled_from([ONE, OTHER, in_telegram(TelegramId(7))]), MOMENTS, MOMENTS, MOMENTS),
    max_size=3,
    unique_by=lambda account: account.address,
)


def person(*accounts: Account) -> Person:
    return Person(PersonId(1), "李秀英", accounts=accounts)


def test_an_address_is_read_back_as_it_was_written() -> None:
    assert str(ONE) == "telegram:3001"
    assert AccountAddress.parse(str(ONE)) == ONE
    assert ONE.telegram_id == 3001


@pytest.mark.parametrize(
    ("accounts", "reachable", "lost"),
    [
        ((), False, True),
        ((Account(ONE),), False, False),
        ((Account(ONE, TEN),), True, False),
        ((Account(ONE, TEN, TEN),), False, True),
        ((Account(ONE, TEN, TEN), Account(OTHER)), False, False),
        ((Account(ONE, TEN, TEN), Account(OTHER, TEN)), True, False),
    ],
)
def test_one_open_account_is_enough_and_lost_is_who_has_none_that_takes_anything(
    accounts: tuple[Account, ...], reachable: bool, lost: bool
) -> None:
    assert (person(*accounts).reachable, person(*accounts).is_lost) == (reachable, lost)


@given(ACCOUNTS)
def test_who_can_be_reached_is_written_to_where_they_can_be(accounts: list[Account]) -> None:
    used = account_to_use(accounts)

    assert (used is None) is not bool(accounts)
    assert (used is not None and used.is_open) is person(*accounts).reachable


@given(ACCOUNTS)
def test_whoever_comes_over_to_an_account_is_written_to_there_whatever_the_clock_says(accounts: list[Account]) -> None:
    now = preferred_from(TEN, accounts)
    heard = Account(ONE, TEN, preferred_since=now)

    assert now >= TEN
    assert account_to_use(person(*accounts).with_account(heard).accounts) == heard


def test_an_answer_goes_to_the_account_that_it_answers_as_long_as_that_is_open() -> None:
    one, other = Account(ONE, TEN), Account(OTHER, TEN, preferred_since=TEN + timedelta(hours=1))

    assert account_to_use([one, other]) == other
    assert account_to_use([one, other], ONE) == one
    assert account_to_use([Account(ONE, TEN, TEN), other], ONE) == other
