"""Where is it? By QR code, remembered, shared, written, or picked down the tree; unsure asks, never guesses."""

import pytest

from tests.town import Town


async def test_without_a_place_the_bot_asks_and_a_shared_location_finds_the_innermost_grid(town: Town) -> None:
    await town.says(town.li, "路灯坏了")
    assert "提交" not in town.draft_card(town.li).buttons()
    assert "这件事在哪里" in town.texts(town.li)
    keyboard = town.li.keyboard_in(town.bot)
    assert keyboard
    assert keyboard.labels() == [["发送位置"], ["跳过"]]

    town.li.shares_location(town.bot, 27.535, 106.825)
    await town.settle()
    assert "第1网格" in town.draft_card(town.li).text
    keyboard = town.li.keyboard_in(town.bot)
    assert keyboard
    assert keyboard.labels() == [["微心愿", "投诉", "求助"], ["建议", "咨询", "我的诉求"]]
    await town.says(town.li, "三盏都坏了")
    assert town.texts(town.li).count("地点记下了") == 1
    await town.presses(town.li, town.draft_card(town.li), "提交")
    assert [m.kind for m in town.posted(town.grid)] == ["text", "location"]


async def test_a_location_outside_gets_one_kind_sentence_and_one_in_nobodys_grid_goes_to_the_community(
    town: Town,
) -> None:
    await town.says(town.li, "路灯坏了")
    town.li.shares_location(town.bot, 39.9, 116.4)
    await town.settle()
    assert "不在服务范围内" in town.texts(town.li)
    assert "提交" not in town.draft_card(town.li).buttons()

    town.li.shares_location(town.bot, 27.51, 106.81)
    await town.settle()
    await town.presses(town.li, town.draft_card(town.li), "提交")
    assert len(town.cards(town.community)) == 1


async def test_an_answer_that_names_no_place_stays_in_the_story_and_part_of_a_name_is_enough(town: Town) -> None:
    await town.says(town.li, "路灯坏了")
    await town.says(town.li, "就是王家巷子里头")
    card = town.draft_card(town.li)
    assert "路灯坏了\n就是王家巷子里头" in card.text
    assert "提交" not in card.buttons()

    await town.says(town.li, "芸香")
    assert "第2网格" in town.draft_card(town.li).text


async def test_an_ambiguous_place_is_asked_for_with_the_units_in_question(town: Town) -> None:
    await town.says(town.li, "红星苑的路灯坏了")

    card = town.draft_card(town.li)
    assert "「红星苑」是下面哪一个" in card.text
    assert card.buttons() == ["遵南社区 · 第1网格", "遵南社区 · 第2网格", "都不是"]
    await town.presses(town.li, card, "遵南社区 · 第2网格")
    assert "提交" in town.draft_card(town.li).buttons()
    assert "第2网格" in town.draft_card(town.li).text


async def test_a_written_place_wins_over_the_remembered_grid(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "芸香小镇11号楼没有无障碍车位")

    assert "第2网格" in town.draft_card(town.li).text
    await town.presses(town.li, town.draft_card(town.li), "提交")
    assert len(town.cards(town.grid2)) == 1
    await town.says(town.li, "我们楼的灯也坏了")
    assert "第1网格" in town.draft_card(town.li).text


async def test_the_last_place_is_remembered_for_the_next_time(town: Town) -> None:
    await town.raises(town.li, "芸香小镇漏水")
    await town.says(town.li, "又漏了")

    where = "📍 红星苑6-10栋、芸香小镇（遵南社区 · 第2网格）\n（上次的地点，不对就点「地点」）\n"
    assert where in town.draft_card(town.li).text
    assert "提交" in town.draft_card(town.li).buttons()


async def test_the_tree_names_the_estates_closes_once_a_place_is_written_and_can_be_picked_down(town: Town) -> None:
    await town.says(town.li, "路灯坏了")
    await town.presses(town.li, town.draft_card(town.li), "地点")
    grids = ["煤炭小区、红星苑1-5栋（第1网格）", "红星苑6-10栋、芸香小镇（第2网格）"]
    assert town.draft_card(town.li).buttons() == [*grids, "只知道是遵南社区", "返回"]
    await town.says(town.li, "煤炭小区3栋")
    assert "提交" in town.draft_card(town.li).buttons()
    assert "煤炭小区3栋（" in town.draft_card(town.li).text

    await town.presses(town.li, town.draft_card(town.li), "地点")
    await town.presses(town.li, town.draft_card(town.li), "红星苑6-10栋、芸香小镇（第2网格）")
    assert "提交" in town.draft_card(town.li).buttons()
    assert "第2网格" in town.draft_card(town.li).text
    assert "煤炭小区3栋（" not in town.draft_card(town.li).text


