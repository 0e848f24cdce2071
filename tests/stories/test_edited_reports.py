"""办结 of many who are worked on as one, when the worker puts the report right: each reads it as it is then."""

import pytest

from domain.desk.merging import follow
from sandbox import pictures
from tests.town import Town

pytestmark = pytest.mark.town(known=("wang", "chen"))


async def test_who_is_merged_after_a_report_was_put_right_reads_it_as_it_is_now(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区水管爆了")
    await town.accepts(town.wang, town.grid, main)
    await town.presses(town.wang, town.card(town.grid, main), "办结")
    old, new = pictures.draw("错的"), pictures.draw("对的")
    prompt = town.last(town.grid, "办理结果")
    report = town.wang.sends_photo(town.grid, "5栋换好了", data=old, reply_to=prompt)
    await town.passes(seconds=3)
    town.wang.edits(report, "3栋换好了")
    town.wang.replaces(report, new)
    await town.passes(seconds=3)
    other = await town.raises(town.zhao, "煤炭小区2栋停水")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other}")

    asked = town.last(town.zhao, "说已经办好了")
    assert other in asked.text
    assert "3栋换好了" in asked.text
    assert "5栋换好了" not in town.texts(town.zhao)
    assert [message.data for message in town.private(town.zhao) if message.kind == "photo"] == [new]

    await town.passes(days=8)
    town.wang.edits(report, "3栋、5栋都换好了")
    await town.settle()
    await town.presses(town.chen, town.card(town.grid, other), "回访")
    assert other in town.last(town.zhao, "网格员更正：\n3栋、5栋都换好了").text
    file = (await town.opens(town.zhao, other)).text
    assert file.index("说已经办好了：3栋换好了") < file.index("修改为：3栋、5栋都换好了")
    assert "报的结果：3栋、5栋都换好了" in town.last(town.chen, "报的结果").text


async def test_who_is_not_asked_yet_reads_the_new_report_alone_and_who_was_what_has_changed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "AT_ONCE", 1)
    main = await town.raises(town.li, "煤炭小区水管爆了")
    people = [town.world.add_person(4100 + n, f"邻居{n}") for n in range(4)]
    numbers = [await town.raises(person, f"煤炭小区{n}栋停水") for n, person in enumerate(people)]
    await town.says_in(town.wang, town.grid, f"/merge {main} {' '.join(numbers)}")
    await town.accepts(town.wang, town.grid, main)
    before = await town.count("history")
    await town.presses(town.wang, town.card(town.grid, main), "办结")
    report = town.wang.replies(town.last(town.grid, "办理结果"), "换到5栋了")
    await town.has(before + 2, "history")  # it is reported, and the first of four is asked
    await town.stop()
    town.wang.edits(report, "换到3栋了")
    await town.start()

    for person in (town.li, people[0]):
        assert "换到5栋了" in town.last(person, "说已经办好了").text
        assert "换到3栋了" in town.last(person, "更正").text
    assert "换到3栋了" in town.last(people[3], "说已经办好了").text
    assert "5栋了" not in town.texts(people[3])
    for person, number in zip(people, numbers, strict=True):
        assert (await town.events(number)).count("case_resolved") == 1
        assert ("更正" in town.texts(person)) == ("换到5栋了" in town.texts(person))


async def test_of_an_album_in_which_one_photo_was_replaced_whoever_is_asked_later_gets_those_that_hold(
    town: Town,
) -> None:
    main = await town.raises(town.li, "煤炭小区水管爆了")
    await town.accepts(town.wang, town.grid, main)
    await town.presses(town.wang, town.card(town.grid, main), "办结")
    prompt = town.last(town.grid, "办理结果")
    before, wrong, right = (pictures.draw(name) for name in ("修前", "错的", "对的"))
    _, second = town.wang.sends_album(town.grid, [before, wrong], "3栋换好了", reply_to=prompt)
    await town.passes(seconds=3)
    town.wang.replaces(second, right)
    await town.passes(seconds=3)
    other = await town.raises(town.zhao, "煤炭小区2栋停水")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other}")

    read = {
        person: [message.data for message in town.private(person) if message.kind == "photo"]
        for person in (town.li, town.zhao)
    }
    assert read == {town.li: [before, wrong, right], town.zhao: [before, right]}
    assert town.last(town.zhao, "3栋换好了").buttons() == ["已解决", "未解决"]


@pytest.mark.both_databases
async def test_who_still_thinks_about_the_first_report_reads_nothing_of_how_the_second_was_put_right(
    town: Town,
) -> None:
    main, other = await town.raises(town.li, "煤炭小区水管爆了"), await town.raises(town.zhao, "煤炭小区2栋停水")
    await town.says_in(town.wang, town.grid, f"/merge {main} {other}")
    await town.accepts(town.wang, town.grid, main)
    await town.finishes(town.wang, town.grid, main, "水管换好了")
    await town.passes(minutes=1)
    await town.presses(town.li, town.last(town.li, "水管换好了"), "未解决")
    third = await town.raises(town.liu, "煤炭小区3栋停水")
    await town.says_in(town.wang, town.grid, f"/merge {main} {third}")
    await town.presses(town.wang, town.card(town.grid, main), "办结")
    report = await town.replies(town.wang, town.last(town.grid, "办理结果"), "阀门换到5栋了")
    town.wang.edits(report, "阀门换到3栋了")
    await town.settle()

    for person in (town.li, town.liu):
        assert "阀门换到3栋了" in town.last(person, "更正").text
    assert "阀门" not in town.texts(town.zhao)
