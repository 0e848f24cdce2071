"""What is too much is said kindly; what is there already stays."""

import pytest

from domain.cases.drafts import MESSAGES_LIMIT
from sandbox.people import Person
from tests.town import Town

FULL = "一份草稿最多放 20000 字、100 条消息、40 个附件"


async def test_words_that_do_not_fit_into_a_draft_are_said_and_the_others_stay(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    for sign in "甲乙丙丁":
        await town.says(town.li, sign * 4096)
    assert FULL not in town.texts(town.li)
    last = await town.says(town.li, "戊" * 4096)
    assert FULL in town.private(town.li)[-1].text or FULL in town.private(town.li)[-2].text
    town.li.edits(last, "还有电梯")
    await town.settle()
    await town.presses(town.li, town.draft_card(town.li), "提交")

    case = await town.case(town.number_told(town.li))
    assert case.text == "".join(sign * 4096 for sign in "甲乙丙丁") + "还有电梯"


async def test_an_edit_that_does_not_fit_leaves_the_words_as_they_were(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    first = await town.says(town.li, "路灯坏了")
    for sign in "甲乙丙丁":
        await town.says(town.li, sign * 4096)
    town.li.edits(first, "路" * 4096)
    await town.settle()

    assert FULL in town.texts(town.li)
    assert "路灯坏了" in town.draft_card(town.li).text


async def test_an_album_is_taken_as_far_as_there_is_room(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    town.li.sends_photo(town.bot, "楼道里的垃圾")
    for _ in range(4):
        town.li.sends_album(town.bot, ["photo"] * 10)
        await town.settle()
        await town.passes(seconds=3)

    assert FULL in town.texts(town.li)
    assert "附件 40 个" in town.draft_card(town.li).text
    await town.presses(town.li, town.draft_card(town.li), "提交")
    assert len([message for message in town.posted(town.grid) if message.kind == "photo"]) == 40


async def test_danger_and_place_are_heard_though_the_draft_is_full(town: Town) -> None:
    await town.says(town.li, "水漏了")
    await town.alters(f"UPDATE drafts SET messages = {MESSAGES_LIMIT}")
    await town.says(town.li, "煤炭小区3栋着火了")

    assert "119" in town.texts(town.li)
    assert FULL in town.texts(town.li)
    assert "🆘 紧急" in town.draft_card(town.li).text
    assert "第1网格" in town.draft_card(town.li).text


async def has_sent(town: Town, sender: Person, count: int, size: int = 1) -> None:
    """Let somebody have sent so many files in the last hour."""
    person = await town.id_of(sender)
    assert person
    columns = "(case_id, event_id, medium, file_id, unique_id, size, person, received_at)"
    at = town.clock.now().strftime("%Y-%m-%d %H:%M:%S.%f")
    row = f"(1, 1, 'photo', 'f', 'u', {size}, {person}, '{at}')"
    await town.alters(f"INSERT INTO attachments {columns} VALUES " + ", ".join([row] * count))


@pytest.mark.both_databases
async def test_of_the_files_of_a_day_what_is_too_much_is_said(town: Town) -> None:
    await town.accepts(town.wang, town.grid, await town.raises(town.stranger, "煤炭小区路灯坏了"))
    residents = ((town.li, 199, 1, 1), (town.zhao, 1, 1024**3, 0))
    for person, count, size, _ in residents:
        person.starts(town.bot, "g_ZN-01")
        await town.settle()
        await has_sent(town, person, count, size)
        person.sends_album(town.bot, ["photo", "photo"], "楼道里的垃圾")
    await town.settle()
    await town.passes(seconds=3)

    for person, *_, kept in residents:
        assert "一天最多 200 个" in town.texts(person)
        assert "楼道里的垃圾" in town.draft_card(person).text
        assert await kept_in_drafts(town, person) == kept
    await town.passes(hours=25)
    for person, *_, kept in residents:
        await town.says(person, "路灯也坏了")
        person.sends_photo(town.bot)
        await town.settle()
        assert await kept_in_drafts(town, person) == kept + 1


async def kept_in_drafts(town: Town, sender: Person) -> int:
    """Return how many files of somebody's drafts are kept."""
    drafts = f"SELECT id FROM drafts WHERE person = {await town.id_of(sender)}"
    return await town.count(f"attachments WHERE draft_id IN ({drafts})")


async def test_a_worker_reads_that_a_photo_was_not_sent_on(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    await has_sent(town, town.wang, 200)
    town.wang.sends_photo(town.grid, reply_to=town.card(town.grid, number))
    await town.settle()

    assert "一天最多 200 个" in town.posted(town.grid)[-1].text
    assert await town.events(number) == ["case_raised", "case_accepted"]
