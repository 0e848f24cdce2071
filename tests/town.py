"""A town for stories: a small organisation, its named cast, the sandbox as their Telegram, and the real application.

Only Telegram and the clock are not the real ones. 李秀英 and 赵大爷 live there; 王建国 and 陈静 work in grid 1, 刘洋 in
grid 2; 周主任 leads the community, 孙科长 the street; 马局 works for the district; 何管理 is the admin. 吴师傅 works
for the street lamps, in stories that have them (`tests/organisations.py`).
"""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import App, build
from bot.clock import MovableClock
from bot.pacing import NoPacing, Pacing
from bot.settings import Settings
from domain.people.accounts import TelegramId
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.people import Person, Place
from sandbox.presses import Press
from sandbox.world import World
from tests.committed import PATIENCE, Committed
from tests.doubles.server import serve_nothing
from tests.doubles.wire import SandboxWire

TOKEN = "1000:test"
MONDAY_TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NUMBER = re.compile(r"(?<!\S)#MH\d{4}_\d{5,}(?!\S)")

GRID_1, GRID_2, COMMUNITY, STREET, DISTRICT, LAMPS = (-1001000000000 - n for n in range(1, 7))
SQUARE = "{{type: Polygon, coordinates: [[[{0}, {1}], [{2}, {1}], [{2}, {3}], [{0}, {3}], [{0}, {1}]]]}}"

ORGANISATION = f"""
units:
  - code: BZ
    name: 播州区
    level: district
    chat: {DISTRICT}
    members: [{{id: 2005, name: 马局, role: lead}}]
    children:
      - code: GHQ
        name: 桂花桥街道
        level: street
        chat: {STREET}
        members: [{{id: 2004, name: 孙科长, role: lead}}]
        children:
          - code: ZN
            name: 遵南社区
            level: community
            chat: {COMMUNITY}
            members: [{{id: 2003, name: 周主任, role: lead}}]
            area: {SQUARE.format(106.80, 27.50, 106.86, 27.56)}
            children:
              - code: ZN-01
                name: 第1网格
                level: grid
                chat: {GRID_1}
                places: [煤炭小区, 红星苑1-5栋]
                area: {SQUARE.format(106.82, 27.53, 106.83, 27.54)}
                members:
                  - {{id: 2001, name: 王建国, role: worker}}
                  - {{id: 2002, name: 陈静, role: lead}}
              - code: ZN-02
                name: 第2网格
                level: grid
                chat: {GRID_2}
                places: [红星苑6-10栋, 芸香小镇]
                members: [{{id: 2006, name: 刘洋, role: worker}}]
"""

POLICY = """
clock: calendar
quiet_hours: null
"""


