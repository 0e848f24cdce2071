"""回访: who asks in person, where nobody does who worked on the case; and from when on."""

from pathlib import Path

import pytest

from tests.revisits import ASKED, LAMP, done, opens, records
from tests.town import ORGANISATION, Town, open_town

pytestmark = pytest.mark.town(known=("wang", "chen", "zhou", "he"))


async def test_who_blocked_the_bot_is_asked_in_person_at_once_and_those_are_reminded_who_can(town: Town) -> None:
    number = await town.raises(town.li, LAMP)
    await town.accepts(town.wang, town.grid, number)
    town.li.blocks(town.bot)
    await town.settle()
    await town.finishes(town.wang, town.grid, number, "灯泡换好了")

    assert town.card(town.grid, number).buttons() == ["回访"]
    assert "在这里联系不上居民" in town.last(town.grid, "该回访了").text
    await town.passes(days=1)
    assert town.texts(town.grid).count("该回访了") == 2
    before = len(town.private(town.li))
    await opens(town, town.chen, town.grid, number)
    await records(town, town.chen, "居民说已解决", "打电话问了本人")
    assert (await town.case(number)).is_revisited
    assert len(town.private(town.li)) == before


async def test_who_can_be_reached_again_is_waited_for_again(town: Town) -> None:
    number = await done(town)
    town.li.blocks(town.bot)
    await town.passes(days=1)
    card = town.card(town.grid, number)
    assert card.buttons() == ["回访"]
    town.li.starts(town.bot)
    await town.settle()

    assert card.buttons() == []
    assert "到 11月30日 10:00 还没有回音再回访" in await town.forges(town.chen, card, "wv:1")
    await town.passes(days=6)
    assert card.buttons() == ["回访"]


async def test_where_the_unit_has_nobody_else_the_group_above_is_asked(database_url: str, tmp_path: Path) -> None:
    alone = ORGANISATION.replace("                  - {id: 2002, name: 陈静, role: lead}\n", "")
    async with open_town(database_url, tmp_path, organisation=alone) as town:
        town.zhou.starts(town.bot)
        number = await done(town)
        await town.passes(days=7)

        assert "本单位没有别人能去问，已请 遵南社区 回访。" in town.texts(town.grid)
        request = town.last(town.community, "该回访了")
        await town.presses(town.zhou, request, "回访")
        await records(town, town.zhou, "居民说已解决")
        assert (await town.case(number)).is_revisited
        for group in (town.grid, town.community):
            assert f"周主任 回访，居民说：已解决。\n{ASKED}" in town.texts(group)


async def test_where_nobody_else_is_left_the_admins_are_asked(database_url: str, tmp_path: Path) -> None:
    alone = """
units:
  - {code: ZN-01, name: 第1网格, level: grid, chat: -1001000000001, places: [煤炭小区],
     members: [{id: 2001, name: 王建国, role: lead}]}
"""
    async with open_town(database_url, tmp_path, organisation=alone) as town:
        town.he.starts(town.bot)
        number = await done(town)
        await town.passes(days=7)

        assert "已请 管理员 回访" in town.texts(town.grid)
        await town.presses(town.he, town.last(town.he, "该回访了"), "回访")
        await records(town, town.he, "居民说已解决")
        assert (await town.case(number)).is_revisited


async def test_nobody_who_ever_worked_on_it_asks_about_it(town: Town) -> None:
    number = await town.raises(town.li, LAMP)
    await town.accepts(town.wang, town.grid, number)
    town.chen.starts(town.bot)
    await town.presses(town.chen, await town.opens(town.chen, number), "换人")
    await town.presses(town.chen, town.last(town.chen, "给谁"), "陈静（负责人）")
    await town.presses_twice(town.chen, town.card(town.grid, number), "上报")
    await town.accepts(town.zhou, town.community, number)
    await town.finishes(town.zhou, town.community, number, "换好了")
    await town.passes(days=7)

    town.community.add(town.wang)
    town.community.add(town.chen)
    town.community.add(town.liu)
    card = town.card(town.community, number)
    for worker in (town.wang, town.chen, town.zhou):
        assert "您经手过" in await town.presses(worker, card, "回访")
    assert "这件事现在归 遵南社区" in await town.presses(town.liu, card, "回访")
    assert town.last(town.street, "该回访了").buttons() == ["回访"]


async def test_whoever_has_left_before_their_words_come_records_nothing(town: Town, tmp_path: Path) -> None:
    number = await done(town)
    await town.passes(days=7)
    await opens(town, town.chen, town.grid, number)
    await town.presses(town.chen, town.last(town.chen, "居民怎么说"), "居民说已解决")
    (tmp_path / "org.yaml").write_text(
        ORGANISATION.replace("                  - {id: 2002, name: 陈静, role: lead}\n", ""), "utf-8"
    )
    await town.restart()
    await town.says(town.chen, ASKED)

    assert (await town.case(number)).state == "resolved"
    assert town.last(town.chen, number).text == f"{number} 现在要请没经手的同事回访，您不用写了。"


async def test_a_link_carries_no_right_and_a_photo_goes_along_with_the_word(town: Town) -> None:
    number = await done(town)
    await town.passes(days=7)
    await town.says(town.wang, f"/start v_{number.removeprefix('#')}")
    assert "您经手过" in town.private(town.wang)[-1].text
    await town.says(town.li, f"/start v_{number.removeprefix('#')}")
    assert "居民怎么说" not in town.texts(town.li)
    await town.says(town.chen, f"/start v_{number.removeprefix('#')}")
    await town.presses(town.chen, town.last(town.chen, "居民怎么说"), "居民说已解决")
    town.chen.sends_photo(town.bot, caption=ASKED)
    await town.settle_files()

    assert any(ASKED in message.caption for message in town.posted(town.grid))
    assert (await town.case(number)).is_revisited


async def test_a_deputy_who_only_told_how_it_goes_worked_on_it_too(town: Town) -> None:
    number = await town.raises(town.li, LAMP)
    await town.accepts(town.wang, town.grid, number)
    await town.says(town.wang, "/away 11-23 11-24 陈静")
    await town.replies(town.chen, town.card(town.grid, number), "师傅下午到")
    await town.passes(hours=40)
    await town.finishes(town.wang, town.grid, number, "换好了")
    await town.passes(days=7)

    assert "您经手过" in await town.presses(town.chen, town.card(town.grid, number), "回访")
    assert "已请 遵南社区 回访" in town.texts(town.grid)
