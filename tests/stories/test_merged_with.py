"""归并 together with all else that may happen to a case: 协办, 延期, 代理, 拆分, 代报, 又出现了."""

import pytest

from domain.desk.merging import said
from tests.assists import assist_card, calls
from tests.organisations import WITH_LAMPS
from tests.proxies import raises
from tests.town import Town

pytestmark = pytest.mark.town(organisation=WITH_LAMPS, known=("wang", "chen", "zhou", "wu", "he", "liu"))


async def two(town: Town) -> tuple[str, str]:
    """Let two residents raise one matter, which has not been merged; return both numbers."""
    return await town.raises(town.li, "煤炭小区路灯坏了"), await town.raises(town.zhao, "煤炭小区2栋路灯不亮")


async def test_a_unit_called_for_one_of_them_works_beside_the_main_case_from_then_on(town: Town) -> None:
    main, other = await two(town)
    for number in (main, other):
        await town.accepts(town.wang, town.grid, number)
    await calls(town, other, "路灯所")
    await town.presses(town.wu, assist_card(town, town.lamps), "接单")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other}")

    card = assist_card(town, town.lamps)
    assert main in card.text
    assert card.buttons() == ["办结", "退单"]
    assert other in assist_card(town, town.lamps, over=True).text
    await town.presses(town.wu, card, "办结")
    await town.replies(town.wu, town.last(town.lamps, "写明"), "灯头换好了")
    assert f"{main} " in town.last(town.grid, "灯头换好了").text
    assert "灯头换好了" not in town.texts(town.zhao)


async def test_a_later_deadline_is_granted_to_all_and_until_then_each_has_their_own(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, main)
    await town.passes(hours=5)
    other = await town.raises(town.zhao, "煤炭小区2栋路灯不亮")
    await town.accepts(town.wang, town.grid, other)
    await town.says_in(town.wang, town.grid, f"/merge {other} {main}")

    case, follower = await town.case(other), await town.case(main)
    assert follower.resolve.due_at < case.responsible.resolve.due_at
    assert case.resolve.due_at == follower.resolve.due_at
    await town.presses(town.wang, town.card(town.grid, other), "延期")
    await town.presses(town.wang, town.last(town.wang, "要延到什么时候"), "+3天")
    await town.says(town.wang, "灯杆要订货")
    await town.presses(town.zhou, town.last(town.community, "申请延期"), "同意")

    case, follower = await town.case(other), await town.case(main)
    assert case.resolve == case.responsible.resolve
    assert follower.resolve.due_at == case.resolve.due_at
    for person, number in ((town.li, main), (town.zhao, other)):
        assert number in town.last(person, "灯杆要订货").text


async def test_a_deputy_does_for_all_what_the_owner_who_is_away_would(town: Town) -> None:
    main, other = await two(town)
    await town.says_in(town.wang, town.grid, f"/merge {main} {other}")
    await town.accepts(town.wang, town.grid, main)
    await town.says(town.wang, "/away 11-23 11-30 周主任")
    await town.presses(town.zhou, await town.opens(town.zhou, main), "办结")
    await town.says(town.zhou, "灯泡换好了")

    for person, number in ((town.li, main), (town.zhao, other)):
        asked = town.last(person, "灯泡换好了")
        assert number in asked.text
        assert "周主任" in asked.text
        assert asked.buttons() == ["已解决", "未解决"]


async def test_a_merged_case_is_split_and_one_that_was_split_off_is_merged(town: Town) -> None:
    main, other = await two(town)
    await town.says_in(town.wang, town.grid, f"/merge {main} {other}")
    await town.says_in(town.wang, town.grid, f"/split {other}")
    await town.replies(town.wang, town.last(town.grid, "拆出来的那件事"), "垃圾没人清")
    second = town.last(town.zhao, "分开办理").text.split()[1]

    assert (await town.case(other)).merged is not None
    alone = await town.case(second)
    assert (alone.merged, alone.state, alone.text) == (None, "submitted", "垃圾没人清")
    await town.says_in(town.wang, town.grid, f"/merge {main} {second}")
    assert (await town.case(second)).merged is not None
    assert "2 位居民" in town.card(town.grid, main).text
    assert "一起办理" in (await town.opens(town.zhao, second)).text


async def test_a_neighbour_whose_case_was_merged_gets_an_account_and_is_asked_like_the_others(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区路灯坏了")
    other = await raises(town, town.liu, phone="跳过", words="煤炭小区3栋路灯坏了")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other}")
    await town.accepts(town.wang, town.grid, main)
    await town.says(town.he, f"/link {other}")
    token = town.last(town.he, "start=l_").text.split("start=")[1].split()[0]
    await town.says(town.zhao, f"/start {token}")
    await town.presses(town.he, town.last(town.he, "打开了"), "同意")
    assert other in town.last(town.zhao, "是社区替您提的").text
    await town.finishes(town.wang, town.grid, main, "灯泡换好了")

    asked = town.last(town.zhao, "灯泡换好了")
    assert other in asked.text
    await town.presses(town.zhao, asked, "已解决")
    assert (await town.case(other)).state == "confirmed"
    await town.presses(town.zhao, await town.opens(town.zhao, other), "又出现了")
    case = await town.case(other)
    assert (case.merged, case.state, case.owner and case.owner.name) == (None, "accepted", "王建国")
    assert (await town.case(main)).state == "resolved"


