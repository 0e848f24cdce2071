"""一事一档: the file of a case is whole, and nobody changes it unseen."""

from itertools import pairwise

import pytest

from tests.town import Town

pytestmark = pytest.mark.both_databases


async def test_the_file_tells_a_whole_life_in_order_with_actors_and_times(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.passes(minutes=5)
    await town.accepts(town.wang, town.grid, number)
    await town.passes(hours=1)
    await town.finishes(town.wang, town.grid, number, "换好了")
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "已解决")

    rows = await town.file(number)
    li, wang = await town.id_of(town.li), await town.id_of(town.wang)
    assert [(row.event, row.actor) for row in rows] == [
        ("case_raised", li),
        ("case_accepted", wang),
        ("case_resolved", wang),
        ("case_confirmed", li),
    ]
    assert [(row.at - rows[0].at).total_seconds() for row in rows] == [0, 300, 3900, 3900]
    assert rows[0].told["text"] == "煤炭小区路灯坏了"
    assert rows[2].told["text"] == "换好了"


async def test_two_who_write_at_once_share_one_chain(town: Town) -> None:
    for person in (town.li, town.zhao):
        person.starts(town.bot, "g_ZN-01")
        person.writes(town.bot, "路灯坏了")
    await town.settle()
    for person in (town.li, town.zhao):
        person.presses(town.draft_card(person), "提交")
    await town.settle()

    async with town.desks.storage.reading(at_once=True) as work:
        rows = [row async for row in work.history.rows()]
        head = await work.history.head()
    assert [row.id for row in rows] == list(range(1, len(rows) + 1))
    assert (head.count, head.hash) == (rows[-1].id, rows[-1].hash)
    assert all(later.before == earlier.hash for earlier, later in pairwise(rows))
