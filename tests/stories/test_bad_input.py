"""Bad input gets one kind sentence and changes nothing."""

import json

import pytest

from tests.town import Town

DATA = [
    "",
    "x",
    "ds",
    "ds:",
    "ds:abc",
    "ds:1:2",
    "ds:-1",
    "zz:1",
    "wa:999999999999999999999999",
    "mo:999999999999999999999999",
    "wa:99",
    "dk:1:pizza",
    "du:1:NOPE",
    "cr:1:11",
    "my:-5",
    "my:99999",
    "lt:0",
    "lc::0",
    "lc:NOPE:0",
    "la:xx",
    "d+:1:1",
    "dm:1:tree/NOPE/7",
]
NEEDS_NO_ANSWER = {"my:-5", "my:99999", "lt:0"}


@pytest.mark.both_databases
async def test_any_callback_data_is_answered_and_changes_nothing(town: Town) -> None:
    town.stranger.starts(town.bot)
    await town.settle()
    welcome, before = town.private(town.stranger)[0], await town.count("history")

    answers = {data: await town.forges(town.stranger, welcome, data) for data in DATA}

    assert {data for data, answer in answers.items() if not answer} <= NEEDS_NO_ANSWER
    assert await town.count("history") == before
    assert await town.count("cases") == 0
    await town.has_handled_everything()


async def test_what_cannot_be_read_gets_one_kind_sentence(town: Town) -> None:
    town.li.sends_sticker(town.bot)
    town.zhao.sends_poll(town.bot, "吃什么", ["面", "饭"])
    await town.settle()

    for person in (town.li, town.zhao):
        assert [m.text for m in town.private(person)] == [
            "这种消息我还看不懂。请发文字、照片、语音、视频、文件或位置。"
        ]


async def test_names_full_of_html_and_hidden_signs_do_no_harm(town: Town) -> None:
    rude = town.world.add_person(3666, "<b>甲\u202e\u200b</b>&amp;", last_name="'\"{number}{0}")
    number = await town.raises(rude, "煤炭小区 <script>alert(1)</script> & </b> {text} %s 漏水")

    card = town.card(town.grid, number)
    assert "<script>alert(1)</script> & </b> {text} %s 漏水" in card.text
    assert "<b>甲</b>&amp; '\"{number}{0}" in card.text


async def test_commands_with_wrong_arguments_in_private(town: Town) -> None:
    for command, answer in {
        "/case": "请写上编号",
        "/case 12": "没找到，或您没有查看权限",
        "/case MH2611_99999": "没找到，或您没有查看权限",
        "/units": "仅管理员可用",
        "/assign MH2611_00001 ZN-02": "仅负责人和管理员可用",
        "/bind ZN-01": "这个命令请在群里用",
        "/dance": "没有这个命令",
        "/START": "这里是民呼",
    }.items():
        await town.says(town.li, command)
        assert answer in town.private(town.li)[-1].text, command

    message = await town.says(town.li, "/start")
    town.li.edits(message, "/my")  # which runs nothing anew
    await town.settle()
    assert town.last(town.li).text == "您改的这条没有转出去。要改，请把新的内容再发一条。"
    assert await town.count("drafts") == 0
    await town.says(town.chen, "/cases")
    assert town.private(town.chen)[-1].text == "仅管理员可用。"


async def test_commands_with_wrong_arguments_in_a_group_are_answered_unless_they_may_be_for_other_bots(
    town: Town,
) -> None:
    town.wang.writes(town.grid, "/todo@other_bot")
    town.grid.promote(town.bot)
    await town.says_in(town.wang, town.grid, "/dance")
    assert town.posted(town.grid) == []

    for command, answer in {
        "/dance@minhu_bot": "没有这个命令",
        "/bind@minhu_bot": "请写上单位编码",
        "/bind@minhu_bot NOPE": "没有编码为 NOPE 的单位",
        "/bind@minhu_bot ZN": "仅管理员、 遵南社区 或其上级的负责人可用",
        "/case@minhu_bot": "请写上编号",
        "/units@minhu_bot": "仅管理员可用",
        "/my@minhu_bot": "这个命令请在私聊里用",
    }.items():
        await town.says_in(town.wang, town.grid, command)
        assert answer in town.posted(town.grid)[-1].text, command


