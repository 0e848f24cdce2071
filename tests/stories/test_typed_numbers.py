"""A number that somebody types tells them of a case what they may read of it, and else nothing."""

from sandbox.people import Person
from tests.town import Town

COMMANDS = ("/case {0}", "/merge {0} {0}", "/unmerge {0}", "/split {0}", "/assign {0} ZN-02")
IN_GROUP = ("/case@minhu_bot {0}", "/merge@minhu_bot {0} {0}", "/unmerge@minhu_bot {0}", "/split@minhu_bot {0}")


async def answer(town: Town, person: Person, words: str) -> str:
    await town.says(person, words)
    return town.last(person).text


async def test_a_number_that_is_not_theirs_sounds_to_anybody_like_one_that_does_not_exist(town: Town) -> None:
    number = (await town.raises(town.li, "煤炭小区路灯坏了")).removeprefix("#")
    await town.accepts(town.wang, town.grid, number)
    nobodys = "MH2611_99999"
    for person in (town.zhao, town.liu):
        for asked in COMMANDS:
            said = await answer(town, person, asked.format(number))
            assert said == await answer(town, person, asked.format(nobodys)), asked
            assert "第1网格" not in said
    for asked in IN_GROUP:
        for named in (number, nobodys):
            await town.says_in(town.liu, town.grid2, asked.format(named))
            assert "没找到，或您没有查看权限" in town.posted(town.grid2)[-1].text, asked
