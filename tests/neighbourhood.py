"""A neighbourhood of eight grids in which people live by themselves: each case is worked on, and on the way something
happens to it that workers do.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import partial
from itertools import cycle
from zoneinfo import ZoneInfo

from domain.record.history import Event
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.world import World
from tests.organisations import unit, worker, written
from tests.town import NUMBER, TOKEN

GRIDS = 8
PATIENCE = 180.0
HERE = ZoneInfo("Asia/Shanghai")


@dataclass
class Life:
    """A case: who has raised it, and who works on it in which group now."""

    n: int
    grid: int
    resident: Person
    worker: Person
    group: Group
    number: str = ""
    follower: "Life | None" = None
    is_over: bool = False

    @property
    def next_grid(self) -> int:
        """The grid that is asked for help, or has the case passed on to it."""
        return (self.grid + 1) % GRIDS


class Neighbourhood:
    """Eight grids with a worker and a lead each, in which residents come one after the other.

    `numbers`: of the cases that lived a whole life; `otherwise`: of those that were merged, or ended by a recorded yes;
    `again`: what happened to which case once more, because it came back.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.bot = world.add_bot(TOKEN, "minhu_bot", "民呼")
        self.chief = world.add_person(3001, "周主任")
        self.community = world.add_group(-1002000000001, "社区群")
        self.workers = [world.add_person(2001 + n, f"网格员{n}") for n in range(GRIDS)]
        self.leads = [world.add_person(4001 + n, f"网格长{n}") for n in range(GRIDS)]
        self.groups = [world.add_group(-1001000000001 - n, f"第{n}网格群") for n in range(GRIDS)]
        for group, *people in zip(self.groups, self.workers, self.leads, strict=True):
            for person in (*people, self.chief):
                group.add(person)
            group.add_bot(self.bot)
        self.community.add(self.chief)
        self.community.add_bot(self.bot)
        self.bot.updates.clear()
        for person in (*self.workers, *self.leads):
            person.starts(self.bot)
        self.told: list[str] = []
        self.lives = 0
        self.numbers: list[str] = []
        self.otherwise: list[str] = []
        self.withdrawn: list[str] = []
        self.again = Counter[tuple[str, Event]]()
        self.played = Counter[Play]()
        self._plays = cycle(PLAYS)

    def organisation(self) -> str:
        """Return the organisation file of the neighbourhood."""
        grids = [
            unit(
                f"G-{n}",
                f"第{n}网格",
                "grid",
                chat=group.id,
                members=[*worker(2001 + n, f"网格员{n}"), *worker(4001 + n, f"网格长{n}", "lead")],
            )
            for n, group in enumerate(self.groups)
        ]
        chief = worker(3001, "周主任", "lead")
        return written(unit("C", "社区", "community", *grids, chat=self.community.id, members=chief))

    async def life(self, n: int) -> None:
        """Let a resident raise a case and add to it; the worker accepts, answers, and reports it done with photos.

        On the way one thing more happens, to each case the next of `PLAYS`.
        """
        life = await self._begins(n, f"第{n}盏路灯坏了")
        self.numbers.append(life.number)
        self.lives += 1
        play = next(self._plays)
        await self._play(play, life, When.FREE)
        await self.presses(life, life.worker, "接单")
        await self.sees(life.resident, "接单，正在办理")
        self.says(life.worker, f"第{n}件正在修", await self.card(life, "办结"))
        await self._play(play, life, When.AT_WORK)
        await self._reports(life, f"第{n}件修好了")
        await self._play(play, life, When.REPORTED)
        if not life.is_over:
            await self._confirms(life)
            await self.sees(life.group, "居民确认", number=life.number)
        await self._play(play, life, When.OVER)

    async def _begins(self, n: int, words: str) -> Life:
        """Let a resident of the grid raise a case, and add to it."""
        grid = n % GRIDS
        resident = self.world.add_person(100_000 + len(self.world.people), f"居民{n}")
        life = Life(n, grid, resident, self.workers[grid], self.groups[grid])
        resident.starts(self.bot, f"g_G-{grid}")
        self.says(resident, words)
        resident.presses(await self.sees(resident, "提交", label=True), "提交")
        receipt = await self.sees(resident, "已提交 #MH")
        life.number = NUMBER.findall(receipt.text)[0]
        self.says(resident, f"{words}，补充", receipt)
        return life

    async def _reports(self, life: Life, words: str, after: Message | None = None) -> None:
        await self.presses(life, life.worker, "办结")
        prompt = await self.sees(life.group, "办理结果", number=life.number, after=after)
        self.shows(life.worker, words, prompt)

    async def _confirms(self, life: Life, after: Message | None = None) -> None:
        asked = await self.sees(life.resident, "已解决", label=True, number=life.number, after=after)
        life.resident.presses(asked, "已解决")
        await self.sees(life.resident, "打个分", number=life.number, after=after)

    async def _withdraws(self, resident: Person, number: str) -> None:
        """撤回, pressed twice on the file of the case."""
        resident.writes(self.bot, f"/case {number}")
        file = await self.sees(resident, "撤回", label=True, number=number)
        for _ in range(2):
            resident.presses(file, "撤回")
        self.withdrawn.append(number)

    async def _play(self, play: "Play", life: Life, when: "When") -> None:
        if when in play.acts:
            await play.acts[when](self, life)
            if when is [*play.acts][-1]:
                self.played[play] += 1

    # --- what happens on the way ---

    async def passes_on(self, life: Life) -> None:
        """转派: the worker passes the case on to the next grid, whose worker goes on with it."""
        to = life.next_grid
        await self.presses(life, life.worker, "转派")
        question = await self.sees(life.worker, "转派给哪个单位", number=life.number)
        life.worker.presses(question, f"社区 · 第{to}网格")
        await self.sees(life.worker, f"转派给 社区 · 第{to}网格", number=life.number)
        self.says(life.worker, f"第{life.n}件在第{to}网格")
        life.group, life.worker = self.groups[to], self.workers[to]

    async def calls(self, life: Life) -> None:
        """协办: the worker calls the next grid to work beside, whose worker accepts and reports."""
        to, caller = life.next_grid, life.worker
        other, helper = self.groups[to], self.workers[to]
        await self.presses(life, caller, "协办")
        page = await self.sees(caller, "请哪些单位协办", number=life.number)
        caller.presses(page, f"社区 · 第{to}网格")
        caller.presses(await self.sees(caller, "下一步", label=True, number=life.number), "下一步")
        await self.sees(caller, "做什么", number=life.number)
        self.says(caller, f"第{life.n}件请搭把手")
        caller.presses(await self.sees(caller, "3天", label=True, number=life.number), "3天")
        helper.presses(await self.sees(other, "接单", label=True, number=life.number), "接单")
        helper.presses(await self.sees(other, "办结", label=True, number=life.number), "办结")
        self.says(helper, f"第{life.n}件搭好了", await self.sees(other, "协办情况", number=life.number))
        await self.sees(life.group, "报告协办完成", number=life.number)

    async def extends(self, life: Life, *, granted: bool) -> None:
        """延期: the worker asks for a later deadline in private, and those above say yes, or no and why."""
        await self.presses(life, life.worker, "延期")
        life.worker.presses(await self.sees(life.worker, "要延到什么时候", number=life.number), "+3天")
        await self.sees(life.worker, "请发来原因", number=life.number)
        self.says(life.worker, f"第{life.n}件要订货")
        request = await self.sees(self.community, "申请延期", number=life.number)
        if granted:
            self.chief.presses(request, "同意")
            await self.sees(life.resident, "需要多一点时间", number=life.number)
        else:
            self.chief.presses(request, "不同意")
            prompt = await self.sees(self.community, "不同意延期的原因", number=life.number)
            self.says(self.chief, f"第{life.n}件先去看看", prompt)
            await self.sees(life.resident, "没有通过", number=life.number)

    async def hands_over(self, life: Life) -> None:
        """换人: the lead takes the case over, in private."""
        lead = self.leads[life.grid]
        lead.presses(await self.opens(life, lead, "换人"), "换人")
        lead.presses(await self.sees(lead, "换给谁办", number=life.number), f"{lead.first_name}（负责人）")
        await self.sees(life.resident, f"现在由 {lead.first_name} 办理", number=life.number)
        life.worker = lead

    async def is_away(self, life: Life) -> None:
        """请假: the worker is away, the deputy asks the resident, who answers, and the worker is back."""
        today = datetime.now(HERE).date()
        life.worker.writes(self.bot, f"/away {today} {today + timedelta(days=2)} {self.chief.first_name}")
        card = await self.sees(life.group, f"{self.chief.first_name} 代办", number=life.number)
        self.says(self.chief, f"第{life.n}件在几号楼？", card)
        self.says(life.resident, f"第{life.n}件在2号楼", await self.sees(life.resident, f"第{life.n}件在几号楼"))
        await self.sees(life.group, f"第{life.n}件在2号楼")
        life.worker.writes(self.bot, "/back")

    async def files_elsewhere(self, life: Life) -> None:
        """改事项: the worker says in private what the case is about."""
        life.worker.presses(await self.opens(life, life.worker, "改事项"), "改事项")
        life.worker.presses(await self.sees(life.worker, "应该归到哪一类", number=life.number), "市政设施")
        life.worker.presses(await self.sees(life.worker, "井盖", label=True, number=life.number), "井盖")
        await self.sees(life.worker, "已归到「井盖」", number=life.number)

    async def judges_urgency(self, life: Life) -> None:
        """紧急, and then 不紧急: the worker says in private why."""
        for verb, why in (("紧急", f"第{life.n}件冒烟了"), ("不紧急", f"第{life.n}件不冒烟了")):
            life.worker.presses(await self.opens(life, life.worker, verb), verb)
            await self.sees(life.worker, f"改为{verb}？", number=life.number)
            self.says(life.worker, why)
            await self.sees(life.group, f"改为{verb}：{why}", number=life.number)

    async def merges(self, life: Life) -> None:
        """归并: the worker says in the group that a neighbour has raised the same."""
        other = await self._begins(life.n, f"第{life.n}盏路灯旁边也黑了")
        self.otherwise.append(other.number)
        await self.sees(other.group, "接单", label=True, number=other.number)
        life.worker.writes(life.group, f"/merge {life.number} {other.number}")
        await self.sees(other.resident, f"和 {life.number} 一起办理", number=other.number)
        life.follower = other

    async def merges_and_each_says_yes(self, life: Life) -> None:
        """归并: each is asked under their own number, and says that it is solved."""
        assert life.follower
        await self._confirms(life.follower)

    async def merges_and_one_says_no(self, life: Life) -> None:
        """归并: one says that it is not solved, whose case goes on by itself and is reported done once more."""
        other = life.follower
        assert other
        asked = await self.sees(other.resident, "未解决", label=True, number=other.number)
        other.resident.presses(asked, "未解决")
        back = await self.sees(other.group, "未解决（第 1 次退回）", number=other.number)
        self.again[other.number, Event.CASE_RESOLVED] += 1
        read = await self.sees(other.resident, "哪里没有解决好", number=other.number)
        await self._reports(other, f"第{life.n}件旁边也修好了", after=back)
        await self._confirms(other, after=read)

    async def parts(self, life: Life) -> None:
        """归并 and 解除归并: what a neighbour has raised is about something else after all."""
        await self.merges(life)
        other = life.follower
        assert other
        life.worker.writes(life.group, f"/unmerge {other.number}")
        await self.sees(other.resident, "现在单独办理", number=other.number)
        await self._reports(other, f"第{life.n}件旁边是跳闸")
        await self._confirms(other)

    async def is_withdrawn(self, life: Life) -> None:
        """归并 and 撤回: the main case is withdrawn, and the neighbour's goes on by itself."""
        await self.merges(life)
        other = life.follower
        assert other
        await self._withdraws(life.resident, life.number)
        self.numbers.remove(life.number)
        await self.sees(other.resident, "那一件不再办理", number=other.number)
        life.number, life.resident = other.number, other.resident

    async def splits(self, life: Life) -> None:
        """拆分: the worker names a second matter, which its resident withdraws."""
        life.worker.writes(life.group, f"/split {life.number}")
        prompt = await self.sees(life.group, "拆出来的那件事", number=life.number)
        self.says(life.worker, f"第{life.n}件旁边的垃圾没人清", prompt)
        told = await self.sees(life.resident, "分开办理", number=life.number)
        await self._withdraws(life.resident, NUMBER.findall(told.text)[0])

    async def comes_back(self, life: Life) -> None:
        """又出现了: what was confirmed is back, and is reported done and confirmed once more."""
        life.resident.writes(self.bot, f"/case {life.number}")
        file = await self.sees(life.resident, "又出现了", label=True, number=life.number)
        life.resident.presses(file, "又出现了")
        self.again[life.number, Event.CASE_RESOLVED] += 1
        self.again[life.number, Event.CASE_CONFIRMED] += 1
        await self.sees(life.resident, "现在是什么情况", number=life.number)
        self.says(life.resident, f"第{life.n}件又不亮了")
        back = await self.sees(life.group, f"第{life.n}件又不亮了", number=life.number)
        await self._reports(life, f"第{life.n}件又修好了", after=back)
        asked = await self.sees(life.resident, f"第{life.n}件又修好了", number=life.number)
        life.resident.presses(asked, "已解决")
        await self.sees(life.group, "居民确认", number=life.number, after=back)

    async def is_asked_in_person(self, life: Life, *, solved: bool) -> None:
        """回访: the lead, who did not work on it, asks the silent resident and records what they say."""
        lead = self.leads[life.grid]
        lead.presses(await self.sees(life.group, "回访", label=True, number=life.number), "回访")
        said = "居民说已解决" if solved else "居民说未解决"
        lead.presses(await self.sees(lead, said, label=True, number=life.number), said)
        await self.sees(lead, "问了谁", number=life.number)
        self.says(lead, f"第{life.n}件上门问了本人")
        back = await self.sees(life.group, f"第{life.n}件上门问了本人", number=life.number)
        read = await self.sees(life.resident, f"第{life.n}件上门问了本人", number=life.number)
        if solved:
            self.numbers.remove(life.number)
            self.otherwise.append(life.number)
            life.is_over = True
        else:
            self.again[life.number, Event.CASE_RESOLVED] += 1
            await self._reports(life, f"第{life.n}件再修好了", after=back)
            await self.sees(life.resident, f"第{life.n}件再修好了", number=life.number, after=read)

    # --- what people do ---

    async def card(self, life: Life, label: str) -> Message:
        """Return the card of a case, once it has a button.

        Where a death between answer and note has doubled the card, that is the one that lives.
        """
        return await self.sees(life.group, label, label=True, number=life.number)

    async def presses(self, life: Life, person: Person, label: str) -> None:
        """Press a button under the card of a case, once it is there."""
        person.presses(await self.card(life, label), label)

    async def opens(self, life: Life, person: Person, label: str) -> Message:
        """Open the file of a case in private, and return it once it has a button."""
        person.writes(self.bot, f"/case {life.number}")
        return await self.sees(person, label, label=True, number=life.number)

    def says(self, person: Person, words: str, reply_to: Message | None = None) -> None:
        """Write what must stand in history once."""
        place = reply_to.chat if reply_to else self.bot
        person.writes(place, words, reply_to=reply_to)  # type: ignore[arg-type]
        self.told.append(words)

    def shows(self, person: Person, words: str, reply_to: Message) -> None:
        """Write it under two photos."""
        person.sends_album(reply_to.chat, ["photo", "photo"], ["", words], reply_to=reply_to)  # type: ignore[arg-type]
        self.told.append(words)

    async def sees(
        self, place: Person | Group, words: str, *, label: bool = False, number: str = "", after: Message | None = None
    ) -> Message:
        """Wait for the bot's message with these words, or with a button of this label, and return it.

        `after`: it stands below this one.
        """

        def found() -> Message | None:
            messages = place.chat_with(self.bot).messages if isinstance(place, Person) else place.messages
            for message in messages:
                said = message.buttons() if label else message.text
                is_below = after is None or message.id > after.id
                if message.sender is self.bot and words in said and number in message.text and is_below:
                    return message
            return None

        message = await self.world.until(found, PATIENCE)
        assert message
        return message


