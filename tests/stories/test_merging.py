"""归并: cases about one matter are worked on as one, and each ends by the word of its own resident."""

import asyncio

import pytest

from domain.desk.casework.view import read_file
from domain.desk.merging import follow
from domain.record.history import Event
from sandbox.page.case_files import show_cases
from sandbox.people import Person
from tests.town import Town

pytestmark = pytest.mark.town(known=("wang", "chen"))


async def neighbour(town: Town, name: str, words: str) -> tuple[Person, str]:
    """Let another resident raise a case in the same grid, and return them with its number."""
    person = town.world.add_person(4000 + len(town.world.people), name)
    return person, await town.raises(person, words)


async def test_three_residents_of_one_burst_main_are_each_told_and_each_asked(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区水管爆了")
    mei, second = await neighbour(town, "梅姐", "煤炭小区2栋没水了")
    bo, third = await neighbour(town, "老伯", "煤炭小区3栋停水")
    await town.says_in(town.wang, town.grid, f"/merge {main} {second} {third}")

    assert f"{second} {third} 已归并到 {main}" in town.texts(town.grid)
    assert f"您的 {second} 「煤炭小区2栋没水了」 和 {main} 一起办理" in town.texts(mei)
    card = town.card(town.grid, main)
    assert "3 位居民" in card.text
    assert town.card(town.grid, second).buttons() == []
    joined = town.card(town.grid, second).text
    assert f"已归并到 {main}" in joined
    assert "待接单" not in joined

    await town.presses(town.wang, card, "接单")
    assert f"{third} 「煤炭小区3栋停水」" in town.last(bo, "接单").text
    await town.replies(town.wang, town.card(town.grid, main), "抢修队到了")
    for person in (town.li, mei, bo):
        assert "抢修队到了" in town.texts(person)

    await town.finishes(town.wang, town.grid, main, "水管换好了")
    for person, number in ((town.li, main), (mei, second), (bo, third)):
        asked = town.last(person, "水管换好了")
        assert number in asked.text
        assert asked.buttons() == ["已解决", "未解决"]
    await town.presses(mei, town.last(mei, "水管换好了"), "已解决")
    assert "3 位居民，1 位说已解决" in town.card(town.grid, main).text
    await town.presses(bo, town.last(bo, "水管换好了"), "未解决")
    await town.says(bo, "三楼还是没水")

    states = [(await town.case(number)).state for number in (main, second, third)]
    assert states == ["resolved", "confirmed", "accepted"]
    alone = await town.case(third)
    assert alone.merged is None
    assert (alone.unit, alone.owner and alone.owner.name) == ("ZN-01", "王建国")
    assert "三楼还是没水" in town.texts(town.grid)
    assert "办结" in town.card(town.grid, third).buttons()
    await town.presses(town.li, town.last(town.li, "水管换好了"), "已解决")
    assert (await town.case(main)).state == "confirmed"


async def several(town: Town, followers: int = 2) -> tuple[str, list[tuple[Person, str]]]:
    """Let residents raise one matter, the last of them without a name, and let a worker merge and accept it."""
    main = await town.raises(town.li, "煤炭小区水管爆了")
    others = [await neighbour(town, f"邻居{n}", f"煤炭小区{n}栋停水") for n in range(2, 1 + followers)]
    hidden = town.world.add_person(5000, "周小隐")
    await town.says(hidden, f"煤炭小区{1 + followers}栋停水")
    await town.presses(hidden, town.draft_card(hidden), "匿名")
    await town.presses(hidden, town.draft_card(hidden), "提交")
    others.append((hidden, town.number_told(hidden)))
    numbers = " ".join(number for _, number in others)
    await town.says_in(town.wang, town.grid, f"/merge {main} {numbers}")
    await town.accepts(town.wang, town.grid, main)
    return main, others


async def test_once_the_main_case_of_several_is_withdrawn_the_others_go_on_each_by_itself(town: Town) -> None:
    main, others = await several(town)
    assert "3 位居民" in town.card(town.grid, main).text
    assert "周小隐" not in town.texts(town.grid)
    await town.presses_twice(town.li, await town.opens(town.li, main), "撤回")

    for person, number in others:
        case = await town.case(number)
        assert (case.state, case.unit, case.owner and case.owner.name) == ("accepted", "ZN-01", "王建国")
        assert case.merged is None
        assert f"{number} 「" in town.last(person, "那一件不再办理").text
        assert "办结" in town.card(town.grid, number).buttons()
    assert "匿名" in town.card(town.grid, others[-1][1]).text


async def test_a_merged_case_moves_as_one_and_each_resident_reads_it_with_their_own_deadline(town: Town) -> None:
    main, others = await several(town)
    person, number = others[0]
    own = await town.case(number)
    assert own.merged is not None
    await town.presses_twice(town.wang, town.card(town.grid, main), "上报")

    assert (await town.case(number)).unit == "ZN"
    assert f"{number} 「煤炭小区2栋停水」" in town.last(person, "报给上一级").text
    assert "3 位居民" in town.card(town.community, main).text
    assert not any(other in card.text for card in town.cards(town.community) for _, other in others)
    assert all(town.texts(town.community).count(other) == 1 for _, other in others)
    await town.presses(town.zhou, town.card(town.community, main), "接单")
    await town.says(person, f"/case {number}")
    assert f"和 #{main.lstrip('#')} 一起办理" in town.texts(person)
    assert "周主任" in town.last(person, "接单").text
    file = town.last(person, "经过").text
    assert file.index("一起办理") < file.index("王建国 接单") < file.index("上报")
    assert "周主任 接单" in file
    shown = next(shown for shown in await show_cases(town.desks, "zh") if shown["number"] == number)
    assert "王建国 接单" in [row["what"] for row in shown["rows"]]
    assert "解除归并" in (await town.opens(town.zhou, number)).buttons()
    assert not {"办结", "接单", "紧急", "转派"} & set(town.last(town.zhou, "经过").buttons())
    await town.says(town.zhou, "/todo")
    assert main in town.last(town.zhou).text
    assert number not in town.last(town.zhou).text


async def test_where_the_main_resident_says_no_whoever_was_asked_keeps_the_question(town: Town) -> None:
    main, others = await several(town)
    await town.finishes(town.wang, town.grid, main, "换好了")
    (mei, second), (bo, third), *_ = others
    await town.presses(mei, town.last(mei, "换好了"), "已解决")
    await town.presses(town.li, town.last(town.li, "换好了"), "未解决")

    states = [(await town.case(number)).state for number in (main, second, third)]
    assert states == ["accepted", "confirmed", "resolved"]
    await town.presses(bo, town.last(bo, "换好了"), "已解决")
    assert (await town.case(third)).state == "confirmed"
    await town.presses(mei, town.last(mei, "点错了"), "点错了")
    assert (await town.case(second)).state == "resolved"


async def test_danger_told_by_a_follower_alarms_for_the_main_case(town: Town) -> None:
    main, others = await several(town)
    person, number = others[0]
    await town.presses(person, await town.opens(person, number), "补充")
    await town.says(person, "水漫进电箱，有人触电了")

    assert "🆘" in town.card(town.grid, main).text
    assert (await town.case(main)).urgent
    assert f"{number} " in town.last(town.grid, "触电").text
    assert number in town.texts(town.wang)


async def test_a_case_that_is_parted_goes_on_with_the_same_owner_and_who_is_left_goes_along_with_the_main_case(
    town: Town,
) -> None:
    main, ((person, number), (_, left)) = await several(town)
    await town.says_in(town.wang, town.grid, f"/unmerge {number[-1]}")

    case = await town.case(number)
    assert (case.state, case.owner and case.owner.name, case.merged) == ("accepted", "王建国", None)
    assert f"{number} 「煤炭小区2栋停水」 现在单独办理" in town.texts(person)
    assert "2 位居民" in town.card(town.grid, main).text
    await town.says_in(town.wang, town.grid, f"/unmerge {number}")
    assert "没有归并到别的诉求" in town.last(town.grid).text
    await town.says_in(town.wang, town.grid, f"/merge {main}")
    assert "请写上两个以上的编号" in town.last(town.grid).text
    await town.says_in(town.wang, town.grid, f"/merge {main} #MH2611_99999")
    assert (await town.case(number)).merged is None

    bigger = await town.raises(town.zhao, "煤炭小区全停水")
    await town.says_in(town.wang, town.grid, f"/merge {bigger} {main}")

    for number in (main, left):
        merged = (await town.case(number)).merged
        assert merged is not None
        assert f"#{merged.number}" == bigger
    assert "3 位居民" in town.card(town.grid, bigger).text
    await town.says_in(town.wang, town.grid, f"/merge {main} {bigger}")
    assert f"{bigger} 不能和自己归并" in town.last(town.grid).text
    await town.says_in(town.wang, town.grid, f"/merge {bigger} {main}")
    assert f"{main} 已经归并到 {bigger} 了" in town.last(town.grid).text


async def test_one_persons_own_two_cases_are_merged_and_each_is_asked(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区水管爆了")
    second = await town.raises(town.li, "煤炭小区2栋没水了")
    await town.presses(town.wang, await town.opens(town.wang, second), "归并")
    await town.presses(town.wang, town.last(town.wang, "是同一件事"), main.lstrip("#"))
    assert f"{second} 已归并到 {main}" in town.texts(town.wang)
    assert "位居民" not in town.card(town.grid, main).text
    await town.accepts(town.wang, town.grid, main)
    await town.finishes(town.wang, town.grid, main, "换好了")

    asked = [message for message in town.private(town.li) if "换好了" in message.text]
    assert [number for number in (main, second) if any(number in message.text for message in asked)] == [main, second]


@pytest.mark.both_databases
async def test_two_workers_merge_each_others_way_at_once_and_one_of_them_reads_it(town: Town) -> None:
    first = await town.raises(town.li, "煤炭小区水管爆了")
    _, second = await neighbour(town, "梅姐", "煤炭小区2栋没水了")
    town.wang.writes(town.grid, f"/merge {first} {second}")
    await town.says_in(town.zhou, town.community, f"/merge@minhu_bot {second} {first}")

    merged = [case.merged for case in (await town.case(first), await town.case(second))]
    assert sorted(one is None for one in merged) == [False, True]


async def test_a_follower_who_has_blocked_the_bot_is_said_in_the_group_and_holds_up_nobody(town: Town) -> None:
    main, others = await several(town)
    (mei, second), (bo, _), *_ = others
    mei.blocks(town.bot)
    await town.finishes(town.wang, town.grid, main, "换好了")

    assert f"{second} 「煤炭小区2栋停水」：联系不上居民" in town.texts(town.grid)
    assert "换好了" in town.texts(bo)
    assert (await town.case(second)).state == "resolved"


async def test_a_follower_that_is_merged_into_another_leaves_its_main_case_which_counts_one_less(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区水管爆了")
    _, second = await neighbour(town, "梅姐", "煤炭小区2栋没水了")
    _, third = await neighbour(town, "老伯", "煤炭小区门口积水")
    await town.says_in(town.wang, town.grid, f"/merge {main} {second}")
    assert "2 位居民" in town.card(town.grid, main).text
    await town.says_in(town.wang, town.grid, f"/merge {third} {second}")

    assert "2 位居民" in town.card(town.grid, third).text
    assert f"已归并到 {third}" in town.card(town.grid, second).text
    assert "位居民" not in town.card(town.grid, main).text


async def test_once_a_follower_with_an_earlier_deadline_is_withdrawn_its_main_case_has_its_own_again(
    town: Town,
) -> None:
    mei, second = await neighbour(town, "梅姐", "煤炭小区2栋没水了")
    await town.accepts(town.wang, town.grid, second)
    await town.passes(hours=10)
    main = await town.raises(town.li, "煤炭小区水管爆了")
    await town.says_in(town.wang, town.grid, f"/merge {main} {second}")
    await town.accepts(town.wang, town.grid, main)
    due = (await town.case(second)).resolve.due_at
    assert (await town.case(main)).resolve.due_at == due
    await town.presses_twice(mei, await town.opens(mei, second), "撤回")
    assert "位居民" not in town.card(town.grid, main).text

    await town.passes(seconds=(due - town.clock.now()).total_seconds() + 1)
    assert (await town.case(main)).unit == "ZN-01"


@pytest.mark.both_databases
async def test_followers_are_asked_some_at_a_time_each_once_whatever_is_said_in_the_middle_and_over_a_restart(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "AT_ONCE", 1)
    main, others = await several(town, 4)
    bo, withdrawn = others.pop(2)
    await town.says(bo, f"/case {withdrawn}")
    before = await town.count("history")
    await town.presses(town.wang, town.card(town.grid, main), "办结")
    town.wang.replies(town.last(town.grid, main), "换好了")
    await town.has(before + 2, "history")  # it is reported, and the first of four is asked
    await town.stop()
    for _ in range(2):
        bo.presses(town.last(bo, "经过"), "撤回")
    await town.start()
    assert (await town.events(withdrawn))[-1] == "case_withdrawn"
    for person, number in others:
        assert (await town.events(number)).count("case_resolved") == 1
        assert town.texts(person).count("换好了") == 1

    joined = [await neighbour(town, f"对门{n}", f"煤炭小区{n}栋也停水") for n in range(6, 9)]
    numbers = [number for _, number in joined]
    await town.presses(town.li, town.last(town.li, "换好了"), "未解决")
    await town.says_in(town.wang, town.grid, f"/merge {main} {' '.join(numbers)}")
    await town.presses(town.wang, town.card(town.grid, main), "办结")
    town.wang.replies(town.last(town.grid, "办理结果"), "又修了一遍")
    with town.world.feed.subscribe() as changes:
        while "又修了一遍" not in town.texts(town.li):
            await anext(changes)
    await town.presses(town.li, town.last(town.li, "又修了一遍"), "未解决")
    await town.accepts(town.zhou, town.community, main)  # where it has gone, returned twice
    await town.finishes(town.zhou, town.community, main, "这回好了")

    assert (await town.events(main)).count("case_resolved") == 3
    for number in (*numbers, *(number for _, number in others)):
        assert (await town.case(number)).state == "resolved"
        assert (await town.events(number)).count("case_resolved") == 1


@pytest.mark.both_databases
async def test_the_file_of_a_follower_is_read_while_somebody_works_on_its_main_case(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区水管爆了")
    _, second = await neighbour(town, "梅姐", "煤炭小区2栋没水了")
    await town.says_in(town.wang, town.grid, f"/merge {main} {second}")
    await town.accepts(town.wang, town.grid, main)

    follower = await town.case(second)
    async with town.desks.writing() as (_, work), town.desks.reading() as (desk, _), asyncio.timeout(5):
        await work.cases.numbered(main.removeprefix("#"))
        events = [row.event for row in (await read_file(desk, follower)).rows]
    assert Event.CASE_ACCEPTED in events
