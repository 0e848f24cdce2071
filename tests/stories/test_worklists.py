"""A worker with many open cases sees at once what they are about, narrows the list, and opens each with its buttons."""

from datetime import timedelta

import pytest

from sandbox.messages import Message
from sandbox.people import Person
from tests.town import Town

LAMP, PIPE = "煤炭小区2栋的路灯坏了", "红星苑3栋的水管漏了"


async def many_cases(town: Town, count: int) -> list[str]:
    numbers = []
    for n in range(count):
        neighbour = town.world.add_person(60_000 + n, f"居民{n}")
        numbers.append(await town.raises(neighbour, f"煤炭小区{n % 9 + 1}栋的第{n}盏路灯坏了"))
    return numbers


async def asks(town: Town, person: Person, words: str = "/todo") -> Message:
    await town.says(person, words)
    return town.private(person)[-1]


@pytest.mark.both_databases
async def test_a_worker_reads_in_private_what_is_open_in_all_their_units_their_own_first(town: Town) -> None:
    lamp, pipe = await town.raises(town.li, LAMP), await town.raises(town.zhao, PIPE)
    await town.accepts(town.wang, town.grid, pipe)
    listed = await asks(town, town.wang)

    assert "待办 2 件" in listed.text
    assert listed.text.index(pipe) < listed.text.index(lamp)
    for words in ("路灯坏了", "煤炭小区2栋", "水管漏了", "红星苑3栋", "还剩", "🟢"):
        assert words in listed.text
    assert (await asks(town, town.liu)).text == "没有待办。"


async def test_who_works_for_no_unit_is_told_whom_it_is_for(town: Town) -> None:
    await town.raises(town.li, LAMP)

    assert (await asks(town, town.li)).text == "仅网格员和负责人可用。"


@pytest.mark.both_databases
async def test_the_list_is_narrowed_to_what_is_overdue_free_or_ones_own(town: Town) -> None:
    lamp, pipe = await town.raises(town.li, LAMP), await town.raises(town.zhao, PIPE)
    await town.accepts(town.wang, town.grid, pipe)
    listed = await asks(town, town.wang)

    await town.presses(town.wang, listed, "待接单")
    assert lamp in listed.text
    assert pipe not in listed.text
    await town.presses(town.wang, listed, "我的")
    assert pipe in listed.text
    assert lamp not in listed.text
    await town.presses(town.wang, listed, "超时")
    assert "超时 0 件" in listed.text


async def test_what_is_past_its_deadline_stands_in_the_list_of_what_is_overdue(town: Town) -> None:
    pipe = await town.raises(town.zhao, PIPE)
    for _ in range(6):
        await town.passes(days=1)
    await town.says(town.ma, "/start")  # what waited for it comes first
    listed = await asks(town, town.ma)
    await town.presses(town.ma, listed, "超时")

    assert "超时 1 件" in listed.text
    assert pipe in listed.text
    assert "🔴" in listed.text


async def test_in_a_group_ones_own_are_those_of_whoever_presses(town: Town) -> None:
    lamp, pipe = await town.raises(town.li, LAMP), await town.raises(town.zhao, PIPE)
    await town.accepts(town.wang, town.grid, lamp)
    await town.accepts(town.chen, town.grid, pipe)
    await town.says_in(town.wang, town.grid, "/todo@minhu_bot")
    listed = town.last(town.grid, "待办 2 件")

    await town.presses(town.chen, listed, "我的")
    assert (pipe in listed.text, lamp in listed.text) == (True, False)
    await town.presses(town.wang, listed, "我的")
    assert (pipe in listed.text, lamp in listed.text) == (False, True)
    assert await town.presses(town.stranger, listed, "全部") == "这件事现在归 遵南社区 · 第1网格 ，请由他们操作。"


async def test_each_case_of_the_list_opens_with_its_buttons(town: Town) -> None:
    lamp = await town.raises(town.li, LAMP)
    listed = await asks(town, town.wang)
    await town.presses(town.wang, listed, lamp.removeprefix("#"))
    opened = town.private(town.wang)[-1]

    assert "经过" in opened.text
    assert "接单" in opened.buttons()
    await town.presses(town.wang, opened, "接单")
    assert (await town.case(lamp)).state == "accepted"

    await town.says_in(town.wang, town.grid, "/todo@minhu_bot")
    await town.presses(town.wang, town.last(town.grid, "待办 1 件"), lamp.removeprefix("#"))
    opened = town.posted(town.grid)[-1]
    assert {"办结", "转派", "上报"} <= set(opened.buttons())


@pytest.mark.both_databases
async def test_a_case_is_found_by_the_last_digits_of_its_number(town: Town) -> None:
    lamp, pipe = await town.raises(town.li, LAMP), await town.raises(town.zhao, PIPE)

    assert lamp in (await asks(town, town.wang, "/case 1")).text
    assert pipe in (await asks(town, town.wang, "/case #00002")).text
    assert "没找到" in (await asks(town, town.wang, "/case 7")).text
    assert "没找到" in (await asks(town, town.liu, "/case 1")).text


async def test_many_turn_page_by_page_and_digits_that_fit_several_are_answered_with_a_button_for_each(
    town: Town,
) -> None:
    numbers = await many_cases(town, 20)
    listed = await asks(town, town.wang)
    seen = listed.text
    for _ in range(2):
        await town.presses(town.wang, listed, "下一页 ›")
        seen += listed.text
    assert "（第 3/3 页）" in listed.text
    assert all(number in seen for number in numbers)
    assert all(f"第{n}盏路灯" in seen for n in range(len(numbers)))

    tenth, last = numbers[9], numbers[19]
    assert numbers[10] in (await asks(town, town.wang, "/case 11")).text
    asked = await asks(town, town.wang, "/case 0")
    assert asked.buttons() == [tenth, last]
    await town.presses(town.wang, asked, last)
    assert "第19盏路灯" in town.private(town.wang)[-1].text
    told = (await asks(town, town.he, "/assign 0 ZN-02")).text
    assert [number for number in numbers if number in told] == asked.buttons()
    assert (await town.case(tenth)).unit == "ZN-01"


async def test_reminders_for_many_name_words_and_place(town: Town) -> None:
    for person, words in ((town.li, LAMP), (town.zhao, PIPE)):
        await town.accepts(town.wang, town.grid, await town.raises(person, words))
    await town.stop()
    town.clock.advance(timedelta(hours=5))
    await town.start()
    reminded = town.last(town.grid, "请跟进").text

    for words in ("煤炭小区2栋", "路灯坏了", "红星苑3栋", "水管漏了"):
        assert words in reminded


async def test_cases_that_climb_together_say_the_reason_once_and_name_words_and_place(town: Town) -> None:
    await town.raises(town.li, LAMP)
    await town.raises(town.zhao, PIPE)
    await town.passes(hours=1)
    told = next(text for text in reversed([m.text for m in town.posted(town.grid)]) if "件诉求转到上一级" in text)

    assert told.count("超时未接单") == 1
    for words in ("煤炭小区2栋", "路灯坏了", "红星苑3栋", "水管漏了"):
        assert words in told
