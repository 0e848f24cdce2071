"""不予受理: a reason that the resident reads, and an objection that climbs."""

from tests.town import Town


async def refused(town: Town) -> str:
    number = await town.raises(town.li, "煤炭小区投诉隔壁市的地铁太挤")
    await town.presses(town.wang, town.card(town.grid, number), "不予受理")
    await town.replies(town.wang, town.posted(town.grid)[-1], "不属于本区管辖")
    return number


async def test_an_objection_climbs_whatever_time_it_took_and_its_reason_follows(town: Town) -> None:
    number = await refused(town)
    await town.passes(days=5)
    await town.presses(town.li, town.last(town.li, "没有受理"), "不同意")
    assert (await town.case(number)).unit == "ZN"
    await town.says(town.li, "站口在我们小区门口")

    case = await town.case(number)
    assert (case.state, case.unit) == ("submitted", "ZN")
    assert "站口在我们小区门口" in town.texts(town.community)
    assert town.card(town.community, number).buttons() == ["接单", "转派", "上报", "不予受理"]


async def test_a_refusal_is_told_with_its_reason_and_the_time_to_object_and_then_it_stands(town: Town) -> None:
    number = await refused(town)
    told = town.last(town.li, "没有受理")
    assert "王建国 没有受理，说明如下：\n不属于本区管辖" in told.text
    assert "11月30日 10:00" in told.text
    assert told.buttons() == ["不同意"]
    assert (await town.case(number)).state == "refused"
    assert town.card(town.grid, number).buttons() == []
    await town.passes(days=7)

    assert (await town.events(number))[-1] == "refusal_stood"
    assert "已结案" in town.texts(town.li)
    assert told.buttons() == []
    objection = f"co:{(await town.case(number)).id}"
    assert "已经过了可以更改的时间" in await town.forges(town.li, told, objection)
    assert (await town.case(number)).unit == "ZN-01"


async def test_without_words_a_refusal_is_asked_for_again_and_never_reaches_the_resident_of_an_accepted_case(
    town: Town,
) -> None:
    number = await town.raises(town.li, "煤炭小区投诉")
    await town.presses(town.wang, town.card(town.grid, number), "不予受理")
    prompt = town.posted(town.grid)[-1]
    town.wang.sends_photo(town.grid, reply_to=prompt)
    await town.settle()
    assert "还差文字" in town.texts(town.grid)
    assert (await town.case(number)).state == "submitted"
    await town.accepts(town.chen, town.grid, number)
    await town.replies(town.wang, prompt, "这不归我们管")

    assert "这不归我们管" not in town.texts(town.li)
    assert (await town.case(number)).state == "accepted"


async def test_at_the_root_an_objection_stays_and_the_admins_are_told(town: Town) -> None:
    town.he.starts(town.bot)
    await town.says(town.li, "路灯坏了")
    town.li.taps_keyboard(town.bot, "跳过")
    await town.settle()
    await town.presses(town.li, town.draft_card(town.li), "提交")
    number = town.number_told(town.li)
    await town.presses(town.ma, town.card(town.district, number), "不予受理")
    await town.replies(town.ma, town.posted(town.district)[-1], "查无此灯")
    await town.presses(town.li, town.last(town.li, "没有受理"), "不同意")

    case = await town.case(number)
    assert (case.state, case.unit) == ("submitted", "BZ")
    assert "已经到最高一级" in town.texts(town.he)


async def test_the_reason_may_stand_under_any_part_of_an_album(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区投诉隔壁市的地铁太挤")
    await town.presses(town.wang, town.card(town.grid, number), "不予受理")
    town.wang.sends_album(town.grid, ["photo", "photo"], ["", "不属于本区管辖"], reply_to=town.posted(town.grid)[-1])
    await town.settle()
    await town.passes(seconds=3)

    assert "不属于本区管辖" in town.texts(town.li)
    assert await town.count("attachments") == 2
    assert [message.kind for message in town.private(town.li)].count("photo") == 2
