"""又出现了: what a resident has confirmed as solved is back, and so is their case."""

from datetime import timedelta

import pytest

from tests.organisations import WITHOUT_WANG, imports
from tests.town import ORGANISATION, Town

LAMP = "煤炭小区路灯坏了"
HEAD, _, REST = ORGANISATION.partition("              - code: ZN-01")
WITHOUT_GRID_1 = HEAD + "              - code: ZN-02" + REST.partition("- code: ZN-02")[2]


async def confirmed(town: Town) -> str:
    """Let 李秀英 confirm what 王建国 has done; return the number."""
    number = await town.raises(town.li, LAMP)
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "已经换了新灯")
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "已解决")
    return number


async def comes_back(town: Town, number: str) -> str:
    """Let 李秀英 say on the file of her case that it is back; return the toast."""
    return await town.presses(town.li, await town.opens(town.li, number), "又出现了")


async def test_what_is_back_goes_to_its_owner_with_deadlines_begun_anew_and_a_card_below(town: Town) -> None:
    number = await confirmed(town)
    await town.presses(town.li, town.last(town.li, "打个分"), "满意")
    old = town.card(town.grid, number)
    await town.passes(days=3)
    await comes_back(town, number)

    case = await town.case(number)
    given = case.responsible
    assert (case.state, case.unit, case.reopenings, case.returns) == ("accepted", "ZN-01", 1, 0)
    assert case.owner == case.first_owner
    assert case.rating is None
    assert given.resolve.due_at == town.clock.now() + timedelta(days=2)
    card, told = town.posted(town.grid)[-2:]
    assert town.card(town.grid, number) == card
    assert old.text == f"🔁 {number} 又出现了，请看下面的新卡片。"
    assert old.buttons() == []
    assert "🔁 确认后又出现 1 次" in card.text
    assert card.buttons() == ["办结", "协办", "延期", "转派", "上报"]
    assert told.text == (
        f"🔁 {number} 「{LAMP}」 居民确认解决后又出现了（第 1 次），由 王建国 接着办。\n⏱ 请在 11月28日 10:00 前办结"
    )
    assert told.reply_to == card
    asked = town.private(town.li)[-1]
    assert asked.text.startswith(f"{number} 「{LAMP}」 又交给 王建国 接着办，最晚 11月28日 10:00 办完。")
    assert asked.buttons() == ["跳过"]

    town.li.sends_photo(town.bot, "昨晚又灭了")
    await town.settle()
    assert town.private(town.li)[-1].text == "已转告，会接着给您办。"
    assert town.posted(town.grid)[-1].kind == "photo"
    assert f"🔁 {number} 「{LAMP}」 居民说现在的情况：\n昨晚又灭了" in town.texts(town.grid)
    page = await town.opens(town.li, number)
    for line in ("您评价：满意", "您说又出现了，由 王建国 接着办", "您说现在的情况：昨晚又灭了"):
        assert line in page.text


async def test_a_card_that_is_just_being_brought_up_to_date_is_put_up_anew_all_the_same(town: Town) -> None:
    number = await town.raises(town.li, LAMP)
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "已经换了新灯")
    old = town.card(town.grid, number)
    gate = town.world.faults.hold("editMessageText", chat=town.grid)
    town.li.presses(town.last(town.li, "说已经办好了"), "已解决")
    await town.world.until(lambda: gate.waiting)
    town.li.writes(town.bot, f"/case {number}")
    file = await town.world.until(lambda: next((m for m in town.private(town.li) if "又出现了" in m.buttons()), None))
    assert file
    press = town.li.presses(file, "又出现了")
    await town.world.until(lambda: press.answer)
    gate.open()
    await town.settle()

    assert old.text == f"🔁 {number} 又出现了，请看下面的新卡片。"
    assert old.buttons() == []
    card = town.card(town.grid, number)
    assert card.id > old.id
    assert card.buttons() == ["办结", "协办", "延期", "转派", "上报"]


async def test_the_reason_can_be_left_and_the_deadline_acts_as_of_any_case(town: Town) -> None:
    number = await confirmed(town)
    await town.passes(days=1)
    await comes_back(town, number)
    await town.presses(town.li, town.private(town.li)[-1], "跳过")
    await town.passes(days=2)

    assert "reopening_explained" not in await town.events(number)
    case = await town.case(number)
    assert (case.state, case.unit) == ("submitted", "ZN")
    assert "超时" in town.texts(town.community)


@pytest.mark.both_databases
async def test_pressed_twice_it_comes_back_once(town: Town) -> None:
    number = await confirmed(town)
    page = await town.opens(town.li, number)
    presses = [town.li.presses(page, "又出现了") for _ in range(2)]
    await town.settle()

    assert (await town.events(number)).count("case_reopened") == 1
    assert (await town.case(number)).reopenings == 1
    assert any(press.answer and "没有生效" in press.answer.text for press in presses)


async def test_within_the_ten_minutes_each_button_does_what_it_says_to_the_resident_alone(town: Town) -> None:
    number = await confirmed(town)
    case = await town.case(number)
    town.zhao.starts(town.bot)
    await town.settle()
    forged = await town.forges(town.zhao, town.private(town.zhao)[0], f"ca:{case.id}")
    assert forged == "这件事只有提出的居民能操作。"
    assert (await town.case(number)).state == "confirmed"

    thanks = town.last(town.li, "打个分")
    assert thanks.buttons() == ["满意", "基本满意", "不满意", "点错了"]
    assert (await town.opens(town.li, number)).buttons() == ["又出现了"]
    await town.presses(town.li, town.last(town.li, "经过"), "又出现了")
    assert thanks.buttons() == []
    assert "没有生效" in await town.forges(town.li, thanks, f"cb:{case.id}")
    assert (await town.case(number)).state == "accepted"


