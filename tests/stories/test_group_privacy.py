"""What a group may read: the cases that concern the units that work there, without telephone numbers."""

from sandbox.groups import Group
from tests.town import Town

WORDS = "煤炭小区路灯坏了，电话13812345678"
ELSEWHERE = "这件诉求不在本群办理，这里不能查看。请私聊我发 /case 加编号。"


async def residents(town: Town) -> Group:
    """Return a group of neighbours into which staff brought the bot."""
    group = town.world.add_group(-1001000004444, "业主群")
    for person in (town.li, town.zhao, town.wang, town.zhou, town.he):
        group.add(person)
    group.add_bot(town.bot)
    await town.settle()
    return group


async def accepted(town: Town) -> str:
    number = await town.raises(town.li, WORDS)
    await town.accepts(town.wang, town.grid, number)
    await town.replies(town.wang, town.card(town.grid, number), "// 内部的话")
    return number


async def test_in_a_group_of_residents_nothing_of_a_case_is_told_whoever_asks_or_presses(town: Town) -> None:
    group, number = await residents(town), await accepted(town)
    for person in (town.wang, town.zhou, town.he):
        await town.says_in(person, group, f"/case@minhu_bot {number}")
        assert town.posted(group)[-1].text == ELSEWHERE
    await town.says_in(town.li, group, f"/case@minhu_bot {number}")
    assert town.posted(group)[-1].text.startswith("没找到，或您没有查看权限")
    assert "内部的话" not in town.texts(group)
    assert "case_viewed" not in await town.events(number)

    joined, case = town.posted(group)[0], (await town.case(number)).id
    for verb in ("wa", "we", "wr", "wd", "cy", "cn", "mw"):
        for person in (town.li, town.stranger, town.he):
            if group.member(person).in_chat:
                await town.forges(person, joined, f"{verb}:{case}")
    assert number not in town.texts(group)
    assert (await town.case(number)).state == "accepted"

    await town.says_in(town.he, group, "/todo@minhu_bot")
    assert "还没有绑定单位" in town.posted(group)[-1].text
    for data in ("lt:0", "lc::0", "lc:ZN:0", "mo:1", "my:0"):
        await town.forges(town.he, joined, data)
    for command in ("/cases", "/members ZN-01", "/units", "/policy", "/audit", "/assign 1 ZN-02", "/my"):
        name, _, rest = command.partition(" ")
        await town.says_in(town.he, group, f"{name}@minhu_bot {rest}".strip())
    for secret in ("路灯", "王建国", "13812345678", "第1网格"):
        assert secret not in town.texts(group)


async def test_the_units_that_it_concerns_open_it_in_their_groups_alone_without_the_telephone_number(
    town: Town,
) -> None:
    number = await accepted(town)
    town.zhou.joins(town.grid2)
    await town.says_in(town.zhou, town.grid2, f"/case@minhu_bot {number}")
    assert town.posted(town.grid2)[-1].text == ELSEWHERE

    await town.presses_twice(town.wang, town.card(town.grid, number), "上报")
    for person, group in ((town.wang, town.grid), (town.zhou, town.community), (town.sun, town.street)):
        await town.says_in(person, group, f"/case@minhu_bot {number}")
        file = town.posted(group)[-1].text
        assert "路灯坏了" in file
        assert "13812345678" not in file
        assert str(town.li.id) not in file


async def test_a_prompt_goes_to_the_units_own_group_wherever_its_button_was_pressed(town: Town) -> None:
    group, number = await residents(town), await accepted(town)
    case = (await town.case(number)).id
    await town.forges(town.wang, town.posted(group)[0], f"wd:{case}")

    assert number not in town.texts(group)
    await town.replies(town.wang, town.last(town.grid, "办理结果"), "修好了")
    assert (await town.case(number)).state == "resolved"