@pytest.mark.both_databases
async def test_an_update_that_nobody_can_parse_is_parked_and_blocks_nobody(town: Town) -> None:
    town.may_fail = True
    town.bot.updates.put("message", {"message_id": 1, "date": "nonsense", "chat": {"id": 3001, "type": "private"}})
    town.bot.updates.put("callback_query", {"id": 5})
    town.bot.updates.put("message", {"chat": 5})
    town.li.starts(town.bot, "g_ZN-01")
    await town.settle()
    number = await town.raises(town.li, "路灯坏了")

    assert await town.case(number)
    async with town.desks.reading() as (_, work):
        assert (await work.inbox.counts())["parked"] >= 2
    assert "对不起，系统出了点问题" in town.texts(town.li)


@pytest.mark.both_databases
async def test_the_same_update_twice_is_one(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.settle()
    message = town.li.writes(town.bot, "路灯坏了")
    raw = town.bot.updates.pending(0)[-1]
    await town.settle()
    assert town.app
    assert town.app.web.intake
    await town.app.web.intake.receive([raw, json.loads(json.dumps(raw))])
    await town.settle()

    assert town.draft_card(town.li).text.count("路灯坏了") == 1
    assert message


async def test_an_anonymous_group_admin_is_asked_to_show_who_they_are(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    town.grid.promote(town.wang, anonymous=True)
    await town.replies(town.wang, town.card(town.grid, number), "在修")

    assert "匿名管理员" in town.posted(town.grid)[-1].text
    assert "在修" not in town.texts(town.li)


async def test_a_contact_card_becomes_words(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    await town.says(town.li, "水管爆了")
    town.li.sends_contact(town.bot, "+8613911112222", "李秀英")
    await town.settle()
    await town.presses(town.li, town.draft_card(town.li), "提交")

    assert "13911112222" in (await town.case(town.number_told(town.li))).text
    assert "13911112222" not in town.texts(town.grid)


async def test_empty_and_blank_captions_are_no_words(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    town.li.sends_photo(town.bot, "   ")
    await town.settle()
    assert "提交" not in town.draft_card(town.li).buttons()


async def test_the_buttons_of_a_private_chat_do_nothing_to_a_card_in_a_group(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    card = town.card(town.grid, number)

    assert await town.forges(town.stranger, card, "my:0") == "这个按钮已经失效了，请重新打开那一件。"
    assert "煤炭小区路灯坏了" in card.text
    assert card.buttons()


async def test_the_number_of_a_case_that_a_person_quotes_opens_nothing_of_it(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.says(town.zhao, f"煤炭小区，和 {number} 一样的事")
    await town.replies(town.zhao, town.draft_card(town.zhao), "什么情况")

    assert "什么情况" in town.draft_card(town.zhao).text
    assert "请由他们操作" not in town.texts(town.zhao)


async def test_of_those_who_only_talk_in_a_group_nothing_is_kept(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.presses(town.stranger, town.card(town.grid, number), "接单")
    assert await town.id_of(town.stranger) is None


async def test_words_that_nobody_can_see_are_none_and_a_name_that_nobody_can_see_gets_a_kind_one(town: Town) -> None:
    town.li.first_name = "\u3164\u2800"
    for unseen in ("\u3164", "\u2800\u200b", "\ufe0f\u0301"):
        await town.says(town.li, unseen)
    number = await town.raises(town.li, "煤炭小区路灯坏了")

    assert (await town.case(number)).text == "煤炭小区路灯坏了"
    assert "👤 一位街坊" in town.card(town.grid, number).text
