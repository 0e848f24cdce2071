"""归并 at odds with what else happens: danger, units that are retired, numbers in an odd order."""

import pytest

from sandbox import pictures
from sandbox.people import Person
from tests.organisations import imports
from tests.town import ORGANISATION, Town

GRID_1, GRID_2 = ORGANISATION.index("              - code: ZN-01"), ORGANISATION.index("              - code: ZN-02")
WITHOUT_GRID_1 = ORGANISATION[:GRID_1] + ORGANISATION[GRID_2:]

pytestmark = pytest.mark.town(known=("wang", "chen", "he"))


async def adds(town: Town, person: Person, number: str, words: str) -> None:
    """Let a resident add words to their case."""
    await town.presses(person, await town.opens(person, number), "补充")
    await town.says(person, words)


async def test_danger_of_a_case_that_is_merged_makes_its_main_case_urgent(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区水管爆了")
    other = await town.raises(town.zhao, "煤炭小区2栋水漫进电箱，有人触电了")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other}")

    assert (await town.case(main)).urgent
    assert "🆘" in town.card(town.grid, main).text
    assert f"{main} " in town.last(town.chen, "🆘 煤炭小区水管爆了").text
    assert "最晚 11月23日 10:10 有人接单" in town.last(town.li, main).text


async def test_danger_that_was_lifted_is_told_anew_when_a_follower_speaks_of_it_again(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区水管爆了")
    other = await town.raises(town.zhao, "煤炭小区2栋停水")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other}")
    await adds(town, town.zhao, other, "水漫进电箱，有人触电了")
    await town.presses(town.wang, await town.opens(town.wang, main), "不紧急")
    await town.says(town.wang, "看过了，没人触电")
    assert not (await town.case(main)).urgent
    told = len(town.private(town.chen))
    await adds(town, town.zhao, other, "又有人触电了，快来")

    assert (await town.case(main)).urgent
    assert any(other in message.text for message in town.private(town.chen)[told:])


async def test_a_follower_that_is_named_before_its_main_case_goes_along_with_it(town: Town) -> None:
    main, other = await town.raises(town.li, "煤炭小区水管爆了"), await town.raises(town.zhao, "煤炭小区2栋停水")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other}")
    bigger = await town.raises(town.liu, "煤炭小区全停水")
    await town.says_in(town.wang, town.grid, f"/merge {bigger} {other} {main}")

    merged = [(await town.case(number)).merged for number in (main, other)]
    assert [one and f"#{one.number}" for one in merged] == [bigger, bigger]
    assert "3 位居民" in town.card(town.grid, bigger).text
    assert f"{other} {main} 已归并到 {bigger}" in town.last(town.grid).text
    assert "居民是这样说的" not in town.texts(town.grid)  # they have read it


async def test_followers_that_are_asked_stay_with_somebody_when_the_unit_of_their_ended_main_case_is_retired(
    town: Town,
) -> None:
    main, other = await town.raises(town.li, "煤炭小区水管爆了"), await town.raises(town.zhao, "煤炭小区2栋停水")
    third = await town.raises(town.liu, "煤炭小区3栋停水")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other} {third}")
    await town.accepts(town.wang, town.grid, main)
    await town.finishes(town.wang, town.grid, main, "水管换好了")
    await town.presses(town.li, town.last(town.li, "水管换好了"), "已解决")
    await imports(town, WITHOUT_GRID_1)

    assert [(await town.case(number)).unit for number in (main, other, third)] == ["ZN-01", "ZN", "ZN"]
    await town.presses(town.liu, town.last(town.liu, "水管换好了"), "已解决")
    assert (await town.case(third)).state == "confirmed"
    await town.presses(town.zhao, town.last(town.zhao, "水管换好了"), "未解决")
    case = await town.case(other)
    assert (case.unit, case.state, case.merged, case.owner) == ("ZN", "submitted", None, None)
    await town.accepts(town.zhou, town.community, other)
    assert (await town.case(other)).state == "accepted"


async def test_a_recorded_yes_of_a_follower_is_contradicted_after_its_unit_was_retired(town: Town) -> None:
    main, other = await town.raises(town.li, "煤炭小区水管爆了"), await town.raises(town.zhao, "煤炭小区2栋停水")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other}")
    await town.accepts(town.wang, town.grid, main)
    await town.finishes(town.wang, town.grid, main, "水管换好了")
    await town.presses(town.li, town.last(town.li, "水管换好了"), "已解决")
    await town.passes(days=8)
    await town.presses(town.chen, town.card(town.grid, other), "回访")
    await town.presses(town.chen, town.last(town.chen, "居民怎么说"), "居民说已解决")
    await town.says(town.chen, "打电话问了赵大爷，有水了")
    assert (await town.case(other)).state == "confirmed"
    await imports(town, WITHOUT_GRID_1)
    await town.presses(town.zhao, town.last(town.zhao, "打电话问了"), "未解决")

    case = await town.case(other)
    assert (case.unit, case.state, case.merged) == ("ZN", "submitted", None)