async def test_once_it_is_too_late_for_a_mistake_the_thanks_offer_that_it_is_back(town: Town) -> None:
    number = await confirmed(town)
    thanks = town.last(town.li, "打个分")
    await town.passes(minutes=10)
    assert "已经过了可以更改的时间" in await town.presses(town.li, thanks, "点错了")

    assert (await town.case(number)).state == "confirmed"
    assert thanks.buttons() == ["满意", "基本满意", "不满意", "又出现了"]
    await town.presses(town.li, thanks, "基本满意")
    assert thanks.buttons() == ["又出现了"]
    await town.presses(town.li, thanks, "又出现了")
    assert (await town.case(number)).state == "accepted"


async def test_a_reply_about_a_confirmed_case_is_kept_and_offers_that_it_is_back(town: Town) -> None:
    number = await confirmed(town)
    await town.passes(days=1)
    await town.replies(town.li, town.last(town.li, "说已经办好了"), "又不亮了")
    await town.presses(town.li, town.private(town.li)[-1], "又出现了")

    assert (await town.case(number)).state == "accepted"


async def test_after_fifteen_days_there_is_no_button_and_an_old_one_says_what_to_do(town: Town) -> None:
    number = await confirmed(town)
    await town.passes(days=14, hours=23)
    assert (await town.opens(town.li, number)).buttons() == ["又出现了"]
    page = town.last(town.li, "经过")
    await town.passes(hours=1)

    assert (await town.opens(town.li, number)).buttons() == []
    late = await town.presses(town.li, page, "又出现了")
    assert (
        late == f"{number} 在 12月8日 10:00 前可以接着办，现在已经过了。请把现在的情况直接发给我，会作为新的一件办理。"
    )
    assert (await town.case(number)).state == "confirmed"


async def test_the_fifteen_days_count_from_the_last_confirmation_which_is_rated_anew(town: Town) -> None:
    number = await confirmed(town)
    await town.presses(town.li, town.last(town.li, "打个分"), "不满意")
    await town.passes(days=10)
    await comes_back(town, number)
    await town.finishes(town.wang, town.grid, number, "换了镇流器")
    await town.presses(town.li, town.last(town.li, "换了镇流器"), "已解决")
    await town.presses(town.li, town.last(town.li, "打个分"), "满意")
    await town.passes(days=14)
    await comes_back(town, number)

    case = await town.case(number)
    assert (case.state, case.reopenings) == ("accepted", 2)
    rated = [row.told["rating"] for row in await town.file(number) if row.event == "case_rated"]
    assert rated == ["dissatisfied", "satisfied"]


async def test_where_its_owner_has_left_it_is_new_in_their_unit(town: Town) -> None:
    number = await confirmed(town)
    await imports(town, WITHOUT_WANG)
    await comes_back(town, number)

    case = await town.case(number)
    assert (case.state, case.unit, case.owner) == ("submitted", "ZN-01", None)
    assert case.first_owner
    assert case.responsible.accept.due_at == town.clock.now() + timedelta(minutes=30)
    assert town.card(town.grid, number).buttons() == ["接单", "转派", "上报", "不予受理"]
    assert "由 遵南社区 · 第1网格 重新接单。\n⏱ 请在 11月23日 10:30 前接单" in town.texts(town.grid)
    assert "重新交给 遵南社区 · 第1网格 办理，最晚 11月23日 10:30 有人接单" in town.private(town.li)[-1].text


async def test_where_its_unit_was_retired_it_is_new_in_the_one_above_which_reads_what_was_said(town: Town) -> None:
    number = await confirmed(town)
    await town.replies(town.li, town.last(town.li, "说已经办好了"), "灯杆编号是七号")
    await imports(town, WITHOUT_GRID_1)
    await comes_back(town, number)

    case = await town.case(number)
    assert (case.state, case.unit) == ("submitted", "ZN")
    assert "接单" in town.card(town.community, number).buttons()
    assert "居民确认解决后又出现了" in town.texts(town.community)
    assert "灯杆编号是七号" in town.texts(town.community)
    await town.has_handled_everything()


async def test_a_yes_taken_back_after_its_unit_was_retired_waits_in_the_one_above(town: Town) -> None:
    number = await confirmed(town)
    await imports(town, WITHOUT_GRID_1)
    await town.presses(town.li, town.last(town.li, "打个分"), "点错了")
    await town.presses(town.li, town.private(town.li)[-1], "未解决")

    case = await town.case(number)
    assert (case.state, case.unit) == ("submitted", "ZN")


async def test_danger_that_is_back_alarms_all_who_work_there(town: Town) -> None:
    town.chen.starts(town.bot)
    number = await town.raises(town.li, "煤炭小区楼道着火了")
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "火已扑灭")
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "已解决")
    await comes_back(town, number)

    assert "🔁 居民说又出现了" in town.private(town.chen)[-1].text
    assert (await town.case(number)).responsible.resolve.due_at == town.clock.now() + timedelta(days=1)


async def test_while_its_owner_is_away_the_card_says_who_stands_in_and_they_go_on_with_it(town: Town) -> None:
    number = await confirmed(town)
    town.wang.starts(town.bot)
    await town.settle()
    await town.says(town.wang, "/away 11-24 11-30 陈静")
    await town.passes(days=2)
    await comes_back(town, number)

    case = await town.case(number)
    assert case.owner == case.first_owner
    assert "请假中，陈静 代办" in town.card(town.grid, number).text
    await town.finishes(town.chen, town.grid, number, "换了镇流器")
    assert (await town.case(number)).state == "resolved"