class When(Enum):
    """When in the life of a case something happens on the way."""

    FREE = auto()
    AT_WORK = auto()
    REPORTED = auto()
    OVER = auto()


@dataclass(frozen=True, eq=False)
class Play:
    """Something that happens to a case on the way, and the `events` that history shows of it each time."""

    acts: Mapping[When, Callable[[Neighbourhood, Life], Awaitable[None]]]
    events: tuple[Event, ...]


PLAYS = (
    Play({When.FREE: Neighbourhood.passes_on}, (Event.CASE_TRANSFERRED,)),
    Play(
        {When.AT_WORK: Neighbourhood.calls},
        (Event.ASSIST_CALLED, Event.ASSIST_ACCEPTED, Event.ASSIST_REPORTED),
    ),
    Play(
        {When.AT_WORK: partial(Neighbourhood.extends, granted=True)},
        (Event.EXTENSION_ASKED, Event.EXTENSION_GRANTED),
    ),
    Play(
        {When.AT_WORK: partial(Neighbourhood.extends, granted=False)},
        (Event.EXTENSION_ASKED, Event.EXTENSION_DENIED),
    ),
    Play({When.AT_WORK: Neighbourhood.hands_over}, (Event.CASE_VIEWED, Event.CASE_HANDED_OVER)),
    Play(
        {When.AT_WORK: Neighbourhood.is_away},
        (Event.ABSENCE_SET, Event.QUESTION_ASKED, Event.QUESTION_ANSWERED, Event.ABSENCE_ENDED),
    ),
    Play({When.FREE: Neighbourhood.files_elsewhere}, (Event.CASE_VIEWED, Event.CATEGORY_CHANGED)),
    Play(
        {When.AT_WORK: Neighbourhood.judges_urgency},
        (Event.CASE_VIEWED, Event.URGENCY_SET, Event.CASE_VIEWED, Event.URGENCY_LIFTED),
    ),
    Play(
        {When.FREE: Neighbourhood.merges, When.REPORTED: Neighbourhood.merges_and_one_says_no},
        (Event.CASE_MERGED, Event.FOLLOWER_JOINED, Event.CASE_RETURNED),
    ),
    Play(
        {When.FREE: Neighbourhood.merges, When.REPORTED: Neighbourhood.merges_and_each_says_yes},
        (Event.CASE_MERGED, Event.FOLLOWER_JOINED),
    ),
    Play({When.AT_WORK: Neighbourhood.parts}, (Event.CASE_MERGED, Event.FOLLOWER_JOINED, Event.CASE_UNMERGED)),
    Play(
        {When.AT_WORK: Neighbourhood.is_withdrawn},
        (Event.CASE_MERGED, Event.FOLLOWER_JOINED, Event.CASE_WITHDRAWN, Event.MAIN_ENDED),
    ),
    Play(
        {When.AT_WORK: Neighbourhood.splits},
        (Event.CASE_SPLIT, Event.CASE_SPLIT_OFF, Event.CASE_WITHDRAWN),
    ),
    Play({When.OVER: Neighbourhood.comes_back}, (Event.CASE_REOPENED, Event.REOPENING_EXPLAINED)),
    Play({When.REPORTED: partial(Neighbourhood.is_asked_in_person, solved=True)}, (Event.REVISIT_SOLVED,)),
    Play({When.REPORTED: partial(Neighbourhood.is_asked_in_person, solved=False)}, (Event.REVISIT_UNSOLVED,)),
)
"""What happens on the way, to one case after the other; a further verb is one more of these.

A run with few kills has eight cases, and so plays the first eight.
"""
