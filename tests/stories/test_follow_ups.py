"""Follow-ups go on until the resident confirms; after a day asleep the backlog is sent in order, nothing superseded."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.town import Town, open_town


async def accepted(town: Town) -> str:
    number = await town.raises(town.li, "煤炭小区想要一把长椅，微心愿")
    await town.accepts(town.wang, town.grid, number)
    return number


async def test_the_worker_is_reminded_the_last_interval_repeats_and_the_resident_hears_that_it_goes_on(
    town: Town,
) -> None:
    number = await accepted(town)
    await town.passes(hours=4)
    assert town.texts(town.grid).count(f"🟢 {number} 「煤炭小区想要一把长椅，微心愿」 王建国 办理中") == 1
    await town.passes(days=1)
    await town.passes(days=1)

    assert town.texts(town.grid).count(f"🟢 {number} 「煤炭小区想要一把长椅，微心愿」 王建国 办理中") == 3
    assert (await town.events(number)).count("worker_reminded") == 3
    assert town.last(town.grid, "王建国 办理中").reply_to == town.card(town.grid, number)
    await town.passes(hours=20)
    assert f"{number} 「煤炭小区想要一把长椅，微心愿」 还在跟进，没有忘" in town.texts(town.li)


async def test_a_sign_of_life_puts_the_next_reminder_off(town: Town) -> None:
    number = await accepted(town)
    await town.passes(hours=3)
    await town.replies(town.wang, town.card(town.grid, number), "在订货")
    await town.passes(hours=3)
    assert "worker_reminded" not in await town.events(number)
    await town.passes(hours=1)
    assert "worker_reminded" in await town.events(number)


async def test_the_resident_is_asked_to_confirm_until_they_answer(town: Town) -> None:
    number = await accepted(town)
    await town.finishes(town.wang, town.grid, number, "椅子放好了")
    for days in (1, 3, 7, 7):
        await town.passes(days=days)
    reminders = [m for m in town.private(town.li) if "正等您确认" in m.text]
    assert len(reminders) == 4
    assert reminders[-1].buttons() == ["已解决", "未解决"]
    assert (await town.case(number)).state == "resolved"

    await town.presses(town.li, reminders[0], "已解决")
    await town.passes(days=30)
    assert len([m for m in town.private(town.li) if "正等您确认" in m.text]) == 4


@pytest.mark.both_databases
async def test_after_a_day_asleep_a_reminder_for_a_confirmed_case_is_never_sent(town: Town) -> None:
    first = await accepted(town)
    await town.finishes(town.wang, town.grid, first, "好了")
    second = await town.raises(town.li, "煤炭小区还想要一盏灯，微心愿")
    await town.accepts(town.wang, town.grid, second)
    question = town.last(town.li, "说已经办好了")
    await town.stop()

    town.clock.advance(timedelta(days=1))
    town.li.presses(question, "已解决")
    await town.start()

    assert "正等您确认" not in town.texts(town.li)
    assert (await town.case(first)).state == "confirmed"
    assert town.texts(town.grid).count(f"{second} 「煤炭小区还想要一盏灯，微心愿」 王建国 办理中") == 1


@pytest.mark.both_databases
async def test_many_reminders_for_one_chat_come_as_one_message(town: Town) -> None:
    numbers = [await accepted(town) for _ in range(3)]
    await town.stop()
    town.clock.advance(timedelta(hours=5))
    await town.start()

    reminder = town.last(town.grid, "件诉求请跟进")
    assert "有 3 件诉求请跟进" in reminder.text
    assert all(number in reminder.text for number in numbers)
    assert "⏰" in reminder.text
    assert town.texts(town.grid).count("办理中，") == 3


async def test_the_head_of_the_history_is_told_to_the_admins_every_morning(town: Town) -> None:
    town.he.starts(town.bot)
    await town.settle()
    await accepted(town)
    await town.passes(days=1)

    told = town.last(town.he, "档案校验")
    count, head = await told_head(town)
    assert f"行数：{count}" in told.text
    assert head in told.text
    await town.passes(days=1)
    assert town.texts(town.he).count("档案校验") == 2


async def told_head(town: Town) -> tuple[int, str]:
    async with town.desks.storage.reading(at_once=True) as work:
        rows = [row async for row in work.history.rows() if row.event == "head_told"]
    return rows[0].told["count"], rows[0].told["hash"]


async def test_quiet_hours_keep_what_is_scheduled_from_residents_until_morning(
    database_url: str, tmp_path: Path
) -> None:
    policy = 'clock: calendar\nquiet_hours: {from: "22:00", to: "08:00"}\nconfirm_reminders: [13h]\n'
    async with open_town(database_url, tmp_path, policy=policy) as town:
        number = await town.raises(town.li, "煤炭小区想要一把长椅，微心愿")
        await town.accepts(town.wang, town.grid, number)
        await town.finishes(town.wang, town.grid, number, "椅子放好了")
        await town.passes(hours=13)  # 23:00
        assert "正等您确认" not in town.texts(town.li)
        await town.passes(hours=8, minutes=59)  # 07:59
        assert "正等您确认" not in town.texts(town.li)
        await town.passes(minutes=1)
        assert "正等您确认" in town.texts(town.li)


async def test_answers_and_news_of_people_are_not_held_back_at_night(database_url: str, tmp_path: Path) -> None:
    policy = 'clock: calendar\nquiet_hours: {from: "22:00", to: "08:00"}\n'
    async with open_town(database_url, tmp_path, policy=policy) as town:
        await town.passes(hours=14)  # midnight
        number = await town.raises(town.li, "煤炭小区停电了")
        await town.accepts(town.wang, town.grid, number)
        assert f"{number} 「煤炭小区停电了」 由 王建国 接单" in town.texts(town.li)


async def test_deadlines_run_in_working_hours(database_url: str, tmp_path: Path) -> None:
    async with open_town(database_url, tmp_path, policy="quiet_hours: null\n") as town:
        await town.passes(hours=7, minutes=10)  # 17:10 on Monday
        number = await town.raises(town.li, "煤炭小区路灯坏了，投诉物业")
        assert "最晚 11月24日 08:40 有人接单" in town.texts(town.li)
        assert "最晚 11月26日 17:10 办完" in town.texts(town.li)
        await town.passes(hours=10)
        assert (await town.case(number)).unit == "ZN-01"
        await town.passes(hours=6)
        assert (await town.case(number)).unit == "ZN"


async def test_seconds_are_durations_too(database_url: str, tmp_path: Path) -> None:
    policy = "clock: calendar\nquiet_hours: null\nkinds: {complaint: {accept_within: 3s, resolve_within: 9s}}\n"
    async with open_town(database_url, tmp_path, policy=policy) as town:
        number = await town.raises(town.li, "煤炭小区路灯坏了，投诉物业")
        await town.passes(seconds=3)
        assert (await town.case(number)).unit == "ZN"


async def test_a_reminder_never_goes_to_a_unit_that_has_the_case_no_more(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    town.world.faults.flood(town.grid, retry_after=1)
    await town.passes(minutes=31)
    await town.passes(hours=3)

    assert f"{number} 还没有人接单" not in town.texts(town.grid)
    assert "超时未接单" in town.texts(town.grid)


async def test_a_year_without_a_notice_is_told_to_the_admins_once(database_url: str, tmp_path: Path) -> None:
    async with open_town(database_url, tmp_path, policy="quiet_hours: null\n") as town:
        town.he.starts(town.bot)
        await town.settle()
        told = "办理时限快要跨进 2090 年了"
        town.clock.advance(datetime(2089, 11, 30, 2, 0, tzinfo=UTC) - town.clock.now())
        await town.settle()
        assert told not in town.texts(town.he)
        await town.passes(days=2)
        assert town.texts(town.he).count(told) == 1
        await town.restart()
        await town.passes(days=2)
        assert town.texts(town.he).count(told) == 1


async def test_a_changed_policy_moves_what_waits_and_keeps_what_was_promised(town: Town) -> None:
    number = await accepted(town)
    await town.passes(hours=4)
    before = (await town.case(number)).responsible
    assert town.settings.policy
    changed = "clock: calendar\nquiet_hours: null\nwarn_at: 0.5\nworker_reminders: [4h, 6h]\n"
    town.settings.policy.write_text(changed, "utf-8")
    await town.restart()

    after = (await town.case(number)).responsible
    assert (after.accept.due_at, after.resolve.due_at) == (before.accept.due_at, before.resolve.due_at)
    assert after.resolve.warn_at == before.begun_at + (before.resolve.due_at - before.begun_at) / 2
    assert (await town.events(number)).count("worker_reminded") == 1
    await town.passes(hours=6)
    assert (await town.events(number)).count("worker_reminded") == 2
    await town.restart()
    assert (await town.events(number)).count("worker_reminded") == 2
