"""Whatever is told of a case names it by its number and its first words; the place is said once."""

from datetime import timedelta
from pathlib import Path

from tests.organisations import unit, worker, written
from tests.town import GRID_1, Town, open_town

LAMP, PIPE = "煤炭小区2栋的路灯坏了", "红星苑3栋的水管漏了"
LONGEST = "𬭎" * 57
"""A rare character as they stand in names of places: Telegram counts it twice."""
LONG_NAMES = written(
    unit(
        "BZ",
        f"播州区{LONGEST}",
        "community",
        unit("ZN-01", f"网格一{LONGEST}", "grid", chat=GRID_1, members=worker(2001, "王建国")),
    )
)
MORE_THAN_FIT = 15
LONG = "煤炭小区3栋门口的井盖松了，昨天晚上有老人差点绊倒，请快来看看"


async def test_a_card_begins_with_its_number_and_the_words_of_its_resident(town: Town) -> None:
    number = await town.raises(town.li, LAMP)
    lines = town.card(town.grid, number).text.splitlines()

    assert lines[:2] == [f"🟢 {number}", LAMP]
    assert lines[3] == "求助 · 路灯 · 待接单"
    assert town.card(town.grid, number).text.count("2栋") == 2  # as it was said, and as the place that was found


async def test_residents_groups_and_those_told_in_private_read_which_matter_it_is(town: Town) -> None:
    town.wang.starts(town.bot)
    number = await town.raises(town.li, LAMP)
    matter = f"{number} 「{LAMP}」"
    await town.accepts(town.wang, town.grid, number)
    assert f"👷 {matter} 由 王建国 接单" in town.texts(town.li)
    await town.presses(town.wang, town.card(town.grid, number), "上报")
    await town.presses(town.wang, town.card(town.grid, number), "上报")
    assert f"⬆️ {matter} " in town.texts(town.li)
    assert f"⬆️ {matter} 上报" in town.texts(town.community)
    await town.accepts(town.zhou, town.community, number)
    assert f"👷 {matter} 遵南社区 的 周主任 接单" in town.texts(town.wang)


async def test_of_long_words_the_beginning_is_told(town: Town) -> None:
    number = await town.raises(town.li, LONG)
    await town.accepts(town.wang, town.grid, number)

    assert f"{number} 「煤炭小区3栋门口的井盖松了，昨…」 由 王建国 接单" in town.texts(town.li)


async def test_a_line_of_many_says_the_place_once(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    for person, words in ((town.li, "路灯坏了，晚上看不见"), (town.zhao, PIPE)):
        await town.accepts(town.wang, town.grid, await town.raises(person, words))
    await town.stop()
    town.clock.advance(timedelta(hours=5))
    await town.start()
    lines = town.last(town.grid, "请跟进").text.splitlines()

    assert "遵南社区 · 第1网格 · 路灯坏了，晚上看不见" in lines
    assert PIPE in lines


async def test_a_lead_or_admin_reads_once_of_many_cases_for_which_no_unit_is_left_above(town: Town) -> None:
    town.he.starts(town.bot)
    for person, words in ((town.li, "路灯坏了，晚上看不见"), (town.zhao, "水管漏了没人管")):
        person.starts(town.bot, "g_BZ")
        await town.raises(person, words)
    await town.passes(days=3)
    (told,) = [message.text for message in town.private(town.he) if "最高一级" in message.text]

    assert told.startswith("🔴 2 件诉求已经到最高一级，请过问\n播州区，超时没有人接单：")
    not_accepted, overdue = told.split("播州区，办理超时：")
    for words in ("路灯坏了，晚上看不见", "水管漏了没人管"):
        assert not_accepted.count(words) == overdue.count(words) == 1


async def test_first_words_show_no_telephone_number_and_no_other_case(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    for words, begins in (
        ("#MH2611_00001 煤炭小区2栋又坏了", "「煤炭小区2栋又坏了」"),
        ("灯坏了，电话1380013" + " " * 30 + "8000", "「灯坏了，电话138****80…」"),
        ("The street lamp isn’t working since yesterday", "「The street lamp isn’t working s…」"),
    ):
        number = await town.raises(town.li, words)
        await town.presses_twice(town.wang, town.card(town.grid, number), "上报")

        assert f"⬆️ {number} {begins} 上报" in town.texts(town.community)


async def test_where_a_long_place_comes_first_the_matter_is_told_all_the_same(town: Town) -> None:
    place = "桂花桥街道遵南社区煤炭小区12栋3单元1201号"
    number = await town.raises(town.li, f"{place}的井盖松了，有老人差点绊倒")
    await town.accepts(town.wang, town.grid, number)

    assert "「井盖松了，有老人差点绊倒」" in town.last(town.li, "接单，正在办理").text
    await town.says(town.wang, "/todo")
    assert town.private(town.wang)[-1].text.count("遵南社区煤炭小区12栋") == 1


async def test_however_long_the_names_what_is_told_of_many_fits_and_none_is_lost(
    database_url: str, tmp_path: Path
) -> None:
    async with open_town(database_url, tmp_path, organisation=LONG_NAMES) as town:
        town.he.starts(town.bot)
        numbers = [await raised_in_long_words(town, n) for n in range(MORE_THAN_FIT)]
        await town.passes(minutes=25)
        reminded = town.last(town.grid, f"有 {MORE_THAN_FIT} 件诉求请跟进").text
        for _ in range(2):
            await town.passes(days=1)
        told = [m.text for m in town.private(town.he) if "最高一级" in m.text]

    rest = int(reminded.splitlines()[-1].removeprefix("……还有 ").removesuffix(" 件"))
    assert reminded.count("待接单") + rest == MORE_THAN_FIT
    assert rest > 1
    assert len(told) > 1
    assert [number for number in numbers if number not in "".join(told)] == []


async def raised_in_long_words(town: Town, n: int) -> str:
    """Let a neighbour say what is long to say, though it has few characters."""
    neighbour = town.world.add_person(60_000 + n, f"居民{n}")
    neighbour.starts(town.bot, "g_ZN-01")
    return await town.raises(neighbour, "灯坏了" + "😡" * 40)
