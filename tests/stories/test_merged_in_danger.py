"""Danger where cases are worked on as one: it is the whole matter's, and so is a member's word that there is none."""

from datetime import timedelta

import pytest

from sandbox.people import Person
from tests.town import MONDAY_TEN, Town

pytestmark = pytest.mark.town(known=("wang", "chen"))

SHOCK = "煤炭小区2栋水漫进电箱，有人触电了"


async def judges(town: Town, worker: Person, number: str, verb: str, reason: str) -> None:
    """Let a worker set urgency, or lift it."""
    await town.presses(worker, await town.opens(worker, number), verb)
    await town.says(worker, reason)


async def own_page(town: Town, person: Person, number: str) -> str:
    """Return the page of somebody's own case."""
    await town.says(person, f"/case {number}")
    return town.last(person, number).text


@pytest.mark.both_databases
async def test_a_false_alarm_is_lifted_for_all_who_spoke_of_it_with_the_usual_terms(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区水管爆了")
    other = await town.raises(town.zhao, SHOCK)
    mei = town.world.add_person(4200, "梅姐")
    third = await town.raises(mei, "煤炭小区3栋停水")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other} {third}")
    assert [(await town.case(number)).urgent for number in (main, other, third)] == [True, True, True]
    assert "🆘" in town.card(town.grid, main).text
    for number in (other, third):
        assert town.card(town.grid, number).text.startswith(number)
    for person, number in ((town.zhao, other), (mei, third)):
        assert (await own_page(town, person, number)).count("改为紧急办理") == 1
    heard = len(town.private(mei))
    await judges(town, town.wang, main, "不紧急", "去看过了，没人触电")

    assert [(await town.case(number)).urgent for number in (main, other, third)] == [False, False, False]
    for number in (main, other, third):
        assert "🆘" not in town.card(town.grid, number).text
    usual = MONDAY_TEN + timedelta(days=2)
    assert (await town.case(main)).resolve.due_at == (await town.case(other)).resolve.due_at == usual
    read = town.last(town.zhao, "核实后不算紧急").text
    assert read.startswith(f"{other} ")
    assert "11月25日 10:00 办完" in read
    assert len(town.private(mei)) == heard
    for person, number in ((town.zhao, other), (mei, third)):
        assert "改按平常的时限办理" in await own_page(town, person, number)

    await town.says_in(town.wang, town.grid, f"/unmerge {other}")
    alone = await town.case(other)
    assert (alone.urgent, alone.responsible.resolve.due_at) == (False, usual)


async def test_a_case_that_is_parted_takes_along_the_danger_that_was_spoken_of_for_it_and_no_other(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区水管爆了")
    other, third = await town.raises(town.zhao, SHOCK), await town.raises(town.liu, "煤炭小区3栋停水")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other} {third}")
    assert [(await town.case(number)).urgent for number in (main, other, third)] == [True, True, True]
    await town.says_in(town.wang, town.grid, f"/unmerge {third}")
    await town.says_in(town.wang, town.grid, f"/unmerge {other}")

    assert [(await town.case(number)).urgent for number in (main, other, third)] == [True, True, False]
    assert "🆘" in town.card(town.grid, other).text
    assert "🆘" not in town.card(town.grid, third).text


async def test_danger_that_is_merged_into_what_is_reported_done_is_the_matters_too(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区水管爆了")
    await town.accepts(town.wang, town.grid, main)
    await town.finishes(town.wang, town.grid, main, "水管换好了")
    other = await town.raises(town.zhao, SHOCK)
    await town.says_in(town.wang, town.grid, f"/merge {main} {other}")

    assert [(await town.case(number)).urgent for number in (main, other)] == [True, True]
    await town.presses(town.zhao, town.last(town.zhao, "水管换好了"), "未解决")
    assert (await town.case(other)).urgent
    assert "🆘" in town.card(town.grid, other).text
