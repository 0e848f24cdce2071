"""What is for a group that cannot be written to reaches somebody who can be, and waits where nobody can."""

from pathlib import Path

import pytest

from tests.organisations import WITHOUT_WANG, imports, unit, worker, written
from tests.town import GRID_1, ORGANISATION, Town, open_town

ALONE = written(unit("ZN-01", "第1网格", "grid", chat=GRID_1, members=worker(2001, "王建国")))


async def lost(town: Town, words: str = "煤炭小区路灯坏了") -> str:
    """Let 王建国 own a case whose group throws the bot out."""
    number = await town.raises(town.li, words)
    await town.accepts(town.wang, town.grid, number)
    town.grid.remove(town.bot)
    await town.settle()
    return number


async def adds(town: Town, number: str, words: str) -> None:
    """Let the resident say more about a case."""
    await town.replies(town.li, town.last(town.li, number), words)


async def unheard(town: Town) -> int:
    """Return how many letters wait for somebody who can be reached."""
    async with town.desks.reading() as (_, work):
        return await work.outbox.unheard()


async def test_where_neither_owner_nor_leads_can_be_reached_the_group_above_reads_it(town: Town) -> None:
    await adds(town, await lost(town), "还没修吗")
    await town.passes(hours=4)

    assert "居民补充：\n还没修吗" in town.texts(town.community)
    assert "王建国 办理中" in town.texts(town.community)
    assert town.private(town.wang) == []


async def test_a_lead_above_who_can_be_reached_comes_before_the_group_there(town: Town) -> None:
    town.zhou.starts(town.bot)
    await adds(town, await lost(town), "还没修吗")

    assert "还没修吗" in town.texts(town.zhou)
    assert "还没修吗" not in town.texts(town.community)


async def test_where_only_an_admin_can_be_reached_the_admin_hears_it(database_url: str, tmp_path: Path) -> None:
    async with open_town(database_url, tmp_path, organisation=ALONE) as town:
        town.he.starts(town.bot)
        number = await lost(town, "第1网格路灯坏了")
        town.li.sends_photo(town.bot, "还没修吗", reply_to=town.last(town.li, number))
        await town.settle()
        await town.passes(hours=4)

        assert "居民补充：\n还没修吗" in town.texts(town.he)
        assert "photo" in [message.kind for message in town.private(town.he)]
        assert f"{number} 「第1网格路灯坏了」 王建国 办理中" in town.texts(town.he)


async def test_whom_telegram_says_to_be_out_of_reach_only_at_sending_is_passed_over(town: Town) -> None:
    town.wang.starts(town.bot)
    town.zhou.starts(town.bot)
    number = await lost(town)
    town.world.faults.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user", chat=town.wang)
    await adds(town, number, "还没修吗")
    await adds(town, number, "请快一点")

    assert town.texts(town.zhou).count("还没修吗") == 1
    assert town.texts(town.zhou).count("请快一点") == 1


@pytest.mark.both_databases
async def test_what_nobody_can_be_told_waits_until_somebody_presses_start(database_url: str, tmp_path: Path) -> None:
    async with open_town(database_url, tmp_path, organisation=ALONE) as town:
        number = await lost(town, "第1网格路灯坏了")
        await adds(town, number, "还没修吗")
        assert await unheard(town) == 2
        await town.passes(hours=3)
        await town.passes(hours=3)
        town.he.starts(town.bot)
        await town.settle()

        assert town.texts(town.he).count("还没修吗") == 1
        assert "第1网格 的群发不进消息了" in town.texts(town.he)
        assert await unheard(town) == 0


async def test_what_nobody_can_be_told_waits_until_there_is_a_group_again(database_url: str, tmp_path: Path) -> None:
    async with open_town(database_url, tmp_path, organisation=ALONE) as town:
        await adds(town, await lost(town, "第1网格路灯坏了"), "还没修吗")
        town.grid.add_bot(town.bot)
        await town.settle()

        assert town.texts(town.grid).count("还没修吗") == 1
        town.he.starts(town.bot)
        await town.settle()
        assert "群发不进消息" not in town.texts(town.he)
        assert await unheard(town) == 0


async def test_a_dismissed_owner_is_not_told_what_the_resident_says_next(town: Town) -> None:
    town.wang.starts(town.bot)
    town.chen.starts(town.bot)
    number = await lost(town)
    await imports(town, WITHOUT_WANG)
    await adds(town, number, "还没修吗")
    await town.passes(days=1)

    assert "还没修吗" not in town.texts(town.wang)
    assert "办理中" not in town.texts(town.wang)
    assert "待接单" not in town.texts(town.wang)
    assert "还没修吗" in town.texts(town.chen)
    assert "王建国 已不在" in town.texts(town.chen)


async def test_what_waits_for_somebody_who_is_dismissed_meanwhile_goes_to_the_others(town: Town) -> None:
    town.wang.starts(town.bot)
    town.zhou.starts(town.bot)
    number = await lost(town)
    gate = town.world.faults.hold("sendMessage")
    for words in ("还没修吗", "请快一点"):
        town.li.replies(town.last(town.li, number), words)
    await town.world.until(lambda: gate.waiting > 1)
    await imports(town, WITHOUT_WANG, settle=False)
    gate.open()
    await town.settle()

    assert "请快一点" not in town.texts(town.wang)
    assert town.texts(town.zhou).count("请快一点") == 1


async def test_a_lead_who_was_dismissed_hears_no_more(town: Town) -> None:
    town.chen.starts(town.bot)
    town.zhou.starts(town.bot)
    number = await lost(town)
    await imports(town, ORGANISATION.replace("                  - {id: 2002, name: 陈静, role: lead}\n", ""))
    await adds(town, number, "还没修吗")

    assert "还没修吗" not in town.texts(town.chen)
    assert "还没修吗" in town.texts(town.zhou)