async def test_who_cannot_tell_the_place_skips_and_the_root_finds_out(town: Town) -> None:
    await town.says(town.li, "路灯坏了")
    town.li.taps_keyboard(town.bot, "跳过")
    await town.settle()

    assert "先交给 播州区 弄清楚地点" in town.texts(town.li)
    await town.presses(town.li, town.draft_card(town.li), "提交")
    assert len(town.cards(town.district)) == 1


async def test_a_qr_code_of_a_grid_that_is_not_in_use_is_said_kindly_and_another_answers_where_it_is(
    town: Town,
) -> None:
    town.li.starts(town.bot, "g_XX-99")
    await town.settle()
    assert "没有启用" in town.texts(town.li)
    await town.says(town.li, "路灯坏了")
    assert "这件事在哪里" in town.texts(town.li)

    town.li.starts(town.bot, "g_ZN-02")
    await town.settle()
    assert "提交" in town.draft_card(town.li).buttons()
    assert "第2网格" in town.draft_card(town.li).text


async def test_a_pin_that_contradicts_the_written_place_is_asked_about(town: Town) -> None:
    await town.says(town.li, "芸香小镇8号楼漏水")
    town.li.sends_location(town.bot, 27.535, 106.825)
    await town.settle()

    card = town.draft_card(town.li)
    assert card.buttons()[:2] == ["遵南社区 · 第2网格", "遵南社区 · 第1网格"]
    await town.presses(town.li, card, "遵南社区 · 第2网格")
    assert "提交" in town.draft_card(town.li).buttons()


async def test_an_answer_that_names_its_place_whole_is_taken_as_it_stands(town: Town) -> None:
    for whole, grid in (("红星苑3栋", "第1网格"), ("芸香小镇", "第2网格")):
        await town.says(town.li, "红星苑电梯坏了")
        await town.says(town.li, whole)

        assert f"{whole}（遵南社区 · {grid}）" in town.draft_card(town.li).text
        assert f"地点记下了：{whole}（遵南社区 · {grid}）" in town.texts(town.li)
        await town.presses(town.li, town.draft_card(town.li), "取消")


async def test_a_written_place_that_contradicts_the_pin_is_asked_about_once(town: Town) -> None:
    town.li.sends_location(town.bot, 27.535, 106.825)
    await town.says(town.li, "芸香小镇8号楼漏水")

    card = town.draft_card(town.li)
    assert "您发的位置和写的「芸香小镇8号楼」对不上" in card.text
    assert card.buttons()[:2] == ["遵南社区 · 第1网格", "遵南社区 · 第2网格"]
    await town.presses(town.li, card, "遵南社区 · 第1网格")
    assert "提交" in town.draft_card(town.li).buttons()

    await town.says(town.li, "就在芸香小镇门口那边")
    card = town.draft_card(town.li)
    assert "提交" in card.buttons()
    assert "第1网格" in card.text


async def test_danger_in_the_answer_for_the_place_is_heard(town: Town) -> None:
    await town.says(town.li, "出事了")
    await town.says(town.li, "煤炭小区3栋着火了")

    assert "119" in town.texts(town.li)
    assert "🆘 紧急" in town.draft_card(town.li).text
    assert "出事了\n煤炭小区3栋着火了" in town.draft_card(town.li).text
    assert "第1网格" in town.draft_card(town.li).text


async def test_what_an_answer_tells_besides_the_place_stays_in_the_story(town: Town) -> None:
    await town.says(town.li, "红星苑电梯坏了")
    await town.says(town.li, "8栋，老人下不了楼，请打13912345678")

    await town.presses(town.li, town.draft_card(town.li), "提交")
    case = await town.case(town.number_told(town.li))
    assert (case.unit, case.address) == ("ZN-02", "红星苑8栋")
    assert case.text == "红星苑电梯坏了\n8栋，老人下不了楼，请打13912345678"


async def test_a_number_that_is_no_building_does_not_settle_the_place(town: Town) -> None:
    said = "红星苑电梯坏了"
    await town.says(town.li, said)
    for words in ("13912345678", "2024，已经报过一次了", "3号报修过，没人来", "3天了"):
        await town.says(town.li, words)
        said += f"\n{words}"

        card = town.draft_card(town.li)
        assert "提交" not in card.buttons()
        assert said in card.text


async def test_a_pin_outside_argues_with_nobody(town: Town) -> None:
    town.li.sends_location(town.bot, 39.9, 116.4)
    await town.says(town.li, "煤炭小区漏水")
    await town.says(town.li, "说错了，是芸香小镇8号楼")

    assert "芸香小镇8号楼（遵南社区 · 第2网格）" in town.draft_card(town.li).text