async def test_the_unit_that_had_a_case_before_a_lead_merged_it_elsewhere_reads_where_it_went(town: Town) -> None:
    main, other = await town.raises(town.li, "煤炭小区水管爆了"), await town.raises(town.zhao, "芸香小镇2栋停水")
    third = await town.raises(town.stranger, "芸香小镇3栋停水")
    await town.says_in(town.liu, town.grid2, f"/merge {other} {third}")
    await town.accepts(town.liu, town.grid2, other)
    await adds(town, town.zhao, other, "五楼也停了")
    await town.says_in(town.zhou, town.community, f"/merge@minhu_bot {main} {other}")

    card = town.card(town.grid2, other)
    assert f"🔗 已归并到 {main} ，由 遵南社区 · 第1网格 办理" in card.text
    assert card.buttons() == []
    assert (await town.case(other)).units_before == {"ZN-02"}
    assert "水管爆了" not in town.texts(town.grid2)
    told = town.last(town.grid, "居民是这样说的").text
    assert f"{main} 「煤炭小区水管爆了」：归并进来的 2 件" in told
    assert f"• {other} 芸香小镇2栋停水；补充：五楼也停了" in told
    assert f"• {third} 芸香小镇3栋停水" in told
    await town.says(town.liu, f"/case {other}")
    assert f"归并到 {main}" in town.last(town.liu).text
    await town.says_in(town.wang, town.grid, f"/unmerge {other}")
    assert "➡️ 现由 遵南社区 · 第1网格 负责" in town.card(town.grid2, other).text


async def test_a_photo_that_a_worker_replaces_reaches_everybody_who_got_the_first_one(town: Town) -> None:
    main, other = await town.raises(town.li, "煤炭小区水管爆了"), await town.raises(town.zhao, "煤炭小区2栋停水")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other}")
    await town.accepts(town.wang, town.grid, main)
    old, new = pictures.draw("错的"), pictures.draw("对的")
    sent = town.wang.sends_photo(town.grid, "修了一半", data=old, reply_to=town.card(town.grid, main))
    await town.passes(seconds=3)
    town.wang.replaces(sent, new)
    await town.passes(seconds=3)

    for person in (town.li, town.zhao):
        assert [message.data for message in town.private(person) if message.kind == "photo"] == [old, new]


async def test_words_that_were_no_answer_leave_a_case_that_was_merged_since(town: Town) -> None:
    main, other = await town.raises(town.li, "煤炭小区水管爆了"), await town.raises(town.zhao, "煤炭小区2栋停水")
    for number in (main, other):
        await town.accepts(town.wang, town.grid, number)
    await town.replies(town.wang, town.card(town.grid, other), "请问几点在家？")
    await town.says(town.zhao, "红星苑3栋垃圾没人收")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other}")
    await town.presses(town.zhao, town.last(town.zhao, "不是说它"), "不是，这是新的事")

    assert "垃圾没人收" in town.draft_card(town.zhao).text
    assert (await town.events(other))[-1] == "addition_taken_out"


async def test_a_main_case_is_listed_as_overdue_as_soon_as_the_promise_to_a_follower_is_broken(town: Town) -> None:
    other = await town.raises(town.zhao, "煤炭小区2栋停水")
    await town.accepts(town.wang, town.grid, other)
    await town.passes(hours=20)
    main = await town.raises(town.li, "煤炭小区水管爆了")
    await town.accepts(town.wang, town.grid, main)
    await town.says_in(town.wang, town.grid, f"/merge {main} {other}")
    await town.passes(hours=29)
    await town.accepts(town.zhou, town.community, main)
    town.zhou.starts(town.bot)
    await town.says(town.zhou, "/todo")
    await town.presses(town.zhou, town.last(town.zhou, "待办"), "超时")

    assert "🔴" in town.card(town.community, main).text
    assert main in town.last(town.zhou, "超时").text


async def test_what_is_typed_in_the_group_to_merge_and_unmerge_is_typed_in_private_too(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区水管爆了")
    mei = town.world.add_person(4200, "梅姐")
    other = await town.raises(mei, "煤炭小区2栋没水了")
    for worker in (town.wang, town.zhou, town.he):
        await town.says(worker, "/merge 1 2")
        assert town.last(worker).text == f"🔗 {other} 已归并到 {main} ：一起办，办结时各问各的居民。"
        assert (await town.case(other)).main == (await town.case(main)).id
        await town.says(worker, "/unmerge 2")
        assert f"{other}" in town.last(worker).text
        assert (await town.case(other)).main is None
    await town.says(town.li, f"/merge {main} {other}")
    assert town.last(town.li).text == "仅网格员和负责人可用。"
    await town.says(town.wang, "/merge")
    assert "请写上两个以上的编号" in town.last(town.wang).text


async def test_who_has_said_no_to_a_report_is_not_merged_back_into_what_was_reported(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区水管爆了")
    mei = town.world.add_person(4200, "梅姐")
    number = await town.raises(mei, "煤炭小区2栋没水了")
    await town.says_in(town.wang, town.grid, f"/merge {main} {number}")
    await town.accepts(town.wang, town.grid, main)
    await town.finishes(town.wang, town.grid, main, "水管换好了")
    await town.presses(mei, town.last(mei, "水管换好了"), "未解决")
    await town.says(mei, "2栋还是没水")
    await town.says_in(town.wang, town.grid, f"/merge {main} {number}")

    assert town.last(town.grid).text == (
        f"{number} 的居民说还没解决， {main} 已经报了办结，不能并进去。请单独办好，再报办结。"
    )
    assert ((await town.case(number)).state, (await town.case(number)).main) == ("accepted", None)
    await town.presses(town.wang, await town.opens(town.wang, number), "归并")
    assert main.removeprefix("#") not in town.last(town.wang, "归并").buttons()

    await town.presses(town.li, town.last(town.li, "水管换好了"), "未解决")
    await town.says_in(town.wang, town.grid, f"/merge {main} {number}")
    await town.finishes(town.wang, town.grid, main, "阀门也换了")
    assert town.last(mei, "阀门也换了").buttons() == ["已解决", "未解决"]
