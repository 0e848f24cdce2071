"""A unit's chat: binding, to-do lists, files of cases, and what the bot says about itself."""

from pathlib import Path

import pytest
from sqlalchemy import text

from sandbox.groups import Group
from sandbox.messages import Topic
from tests.town import Town, open_town


async def test_a_lead_binds_a_unit_and_its_open_cases_come_along(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    new = town.world.add_group(-1001000008888, "新群")
    new.add(town.chen)
    new.add(town.wang)
    new.add_bot(town.bot)
    await town.settle()
    assert "请管理员或负责人在这里发送 /bind" in town.texts(new)

    await town.says_in(town.chen, new, "/bind@minhu_bot zn-01")

    assert "第1网格 已绑定到这里" in town.texts(new)
    assert "群里直接说，居民看不到" in town.texts(new)
    await town.accepts(town.wang, new, number)
    assert (await town.case(number)).state == "accepted"


async def test_the_todo_list_puts_the_nearest_deadline_first(town: Town) -> None:
    later = await town.raises(town.li, "煤炭小区想要一把长椅，微心愿")
    sooner = await town.raises(town.zhao, "煤炭小区路灯坏了")
    danger = await town.raises(town.li, "煤炭小区有人被困电梯")
    await town.says_in(town.wang, town.grid, "/todo@minhu_bot")

    todo = town.last(town.grid, "待办 3 件").text
    assert todo.index(danger) < todo.index(sooner) < todo.index(later)
    assert "🟢" in todo
    assert "还剩30分钟" in todo


async def test_a_stranger_gets_no_list_a_worker_cannot_bind_and_an_unbound_group_is_told_how(town: Town) -> None:
    await town.says_in(town.stranger, town.grid, "/todo@minhu_bot")
    assert town.posted(town.grid)[-1].text == "这件事现在归 遵南社区 · 第1网格 ，请由他们操作。"
    await town.says_in(town.wang, town.grid, "/bind@minhu_bot ZN-01")
    assert town.posted(town.grid)[-1].text == "仅管理员、 遵南社区 · 第1网格 或其上级的负责人可用。"
    town.wang.writes(town.grid, "/todo@minhu_bot")
    other = town.world.add_group(-1001000007777, "别的群")
    other.add(town.wang)
    other.add_bot(town.bot)
    await town.settle()
    await town.says_in(town.wang, other, "/todo@minhu_bot")

    assert town.posted(town.grid)[-1].text == "本群没有待办。"
    assert "还没有绑定单位" in town.posted(other)[-1].text


async def test_a_member_opens_the_whole_file_in_the_chat_and_is_recorded(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    story = "".join(f"第{n}天没人管。" for n in range(900))[:4000]
    number = await town.raises(town.li, story)
    await town.accepts(town.wang, town.grid, number)
    await town.replies(town.wang, town.card(town.grid, number), "// 已电话联系")
    await town.says_in(town.wang, town.grid, f"/case@minhu_bot {number}")

    shown = "".join(m.text for m in town.posted(town.grid)[1:])
    assert story[2000:3900] in shown.replace("\n", "")
    assert "内部记录（王建国）：已电话联系" in shown
    assert (await town.file(number))[-1].told["name"] == "王建国"


async def test_several_units_share_a_forum_each_in_its_topic(town: Town) -> None:
    forum = town.world.add_group(-1001000006666, "社区大群", forum=True)
    for person in (town.he, town.wang, town.liu):
        forum.add(person)
    forum.add_bot(town.bot, admin=True)
    first, second = forum.add_topic("一网格"), forum.add_topic("二网格")
    await town.settle()
    town.he.writes(first, "/bind ZN-01")
    await town.says_in(town.he, second, "/bind ZN-02")
    one = await town.raises(town.li, "煤炭小区路灯坏了")
    two = await town.raises(town.zhao, "芸香小镇漏水")

    assert town.card(forum, one).topic == first
    assert town.card(forum, two).topic == second
    await town.accepts(town.liu, forum, two)
    await town.presses(town.liu, town.card(forum, two), "办结")
    prompt = town.last(forum, "办理结果")
    assert prompt.topic == second
    await town.replies(town.liu, prompt, "补好了")
    assert (await town.case(two)).state == "resolved"

    await town.says_in(town.wang, forum, "/todo@minhu_bot")
    assert "待办 2 件" in town.last(forum, "待办").text


async def test_the_help_shows_just_what_the_person_may_use_here(town: Town) -> None:
    await town.says(town.li, "/help")
    await town.says(town.he, "/help")
    await town.says(town.wang, "/help")
    await town.says_in(town.wang, town.grid, "/help@minhu_bot")

    assert "/my" in town.texts(town.li)
    assert "单位的待办，发 /todo" in town.texts(town.wang)
    assert "/todo" not in town.texts(town.li)
    assert "/assign" not in town.texts(town.li)
    assert "/assign" in town.texts(town.he)
    assert "/todo" in town.texts(town.grid)
    assert "/bind" not in town.texts(town.grid)
    assert "/assign" not in town.texts(town.grid)


async def test_telegram_offers_each_chat_its_own_menu_in_both_languages(database_url: str, tmp_path: Path) -> None:
    async with open_town(database_url, tmp_path) as town:
        town.he.starts(town.bot)
        town.zhou.starts(town.bot)
        await town.settle()
        english = town.world.add_person(3009, "Anna", language_code="en")

        def names(person: object, group: object = None) -> list[str]:
            return [command["command"] for command in town.world.commands_shown(town.bot, person, group)]  # type: ignore[arg-type]

        assert names(town.li) == ["start", "my", "case", "language", "help"]
        assert {"assign", "cases"} <= set(names(town.he))
        of_worker = ["todo", "case", "merge", "unmerge", "split", "proxy", "away", "back"]
        assert names(town.zhou) == ["start", "my", *of_worker, "assign", "members", "language", "help"]
        assert names(town.wang, town.grid) == ["todo", "case", "merge", "unmerge", "split", "language", "help"]
        described = {c["command"]: c["description"] for c in town.world.commands_shown(town.bot, english)}
        assert described["my"] == "My requests"


async def forum_of(town: Town) -> tuple[Group, Topic, Topic]:
    """Let the grid and its community work in two topics of one forum."""
    forum = town.world.add_group(-1001000000077, "大群", forum=True)
    for person in (town.he, town.wang, town.zhou):
        forum.add(person)
    forum.add_bot(town.bot, admin=True)
    grid, community = forum.add_topic("第1网格"), forum.add_topic("遵南社区")
    await town.settle()
    for topic, code in ((grid, "ZN-01"), (community, "ZN")):
        await town.says_in(town.he, topic, f"/bind {code}")
    return forum, grid, community


async def test_a_case_that_climbs_within_one_forum_gets_a_card_and_its_photos_in_the_other_topic(town: Town) -> None:
    forum, _, community = await forum_of(town)
    town.li.sends_photo(town.bot, "煤炭小区路灯坏了")
    await town.settle()
    await town.presses(town.li, town.draft_card(town.li), "提交")
    number = town.number_told(town.li)
    await town.presses_twice(town.wang, town.card(forum, number), "上报")

    card = next(card for card in town.cards(forum) if card.topic == community)
    assert "接单" in card.buttons()
    replies = [m.kind for m in town.posted(forum) if m.topic == community and m.reply_to is card]
    assert replies == ["text", "photo"]
    await town.presses(town.zhou, card, "接单")
    assert (await town.case(number)).state == "accepted"


async def test_two_units_in_one_plain_group_have_a_card_each(town: Town) -> None:
    town.grid.add(town.zhou)
    town.he.joins(town.grid)
    await town.says_in(town.he, town.grid, "/bind@minhu_bot ZN")
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.presses_twice(town.wang, town.card(town.grid, number), "上报")

    old, new = town.cards(town.grid)
    assert "现由 遵南社区 负责" in old.text
    assert "接单" in new.buttons()


async def test_binding_another_topic_brings_the_open_cards_there_and_binding_it_again_changes_nothing(
    town: Town,
) -> None:
    forum, _, _ = await forum_of(town)
    await town.raises(town.li, "煤炭小区路灯坏了")
    third = forum.add_topic("新的话题")
    for _ in range(2):
        await town.says_in(town.he, third, "/bind ZN-01")

    assert len([card for card in town.cards(forum) if card.topic == third]) == 1


async def test_binding_says_truly_what_the_bot_can_see(town: Town) -> None:
    other = town.world.add_group(-1001000000055, "新群")
    other.add(town.he)
    other.add_bot(town.bot)
    await town.settle()
    await town.says_in(town.he, other, "/bind@minhu_bot ZN-01")
    assert "群里直接说，居民看不到" in town.last(other).text
    other.promote(town.bot)
    await town.settle()
    await town.says_in(town.he, other, "/bind@minhu_bot ZN-01")

    assert "看得到群里的全部发言" in town.last(other, "机器人").text


async def doubles(town: Town, times: int) -> None:
    """Let all cases stand there once more, so many times over, each with a number of its own."""
    async with town.desks.storage.engine.begin() as connection:
        for step in (2**n for n in range(times)):
            for table, given in (
                ("cases", f"id = id + {step}, number = 'MH2611_' || ({1000 + step} + id)"),
                ("assignments", f"case_id = case_id + {step}"),
            ):
                await connection.execute(text(f"CREATE TEMPORARY TABLE more AS SELECT * FROM {table}"))
                await connection.execute(text(f"UPDATE more SET {given}"))
                await connection.execute(text(f"INSERT INTO {table} SELECT * FROM more"))
                await connection.execute(text("DROP TABLE more"))


@pytest.mark.both_databases
async def test_a_group_that_is_bound_gets_the_card_of_every_open_case(town: Town) -> None:
    await town.raises(town.li, "煤炭小区路灯坏了")
    await doubles(town, 9)
    new = town.world.add_group(-1001000008888, "新群")
    new.add(town.chen)
    new.add_bot(town.bot)
    await town.settle()
    gate = town.world.faults.hold("sendMessage")
    town.chen.writes(new, "/bind@minhu_bot zn-01")
    await town.world.until(lambda: gate.waiting > 0)

    assert await town.count("outbox WHERE kind = 'case_card' AND ended_at IS NULL") == 512
