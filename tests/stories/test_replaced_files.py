"""A file that an edit puts in the place of another: in a draft it takes its place, later it is shown as a change."""

from pathlib import Path

import pytest

from sandbox import pictures
from sandbox.content import Text
from sandbox.entities import Words
from sandbox.messages import Message
from tests.town import ORGANISATION, Town


async def kept(town: Town, number: str) -> list[tuple[str, bool]]:
    """Return the medium of each file of a case, and whether its bytes were fetched."""
    await town.settle_files()
    case = await town.case(number)
    async with town.desks.storage.engine.connect() as connection:
        query = f"SELECT medium, kept_as FROM attachments WHERE case_id = {case.id} ORDER BY id"
        return [(row.medium, row.kept_as is not None) for row in await connection.exec_driver_sql(query)]


def contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


async def submitted(town: Town) -> str:
    await town.settle()
    await town.presses(town.li, town.draft_card(town.li), "提交")
    return town.number_told(town.li)


def delivered_again(town: Town, message: Message) -> None:
    town.bot.updates.put("edited_message", message.card(town.bot.id))


async def arrived(town: Town) -> None:
    await town.settle()
    await town.passes(seconds=3)


async def test_a_photo_that_is_replaced_before_submitting_is_the_one_that_the_group_gets(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    old, new = pictures.draw("错的"), pictures.draw("对的")
    message = town.li.sends_photo(town.bot, "路灯坏了", data=old)
    await town.settle()
    town.li.replaces(message, new)
    delivered_again(town, message)
    await town.settle()
    assert "附件 1 个" in town.draft_card(town.li).text
    number = await submitted(town)

    assert [message.data for message in town.posted(town.grid) if message.kind == "photo"] == [new]
    assert await kept(town, number) == [("photo", True)]
    assert "更换" not in town.texts(town.grid)


@pytest.mark.both_databases
async def test_in_a_draft_one_photo_of_an_album_or_words_alone_can_be_replaced_too(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    words = town.li.writes(town.bot, "楼道里的垃圾")
    first, second = town.li.sends_album(town.bot, ["photo", "photo"])
    await arrived(town)
    town.li.replaces(second, "video")
    town.li.replaces(words, "document")
    await town.settle()
    assert "附件 3 个" in town.draft_card(town.li).text
    await submitted(town)

    relayed = [message for message in town.posted(town.grid) if message.kind != "text"]
    assert sorted(message.kind for message in relayed) == ["document", "photo", "video"]
    assert first.data in [message.data for message in relayed]
    assert "楼道里的垃圾" in town.card(town.grid, "#MH2611_00001").text


@pytest.mark.both_databases
async def test_a_photo_that_is_replaced_while_the_old_one_is_fetched_is_the_one_that_is_kept(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.settle()
    gate = town.world.faults.hold("getFile")
    message = town.li.sends_photo(town.bot, "路灯坏了", data=pictures.draw("错的"))
    await town.world.until(lambda: gate.waiting)
    new = pictures.draw("对的")
    town.li.replaces(message, new)
    assert await town.world.until(lambda: len(town.bot.updates) == 0)
    gate.open()
    number = await submitted(town)

    assert await kept(town, number) == [("photo", True)]
    assert new in contents(town.settings.files)
    async with town.desks.reading() as (_, work):
        assert await work.attachments.missing() == {}


async def test_what_a_resident_replaces_after_submitting_is_shown_to_the_group_as_a_change(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    message = town.li.sends_photo(town.bot, "路灯坏了")
    number = await submitted(town)
    first = message.data
    for _ in range(2):
        town.li.replaces(message, "video")
        delivered_again(town, message)
        await town.settle()
    town.li.replaces(message, first)
    await town.settle()

    *_, once, twice, back = town.posted(town.grid)
    assert [shown.kind for shown in (once, twice, back)] == ["video", "video", "photo"]
    assert all(shown.reply_to == town.card(town.grid, number) for shown in (once, twice, back))
    assert once.caption == f"✏️ {number} 居民 换了附件，以这个为准"
    assert (await town.events(number))[1:] == ["files_replaced"] * 3
    assert await kept(town, number) == [("photo", True), ("video", True), ("video", True), ("photo", True)]
    assert town.texts(town.li).count("改动收到") == 3


async def test_words_and_file_changed_at_once_are_both_shown(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    message = town.li.sends_photo(town.bot, "路灯坏了两盏")
    number = await submitted(town)
    town.li.replaces(message, "photo", "路灯坏了三盏")
    await town.settle()

    assert (await town.events(number))[1:] == ["message_edited", "files_replaced"]
    assert "居民修改为：\n路灯坏了三盏" in town.texts(town.grid)
    assert town.posted(town.grid)[-1].data == message.data


async def test_what_a_worker_replaces_reaches_the_resident_as_a_change(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    card = town.card(town.grid, number)
    await town.presses(town.wang, card, "接单")
    for count, replied in ((3, "card"), (6, "prompt")):
        if replied == "prompt":
            await town.presses(town.wang, card, "办结")
        to = card if replied == "card" else town.last(town.grid, "办理结果")
        first, second = town.wang.sends_album(town.grid, ["photo", "photo"], "换好了", reply_to=to)
        await arrived(town)
        town.wang.replaces(second, "photo")
        await town.settle()

        shown = town.private(town.li)[-1]
        assert (shown.data, shown.caption) == (second.data, f"✏️ {number} 网格员 王建国 换了附件，以这个为准")
        assert (await town.events(number))[-1] == "files_replaced"
        assert first.data in [message.data for message in town.private(town.li)]
        assert await kept(town, number) == [("photo", True)] * count
    assert (await town.case(number)).state == "resolved"
    assert (await town.opens(town.li, number)).text.count("更换附件") == 2


async def test_what_is_replaced_in_a_note_stays_inside(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    note = town.wang.sends_photo(town.grid, "//配电箱", reply_to=town.card(town.grid, number))
    told = town.wang.sends_photo(town.grid, "换灯前", reply_to=town.card(town.grid, number))
    await town.settle()
    before = len(town.private(town.li))
    town.wang.replaces(note, "photo")
    town.wang.replaces(told, "photo", "//先不说")
    await town.settle()
    await town.says(town.li, f"/case {number}")

    assert [message.kind for message in town.private(town.li)[before:]] == ["text"]
    assert "更换附件" not in town.last(town.li, "经过").text
    assert (await town.events(number)).count("files_replaced") == 2


async def test_what_somebody_replaces_who_works_there_no_more_stays_inside(town: Town, tmp_path: Path) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    message = town.wang.sends_photo(town.grid, reply_to=town.card(town.grid, number))
    await town.settle()
    (tmp_path / "org.yaml").write_text(ORGANISATION.replace("- {id: 2001, name: 王建国, role: worker}", ""), "utf-8")
    await town.restart()
    before = len(town.private(town.li))
    town.wang.replaces(message, "photo")
    await town.settle()

    assert len(town.private(town.li)) == before
    assert (await town.file(number))[-1].is_inside


async def test_new_words_under_the_same_photo_send_no_photo(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    message = town.wang.sends_photo(town.grid, "明天换", reply_to=town.card(town.grid, number))
    await town.settle()
    town.wang.edits(message, "后天换")
    await town.settle()

    assert [message.kind for message in town.private(town.li)].count("photo") == 1
    assert (await town.events(number))[-1] == "message_edited"


async def test_edits_of_two_messages_with_one_number_in_two_chats_are_told_apart(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    words, same = Text(Words("明天")), 90_001
    of_worker = town.grid.post(town.wang, words, message_id=same, reply_to=town.card(town.grid, number))
    receipt = town.last(town.li, number)
    of_resident = town.li.chat_with(town.bot).post(town.li, words, message_id=same, reply_to=receipt)
    await town.settle()
    for person, message in ((town.wang, of_worker), (town.li, of_resident)):
        person.edits(message, "后天")
        await town.settle()

    assert "网格员更正：\n后天" in town.texts(town.li)
    assert "居民修改为：\n后天" in town.texts(town.grid)
