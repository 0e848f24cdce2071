"""What workers reply reaches the resident; what residents add reaches the chat; every medium."""

from datetime import timedelta
from pathlib import Path

from sandbox.messages import Message
from sandbox.people import Person
from tests.town import ORGANISATION, Town


async def accepted(town: Town) -> str:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    return number


async def test_a_reply_to_the_card_is_progress_and_one_to_anything_about_the_case_belongs_to_it(town: Town) -> None:
    number = await accepted(town)
    reply = await town.replies(town.wang, town.card(town.grid, number), "灯已经订了，明天到")
    assert f"{number} 「煤炭小区路灯坏了」 王建国：\n灯已经订了，明天到" in town.texts(town.li)
    assert reply.reactions == {town.bot.id: ["👌"]}
    assert (await town.events(number))[-1] == "progress_told"

    await town.replies(town.li, town.last(town.li, "接单"), "麻烦快点")
    await town.replies(town.wang, town.last(town.grid, "麻烦快点"), "好的，马上")
    assert "好的，马上" in town.texts(town.li)
    assert (await town.events(number))[-2:] == ["case_supplemented", "progress_told"]

    await town.finishes(town.wang, town.grid, number, "换好了")
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "未解决")
    await town.says(town.li, "还是不亮")
    await town.replies(town.li, town.last(town.li, "原因已转给网格员"), "门口那盏也不亮")
    assert "门口那盏也不亮" in town.texts(town.grid)
    assert (await town.events(number))[-1] == "case_supplemented"


async def test_a_note_stays_inside(town: Town) -> None:
    number = await accepted(town)
    for sign in ("// ", "／／", "/／", "\u200b//", "\u2060/\ufe0f/"):
        await town.replies(town.wang, town.card(town.grid, number), f"{sign}这家上个月也报过")
        row = (await town.file(number))[-1]
        assert (row.event, row.told["text"]) == ("note_taken", "这家上个月也报过")

    assert (await town.events(number)).count("note_taken") == 5
    assert "上个月" not in town.texts(town.li)
    await town.says(town.li, "/my")
    await town.presses(town.li, town.last(town.li, "我的诉求"), number.removeprefix("#"))
    assert "上个月" not in town.last(town.li, "经过").text


async def test_every_medium_goes_both_ways(town: Town) -> None:
    number = await accepted(town)
    before = len(town.private(town.li))
    town.wang.sends_photo(town.grid, reply_to=town.card(town.grid, number))
    await town.settle()
    (photo,) = town.private(town.li)[before:]  # without words it is sent on without more words
    assert "网格员 王建国" in photo.caption

    for medium in ("photo", "video", "voice", "document", "audio", "animation", "video_note"):
        send(town.wang, town, medium, town.card(town.grid, number))
        await town.settle()
        assert town.private(town.li)[-1].kind == medium

        send(town.li, town, medium, town.private(town.li)[-1])
        await town.settle()
        relayed = town.posted(town.grid)[-1]
        assert relayed.kind == medium
        words = town.last(town.grid, "居民补充")
        assert relayed.reply_to == (words if medium == "video_note" else town.card(town.grid, number))

    town.wang.sends_location(town.grid, reply_to=town.card(town.grid, number))
    await town.settle()
    assert town.private(town.li)[-1].kind == "location"


def send(person: Person, town: Town, medium: str, reply_to: Message) -> None:
    place = town.bot if person is town.li else town.grid
    getattr(person, f"sends_{medium}")(place, reply_to=reply_to)


