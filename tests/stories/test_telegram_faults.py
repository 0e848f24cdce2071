"""Telegram slow, down, refusing or answering into the void: nothing is lost, and nothing doubled that need not be."""

import pytest

from tests.town import Town


async def raised(town: Town) -> str:
    return await town.raises(town.li, "煤炭小区路灯坏了")


@pytest.mark.paced
async def test_a_server_error_is_waited_out(town: Town) -> None:
    number = await raised(town)
    town.world.faults.next("sendMessage", status=502, times=2)
    await town.accepts(town.wang, town.grid, number)

    assert town.texts(town.li).count("由 王建国 接单") == 1


@pytest.mark.paced
async def test_while_telegram_is_down_everything_waits_and_then_arrives_in_order(town: Town) -> None:
    number = await raised(town)
    town.world.faults.down()
    town.wang.presses(town.card(town.grid, number), "接单")
    town.li.writes(town.bot, "芸香小镇漏水")
    town.world.faults.up()
    await town.settle()

    assert (await town.case(number)).state == "accepted"
    assert town.texts(town.li).count("由 王建国 接单") == 1
    assert "芸香小镇漏水" in town.draft_card(town.li).text


@pytest.mark.both_databases
@pytest.mark.paced
async def test_too_many_requests_holds_that_chat_and_no_other(town: Town) -> None:
    number = await raised(town)
    town.world.faults.flood(town.grid, retry_after=1)
    await town.replies(town.li, town.last(town.li, number), "还没人来")
    town.world.faults.clear()
    await town.settle()

    assert town.texts(town.grid).count("还没人来") == 1
    assert "已补充" in town.texts(town.li)


@pytest.mark.both_databases
@pytest.mark.paced
async def test_an_answer_that_is_lost_is_counted_as_ambiguous_and_sent_again(town: Town) -> None:
    number = await raised(town)
    town.world.faults.drop_answer("sendMessage")
    await town.replies(town.li, town.last(town.li, number), "还没人来")

    everything = town.texts(town.grid) + town.texts(town.li)
    assert everything.count("还没人来") + everything.count("已补充") == 3
    async with town.desks.storage.engine.connect() as connection:
        ambiguous = await connection.exec_driver_sql("SELECT sum(ambiguous) FROM outbox")
        assert ambiguous.scalar() == 1


async def test_an_edit_whose_answer_is_lost_or_that_changes_nothing_and_a_late_button_do_no_harm(town: Town) -> None:
    number = await raised(town)
    town.world.faults.drop_answer("editMessageText")
    town.world.faults.next(
        "answerCallbackQuery",
        status=400,
        description="Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    await town.accepts(town.wang, town.grid, number)
    assert (await town.case(number)).state == "accepted"
    assert len(town.cards(town.grid)) == 1
    assert town.card(town.grid, number).buttons() == ["办结", "协办", "延期", "转派", "上报"]

    town.world.faults.next("editMessageText", status=400, description="Bad Request: message is not modified")
    await town.finishes(town.wang, town.grid, number, "换好了")
    assert len(town.cards(town.grid)) == 1


async def test_methods_that_a_telegram_does_not_know_stop_nothing(town: Town) -> None:
    for method in ("setMyCommands", "setMyDescription", "setMyShortDescription", "setMessageReaction"):
        town.world.faults.refuse(method, 404, "Not Found")
    town.may_fail = True
    await town.restart()
    number = await raised(town)
    await town.accepts(town.wang, town.grid, number)
    await town.replies(town.wang, town.card(town.grid, number), "在修")
    assert "在修" in town.texts(town.li)


async def test_a_file_that_telegram_forgot_does_not_hold_up_the_rest(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    town.li.sends_photo(town.bot, "路灯坏了")
    town.li.sends_voice(town.bot)
    await town.settle()
    town.world.faults.refuse("sendPhoto", 400, "Bad Request: wrong file identifier/HTTP URL specified")
    await town.presses(town.li, town.draft_card(town.li), "提交")

    assert [message.kind for message in town.posted(town.grid)] == ["text", "voice"]


@pytest.mark.both_databases
async def test_a_restart_in_the_middle_sends_what_is_left_and_nothing_twice(town: Town) -> None:
    number = await raised(town)
    gate = town.world.faults.hold("sendMessage")
    town.wang.presses(town.card(town.grid, number), "接单")
    await town.world.until(lambda: gate.waiting > 0)
    town.world.faults.clear()
    gate.open()
    await town.restart()

    assert town.texts(town.li).count("由 王建国 接单") == 1
    assert (await town.case(number)).state == "accepted"


async def test_in_a_closed_topic_the_desk_goes_on_beside_it(town: Town) -> None:
    forum = town.world.add_group(-1001000000077, "大群", forum=True)
    forum.add(town.he)
    forum.add_bot(town.bot)
    topic = forum.add_topic("第1网格")
    await town.settle()
    await town.says_in(town.he, topic, "/bind ZN-01")
    forum.close_topic(topic)
    number = await raised(town)

    assert town.card(forum, number).topic != topic


async def test_a_refusal_that_passes_or_of_a_sign_costs_no_word_and_one_that_stays_is_told_to_who_can_say_it_otherwise(
    town: Town,
) -> None:
    number = await raised(town)
    town.world.faults.next("sendMessage", 404, description="Not Found", chat=town.li)
    await town.accepts(town.wang, town.grid, number)
    assert town.texts(town.li).count("由 王建国 接单") == 1  # a gateway may know no method for a moment

    town.world.faults.refuse("setMessageReaction", 400, "Bad Request: REACTION_INVALID")
    await town.replies(town.wang, town.card(town.grid, number), "在修")
    assert "在修" in town.texts(town.li)
    await town.has_handled_everything()

    town.world.faults.refuse("sendVoice", 400, "Bad Request: VOICE_MESSAGES_FORBIDDEN", chat=town.li)
    town.wang.sends_voice(town.grid, reply_to=town.card(town.grid, number))
    await town.settle()
    town.may_fail = True

    assert "换个方式再说一次" in town.posted(town.grid)[-1].text
    assert (await town.events(number))[-1] == "letter_rejected"


async def test_of_an_album_only_the_file_that_telegram_refuses_stays_behind(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    for _ in range(3):
        town.li.sends_photo(town.bot, "路灯")
    town.li.sends_voice(town.bot)
    await town.settle()
    town.world.faults.refuse("sendMediaGroup", 400, "Bad Request: wrong file identifier/HTTP URL specified")
    town.world.faults.next("sendPhoto", 400, description="Bad Request: PHOTO_INVALID_DIMENSIONS")
    await town.presses(town.li, town.draft_card(town.li), "提交")
    town.may_fail = True

    assert [message.kind for message in town.posted(town.grid)] == ["text", "photo", "photo", "voice"]


async def test_too_many_signs_hold_up_no_message(town: Town) -> None:
    number = await raised(town)
    town.world.faults.next("setMessageReaction", retry_after=600)
    town.wang.replies(town.card(town.grid, number), "在修")
    await town.world.until(lambda: town.world.journal.calls("setMessageReaction"))
    town.li.writes(town.bot, "还没人来", reply_to=town.last(town.li, number))

    assert await town.world.until(lambda: "还没人来" in town.texts(town.grid), 60)
