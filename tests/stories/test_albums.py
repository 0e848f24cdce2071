"""Albums arrive in parts and are taken as one message, whatever stands under which part."""

from datetime import timedelta
from typing import Any

import pytest

from sandbox.messages import Message
from tests.town import Town


async def accepted(town: Town) -> str:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    return number


async def arrived(town: Town) -> None:
    """Let the time pass in which more of an album could have come."""
    await town.settle()
    await town.passes(seconds=3)


def held_back(town: Town, message: Message) -> dict[str, Any]:
    """Take one message's update out of what waits at Telegram, to be delivered later."""
    waiting = town.bot.updates.pending(0)
    town.bot.updates.clear()
    for update in waiting:
        if update["message"]["message_id"] != message.id:
            town.bot.updates.put("message", update["message"])
    return next(update["message"] for update in waiting if update["message"]["message_id"] == message.id)


async def test_an_album_arrives_whole_as_one_album_and_the_words_of_each_part_can_be_edited(town: Town) -> None:
    number = await accepted(town)
    card = town.card(town.grid, number)
    town.wang.sends_album(town.grid, ["photo", "video", "photo"], "换灯前后", reply_to=card)
    await arrived(town)
    album = [message for message in town.private(town.li) if message.album]
    assert [message.kind for message in album] == ["photo", "video", "photo"]
    assert len({message.album for message in album}) == 1
    assert "换灯前后" in town.texts(town.li)
    assert (await town.events(number)).count("progress_told") == 1

    captions = ["换灯前", "换灯后\n费用 200 元"]
    _, second = town.wang.sends_album(town.grid, ["photo", "photo"], captions, reply_to=card)
    await arrived(town)
    town.wang.edits(second, "换灯后\n费用 200 元")
    await town.settle()
    assert (await town.events(number))[-1] == "progress_told"
    for edited in ("换灯后，亮了\n费用 200 元", "换灯后，亮了"):  # also where words are only taken out
        town.wang.edits(second, edited)
        await town.settle()
        assert (await town.events(number))[-1] == "message_edited"
        assert town.last(town.li, "网格员更正").text.endswith(edited)


