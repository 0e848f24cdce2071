"""What could do harm by a slip of the finger asks once more; nothing is one tap from harm."""

from tests.town import Town


async def test_a_case_climbs_when_its_button_is_pressed_twice_within_a_minute(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    card = town.card(town.grid, number)

    assert await town.presses(town.wang, card, "上报") == "还没上报。再点一次「上报」就交给上一级。"
    assert (await town.case(number)).unit == "ZN-01"
    assert town.cards(town.community) == []
    await town.passes(seconds=59)
    assert await town.presses(town.wang, card, "上报") == "已上报"
    assert (await town.case(number)).unit == "ZN"


async def test_two_who_press_once_have_not_pressed_twice_nor_has_who_comes_back_later(town: Town) -> None:
    number, other = await town.raises(town.li, "煤炭小区路灯坏了"), await town.raises(town.zhao, "煤炭小区井盖松了")
    card = town.card(town.grid, number)
    for person, pressed in ((town.wang, card), (town.chen, card), (town.wang, town.card(town.grid, other))):
        assert "再点一次" in await town.presses(person, pressed, "上报")
    assert "再点一次" in await town.presses(town.wang, card, "上报")
    await town.passes(minutes=1)
    assert "再点一次" in await town.presses(town.wang, card, "上报")
    assert {(await town.case(one)).unit for one in (number, other)} == {"ZN-01"}

    await town.restart()
    await town.presses(town.wang, card, "上报")
    assert (await town.case(number)).unit == "ZN"


async def test_a_case_is_withdrawn_at_the_second_press_and_its_page_has_no_buttons_left(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    page = await town.opens(town.li, number)

    assert await town.presses(town.li, page, "撤回") == "还没撤回。确实不要了，请在一分钟内再点一次「撤回」。"
    assert (await town.case(number)).state == "submitted"
    await town.presses(town.li, page, "撤回")
    assert (await town.case(number)).state == "withdrawn"
    assert page.buttons() == []


async def test_who_accepts_twice_reads_that_the_case_is_theirs(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    card = town.card(town.grid, number)
    first, second = town.wang.presses(card, "接单"), town.wang.presses(card, "接单")
    await town.settle()

    assert first.answer
    assert second.answer
    assert (first.answer.text, second.answer.text) == ("接单成功，您是首问负责人。", "您已经接单了。")