async def test_of_two_places_the_chosen_one_is_the_address(town: Town) -> None:
    await town.says(town.li, "我住煤炭小区，芸香小镇门口的垃圾没人清")
    await town.presses(town.li, town.draft_card(town.li), "遵南社区 · 第2网格")

    assert "芸香小镇（遵南社区 · 第2网格）" in town.draft_card(town.li).text


async def test_an_edited_answer_moves_the_place(town: Town) -> None:
    await town.says(town.li, "路灯坏了")
    answer = await town.says(town.li, "煤炭小区3栋")
    town.li.edits(answer, "芸香小镇3栋")
    await town.settle()

    assert "芸香小镇3栋（遵南社区 · 第2网格）" in town.draft_card(town.li).text


async def test_cancelling_takes_the_keyboard_of_the_question_away(town: Town) -> None:
    await town.says(town.li, "路灯坏了")
    await town.presses(town.li, town.draft_card(town.li), "取消")

    keyboard = town.li.keyboard_in(town.bot)
    assert keyboard
    assert "微心愿" in keyboard.labels()[0]


async def test_the_qr_code_scanned_last_counts_for_the_draft_at_hand_too(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "路灯坏了")
    assert "第1网格" in town.draft_card(town.li).text
    for code, name in (("ZN-02", "第2网格"), ("ZN-01", "第1网格"), ("ZN-02", "第2网格")):
        town.li.starts(town.bot, f"g_{code}")
        await town.settle()
        assert name in town.draft_card(town.li).text
    await town.presses(town.li, town.draft_card(town.li), "提交")

    assert (await town.case(town.number_told(town.li))).unit == "ZN-02"
    assert not town.cards(town.grid)


async def test_a_qr_code_scanned_after_a_pin_or_a_choice_counts(town: Town) -> None:
    await town.says(town.li, "路灯坏了")
    town.li.sends_location(town.bot, 27.535, 106.825)
    town.li.starts(town.bot, "g_ZN-02")
    await town.settle()
    assert "第2网格" in town.draft_card(town.li).text

    await town.presses(town.li, town.draft_card(town.li), "地点")
    await town.presses(town.li, town.draft_card(town.li), "煤炭小区、红星苑1-5栋（第1网格）")
    town.li.starts(town.bot, "g_ZN-02")
    await town.settle()
    assert "第2网格" in town.draft_card(town.li).text


@pytest.mark.parametrize("place", ["煤炭小区3栋", "煤炭"])
async def test_a_written_place_wins_over_a_qr_code_scanned_later_and_the_resident_reads_so(
    town: Town, place: str
) -> None:
    await town.says(town.li, "路灯坏了")
    await town.says(town.li, place)
    town.li.starts(town.bot, "g_ZN-02")
    await town.settle()

    assert f"{place}（遵南社区 · 第1网格）" in town.draft_card(town.li).text
    assert f"仍送到 {place}（遵南社区 · 第1网格）" in town.texts(town.li)


async def test_a_qr_code_tells_which_of_the_places_of_one_name_is_meant_and_that_of_another_place_does_not(
    town: Town,
) -> None:
    await town.says(town.li, "红星苑的路灯坏了")
    town.li.starts(town.bot, "g_GHQ")
    await town.settle()
    assert town.draft_card(town.li).buttons() == ["遵南社区 · 第1网格", "遵南社区 · 第2网格", "都不是"]

    town.li.starts(town.bot, "g_ZN-02")
    await town.settle()
    assert "红星苑（遵南社区 · 第2网格）" in town.draft_card(town.li).text
    assert "提交" in town.draft_card(town.li).buttons()


async def test_of_a_live_location_the_first_position_is_the_place(town: Town) -> None:
    await town.says(town.li, "路灯坏了")
    town.li.sends_location(town.bot, 27.535, 106.825)
    waiting = town.bot.updates.pending(0)[-1]["message"]
    town.bot.updates.clear()
    live = {**waiting, "location": {**waiting["location"], "live_period": 900}}
    town.bot.updates.put("message", live)
    await town.settle()
    assert "第1网格" in town.draft_card(town.li).text
    moved = {**live, "edit_date": live["date"] + 60, "location": {**live["location"], "latitude": 27.51}}
    town.bot.updates.put("edited_message", moved)
    await town.settle()

    assert "提交" in town.draft_card(town.li).buttons()
    assert "第1网格" in town.draft_card(town.li).text
    await town.presses(town.li, town.draft_card(town.li), "提交")
    number = town.number_told(town.li)
    town.bot.updates.put("edited_message", moved)
    await town.settle()
    case = await town.case(number)
    assert case.location is not None
    assert (case.location.latitude, case.unit) == (27.535, "ZN-01")
    assert await town.events(number) == ["case_raised"]
