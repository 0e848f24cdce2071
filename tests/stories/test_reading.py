"""What a message holds besides plain words: links, quotes from elsewhere, what is paid for, and what nobody sent."""

from typing import Any

from sandbox.content import Dice, PaidMedia, Service
from sandbox.entities import Words
from sandbox.markup import parse_html
from tests.town import Town

HERE = "这里（https://example.org/a?b=1&c=2）"


def linked(before: str = "", after: str = "") -> Words:
    return parse_html(f'{before}<a href="https://example.org/a?b=1&amp;c=2">这里</a>{after}', lambda _id: None)


async def accepted(town: Town) -> str:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    return number


async def test_links_behind_the_words_of_a_resident_reach_the_group_and_the_file(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    town.li.writes(town.bot, linked("路灯坏了，照片在"))
    town.li.sends_photo(town.bot, linked("还有"))
    await town.settle()
    await town.presses(town.li, town.draft_card(town.li), "提交")
    number = town.number_told(town.li)
    town.li.replies(town.last(town.li, number), linked("补充在"))
    await town.settle()

    assert f"照片在{HERE}\n还有{HERE}" in town.card(town.grid, number).text
    assert f"补充在{HERE}" in town.texts(town.grid)
    assert f"照片在{HERE}" in (await town.file(number))[0].told["text"]


async def test_links_behind_the_words_of_a_worker_reach_the_resident(town: Town) -> None:
    number = await accepted(town)
    card = town.card(town.grid, number)
    town.wang.replies(card, linked("停水通知看", "。"))
    town.wang.sends_photo(town.grid, linked("施工图看"), reply_to=card)
    await town.settle()
    await town.presses(town.wang, card, "办结")
    reply = town.wang.replies(town.last(town.grid, "办理结果"), linked("修好了，验收单看"))
    await town.settle()
    town.wang.edits(reply, linked("修好了，验收单在"))
    await town.settle()

    for words in ("停水通知看", "施工图看", "修好了，验收单看", "修好了，验收单在"):
        assert f"{words}{HERE}" in town.texts(town.li)
    assert (await town.case(number)).state == "resolved"


async def test_a_link_behind_the_sign_of_a_note_does_not_let_it_out(town: Town) -> None:
    number = await accepted(town)
    sign = parse_html('<a href="https://example.org/">//</a> 欠费', lambda _id: None)
    town.wang.replies(town.card(town.grid, number), sign)
    await town.settle()

    assert (await town.events(number))[-1] == "note_taken"
    assert "欠费" not in town.texts(town.li)


async def test_what_a_resident_quotes_from_another_chat_is_part_of_what_they_say(town: Town) -> None:
    neighbours = town.world.add_group(-1001000007777, "业主群")
    neighbours.add(town.li)
    neighbours.add(town.zhao)
    notice = town.zhao.writes(neighbours, "煤炭小区今晚停水，明早恢复")
    picture = town.zhao.sends_photo(neighbours, "公告栏")
    town.li.quotes(notice, town.bot, "这个没人通知我们", quote="今晚停水")
    town.li.quotes(picture, town.bot, "还有这张")
    await town.settle()
    await town.says(town.li, "煤炭小区3栋")
    await town.presses(town.li, town.draft_card(town.li), "提交")
    number = town.number_told(town.li)
    town.li.quotes(notice, town.bot, "现在又说")
    await town.settle()

    shown = town.card(town.grid, number).text
    assert "这个没人通知我们\n「今晚停水」\n还有这张\n「公告栏」\n" in shown
    assert town.posted(town.grid)[-1].data == picture.data
    assert "现在又说\n「煤炭小区今晚停水，明早恢复」" in town.draft_card(town.li).text


async def test_a_place_or_a_card_that_is_quoted_is_read_too(town: Town) -> None:
    neighbours = town.world.add_group(-1001000007777, "业主群")
    neighbours.add(town.li)
    place = town.li.sends_venue(neighbours, "煤炭小区", "南门", 27.535, 106.825)
    town.li.quotes(place, town.bot, "这里的路灯坏了")
    await town.settle()

    assert "第1网格" in town.draft_card(town.li).text
    assert "这里的路灯坏了\n「煤炭小区 南门」" in town.draft_card(town.li).text


async def test_a_quote_of_a_card_in_another_chat_is_talk_among_colleagues(town: Town) -> None:
    number = await accepted(town)
    town.grid.promote(town.bot)
    town.community.promote(town.bot)
    town.community.add(town.wang)
    before = await town.events(number)
    town.wang.quotes(town.card(town.grid, number), town.community, "这件谁知道？")
    await town.settle()

    assert await town.events(number) == before
    assert "谁知道" not in town.texts(town.li)


async def test_the_caption_of_paid_media_is_read(town: Town) -> None:
    neighbours = town.world.add_group(-1001000007777, "业主群")
    neighbours.add(town.li)
    paid = neighbours.post(town.li, PaidMedia(5, Words("煤炭小区漏水现场")))
    town.li.forwards(paid, town.bot)
    town.li.quotes(paid, town.bot, "就是这个")
    await town.settle()

    assert "煤炭小区漏水现场\n就是这个\n「煤炭小区漏水现场」" in town.draft_card(town.li).text


STICKER = {
    "file_id": "CAAC1",
    "file_unique_id": "1",
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
}
HAPPENINGS: dict[str, Any] = {
    "boost_added": {"boost_count": 1},
    "proximity_alert_triggered": {
        "traveler": {"id": 3001, "is_bot": False, "first_name": "李秀英"},
        "watcher": {"id": 3002, "is_bot": False, "first_name": "赵大爷"},
        "distance": 50,
    },
    "users_shared": {"request_id": 1, "users": [{"user_id": 3002}]},
    "chat_shared": {"request_id": 1, "chat_id": -1001000000001},
    "checklist_tasks_done": {"marked_as_done_task_ids": [1]},
    "checklist_tasks_added": {"tasks": [{"id": 1, "text": "灯"}]},
    "gift": {"gift": {"id": "1", "sticker": STICKER, "star_count": 5}},
    "giveaway_created": {"prize_star_count": 5},
    "giveaway_completed": {"winner_count": 1},
    "forum_topic_created": {"name": "路灯", "icon_color": 7322096},
    "forum_topic_edited": {"name": "路灯"},
    "forum_topic_closed": {},
    "forum_topic_reopened": {},
    "general_forum_topic_hidden": {},
    "general_forum_topic_unhidden": {},
    "video_chat_scheduled": {"start_date": 1800000000},
    "video_chat_started": {},
    "video_chat_ended": {"duration": 60},
    "video_chat_participants_invited": {"users": []},
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 86400},
    "write_access_allowed": {"from_request": True},
    "connected_website": "example.org",
    "chat_background_set": {"type": {"type": "chat_theme", "theme_name": "🌊"}},
    "direct_message_price_changed": {"are_direct_messages_enabled": False},
    "paid_message_price_changed": {"paid_message_star_count": 5},
    "web_app_data": {"data": "{}", "button_text": "x"},
    "new_chat_title": "新名字",
    "delete_chat_photo": True,
    "something_of_next_year": {"anything": 1},
}


