"""Danger to life: its own terms, by day and night, and what the desk does by itself before anybody presses anything."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.cases.kinds import Kind
from tests.town import Town, open_town

FIRE = "煤炭小区2栋着火了，有老人被困"
FRIDAY = datetime(2026, 11, 27, 11, 32, tzinfo=UTC)
"""Half past seven in the evening in Shanghai: the office is closed until Monday."""


@pytest.fixture
async def friday(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """Open a town with the policy that is built in: working hours, and quiet ones at night."""
    async with open_town(database_url, tmp_path, policy="clock: working\n") as opened:
        await opened.passes(seconds=(FRIDAY - opened.clock.now()).total_seconds())
        yield opened


async def test_danger_on_a_friday_evening_is_promised_for_the_same_evening(friday: Town) -> None:
    number = await friday.raises(friday.li, FIRE)

    case, card = await friday.case(number), friday.card(friday.grid, number).text
    assert (case.kind, case.urgent) == (Kind.HELP, True)
    assert card.startswith("🆘 紧急 🔴")
    assert "11月27日 19:42" in card
    receipt = friday.last(friday.li, number).text
    assert "11月27日 19:42" in receipt
    assert "11月28日 19:32" in receipt


async def test_words_of_danger_make_it_help_whatever_was_chosen_before_and_not_after(town: Town) -> None:
    await town.says(town.li, "咨询")
    await town.says(town.li, FIRE)
    assert "求助" in town.draft_card(town.li).text

    await town.presses(town.li, town.draft_card(town.li), "类别")
    await town.presses(town.li, town.draft_card(town.li), "投诉")
    await town.says(town.li, "还在冒烟")
    assert "投诉" in town.draft_card(town.li).text


async def test_the_wait_for_an_answer_counts_by_the_clock_of_danger(friday: Town) -> None:
    number = await friday.raises(friday.li, FIRE)
    await friday.accepts(friday.wang, friday.grid, number)
    await friday.finishes(friday.wang, friday.grid, number, "火已经灭了")
    await friday.passes(hours=5)
    await friday.presses(friday.li, friday.last(friday.li, "火已经灭了"), "未解决")

    given = (await friday.case(number)).responsible
    assert given.resolve.due_at == datetime(2026, 11, 28, 16, 32, tzinfo=UTC)


async def test_in_a_list_danger_stands_first_and_is_marked(town: Town) -> None:
    lamp = await town.raises(town.zhao, "煤炭小区路灯坏了")
    fire = await town.raises(town.li, FIRE)
    town.wang.writes(town.grid, "/todo@minhu_bot")
    await town.settle()

    listed = town.last(town.grid, "待办 2 件").text
    assert listed.index(f"🆘 🔴 {fire}") < listed.index(lamp)
