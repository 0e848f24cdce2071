"""Drafts survive, are put away, and may become part of a case that is open already."""

from pathlib import Path

import pytest

from bot.app import import_file
from bot.org_file import read_organisation
from domain.desk.casework.view import PAGE
from tests.town import ORGANISATION, Town


async def test_a_draft_survives_a_restart_and_is_not_put_away_while_it_is_written_on(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "路灯坏了")
    await town.restart()
    await town.passes(hours=20)
    await town.says(town.li, "一共三盏")
    await town.passes(hours=20)

    assert "收起来" not in town.texts(town.li)
    await town.presses(town.li, town.draft_card(town.li), "提交")
    assert (await town.case(town.number_told(town.li))).text == "路灯坏了\n一共三盏"


@pytest.mark.both_databases
async def test_an_unfinished_draft_is_put_away_with_a_word_and_can_be_taken_up(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "路灯坏了")
    await town.passes(days=1)

    word = town.last(town.li, "先替您收起来了")
    assert word.buttons() == ["继续填写"]
    assert "「路灯坏了」" in word.text
    await town.presses(town.li, word, "继续填写")
    await town.presses(town.li, town.draft_card(town.li), "提交")
    assert (await town.case(town.number_told(town.li))).text == "路灯坏了"


async def test_a_draft_offers_to_be_added_to_an_open_case(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    number = await town.raises(town.li, "路灯坏了")
    await town.says(town.li, "今晚又黑了")
    town.li.sends_photo(town.bot)
    await town.settle()

    card = town.draft_card(town.li)
    assert f"补充到 {number}" in card.buttons()
    await town.presses(town.li, card, f"补充到 {number}")

    assert await town.count("cases") == 1
    assert (await town.events(number))[-1] == "case_supplemented"
    assert "居民补充：\n今晚又黑了" in town.texts(town.grid)
    assert town.posted(town.grid)[-1].kind == "photo"
    assert town.last(town.li, "已补充到").buttons() == []


async def test_a_draft_may_be_added_to_any_open_case_however_many_there_are(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    numbers = [await town.raises(town.li, f"第{count}盏路灯坏了") for count in range(PAGE + 1)]
    await town.says(town.li, "今晚又黑了")
    assert [label for label in town.draft_card(town.li).buttons() if label.startswith("补充到 ")] == [
        f"补充到 {number}" for number in reversed(numbers[-3:])
    ]

    await town.presses(town.li, town.draft_card(town.li), f"补充到别的诉求（还有 {PAGE - 2} 件）")
    await town.presses(town.li, town.draft_card(town.li), "下一页 ›")
    await town.presses(town.li, town.draft_card(town.li), f"补充到 {numbers[0]}")

    assert (await town.events(numbers[0]))[-1] == "case_supplemented"


async def test_the_case_that_waits_for_an_answer_is_offered_first(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    first = await town.raises(town.li, "路灯坏了")
    second = await town.raises(town.li, "井盖松了")
    await town.accepts(town.wang, town.grid, first)
    await town.replies(town.wang, town.card(town.grid, first), "请问是哪一盏？")
    assert "想问您" in town.texts(town.li)
    assert (await town.case(first)).state == "waiting"

    await town.says(town.li, "另外，最里面那盏")
    offers = [label for label in town.draft_card(town.li).buttons() if label.startswith("补充到")]
    assert offers == [f"补充到 {first}", f"补充到 {second}"]
    await town.presses(town.li, town.draft_card(town.li), offers[0])

    assert (await town.case(first)).state == "accepted"
    assert "居民答复：\n另外，最里面那盏" in town.texts(town.grid)


async def test_a_draft_of_somebody_else_cannot_be_submitted(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    town.zhao.starts(town.bot)
    await town.says(town.li, "路灯坏了")

    answer = await town.forges(town.zhao, town.last(town.zhao), "ds:1")

    assert answer == "这份草稿已经处理过了。有新的事，直接发给我就行。"
    assert await town.count("cases") == 0


async def test_a_draft_is_not_taken_up_while_another_is_written_and_takes_the_qr_code_scanned_since(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "路灯坏了")
    await town.passes(days=2)
    word = town.last(town.li, "先替您收起来了")
    town.li.starts(town.bot, "g_ZN-02")
    await town.says(town.li, "井盖松了")

    assert "您正在写另一份" in await town.presses(town.li, word, "继续填写")
    await town.presses(town.li, town.draft_card(town.li), "取消")
    await town.presses(town.li, word, "继续填写")
    assert "💬 路灯坏了" in town.draft_card(town.li).text
    assert "第2网格" in town.draft_card(town.li).text
    assert await town.presses(town.li, word, "继续填写") == "草稿又打开了"


async def test_what_was_meant_for_a_case_that_has_ended_stays_in_the_draft(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    number = await town.raises(town.li, "路灯坏了")
    page = await town.opens(town.li, number)
    await town.says(town.li, "今晚又黑了")
    await town.presses_twice(town.li, page, "撤回")

    assert "没人再办了" in await town.forges(town.li, town.draft_card(town.li), "d+:2:1")
    assert await town.events(number) == ["case_raised", "case_withdrawn"]
    card = town.draft_card(town.li)
    assert card.buttons() == ["提交", "类别", "地点", "匿名", "取消"]
    await town.presses(town.li, card, "提交")
    assert (await town.case(town.number_told(town.li))).text == "今晚又黑了"


async def test_the_old_buttons_of_a_draft_tell_what_became_of_it(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    ends = (("提交", "编号是 #MH2611_00001"), ("取消", "已经处理过了"), ("", "收起来了"))
    for draft, (end, answer) in enumerate(ends, 1):
        await town.says(town.li, "路灯坏了")
        card = town.draft_card(town.li)
        if end:
            await town.presses(town.li, card, end)
        else:
            await town.passes(days=1)
        for data in ("dm:{}:kinds", "dk:{}:wish", "du:{}:ZN-02", "da:{}", "dc:{}", "d+:{}:1"):
            assert answer in await town.forges(town.li, card, data.format(draft))

        assert await town.count("cases") == 1
        assert card.buttons() == []


async def reorganises(town: Town, folder: Path, old: str, new: str) -> None:
    """Import the organisation with something changed in it."""
    assert old in ORGANISATION
    path = folder / "next.yaml"
    path.write_text(ORGANISATION.replace(old, new), "utf-8")
    await import_file(town.desks, path, read_organisation(path))
    await town.settle()


WITHOUT_GRID_2 = ORGANISATION[ORGANISATION.index("              - code: ZN-02") :]


async def test_a_unit_retired_under_a_draft_is_asked_for_anew(town: Town, tmp_path: Path) -> None:
    town.li.starts(town.bot, "g_ZN-02")
    await town.says(town.li, "路灯坏了")
    await reorganises(town, tmp_path, WITHOUT_GRID_2, "")

    card = town.draft_card(town.li)
    assert "还差地点" in card.text
    assert card.buttons() == ["类别", "地点", "匿名", "取消"]
    await town.says(town.li, "在煤炭小区3栋")
    await town.presses(town.li, town.draft_card(town.li), "提交")
    assert len(town.cards(town.grid)) == 1


async def test_a_written_place_that_went_to_another_unit_takes_the_draft_there(town: Town, tmp_path: Path) -> None:
    await town.says(town.li, "芸香小镇3栋漏水")
    places = "[煤炭小区, 红星苑1-5栋]", "[红星苑6-10栋, 芸香小镇]"
    swapped = ORGANISATION.replace(places[0], "[]").replace(places[1], places[0]).replace("[]", places[1])
    await reorganises(town, tmp_path, ORGANISATION, swapped)

    assert "芸香小镇3栋（遵南社区 · 第1网格）" in town.draft_card(town.li).text


async def test_what_was_chosen_stays_chosen_after_an_import(town: Town, tmp_path: Path) -> None:
    await town.says(town.li, "芸香小镇3栋漏水")
    await town.presses(town.li, town.draft_card(town.li), "地点")
    await town.presses(town.li, town.draft_card(town.li), "煤炭小区、红星苑1-5栋（第1网格）")
    await reorganises(town, tmp_path, "name: 第2网格", "name: 芸香网格")

    assert "第1网格" in town.draft_card(town.li).text


async def test_a_renamed_unit_is_named_anew_on_the_card_and_the_time_to_write_on_stays(
    town: Town, tmp_path: Path
) -> None:
    town.li.starts(town.bot, "g_ZN-02")
    await town.says(town.li, "路灯坏了")
    await town.passes(hours=20)
    await reorganises(town, tmp_path, "name: 第2网格", "name: 芸香网格")
    assert "芸香网格" in town.draft_card(town.li).text
    await town.passes(hours=5)

    assert "先替您收起来了" in town.texts(town.li)


async def test_an_import_while_the_place_is_picked_leaves_a_card_to_pick_on(town: Town, tmp_path: Path) -> None:
    await town.says(town.li, "路灯坏了")
    card = town.draft_card(town.li)
    await town.presses(town.li, card, "地点")
    await reorganises(town, tmp_path, WITHOUT_GRID_2, "")
    assert card.buttons() == ["煤炭小区、红星苑1-5栋（第1网格）", "只知道是遵南社区", "返回"]

    assert "请在卡片上重新选" in await town.forges(town.li, card, "du:1:ZN-02")
    await town.presses(town.li, card, "煤炭小区、红星苑1-5栋（第1网格）")
    assert "提交" in town.draft_card(town.li).buttons()


async def test_of_places_in_question_one_that_was_retired_leaves_the_other(town: Town, tmp_path: Path) -> None:
    await town.says(town.li, "红星苑的路灯坏了")
    await reorganises(town, tmp_path, WITHOUT_GRID_2, "")

    assert "红星苑（遵南社区 · 第1网格）" in town.draft_card(town.li).text
    assert "提交" in town.draft_card(town.li).buttons()
