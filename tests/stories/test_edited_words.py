"""Words that a resident edits after submitting: the card says what they say now, and the file what they said."""

from tests.town import Town


async def test_the_card_shows_the_new_words_and_says_that_they_are_new(town: Town) -> None:
    sent = await town.says(town.li, "煤炭小区路灯坏了")
    more = await town.says(town.li, "一共三盏")
    await town.presses(town.li, town.draft_card(town.li), "提交")
    number = town.number_told(town.li)
    card = town.card(town.grid, number)
    assert "已修改" not in card.text

    town.li.edits(more, "一共五盏")
    await town.settle()
    town.li.edits(sent, "煤炭小区的路灯坏了")
    await town.settle()
    assert "煤炭小区的路灯坏了\n一共五盏\n（已修改）" in card.text

    await town.says(town.he, f"/case {number}")
    assert "（已修改，原文：煤炭小区路灯坏了\n一共三盏）" in town.private(town.he)[-1].text


async def test_what_is_edited_in_an_addition_leaves_the_words_of_the_card(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    added = await town.replies(town.li, town.last(town.li, number), "一共三盏")
    town.li.edits(added, "一共五盏")
    await town.settle()

    assert "已修改" not in town.card(town.grid, number).text