async def test_more_than_an_album_of_files_goes_in_several_messages(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    for _ in range(12):
        town.li.sends_photo(town.bot)
    town.li.sends_voice(town.bot)
    town.li.sends_document(town.bot)
    await town.settle()
    await town.says(town.li, "楼道里的垃圾")
    await town.presses(town.li, town.draft_card(town.li), "提交")

    kinds = [message.kind for message in town.posted(town.grid)[1:]]
    assert sorted(kinds) == sorted(["photo"] * 12 + ["voice", "document"])


async def test_an_edit_after_submitting_is_appended_and_shown(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    message = await town.says(town.li, "路灯坏了两盏")
    await town.presses(town.li, town.draft_card(town.li), "提交")
    number = town.number_told(town.li)
    town.li.edits(message, "路灯坏了三盏")
    await town.settle()

    assert "居民修改为：\n路灯坏了三盏" in town.texts(town.grid)
    assert (await town.events(number))[-1] == "message_edited"
    assert (await town.case(number)).text == "路灯坏了三盏"


async def test_a_worker_who_edits_a_reply_corrects_what_the_resident_read_but_for_notes(town: Town) -> None:
    number = await accepted(town)
    card = town.card(town.grid, number)
    reply = await town.replies(town.wang, card, "明天到")
    town.wang.edits(reply, "后天到")
    await town.settle()
    assert "网格员更正：\n后天到" in town.texts(town.li)

    for first, edited, inside in (("// 老赖", "// 老用户", "老用户"), ("明天来修", "//业主欠费，先不修", "欠费")):
        reply = await town.replies(town.wang, card, first)
        town.wang.edits(reply, edited)
        await town.settle()
        assert inside not in town.texts(town.li)
        assert (await town.events(number))[-1] == "message_edited"


async def test_a_question_waits_for_the_answer_and_a_reply_brings_the_case_back(town: Town) -> None:
    number = await accepted(town)
    await town.replies(town.wang, town.card(town.grid, number), "是几号楼呢？")
    assert "等居民答复" in town.card(town.grid, number).text

    await town.replies(town.li, town.last(town.li, "想问您"), "5号楼")

    assert (await town.case(number)).state == "accepted"
    assert "居民答复：\n5号楼" in town.texts(town.grid)


async def test_what_people_say_among_themselves_is_not_heard(town: Town) -> None:
    number = await accepted(town)
    before = await town.events(number)
    town.wang.writes(town.grid, "中午吃什么")
    town.chen.replies(town.grid.messages[-1], "面条")
    await town.settle()

    assert await town.events(number) == before
    assert "面条" not in town.texts(town.li)


async def test_what_is_long_reaches_the_resident_whole_and_the_chat_reads_its_beginning_and_the_way_to_the_rest(
    town: Town,
) -> None:
    number = await accepted(town)
    words = "".join(f"第{n}步已经做完了。" for n in range(1, 600))[:4096]
    await town.replies(town.wang, town.card(town.grid, number), words)
    received = "".join(message.text for message in town.private(town.li))
    assert words[-50:] in received
    assert words[:50] in received
    assert all(len(message.text) <= 4096 for message in town.private(town.li))

    await town.replies(town.li, town.last(town.li, number), "又坏了。" * 600)
    shown = town.last(town.grid, "居民补充").text
    assert len(shown) < 1700
    assert f"（全文 2400 字，发送 /case {number.removeprefix('#')} 查看）" in shown


async def test_a_reply_to_a_list_of_several_cases_goes_to_no_resident(town: Town) -> None:
    one = await accepted(town)
    two = await town.raises(town.zhao, "煤炭小区井盖松了")
    await town.accepts(town.wang, town.grid, two)
    await town.says_in(town.wang, town.grid, "/todo@minhu_bot")
    await town.replies(town.wang, town.last(town.grid, "待办"), "都收到了，马上去看")
    await town.passes(hours=4)
    await town.replies(town.wang, town.last(town.grid, "件诉求请跟进"), "都在路上了")

    assert town.texts(town.grid).count("请回复其中一件的卡片") == 2
    for number in (one, two):
        assert "progress_told" not in await town.events(number)


async def test_a_reminder_of_one_case_left_of_several_belongs_to_that_case(town: Town) -> None:
    settled = await accepted(town)
    left = await town.raises(town.zhao, "煤炭小区井盖松了")
    await town.accepts(town.wang, town.grid, left)
    town.world.faults.flood(town.grid, retry_after=1)
    town.clock.advance(timedelta(hours=4))
    await town.world.until(lambda: any(call.status == 429 for call in town.world.journal))
    town.li.writes(town.bot, "/my")
    listed = await town.world.until(lambda: next((m for m in town.private(town.li) if "点下面的编号" in m.text), None))
    assert listed
    town.li.presses(listed, settled.removeprefix("#"))
    opened = await town.world.until(lambda: next((m for m in town.private(town.li) if "撤回" in m.buttons()), None))
    assert opened
    town.li.presses(opened, "撤回")
    town.li.presses(opened, "撤回")
    await town.settle()
    await town.replies(town.wang, town.last(town.grid, "截止，"), "井盖明天换")

    assert "井盖明天换" in town.texts(town.zhao)


async def test_a_new_matter_written_as_a_reply_to_the_list_of_ones_cases_is_a_new_matter(town: Town) -> None:
    numbers = [await town.raises(town.li, "煤炭小区路灯坏了"), await town.raises(town.li, "煤炭小区井盖松了")]
    await town.says(town.li, "/my")
    await town.replies(town.li, town.last(town.li, "点下面的编号"), "煤炭小区垃圾没人收")

    assert "垃圾没人收" in town.draft_card(town.li).text
    for number in numbers:
        assert "case_supplemented" not in await town.events(number)


async def test_an_edit_that_brings_back_the_first_words_is_shown_too_and_one_of_danger_makes_it_urgent(
    town: Town,
) -> None:
    number = await accepted(town)
    message = await town.replies(town.li, town.last(town.li, number), "在3栋")
    for words in ("在4栋", "在3栋", "在3栋"):
        town.li.edits(message, words)
        await town.settle()
    assert town.texts(town.grid).count("居民修改为") == 2

    town.li.edits(message, "有燃气味道，有人晕倒了")
    await town.settle()
    assert (await town.case(number)).urgent
    assert "120" in town.texts(town.li)


async def test_an_edit_of_somebody_who_works_there_no_more_stays_inside(town: Town, tmp_path: Path) -> None:
    number = await accepted(town)
    message = await town.replies(town.wang, town.card(town.grid, number), "明天来修")
    (tmp_path / "org.yaml").write_text(ORGANISATION.replace("- {id: 2001, name: 王建国, role: worker}", ""), "utf-8")
    await town.restart()
    town.wang.edits(message, "打钱到这个账户")
    await town.settle()

    assert "打钱" not in town.texts(town.li)
    assert (await town.file(number))[-1].told["inside"]
