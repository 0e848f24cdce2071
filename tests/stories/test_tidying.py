"""What was cancelled or left lying is forgotten after a time, with its files; what a case has stays."""

from pathlib import Path

import pytest

from bot.tidying import tidy
from sandbox import pictures
from tests.town import Town

TABLES = ("drafts", "draft_parts", "attachments", "followups WHERE draft_id IS NOT NULL", "cards")


def kept_files(folder: Path) -> int:
    return len([path for path in folder.rglob("*") if path.is_file()])


async def tidied(town: Town) -> None:
    await tidy(town.desks)
    await town.world.until(lambda: True)
    await town.settle_files()


@pytest.mark.both_databases
async def test_a_cancelled_draft_is_forgotten_with_its_words_and_files(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    town.li.sends_photo(town.bot, "路灯坏了")
    await town.settle_files()
    card = town.draft_card(town.li)
    await town.presses(town.li, card, "取消")
    await tidied(town)
    assert kept_files(town.settings.files) == 1
    await town.passes(days=4)
    await tidied(town)

    assert [await town.count(table) for table in TABLES] == [0, 0, 0, 0, 0]
    assert kept_files(town.settings.files) == 0
    assert "已经处理过了" in await town.forges(town.li, card, "ds:1")


async def test_a_draft_that_was_put_away_can_be_taken_up_for_a_month(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    town.li.sends_photo(town.bot, "路灯坏了")
    await town.settle_files()
    await town.passes(days=29)
    await tidied(town)
    word = town.last(town.li, "先替您收起来了")
    await town.presses(town.li, word, "继续填写")
    assert "路灯坏了" in town.draft_card(town.li).text
    await town.passes(days=1)
    await town.passes(days=31)
    await tidied(town)

    assert [await town.count(table) for table in TABLES] == [0, 0, 0, 0, 0]
    assert "已经处理过了" in await town.presses(town.li, word, "继续填写")


@pytest.mark.both_databases
async def test_a_file_that_a_case_has_too_stays(town: Town) -> None:
    picture = pictures.draw("路灯")
    town.li.starts(town.bot, "g_ZN-01")
    town.li.sends_photo(town.bot, "路灯坏了", data=picture)
    await town.settle_files()
    await town.presses(town.li, town.draft_card(town.li), "提交")
    town.li.sends_photo(town.bot, "又坏了", data=picture)
    await town.settle_files()
    await town.presses(town.li, town.draft_card(town.li), "取消")
    await town.passes(days=200)
    await tidied(town)

    assert await town.count("drafts") == 0
    assert await town.count("attachments WHERE case_id IS NOT NULL AND draft_id IS NULL") == 1
    assert await town.count("attachments") == 1
    assert kept_files(town.settings.files) == 1


async def test_a_file_that_is_gone_from_the_disk_already_is_forgotten_all_the_same(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    town.li.sends_photo(town.bot, "路灯坏了")
    await town.settle_files()
    await town.presses(town.li, town.draft_card(town.li), "取消")
    for path in town.settings.files.rglob("*.*"):
        path.unlink()
    await town.passes(days=4)
    await tidied(town)

    assert await town.count("attachments") == 0
