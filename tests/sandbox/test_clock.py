"""The clock of the sandbox: what falls due while it is turned comes in order, each at its own moment."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.chats import Chat
from sandbox.demo import Playing, playing
from sandbox.page.hands import turn
from tests.sandbox.control import Control

pytestmark = pytest.mark.wire

LI = 3001
GRID, COMMUNITY, STREET, DISTRICT = -1001000000001, -1001000000005, -1001000000006, -1001000000007
HOUR, DAY = 3600, 24 * 3600
PATIENCE = 60.0


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Playing]:
    async with playing(0, tmp_path, paced=False) as running:
        yield running


@pytest.fixture
async def control(played: Playing) -> AsyncIterator[Control]:
    """Somebody outside, when 李秀英 has raised a case."""
    control = Control.of(played.scene)
    li, bot = played.scene.world.people[LI], played.scene.bot
    li.starts(bot, "g_ZN-01")
    li.writes(bot, "路灯坏了")
    await control("press", who=LI, message=await _with_buttons(played, li.chat_with(bot)), label="提交")
    yield control
    await control.client.aclose()


async def _with_buttons(played: Playing, chat: Chat) -> int:
    """Wait until a message with buttons stands in a chat, and return its number."""
    found = await played.scene.world.until(lambda: [message.id for message in chat.messages if message.buttons()])
    return found[0]


async def test_a_day_is_played_step_by_step_and_each_step_at_its_own_moment(played: Playing, control: Control) -> None:
    before = await control.state()
    [case] = before["cases"]

    turned = await turn(played.scene, played.app, timedelta(days=1), at_most=PATIENCE)

    after = await control.state()
    [later] = after["cases"]
    climbs = [row["at"] for row in later["rows"] if row["event"] == "case_escalated"]
    assert climbs[0] == pytest.approx(case["accept_by"], abs=2)
    assert climbs == sorted(climbs)
    for chat, climb in zip((COMMUNITY, STREET, DISTRICT), climbs, strict=False):
        assert pytest.approx(climb, abs=5) in [message["at"] for message in (await control.chat(chat))["messages"]]
    assert (await control.chat(LI))["messages"][-1]["at"] < after["now"] - HOUR
    assert after["now"] - before["now"] == pytest.approx(DAY, abs=30)
    assert turned.played > len(climbs) >= 1
    assert turned.seconds == pytest.approx(DAY, abs=30)
    assert turned.skipped == 0


async def test_what_is_too_much_to_be_played_comes_at_the_end_and_is_counted(played: Playing, control: Control) -> None:
    before = (await control.state())["now"]

    turned = await turn(played.scene, played.app, timedelta(days=1), at_most=0)

    assert (turned.played, turned.skipped > 0) == (0, True)
    assert (await control.state())["now"] - before == pytest.approx(DAY, abs=30)
    await played.scene.world.until(lambda: played.scene.world.groups[COMMUNITY].last.sender is played.scene.bot)


async def test_two_hands_at_once_turn_one_after_the_other(control: Control) -> None:
    before = (await control.state())["now"]

    await asyncio.gather(control("move_clock", hours=1), control("move_clock", hours=1))

    assert (await control.state())["now"] - before == pytest.approx(2 * HOUR, abs=30)


async def test_whoever_presses_while_time_passes_is_answered(played: Playing, control: Control) -> None:
    card = await _with_buttons(played, played.scene.world.groups[GRID])

    _, pressed = await asyncio.gather(
        turn(played.scene, played.app, timedelta(hours=1), at_most=PATIENCE),
        control("press", who=2001, chat=GRID, message=card, label="接单"),
    )

    assert pressed["answer"]
