"""The card of a draft is the last message in its chat, and becomes the receipt."""

from pathlib import Path

import pytest

from tests.town import Town, open_town


def is_last(town: Town) -> None:
    """Check that one card of a draft stands in the chat, below everything else."""
    assert "提交" in town.private(town.li)[-1].buttons()
    assert town.texts(town.li).count("还没提交") == 1


async def test_the_draft_card_is_the_last_message_whatever_comes_after_it(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    number = await town.raises(town.li, "路灯坏了")
    await town.accepts(town.wang, town.grid, number)

    await town.says(town.li, "井盖松了")
    is_last(town)
    await town.says(town.li, "好的")
    is_last(town)
    await town.says(town.li, "/my")
    is_last(town)
    await town.replies(town.wang, town.card(town.grid, number), "明天上午来修")
    is_last(town)
    await town.says(town.li, "在3号门")
    is_last(town)

    await town.presses(town.li, town.draft_card(town.li), "类别")
    assert "投诉" in town.private(town.li)[-1].buttons()
    assert "井盖松了\n在3号门" in town.draft_card(town.li).text


@pytest.mark.paced
async def test_of_many_messages_at_once_the_card_is_moved_once(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "门口的井盖松了")
    before = len(town.world.journal.calls("deleteMessage"))
    for n in range(8):
        town.li.writes(town.bot, f"第{n}个")
    await town.settle()
    assert len(town.world.journal.calls("deleteMessage")) - before == 1
    assert town.private(town.li)[-1].text.count("个") == 8


async def test_a_card_too_old_to_be_deleted_loses_its_buttons(database_url: str, tmp_path: Path) -> None:
    policy = "clock: calendar\nquiet_hours: null\ndraft_expires: 9d\n"
    async with open_town(database_url, tmp_path, policy=policy) as town:
        town.li.starts(town.bot, "g_ZN-01")
        await town.says(town.li, "路灯坏了")
        old = town.draft_card(town.li)
        await town.passes(hours=49)
        await town.says(town.li, "在3号门")

        assert not old.deleted
        assert old.buttons() == []
        assert town.private(town.li)[-1].buttons()[0] == "提交"


async def test_the_card_becomes_the_receipt_in_its_place(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "路灯坏了")
    card, sent = town.draft_card(town.li), len(town.private(town.li))
    await town.presses(town.li, card, "提交")

    assert card.text.startswith("✅ 已提交 #MH2611_00001\n💬 路灯坏了")
    assert card.buttons() == []
    assert len(town.private(town.li)) == sent
    await town.replies(town.li, card, "一共三盏")
    assert (await town.events("MH2611_00001"))[-1] == "case_supplemented"


async def test_a_card_that_somebody_has_deleted_still_becomes_a_receipt(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "路灯坏了")
    card = town.draft_card(town.li)
    card.chat.erase(card)
    await town.forges(town.li, card, "ds:1")

    assert town.private(town.li)[-1].text.startswith("✅ 已提交 #MH2611_00001")


async def test_after_the_place_what_is_next_is_said_and_the_card_comes_last(town: Town) -> None:
    await town.says(town.li, "路灯坏了")
    assert "还没提交" in town.private(town.li)[-1].text
    await town.says(town.li, "煤炭小区3栋")

    assert "请点下面卡片里的「提交」" in town.last(town.li, "地点记下了").text
    assert town.private(town.li)[-1].buttons()[0] == "提交"


@pytest.mark.both_databases
async def test_an_answer_of_telegram_that_is_lost_leaves_one_card_with_buttons(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "路灯坏了")
    old = town.draft_card(town.li)
    town.world.faults.drop_answer("deleteMessage")
    await town.says(town.li, "在3号门")
    await town.restart()

    assert old.deleted
    assert [message.buttons()[0] for message in town.private(town.li) if message.buttons()] == ["提交"]
