"""A week without Telegram, tried every ten seconds: afterwards everything arrives, is followed up and is fetched."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.doctor import _queues
from tests.town import Town, open_town

TRIES = 60_480


async def most(town: Town, column: str, rows: str) -> int:
    async with town.desks.storage.engine.connect() as connection:
        return int(await connection.scalar(text(f"SELECT max({column}) FROM {rows}")) or 0)


@pytest.mark.both_databases
async def test_a_week_without_telegram_loses_nothing(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    card = town.card(town.grid, number)
    for method in ("sendMessage", "sendPhoto", "editMessageText", "getFile"):
        town.world.faults.refuse(method, 502, "Bad Gateway")
    town.li.replies(town.last(town.li, number), "还没人来")
    town.li.sends_photo(town.bot, reply_to=town.last(town.li, number))
    while await town.count("attachments WHERE fetch_attempts > 0") == 0:
        await town.world.until(lambda: True)
    town.world.faults.down()
    assert town.app
    poller = town.app.poller
    waiting = "outbox WHERE ended_at IS NULL AND kind IN ('news', 'media')"
    await town.alters(f"UPDATE outbox SET attempts = {TRIES}")
    await town.alters(f"UPDATE attachments SET fetch_attempts = {TRIES}")
    while poller._failures == 0:  # noqa: ASYNC110 - nothing rings for a failed poll
        await asyncio.sleep(0.01)
    poller._failures = TRIES
    while (
        await most(town, "attempts", waiting) == TRIES
        or await most(town, "fetch_attempts", "attachments") == TRIES
        or poller._failures == TRIES
    ):
        town.clock.advance(timedelta(hours=1))
        await asyncio.sleep(0.05)
    town.clock.advance(timedelta(days=6))  # after seven in which nobody writes Telegram numbers anew
    town.wang.presses(card, "接单")
    town.world.faults.clear()
    town.world.faults.refuse("sendMessage", 502, "Bad Gateway", chat=town.li)  # she is reached when it has climbed
    await town.has(1, "assignments WHERE unit = 'ZN'")
    town.world.faults.clear()
    await town.passes(seconds=10)
    assert "没有按时办完" in town.texts(town.li)
    assert f"{number} 由 王建国 接单" not in town.texts(town.li)  # true no more
    await town.passes(hours=1)
    await town.passes(hours=1)

    events = await town.events(number)
    assert events.index("case_accepted") < events.index("case_escalated")
    assert town.texts(town.grid).count("还没人来") == 1
    assert [message.kind for message in town.posted(town.grid)].count("photo") == 1
    assert await town.count("attachments WHERE fetched_at IS NULL") == 0


@pytest.mark.both_databases
async def test_a_follow_up_that_always_fails_holds_up_no_other_and_the_doctor_tells(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    row = "SELECT min(id) FROM followups WHERE case_id IS NOT NULL"
    await town.alters(
        f"UPDATE followups SET what = 'unheard_of', case_id = NULL, attempts = {TRIES} WHERE id = ({row})"
    )
    await town.passes(minutes=30)

    assert (await town.case(number)).unit == "ZN"
    assert await town.count(f"followups WHERE what = 'unheard_of' AND attempts > {TRIES}") == 1
    async with town.desks.reading() as (_, work):
        findings = await _queues(work)
    assert [(finding.key, finding.values["kinds"]) for finding in findings] == [("followups_failing", "unheard_of: 1")]


@pytest.mark.both_databases
async def test_a_follow_up_that_fails_along_with_another_of_its_case_lets_that_act_alone(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    same = "due_at, case_id, turn, step, attempts, planned_at"
    warning = f"SELECT 'unheard_of', {same} FROM followups WHERE what = 'accept_warning'"
    await town.alters(f"INSERT INTO followups (what, {same}) {warning}")
    await town.passes(minutes=29)

    assert (await town.events(number)).count("worker_reminded") == 1


@pytest.mark.both_databases
async def test_what_the_database_will_never_take_is_put_aside_and_said(town: Town) -> None:
    town.may_fail = True
    await town.alters("DROP TABLE questions")
    await town.says(town.li, "煤炭小区路灯坏了")

    assert await town.count("inbox WHERE parked_at IS NOT NULL") == 1
    assert "系统出了点问题" in town.texts(town.li)


async def test_what_can_neither_be_done_nor_put_aside_ends_the_process(tmp_path: Path) -> None:
    with pytest.raises(DBAPIError, match="never"):  # noqa: PT012 - the town's end is what is raised
        async with open_town(f"sqlite:///{tmp_path}/minhu.db", tmp_path) as town:
            never = "BEFORE UPDATE ON inbox BEGIN SELECT RAISE(ABORT, 'never'); END"
            await town.alters(f"CREATE TRIGGER never {never}")
            await town.says(town.li, "煤炭小区路灯坏了")
