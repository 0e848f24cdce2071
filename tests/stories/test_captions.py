"""Photos travel with their words in one message; where the words are too long for that, the photos answer them."""

from tests.town import Town


async def test_a_workers_photo_reaches_the_resident_with_its_words_in_one_message(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    before = len(town.private(town.li))
    town.wang.sends_photo(town.grid, "灯杆歪了，<明天>修", reply_to=town.card(town.grid, number))
    await town.settle()

    (told,) = town.private(town.li)[before:]
    assert (told.kind, told.caption) == ("photo", f"💬 {number} 「煤炭小区路灯坏了」 王建国：\n灯杆歪了，<明天>修")


async def test_a_residents_album_reaches_the_group_with_its_words_under_the_first_part(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    before = len(town.posted(town.grid))
    town.li.sends_album(town.bot, ["photo", "photo"], ["", "就是这两盏"], reply_to=town.last(town.li, number))
    await town.settle()
    await town.passes(seconds=3)

    first, second = town.posted(town.grid)[before:]
    assert first.caption == f"➕ {number} 「煤炭小区路灯坏了」 居民补充：\n就是这两盏"
    assert not second.caption
    assert first.reply_to == town.card(town.grid, number)


async def test_words_too_long_for_a_caption_come_first_and_the_photo_answers_them(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    before = len(town.private(town.li))
    town.wang.sends_photo(town.grid, "修" * 1020, reply_to=town.card(town.grid, number))
    await town.settle()

    words, photo = town.private(town.li)[before:]
    assert "修" * 1020 in words.text
    assert (photo.kind, photo.reply_to) == ("photo", words)


async def test_words_arrive_though_telegram_refuses_the_photo(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    town.may_fail = True
    town.world.faults.refuse("sendPhoto", 400, "Bad Request: wrong file identifier/HTTP URL specified", chat=town.li)
    town.wang.sends_photo(town.grid, "灯杆歪了", reply_to=town.card(town.grid, number))
    await town.settle()

    assert f"{number} 「煤炭小区路灯坏了」 王建国：\n灯杆歪了" in town.private(town.li)[-1].text
    assert (await town.events(number))[-1] == "letter_rejected"
