"""/link: the neighbour for whom a case was raised gets an account, and speaks for themselves from then on."""

from pathlib import Path

import pytest

from tests.proxies import AUNT, LAMP, raises
from tests.town import Town

pytestmark = pytest.mark.town(known=("wang", "chen", "liu", "he"))


async def link(town: Town, number: str) -> str:
    """Let the admin make a link; return what follows /start in it."""
    await town.says(town.he, f"/link {number}")
    return town.last(town.he, "start=l_").text.split("start=")[1].split()[0]


@pytest.mark.both_databases
async def test_whoever_opens_the_link_and_is_confirmed_is_the_neighbour_from_then_on(town: Town) -> None:
    own = await town.raises(town.li, "红星苑3栋门禁坏了")
    number, second = await raises(town, town.liu), await raises(town, town.liu, words="煤炭小区井盖坏了")
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "修好了")
    token = await link(town, number)
    await town.says(town.li, f"/start {token}")
    asked = town.last(town.he, "打开了")
    assert f"是 {AUNT} 本人吗" in asked.text
    assert "修好了" not in town.texts(town.li)
    await town.presses(town.he, asked, "同意")

    li = await town.id_of(town.li)
    for one in (own, number, second):
        assert (await town.case(one)).resident == li
    assert asked.buttons() == []
    told = town.last(town.li, f"{number} 「{LAMP}」 是社区替您提的")
    assert told.buttons() == ["已解决", "未解决"]
    assert town.card(town.grid, number).buttons() == []
    assert "这位居民现在有 Telegram 了" in town.texts(town.grid)
    await town.says(town.li, "/my")
    mine = town.last(town.li).text
    assert all(one in mine for one in (own, number, second))
    await town.presses(town.li, told, "已解决")
    case = await town.case(number)
    assert (case.state, case.is_revisited) == ("confirmed", False)
    assert "居民确认：已解决" in town.texts(town.liu)
    await town.replies(town.wang, town.card(town.grid, second), "明天来看")
    assert "明天来看" in town.texts(town.li)
    assert "刘洋 替您提交" in (await town.opens(town.li, number)).text
    await town.says(town.he, f"/link {number}")
    assert "已经有账号了" in town.last(town.he).text


async def test_a_link_is_good_for_one_person_once_and_for_a_day(town: Town) -> None:
    number = await raises(town, town.liu)
    token = await link(town, number)
    await town.says(town.li, f"/start {token}")
    await town.says(town.zhao, f"/start {token}")
    assert "这个链接已经用过，或者过期了" in town.texts(town.zhao)
    asked = town.last(town.he, "打开了")
    await town.presses(town.he, asked, "不同意")
    assert "社区没有确认" in town.texts(town.li)
    assert await town.forges(town.he, asked, "lg:1") == "这个已经答复过了。"
    assert (await town.case(number)).unreachable
    late = await link(town, number)
    await town.passes(days=1)
    await town.says(town.zhao, f"/start {late}")
    assert town.texts(town.zhao).count("过期了") == 2


async def test_nobody_who_works_for_the_desk_becomes_a_resident_by_a_link(town: Town) -> None:
    number = await raises(town, town.liu)
    await town.accepts(town.wang, town.grid, number)
    token = await link(town, number)
    for worker in (town.wang, town.liu, town.he):
        await town.says(worker, f"/start {token}")
        assert "这个链接是给居民本人的" in town.texts(worker)
    await town.says(town.li, f"/start {token}")
    assert "打开了" in town.texts(town.he)


async def test_an_owner_who_has_left_the_office_does_not_become_the_resident_either(town: Town, tmp_path: Path) -> None:
    number = await raises(town, town.liu)
    await town.accepts(town.wang, town.grid, number)
    org = tmp_path / "org.yaml"
    gone = "                  - {id: 2001, name: 王建国, role: worker}\n"
    org.write_text(org.read_text("utf-8").replace(gone, ""), "utf-8")
    await town.restart()
    await town.says(town.wang, f"/start {await link(town, number)}")

    assert "这个链接是给居民本人的" in town.texts(town.wang)


async def test_after_the_end_the_neighbour_reads_how_it_ended(town: Town) -> None:
    number = await raises(town, town.liu)
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "修好了")
    await town.presses(town.chen, town.card(town.grid, number), "回访")
    await town.presses(town.chen, town.last(town.chen, "居民怎么说"), "居民说已解决")
    await town.says(town.chen, "上门问了")
    await town.says(town.li, f"/start {await link(town, number)}")
    await town.presses(town.he, town.last(town.he, "打开了"), "同意")

    assert "现在：已解决（回访）" in town.last(town.li, "替您提的").text
    await town.passes(hours=1)
    await town.presses(town.li, await town.opens(town.li, number), "未解决")
    assert (await town.case(number)).state == "accepted"


async def test_only_an_admin_makes_a_link_and_only_for_a_neighbour(town: Town) -> None:
    own = await town.raises(town.li, LAMP)
    found = await raises(town, town.wang, "跳过", words="煤炭小区楼道堆了杂物")
    await town.says(town.chen, f"/link {own}")
    assert "仅管理员可用" in town.texts(town.chen)
    for number in (own, found):
        await town.says(town.he, f"/link {number}")
        assert "不是代报的" in town.last(town.he).text
    await town.says(town.he, "/link")
    assert "请这样写" in town.last(town.he).text


async def test_who_has_blocked_the_bot_has_an_account_still_and_nobody_else_gets_their_cases(town: Town) -> None:
    number = await raises(town, town.liu)
    await town.says(town.li, f"/start {await link(town, number)}")
    await town.presses(town.he, town.last(town.he, "打开了"), "同意")
    town.li.blocks(town.bot)
    await town.passes(hours=1)
    await town.replies(town.wang, town.card(town.grid, number), "明天来看")
    assert (await town.case(number)).unreachable

    await town.says(town.he, f"/link {number}")
    assert "已经有账号了" in town.last(town.he).text
