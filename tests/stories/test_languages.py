"""Chinese and English: by the person's Telegram, and by their own choice."""

from tests.town import Town


async def test_somebody_with_an_english_app_is_spoken_to_in_english(town: Town) -> None:
    anna = town.world.add_person(3009, "Anna", language_code="en-GB")
    anna.starts(town.bot, "g_ZN-01")
    await town.says(anna, "The street lamp at gate 3 is broken, please help")
    card = town.last(anna, "Not submitted yet")
    assert card.buttons() == ["Submit", "Kind", "Place", "Anonymous", "Cancel"]
    await town.presses(anna, card, "Submit")

    number = town.number_told(anna)
    assert "is responsible" in town.last(anna, number).text
    assert "求助" in town.card(town.grid, number).text
    await town.accepts(town.wang, town.grid, number)
    assert f"{number} “The street lamp at gate 3 is br…” was accepted by 王建国" in town.texts(anna)


async def test_the_language_can_be_chosen_and_stays(town: Town) -> None:
    await town.says(town.li, "/language")
    await town.presses(town.li, town.last(town.li, "Choose a language"), "English")
    await town.says(town.li, "/my")
    assert "You have not submitted anything yet" in town.private(town.li)[-1].text
    town.li.language_code = "zh-hans"
    await town.says(town.li, "My requests")
    assert "You have not submitted anything yet" in town.private(town.li)[-1].text


async def test_a_group_speaks_chinese_until_a_member_chooses(town: Town) -> None:
    town.wang.language_code = "en"
    await town.says_in(town.wang, town.grid, "/todo@minhu_bot")
    assert "没有待办" in town.texts(town.grid)

    await town.says_in(town.wang, town.grid, "/language@minhu_bot")
    choice = town.posted(town.grid)[-1]
    assert await town.presses(town.stranger, choice, "English") == "这件事现在归 遵南社区 · 第1网格 ，请由他们操作。"
    await town.presses(town.wang, choice, "English")
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    assert "waiting to be accepted" in town.card(town.grid, number).text
    assert town.card(town.grid, number).buttons() == ["Accept", "Pass on", "Escalate", "Refuse"]