async def test_an_album_of_the_resident_becomes_an_album_under_the_card(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    town.li.sends_album(town.bot, ["photo"] * 10, "楼道里的垃圾")
    await arrived(town)
    await town.presses(town.li, town.draft_card(town.li), "提交")

    relayed = [message for message in town.posted(town.grid) if message.album]
    assert len(relayed) == 10
    assert "#MH2611_00001" in relayed[0].caption
    assert all(message.reply_to == town.cards(town.grid)[0] for message in relayed)


async def test_a_part_that_comes_after_its_album_is_sent_on_all_the_same(town: Town) -> None:
    number = await accepted(town)
    card = town.card(town.grid, number)
    _, second = town.wang.sends_album(town.grid, ["photo", "photo"], reply_to=card)
    late = held_back(town, second)
    await arrived(town)
    town.bot.updates.put("message", late)
    await arrived(town)

    assert [message.kind for message in town.private(town.li)].count("photo") == 2
    assert (await town.events(number))[-2:] == ["progress_told", "progress_told"]


async def test_the_words_of_an_album_may_stand_under_any_part_of_it(town: Town) -> None:
    number = await accepted(town)
    await town.presses(town.wang, town.card(town.grid, number), "办结")
    prompt = town.last(town.grid, "办理结果")
    town.wang.sends_album(town.grid, ["photo", "photo", "photo"], ["", "三处都换好了", ""], reply_to=prompt)
    await arrived(town)

    *photos, question = town.private(town.li)[-4:]
    assert [photo.kind for photo in photos] == ["photo"] * 3
    assert "说已经办好了：\n三处都换好了" in question.text
    assert "progress_told" not in await town.events(number)


INSIDE = [["", "//内部：要先断电"], ["//内部：要先断电", "配电箱在地下室"], ["配电箱在地下室", "／／要先断电"]]


async def test_what_stands_inside_stays_inside_under_any_part_of_an_album_whatever_comes_late(town: Town) -> None:
    number = await accepted(town)
    card = town.card(town.grid, number)
    for captions in INSIDE:
        await town.presses(town.wang, card, "办结")
        for replied in (town.last(town.grid), card):
            town.wang.sends_album(town.grid, ["photo", "photo"], captions, reply_to=replied)
            await arrived(town)
            note = (await town.file(number))[-1]
            assert (note.event, note.told["files"]) == ("note_taken", 2)

    _, second = town.wang.sends_album(town.grid, ["photo", "photo"], ["//配电箱在地下室", ""], reply_to=card)
    late = held_back(town, second)
    await arrived(town)
    town.bot.updates.put("message", late)
    await arrived(town)
    assert (await town.events(number))[-2:] == ["note_taken", "note_taken"]

    assert "附件" not in (await town.opens(town.li, number)).text
    assert "附件" not in town.card(town.grid, number).text
    assert "断电" not in town.texts(town.li)
    assert "配电箱" not in town.texts(town.li)
    assert "photo" not in [message.kind for message in town.private(town.li)]


async def test_a_question_or_danger_under_any_part_of_an_album_is_heard(town: Town) -> None:
    number = await accepted(town)
    captions = ["", "是这一盏灯吗？"]
    town.wang.sends_album(town.grid, ["photo", "photo"], captions, reply_to=town.card(town.grid, number))
    await arrived(town)
    assert (await town.case(number)).state == "waiting"

    receipt = town.last(town.li, "已提交 #MH")
    town.li.sends_album(town.bot, ["photo", "photo"], ["", "电梯里有人被困"], reply_to=receipt)
    await arrived(town)
    assert (await town.case(number)).urgent
    assert "119" in town.texts(town.li)


@pytest.mark.both_databases
async def test_an_album_that_a_stop_cut_in_two_is_waited_for_until_telegram_has_given_all(town: Town) -> None:
    number = await accepted(town)
    captions = ["", "//配电箱在地下室"]
    _, second = town.wang.sends_album(town.grid, ["photo", "photo"], captions, reply_to=town.card(town.grid, number))
    rest = held_back(town, second)
    await town.settle()
    await town.stop()
    town.clock.advance(timedelta(seconds=20))
    town.bot.updates.put("message", rest)
    await town.start()
    await arrived(town)

    assert "photo" not in [message.kind for message in town.private(town.li)]
    assert (await town.events(number))[-1] == "note_taken"
    assert (await town.file(number))[-1].told["files"] == 2


async def test_an_album_that_was_kept_whole_is_not_waited_for_anew_by_each_start(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.settle()
    town.li.sends_album(town.bot, ["photo", "photo"], "路灯坏了")
    await town.settle()
    assert await town.count("drafts") == 0
    await town.stop()
    town.clock.advance(timedelta(seconds=3))
    await town.start()

    assert "附件 2 个" in town.draft_card(town.li).text


@pytest.mark.both_databases
async def test_of_an_album_with_a_part_that_nobody_can_read_the_others_arrive(town: Town) -> None:
    town.may_fail = True
    number = await accepted(town)
    captions = ["换好了", ""]
    _, second = town.wang.sends_album(town.grid, ["photo", "photo"], captions, reply_to=town.card(town.grid, number))
    broken = held_back(town, second)
    town.bot.updates.put("message", {**broken, "photo": [{"file_id": 7}], "date": "yesterday"})
    await arrived(town)
    await arrived(town)

    assert "换好了" in town.texts(town.li)
    assert (await town.events(number))[-1] == "progress_told"


async def test_what_is_late_is_kept_and_told_where_its_sender_may_still_speak(town: Town) -> None:
    for deed, kept_as in (("不予受理", "note_taken"), ("上报", "progress_told")):
        number = await town.raises(town.li, "煤炭小区路灯坏了")
        card, files = town.card(town.grid, number), await town.count("attachments")
        await town.presses(town.wang, card, "不予受理" if deed == "不予受理" else "接单")
        to = town.last(town.grid) if deed == "不予受理" else card
        _, second = town.wang.sends_album(town.grid, ["photo", "photo"], ["不归我们管", ""], reply_to=to)
        late = held_back(town, second)
        await arrived(town)
        if deed == "上报":
            await town.presses_twice(town.wang, card, "上报")
        town.bot.updates.put("message", late)
        await arrived(town)

        assert (await town.events(number))[-1] == kept_as
        assert await town.count("attachments") == files + 2