async def test_what_telegram_itself_writes_is_never_answered(town: Town) -> None:
    number = await accepted(town)
    town.grid.promote(town.bot)
    before = (len(town.private(town.li)), len(town.posted(town.grid)))
    for kind, told in HAPPENINGS.items():
        town.li.chat_with(town.bot).post(town.li, Service(kind, told))
        town.grid.post(town.wang, Service(kind, told), reply_to=town.card(town.grid, number))
    await town.settle()

    assert (len(town.private(town.li)), len(town.posted(town.grid))) == before
    assert await town.count("drafts") == 1


async def test_what_a_person_sent_and_nobody_can_read_is_answered_kindly(town: Town) -> None:
    number = await accepted(town)
    card = town.card(town.grid, number)
    town.li.sends_sticker(town.bot)
    town.li.sends_poll(town.bot, "去不去", ["去", "不去"])
    town.li.sends_story(town.bot)
    town.li.chat_with(town.bot).post(town.li, Dice("🎲", 3))
    town.wang.sends_sticker(town.grid, reply_to=card)
    await town.settle()

    assert town.texts(town.li).count("这种消息我还看不懂") == 4
    assert town.texts(town.grid).count("这种消息我还看不懂") == 1


async def test_a_visiting_card_is_read(town: Town) -> None:
    town.li.sends_contact(town.bot, "+8613800000000", "张师傅")
    await town.settle()

    assert "张师傅" in town.draft_card(town.li).text