class Town(Committed):
    """Everything that a story needs: people who act, groups to look at, the clock, and what is committed."""

    def __init__(self, world: World, clock: MovableClock, settings: Settings, *, paced: bool = False) -> None:
        self.world, self.clock, self.settings = world, clock, settings
        self.bot = world.add_bot(TOKEN, "minhu_bot", "民呼")
        self.app: App | None = None
        self.may_fail, self.paced = False, paced
        if paced:
            world.limits.enforce, world.limits.clock = True, clock.monotonic
        self._stop = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self.li, self.zhao = world.add_person(3001, "李秀英"), world.add_person(3002, "赵大爷")
        self.wang = world.add_person(2001, "建国", last_name="王")
        self.chen, self.liu = world.add_person(2002, "静静"), world.add_person(2006, "刘洋")
        self.zhou, self.sun = world.add_person(2003, "周主任"), world.add_person(2004, "孙科长")
        self.ma, self.wu = world.add_person(2005, "马局"), world.add_person(2007, "吴师傅")
        self.he, self.stranger = world.add_person(1001, "何管理"), world.add_person(4001, "路人甲")
        self.grid = self._group(GRID_1, "第1网格工作群", self.wang, self.chen, self.stranger)
        self.grid2 = self._group(GRID_2, "第2网格工作群", self.liu)
        self.community = self._group(COMMUNITY, "遵南社区工作群", self.zhou)
        self.street = self._group(STREET, "桂花桥街道工作群", self.sun)
        self.district = self._group(DISTRICT, "播州区工作群", self.ma)
        self.lamps = self._group(LAMPS, "路灯所工作群", self.wu)
        self.bot.updates.clear()  # it has been in these groups for long

    def _group(self, chat: int, title: str, *people: Person) -> Group:
        group = self.world.add_group(chat, title)
        for person in people:
            group.add(person)
        group.add_bot(self.bot)
        return group

    # --- the application -----------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Start the application and wait until it has nothing to do."""
        wire = SandboxWire(self.world.api)
        pacing = (Pacing if self.paced else NoPacing)(self.clock.monotonic)
        self.app = build(self.settings, clock=self.clock, wire=wire, pacing=pacing, serve=serve_nothing)
        for part in (self.app.dispatcher, self.app.timetable, self.app.post_office, self.app.evidence):
            part.bell.listen(self._stir)
        self._stop = asyncio.Event()
        self._running = asyncio.create_task(self.app.run(self._stop))
        self._running.add_done_callback(lambda _: self._stir())
        await self.settle()

    async def stop(self) -> None:
        """Stop the application as SIGTERM does."""
        self._stop.set()
        if self._running:
            await self._running
        self._running = None

    async def restart(self) -> None:
        """Stop the application and start it anew on the same database."""
        await self.stop()
        await self.start()

    async def settle(self) -> None:
        """Wait until everything that was sent is handled, and everything that may go has gone."""
        async with asyncio.timeout(PATIENCE):
            with self.world.ground.feed.subscribe() as changes:
                while not self._is_settled():
                    if not self._let_turns_come():
                        await anext(changes)
                    if self._running and self._running.done():
                        self._running.result()

    async def settle_files(self) -> None:
        """Wait until all files are fetched or forgotten as well that may be now."""
        await self.settle()
        assert self.app
        async with asyncio.timeout(PATIENCE):
            with self.world.ground.feed.subscribe() as changes:
                while not self.app.evidence.is_idle:
                    await anext(changes)
        await self.settle()

    def _is_settled(self) -> bool:
        taken = self.bot.updates.idle or not self.bot.updates.pending(limit=1)
        return self.app is not None and taken and self.app.is_idle

    def _let_turns_come(self) -> bool:
        """Move the clock to where the next letter may go, if everybody waits for nothing else."""
        assert self.app
        office = self.app.post_office
        if not self.paced or not self.app.dispatcher.is_idle or office._sending or office.turn_in is None:
            return False
        wait, office.turn_in = office.turn_in, None
        self.clock.advance(timedelta(seconds=max(wait, 0.05)))
        return True

    def _stir(self) -> None:
        """Let whoever waits for the town look anew."""
        self.world.ground.changed("rest")

    async def passes(self, **span: float) -> None:
        """Let time pass, and everything happen that falls due in it."""
        self.clock.advance(timedelta(**span))
        await self.settle()

    # --- what people do ------------------------------------------------------------------------------------------

    async def says(self, person: Person, words: str, **where: Any) -> Message:
        """Let somebody write to the bot in private."""
        return await self.says_in(person, self.bot, words, **where)

    async def says_in(self, person: Person, place: Place, words: str, **where: Any) -> Message:
        """Let somebody write in a group, or in a topic of it."""
        message = person.writes(place, words, **where)
        await self.settle()
        return message

    async def opens(self, person: Person, number: str) -> Message:
        """Let somebody open the file of a case in private, and return it."""
        await self.says(person, f"/case {number}")
        return self.last(person, "经过")

    async def presses(self, person: Person, message: Message, label: str) -> str:
        """Let somebody press a button; return what the toast says."""
        return await self._toast(person.presses(message, label))

    async def presses_twice(self, person: Person, message: Message, label: str) -> str:
        """Let somebody press what asks once more, and press it again; return what the last toast says."""
        await self.presses(person, message, label)
        return await self.presses(person, message, label)

    async def forges(self, person: Person, message: Message, data: str) -> str:
        """Let somebody send callback data of their own making; return what the toast says."""
        return await self._toast(person.presses(message, data=data))

    async def _toast(self, press: Press) -> str:
        await self.settle()
        return press.answer.text if press.answer else ""

    async def replies(self, person: Person, message: Message, words: str) -> Message:
        """Let somebody answer a message."""
        sent = person.replies(message, words)
        await self.settle()
        return sent

    async def raises(self, person: Person, words: str) -> str:
        """Let a resident raise a case with one message; return its number."""
        await self.says(person, words)
        await self.presses(person, self.draft_card(person), "提交")
        return self.number_told(person)

    async def accepts(self, person: Person, group: Group, number: str) -> str:
        """Let a worker accept a case on its card."""
        return await self.presses(person, self.card(group, number), "接单")

    async def finishes(self, person: Person, group: Group, number: str, words: str) -> None:
        """Let a worker report a case done."""
        await self.presses(person, self.card(group, number), "办结")
        await self.replies(person, self.last(group, number), words)

    # --- what people see -----------------------------------------------------------------------------------------

    def private(self, person: Person) -> list[Message]:
        """Return what the bot has written to somebody in private, oldest first."""
        return self.posted(person)

    def posted(self, place: Person | Group) -> list[Message]:
        """Return what the bot has written in a group, or to somebody, oldest first."""
        chat = place.chat_with(self.bot) if isinstance(place, Person) else place
        return [message for message in chat.messages if message.sender is self.bot]

    def texts(self, place: Person | Group) -> str:
        """Return everything that the bot has written there, as one text."""
        return "\n\n".join(message.text or message.caption for message in self.posted(place))

    def last(self, place: Person | Group, words: str = "") -> Message:
        """Return the bot's last message there that has these words in it."""
        return next(message for message in reversed(self.posted(place)) if words in (message.text or message.caption))

    def draft_card(self, person: Person) -> Message:
        """Return the card of the draft that somebody is writing."""
        return self.last(person, "还没提交")

    def card(self, group: Group, number: str) -> Message:
        """Return a case's card in a group."""
        return next(message for message in self.cards(group) if number in message.text.splitlines()[0])

    def cards(self, group: Group) -> list[Message]:
        """Return all cards in a group."""
        return [message for message in self.posted(group) if "📍" in message.text]

    def number_told(self, person: Person) -> str:
        """Return the number that somebody read last."""
        return str(NUMBER.findall(self.texts(person))[-1])


@contextlib.asynccontextmanager
async def open_town(
    database_url: str, folder: Path, *, policy: str = POLICY, organisation: str = ORGANISATION, paced: bool = False
) -> AsyncIterator[Town]:
    """Build a town on this database and start the application in it; `paced`: within Telegram's limits."""
    clock = MovableClock(MONDAY_TEN)
    (folder / "org.yaml").write_text(organisation, "utf-8")
    (folder / "policy.yaml").write_text(policy, "utf-8")
    settings = Settings.model_construct(
        token=SecretStr(TOKEN),
        database_url=SecretStr(database_url),
        admins=frozenset({TelegramId(1001)}),
        org=folder / "org.yaml",
        policy=folder / "policy.yaml",
        listen="127.0.0.1:0",
        files=folder / "files",
    )
    async with World(now=clock.now) as world:
        town = Town(world, clock, settings, paced=paced)
        await town.start()
        try:
            yield town
            if not town.may_fail:
                await town.has_handled_everything()
        finally:
            await town.stop()
