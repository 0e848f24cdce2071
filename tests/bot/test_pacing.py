"""Pacing: whatever is asked for, Telegram's limits are kept by waiting; what Telegram holds back stays back."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pacing import Pacing
from domain.organisation.units import ChatId

LI, ZHAO = ChatId(3001), ChatId(3002)
GRID, COMMUNITY = ChatId(-1001000000001), ChatId(-1001000000003)
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HAIR = 1e-6

Sends = list[tuple[float, ChatId]]

bursts = st.tuples(
    st.sampled_from([LI, ZHAO, GRID, COMMUNITY]), st.integers(1, 30), st.sampled_from([0, 0.4, 3, 20, 57, 70])
)
requests = st.lists(bursts, max_size=8).map(
    lambda drawn: [(chat, pause if first == 0 else 0) for chat, many, pause in drawn for first in range(many)]
)


class Ticks:
    """A clock that only runs forward, by hand."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def send(pacing: Pacing, ticks: Ticks, chat: ChatId) -> float:
    """Wait for as long as the pacing says, send, and return when that was."""
    while (wait := pacing.wait(chat)) > 0:
        ticks.time += wait
    pacing.take_slot()
    pacing.sent(chat)
    return ticks.time


def carry_out(pacing: Pacing, ticks: Ticks, wanted: list[tuple[ChatId, float]]) -> Sends:
    sends = []
    for chat, pause in wanted:
        ticks.time += pause
        sends.append((send(pacing, ticks, chat), chat))
    return sends


def most_within(times: list[float], seconds: float) -> int:
    """Return how many at most lie in any window of this length."""
    return max((sum(0 <= time - start < seconds - HAIR for time in times) for start in times), default=0)


def assert_chat_limits(sends: Sends) -> None:
    for chat in {chat for _, chat in sends}:
        times = [time for time, to in sends if to == chat]
        assert all(later - earlier >= 1 - HAIR for earlier, later in pairwise(times))
        if chat < 0:
            assert most_within(times, 60) <= 20


@given(requests)
def test_whatever_is_wanted_no_limit_is_broken(wanted: list[tuple[ChatId, float]]) -> None:
    ticks = Ticks()

    sends = carry_out(Pacing(ticks), ticks, wanted)

    assert_chat_limits(sends)
    assert most_within([time for time, _ in sends], 1) <= 30


@given(requests, st.integers(0, 100), st.floats(0, 5))
def test_the_limits_of_a_chat_are_kept_across_a_restart(
    wanted: list[tuple[ChatId, float]], before: int, down: float
) -> None:
    ticks = Ticks()
    sends = carry_out(Pacing(ticks), ticks, wanted[:before])
    ticks.time += down

    restarted = Pacing(ticks)
    lately = [(chat, NOW - timedelta(seconds=ticks.time - time)) for time, chat in sends if ticks.time - time <= 60]
    restarted.remember(lately, NOW)
    sends += carry_out(restarted, ticks, wanted[before:])

    assert_chat_limits(sends)


def test_a_group_that_is_always_busy_gets_nearly_what_telegram_allows() -> None:
    ticks = Ticks()

    times = [time for time, _ in carry_out(Pacing(ticks), ticks, [(GRID, 0)] * 200)]

    assert 15 <= most_within(times, 60) <= 20
    assert times[-1] - times[0] < 200 / 15 * 60


def test_many_chats_at_once_share_what_the_bot_may_send() -> None:
    ticks = Ticks()

    times = [time for time, _ in carry_out(Pacing(ticks), ticks, [(ChatId(5000 + n), 0) for n in range(300)])]

    assert 25 <= most_within(times, 1) <= 30
    assert times[-1] - times[0] < 300 / 25


def test_a_quiet_chat_waits_for_nobody_else() -> None:
    ticks = Ticks()
    pacing = Pacing(ticks)
    carry_out(pacing, ticks, [(GRID, 0)] * 30)
    ticks.time += 1

    assert pacing.wait(GRID) > 1
    assert pacing.wait(COMMUNITY) == pacing.wait(LI) == 0


def test_what_telegram_holds_back_in_one_chat_holds_no_other() -> None:
    ticks = Ticks()
    pacing = Pacing(ticks)
    pacing.hold(GRID, 30)

    assert pacing.wait(GRID) == 30
    assert pacing.wait(LI) == pacing.wait_aside() == 0
    ticks.time += 30
    assert pacing.wait(GRID) == 0


def test_held_back_twice_in_one_chat_the_longer_time_counts_and_no_other_chat_waits() -> None:
    pacing = Pacing(Ticks())
    for seconds in (30, 5, 20):
        pacing.hold(GRID, seconds)

    assert pacing.wait(GRID) == 30
    assert pacing.wait(LI) == 0


def test_held_back_in_three_chats_at_once_the_whole_bot_waits() -> None:
    ticks = Ticks()
    pacing = Pacing(ticks)
    for chat in (GRID, COMMUNITY):
        pacing.hold(chat, 30)
    assert pacing.wait(LI) == 0

    pacing.hold(ZHAO, 12)

    assert pacing.wait(LI) == pacing.wait_aside() == 12
    ticks.time += 12
    assert pacing.wait(LI) == 0
    assert pacing.wait(GRID) == 18


def test_three_chats_held_back_one_after_the_other_are_no_crowd() -> None:
    ticks = Ticks()
    pacing = Pacing(ticks)
    for chat in (GRID, COMMUNITY, ZHAO):
        pacing.hold(chat, 10)
        ticks.time += 10

    assert pacing.wait(LI) == pacing.wait_aside() == 0


@pytest.mark.parametrize("chat", [LI, GRID])
def test_held_back_as_a_whole_nothing_goes_and_answers_to_buttons_wait_too(chat: ChatId) -> None:
    pacing = Pacing(Ticks())
    pacing.hold_all(7)

    assert pacing.wait(chat) == pacing.wait_aside() == 7


def test_answers_to_buttons_wait_for_no_message() -> None:
    ticks = Ticks()
    pacing = Pacing(ticks)
    carry_out(pacing, ticks, [(LI, 0)] * 5)

    assert pacing.wait(LI) > 0
    assert pacing.wait_aside() == 0
