"""Residents and groups that cannot be reached: each has a defined end that a human sees."""

from pathlib import Path

import pytest

from tests.organisations import unit, worker, written
from tests.town import GRID_1, Town, open_town


async def resolved(town: Town) -> str:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "好了")
    return number


async def test_a_resident_who_blocks_the_bot_is_said_in_the_group_and_to_lead_and_admins(town: Town) -> None:
    town.he.starts(town.bot)
    town.chen.starts(town.bot)
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    town.li.blocks(town.bot)
    await town.settle()

    assert town.texts(town.grid).count("联系不上居民") == 1
    assert "联系不上居民" in town.texts(town.he)
    assert "联系不上居民" in town.texts(town.chen)
    assert "resident_unreachable" in await town.events(number)


async def test_it_is_noticed_even_when_telegram_only_says_so_at_sending(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    town.world.faults.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user", chat=town.li)
    await town.accepts(town.wang, town.grid, number)

    assert town.texts(town.grid).count("联系不上居民") == 1


async def test_a_deleted_account_is_noticed(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    town.li.deletes_account()
    await town.accepts(town.wang, town.grid, number)

    assert "联系不上居民" in town.texts(town.grid)


async def test_reminders_go_on_towards_those_who_can_ask_in_person_and_who_comes_back_is_asked_once_more(
    town: Town,
) -> None:
    number = await resolved(town)
    town.li.blocks(town.bot)
    await town.settle()
    await town.passes(days=1)
    await town.passes(days=3)

    assert town.texts(town.grid).count("在这里联系不上居民") == 3
    assert (await town.case(number)).state == "resolved"

    town.li.starts(town.bot)
    await town.settle()
    assert "又能联系上居民了" in town.texts(town.grid)
    again = town.last(town.li, "还在等您：等您确认")
    await town.presses(town.li, again, "已解决")
    assert (await town.case(number)).state == "confirmed"


async def test_a_bot_that_is_thrown_out_tells_lead_and_admins_and_what_nobody_accepted_climbs(town: Town) -> None:
    town.he.starts(town.bot)
    town.chen.starts(town.bot)
    free = await town.raises(town.li, "煤炭小区路灯坏了")
    owned = await town.raises(town.li, "煤炭小区井盖松了")
    await town.accepts(town.wang, town.grid, owned)
    town.grid.remove(town.bot)
    await town.settle()

    for person in (town.he, town.chen):
        assert town.texts(person).count("第1网格 的群发不进消息了") == 1
    assert (await town.case(free)).unit == "ZN"
    assert town.card(town.community, free).buttons()[0] == "接单"
    assert (await town.case(owned)).unit == "ZN-01"


async def test_what_is_for_a_lost_chat_reaches_owner_and_lead_in_private(town: Town) -> None:
    town.wang.starts(town.bot)
    town.chen.starts(town.bot)
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    town.grid.remove(town.bot)
    await town.settle()
    await town.replies(town.li, town.last(town.li, number), "还没修吗")
    await town.passes(hours=4)

    for person in (town.wang, town.chen):
        assert "居民补充：\n还没修吗" in town.texts(person)
        assert f"🟢 {number} 「煤炭小区路灯坏了」 王建国 办理中" in town.texts(person)
    await town.replies(town.wang, town.last(town.wang, "还没修吗"), "明天就来")
    assert "明天就来" in town.texts(town.li)


async def test_a_group_that_is_gone_is_noticed_at_sending_and_new_cases_go_up(town: Town) -> None:
    town.he.starts(town.bot)
    town.world.faults.refuse("sendMessage", 400, "Bad Request: chat not found", chat=town.grid)
    number = await town.raises(town.li, "煤炭小区路灯坏了")

    assert "第1网格 的群发不进消息了" in town.texts(town.he)
    assert town.card(town.community, number)
    second = await town.raises(town.zhao, "煤炭小区井盖松了")
    assert town.card(town.community, second)


async def test_the_bot_that_is_let_in_again_puts_the_cards_back(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    town.grid.remove(town.bot)
    await town.settle()
    await town.replies(town.li, town.last(town.li, number), "还没修吗")
    town.grid.add_bot(town.bot)
    await town.settle()
    await town.finishes(town.wang, town.grid, number, "好了")

    assert (await town.case(number)).state == "resolved"


async def test_a_card_that_was_deleted_is_put_there_anew(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    town.card(town.grid, number).delete()
    await town.replies(town.li, town.last(town.li, number), "楼道着火了")
    await town.settle()

    assert town.card(town.grid, number).text.startswith("🆘 紧急")
    assert len(town.cards(town.grid)) == 1


async def test_a_reply_to_a_message_that_we_forgot_is_known_by_its_number(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    async with town.desks.storage.engine.begin() as connection:
        await connection.exec_driver_sql("DELETE FROM posts")
    await town.replies(town.wang, town.card(town.grid, number), "在修")
    await town.replies(town.li, town.last(town.li, "在修"), "谢谢")

    assert (await town.events(number))[-2:] == ["progress_told", "case_supplemented"]


@pytest.mark.both_databases
async def test_a_prompt_that_we_forgot_still_takes_the_result(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    await town.presses(town.wang, town.card(town.grid, number), "办结")
    async with town.desks.storage.engine.begin() as connection:
        await connection.exec_driver_sql("DELETE FROM posts")
    await town.replies(town.wang, town.last(town.grid, "办理结果"), "修好了")

    assert (await town.case(number)).state == "resolved"


async def test_the_very_letter_that_finds_a_group_gone_reaches_those_who_can_act(town: Town) -> None:
    town.wang.starts(town.bot)
    town.chen.starts(town.bot)
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    town.world.faults.refuse("sendMessage", 403, "Forbidden: bot was kicked from the supergroup chat", chat=town.grid)
    await town.replies(town.li, town.last(town.li, number), "还没修吗")

    for person in (town.wang, town.chen):
        assert town.texts(person).count("还没修吗") == 1


async def test_where_a_group_is_gone_and_nobody_owns_or_leads_the_admins_hear_of_it(
    database_url: str, tmp_path: Path
) -> None:
    alone = written(unit("ZN-01", "第1网格", "grid", chat=GRID_1, members=worker(2001, "王建国")))
    async with open_town(database_url, tmp_path, organisation=alone) as town:
        town.he.starts(town.bot)
        number = await town.raises(town.li, "第1网格路灯坏了")
        town.grid.remove(town.bot)
        await town.settle()
        await town.replies(town.li, town.last(town.li, number), "还没人来")

        assert "还没人来" in town.texts(town.he)


async def test_a_refusal_that_could_not_be_told_is_told_when_the_resident_comes_back(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区投诉隔壁市的地铁太挤")
    town.li.blocks(town.bot)
    await town.settle()
    await town.presses(town.wang, town.card(town.grid, number), "不予受理")
    await town.replies(town.wang, town.last(town.grid, "不予受理的原因"), "不属于本区管辖")
    await town.passes(days=8)
    assert (await town.case(number)).closed_at is None
    town.li.starts(town.bot)
    await town.settle()

    told = town.last(town.li, "不属于本区管辖")
    await town.passes(days=6)
    await town.presses(town.li, told, "不同意")
    assert "refusal_stood" not in await town.events(number)
    assert (await town.case(number)).unit != "ZN-01"


@pytest.mark.both_databases
async def test_a_card_that_grew_old_while_the_group_was_lost_is_brought_up_to_date(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    card = town.card(town.grid, number)
    town.grid.remove(town.bot)
    await town.settle()
    assert (await town.case(number)).unit == "ZN"
    assert card.buttons()
    town.grid.add_bot(town.bot)
    await town.settle()

    assert card.buttons() == []
    assert "现由 遵南社区 负责" in card.text


async def test_a_press_that_is_refused_brings_the_card_up_to_date(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    card = town.card(town.grid, number)
    town.may_fail = True
    town.world.faults.next("editMessageText", 400, "Bad Request: REPLY_MARKUP_INVALID", chat=town.grid)
    await town.presses_twice(town.wang, card, "上报")
    assert card.buttons()
    assert await town.presses(town.wang, card, "接单") == "这件事现在归 遵南社区 ，请由他们操作。"

    assert card.buttons() == []


async def test_where_no_group_is_left_nobody_is_told_otherwise(database_url: str, tmp_path: Path) -> None:
    alone = written(unit("ZN-01", "第1网格", "grid", chat=GRID_1, members=worker(2001, "王建国")))
    async with open_town(database_url, tmp_path, organisation=alone) as town:
        town.he.starts(town.bot)
        await town.settle()
        town.grid.remove(town.bot)
        await town.settle()
        number = await town.raises(town.li, "第1网格路灯坏了")

        assert "上面没有可用的群，诉求先留在原处" in town.texts(town.he)
        assert "自动上报" not in town.texts(town.he)
        assert "已经通知负责人" in town.last(town.li, f"已提交 {number}").text
