"""Which building? Read however it is written, corrected when it was wrong, and asked about where it is not sure."""

from tests.town import Town


async def test_a_building_wins_over_the_remembered_grid_however_it_is_written(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    for written in ("红星苑（8栋）", "红星苑-8栋", "8栋红星苑", "我家红星苑，住8幢", "红星苑二期8栋", "红星苑8️⃣栋"):
        await town.says(town.li, f"{written}漏水")

        card = town.draft_card(town.li)
        assert "第2网格" in card.text
        assert "提交" in card.buttons()
        await town.presses(town.li, card, "取消")


async def test_what_counts_no_buildings_leaves_the_remembered_grid(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-02")
    for words in ("红星苑1号门坏了", "红星苑2号电梯坏了", "红星苑三号下午停电", "红星苑5号停电（11月5号）"):
        await town.says(town.li, words)

        assert "第2网格" in town.draft_card(town.li).text
        await town.presses(town.li, town.draft_card(town.li), "取消")


async def test_what_is_not_surely_read_is_asked_also_of_those_whose_grid_is_known(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    for words in ("红星苑8号停电", "红星苑5-6栋停水", "煤炭小区和芸香小镇之间的路灯坏了"):
        await town.says(town.li, words)

        card = town.draft_card(town.li)
        assert card.buttons()[:2] == ["遵南社区 · 第1网格", "遵南社区 · 第2网格"]
        await town.presses(town.li, card, "遵南社区 · 第2网格")
        await town.presses(town.li, town.draft_card(town.li), "取消")


async def test_a_building_that_is_corrected_later_moves_the_place(town: Town) -> None:
    await town.says(town.li, "红星苑3栋漏水")
    await town.says(town.li, "不对，是7栋")

    assert "红星苑7栋（遵南社区 · 第2网格）" in town.draft_card(town.li).text


async def test_another_building_said_later_is_asked_about(town: Town) -> None:
    await town.says(town.li, "红星苑3栋漏水")
    await town.says(town.li, "8栋也漏")

    assert town.draft_card(town.li).buttons()[:2] == ["遵南社区 · 第1网格", "遵南社区 · 第2网格"]


async def test_a_row_of_numbers_made_to_be_slow_is_answered(town: Town) -> None:
    await town.says(town.li, "红星苑路灯坏了")
    await town.says(town.li, "11-" * 1_000 + " 谢谢")
    await town.says(town.li, "8栋")

    assert "红星苑8栋（遵南社区 · 第2网格）" in town.draft_card(town.li).text


async def test_a_written_answer_is_taken_with_building_and_door(town: Town) -> None:
    await town.says(town.li, "路灯坏了")
    await town.says(town.li, "红星苑7栋2单元门口")

    card = town.draft_card(town.li)
    assert "红星苑7栋2单元门口（遵南社区 · 第2网格）" in card.text
    assert "💬 路灯坏了" in card.text
    await town.presses(town.li, card, "提交")
    assert (await town.case(town.number_told(town.li))).address == "红星苑7栋2单元门口"


async def test_a_building_that_is_nobodys_goes_to_the_common_ancestor(town: Town) -> None:
    number = await town.raises(town.li, "红星苑12栋的路灯坏了")

    assert town.card(town.community, number)
    assert not town.cards(town.grid)


async def test_a_building_is_answer_enough_where_only_the_building_was_missing(town: Town) -> None:
    await town.says(town.li, "红星苑电梯坏了")
    await town.says(town.li, "声音很大")
    assert len([label for label in town.draft_card(town.li).buttons() if "网格" in label]) == 2
    await town.says(town.li, "7栋")

    assert "红星苑7栋（遵南社区 · 第2网格）" in town.draft_card(town.li).text
    assert "提交" in town.draft_card(town.li).buttons()


async def test_a_building_said_later_wins_over_the_remembered_grid(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "红星苑的路灯坏了")
    assert "第1网格" in town.draft_card(town.li).text
    await town.says(town.li, "8栋门口那一盏")

    assert "红星苑8栋门口（遵南社区 · 第2网格）" in town.draft_card(town.li).text


async def test_a_building_that_is_nobodys_wins_over_the_remembered_grid(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "红星苑12栋漏水")

    assert "红星苑12栋（遵南社区）" in town.draft_card(town.li).text