async def test_a_neighbour_without_an_account_is_asked_in_person_about_the_matter_that_others_read_of(
    town: Town,
) -> None:
    main = await town.raises(town.li, "煤炭小区路灯坏了")
    other = await raises(town, town.liu, phone="跳过", words="煤炭小区3栋路灯坏了")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other}")
    await town.accepts(town.wang, town.grid, main)
    await town.finishes(town.wang, town.grid, main, "灯泡换好了")

    assert town.card(town.grid, other).buttons() == ["回访"]
    assert "您经手过" in await town.presses(town.wang, town.card(town.grid, other), "回访")
    await town.presses(town.chen, town.card(town.grid, other), "回访")
    await town.presses(town.chen, town.last(town.chen, "居民怎么说"), "居民说未解决")
    await town.says(town.chen, "上门看了，三楼还是黑的")
    case = await town.case(other)
    assert (case.merged, case.state, case.owner and case.owner.name) == (None, "accepted", "王建国")
    assert (await town.case(main)).state == "resolved"


async def test_however_many_of_one_matter_nudge_the_group_reads_one_word_and_of_the_asked_who_is_dissatisfied(
    town: Town,
) -> None:
    main, other = await two(town)
    third = await town.raises(town.liu, "煤炭小区3栋路灯不亮")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other} {third}")
    await town.accepts(town.wang, town.grid, main)
    told = len(town.posted(town.grid))
    for person, number in ((town.zhao, other), (town.liu, third), (town.li, main)):
        assert "已催办" in await town.presses(person, await town.opens(person, number), "催办")

    (notice,) = town.posted(town.grid)[told:]
    assert f"{main} 「煤炭小区路灯坏了」：1 位居民催办" in notice.text
    assert "📣 3 位居民催办" in town.card(town.grid, main).text
    assert "您催办" in (await town.opens(town.liu, third)).text
    assert "刚催过不久" in await town.presses(town.zhao, await town.opens(town.zhao, other), "催办")
    await town.passes(hours=4)
    await town.presses(town.zhao, await town.opens(town.zhao, other), "催办")
    assert "3 位居民催办" in town.last(town.grid, "📣").text

    await town.finishes(town.wang, town.grid, main, "灯泡换好了")
    for person, rating in ((town.zhao, "满意"), (town.liu, "不满意")):
        await town.presses(person, town.last(person, "灯泡换好了"), "已解决")
        await town.presses(person, town.private(person)[-1], rating)
    (heard,) = [message.text for message in town.posted(town.grid) if "⭐" in message.text and "📍" not in message.text]
    assert third in heard
    assert "不满意" in heard


async def test_a_unit_that_gets_the_main_case_reads_what_each_of_the_others_said_in_one_message(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(said, "NAMED_AT_MOST", 1)
    main = await town.raises(town.li, "煤炭小区路灯坏了")
    town.zhao.starts(town.bot, "g_ZN-01")
    town.zhao.sends_photo(town.bot, "2栋路灯<b>不亮")
    await town.settle()
    await town.presses(town.zhao, town.draft_card(town.zhao), "提交")
    other = town.number_told(town.zhao)
    third = await town.raises(town.liu, "煤炭小区3栋路灯不亮")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other} {third}")
    await town.presses(town.zhao, await town.opens(town.zhao, other), "补充")
    await town.says(town.zhao, "门口老人摔了一跤，电话 13800138000")
    await town.accepts(town.wang, town.grid, main)
    before = len(town.posted(town.lamps))
    await town.presses(town.wang, town.card(town.grid, main), "转派")
    await town.presses(town.wang, town.last(town.wang, "转派给哪个单位"), "路灯所")
    await town.says(town.wang, "灯杆归他们管")

    (told,) = [message.text for message in town.posted(town.lamps)[before:] if other in message.text]
    assert f"{main} 「煤炭小区路灯坏了」：归并进来的 2 件" in told
    assert f"• {other} 2栋路灯" in told
    assert "补充：门口老人摔了一跤" in told
    assert "（📎 1）" in told
    assert "13800138000" not in told
    assert "另有 1 件没列在这里" in told
    assert third not in town.texts(town.lamps)
    await town.says_in(town.wu, town.lamps, f"/case@minhu_bot {other}")
    assert "门口老人摔了一跤" in town.last(town.lamps, "经过").text

    await town.presses_twice(town.wu, town.card(town.lamps, main), "上报")
    assert f"• {other} 2栋路灯" in town.last(town.street, "归并进来的").text
