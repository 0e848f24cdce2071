"""归并 at odds with what else happens: danger, withdrawals, units that are retired, numbers in an odd order."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.people import Person
from tests.town import Town, open_town


@pytest.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(database_url, tmp_path) as opened:
        for person in (opened.wang, opened.chen, opened.he):
            person.starts(opened.bot)
        await opened.settle()
        yield opened


async def types(town: Town, person: Person, words: str) -> None:
    """Let a worker type something in the group of grid 1."""
    person.writes(town.grid, words)
    await town.settle()


async def adds(town: Town, person: Person, number: str, words: str) -> None:
    """Let a resident add words to their case."""
    await town.says(person, f"/case {number}")
    await town.presses(person, town.last(person, "经过"), "补充")
    await town.says(person, words)


async def test_danger_of_a_case_that_is_merged_makes_its_main_case_urgent(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区水管爆了")
    other = await town.raises(town.zhao, "煤炭小区2栋水漫进电箱，有人触电了")
    await types(town, town.wang, f"/merge {main} {other}")

    assert (await town.case(main)).urgent
    assert "🆘" in town.card(town.grid, main).text
    assert f"{main} " in town.last(town.chen, "🆘 煤炭小区水管爆了").text
    assert "最晚 11月23日 10:10 有人接单" in town.last(town.li, main).text


async def test_danger_that_was_lifted_is_told_anew_when_a_follower_speaks_of_it_again(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区水管爆了")
    other = await town.raises(town.zhao, "煤炭小区2栋停水")
    await types(town, town.wang, f"/merge {main} {other}")
    await adds(town, town.zhao, other, "水漫进电箱，有人触电了")
    await town.says(town.wang, f"/case {main}")
    await town.presses(town.wang, town.last(town.wang, "经过"), "不紧急")
    await town.says(town.wang, "看过了，没人触电")
    assert not (await town.case(main)).urgent
    told = len(town.private(town.chen))
    await adds(town, town.zhao, other, "又有人触电了，快来")

    assert (await town.case(main)).urgent
    assert any(other in message.text for message in town.private(town.chen)[told:])


async def test_a_follower_that_is_named_before_its_main_case_goes_along_with_it(town: Town) -> None:
    main, other = await town.raises(town.li, "煤炭小区水管爆了"), await town.raises(town.zhao, "煤炭小区2栋停水")
    await types(town, town.wang, f"/merge {main} {other}")
    bigger = await town.raises(town.liu, "煤炭小区全停水")
    await types(town, town.wang, f"/merge {bigger} {other} {main}")

    merged = [(await town.case(number)).merged for number in (main, other)]
    assert [one and f"#{one.number}" for one in merged] == [bigger, bigger]
    assert "3 位居民" in town.card(town.grid, bigger).text
    assert f"{other} {main} 已归并到 {bigger}" in town.last(town.grid).text
