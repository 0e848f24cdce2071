"""What people do to a case on the way through its life: to each case of the neighbourhood the next of these."""

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from domain.record.history import Event
from tests.neighbourhood import HELPER, Life, Neighbourhood, Play, When
from tests.town import NUMBER

HERE = ZoneInfo("Asia/Shanghai")


async def passes_on(place: Neighbourhood, life: Life) -> None:
    """转派: the worker passes the case on to the grid that helps, whose worker goes on with it."""
    await place.presses(life, life.worker, "转派")
    question = await place.sees(life.worker, "转派给哪个单位", number=life.number)
    life.worker.presses(question, f"社区 · 第{HELPER}网格")
    await place.sees(life.worker, f"转派给 社区 · 第{HELPER}网格", number=life.number)
    place.says(life.worker, f"第{life.n}件在第{HELPER}网格")
    life.group, life.worker = place.groups[HELPER], place.workers[HELPER]


async def calls(place: Neighbourhood, life: Life) -> None:
    """协办: the worker calls the grid that helps to work beside, whose worker accepts and reports."""
    caller, other, helper = life.worker, place.groups[HELPER], place.workers[HELPER]
    await place.presses(life, caller, "协办")
    page = await place.sees(caller, "请哪些单位协办", number=life.number)
    caller.presses(page, f"社区 · 第{HELPER}网格")
    caller.presses(await place.sees(caller, "下一步", label=True, number=life.number), "下一步")
    await place.sees(caller, "做什么", number=life.number)
    place.says(caller, f"第{life.n}件请搭把手")
    caller.presses(await place.sees(caller, "3天", label=True, number=life.number), "3天")
    helper.presses(await place.sees(other, "接单", label=True, number=life.number), "接单")
    helper.presses(await place.sees(other, "办结", label=True, number=life.number), "办结")
    place.says(helper, f"第{life.n}件搭好了", await place.sees(other, "协办情况", number=life.number))
    await place.sees(life.group, "报告协办完成", number=life.number)


async def extends(place: Neighbourhood, life: Life, *, granted: bool) -> None:
    """延期: the worker asks for a later deadline in private, and those above say yes, or no and why."""
    await place.presses(life, life.worker, "延期")
    life.worker.presses(await place.sees(life.worker, "要延到什么时候", number=life.number), "+3天")
    await place.sees(life.worker, "请发来原因", number=life.number)
    place.says(life.worker, f"第{life.n}件要订货")
    request = await place.sees(place.community, "申请延期", number=life.number)
    if granted:
        place.chief.presses(request, "同意")
        await place.sees(life.resident, "需要多一点时间", number=life.number)
    else:
        place.chief.presses(request, "不同意")
        prompt = await place.sees(place.community, "不同意延期的原因", number=life.number)
        place.says(place.chief, f"第{life.n}件先去看看", prompt)
        await place.sees(life.resident, "没有通过", number=life.number)


async def hands_over(place: Neighbourhood, life: Life) -> None:
    """换人: the lead takes the case over, in private."""
    lead = place.leads[life.grid]
    lead.presses(await place.opens(life, lead, "换人"), "换人")
    lead.presses(await place.sees(lead, "换给谁办", number=life.number), f"{lead.first_name}（负责人）")
    await place.sees(life.resident, f"现在由 {lead.first_name} 办理", number=life.number)
    life.worker = lead


async def is_away(place: Neighbourhood, life: Life) -> None:
    """请假: the worker is away, the deputy asks the resident, who answers, and the worker is back."""
    today = datetime.now(HERE).date()
    life.worker.writes(place.bot, f"/away {today} {today + timedelta(days=2)} {place.chief.first_name}")
    card = await place.sees(life.group, f"{place.chief.first_name} 代办", number=life.number)
    place.says(place.chief, f"第{life.n}件在几号楼？", card)
    place.says(life.resident, f"第{life.n}件在2号楼", await place.sees(life.resident, f"第{life.n}件在几号楼"))
    await place.sees(life.group, f"第{life.n}件在2号楼")
    life.worker.writes(place.bot, "/back")


async def files_elsewhere(place: Neighbourhood, life: Life) -> None:
    """改事项: the worker says in private what the case is about."""
    life.worker.presses(await place.opens(life, life.worker, "改事项"), "改事项")
    life.worker.presses(await place.sees(life.worker, "应该归到哪一类", number=life.number), "市政设施")
    life.worker.presses(await place.sees(life.worker, "井盖", label=True, number=life.number), "井盖")
    await place.sees(life.worker, "已归到「井盖」", number=life.number)


async def judges_urgency(place: Neighbourhood, life: Life) -> None:
    """紧急, and then 不紧急: the worker says in private why."""
    for verb, why in (("紧急", f"第{life.n}件冒烟了"), ("不紧急", f"第{life.n}件不冒烟了")):
        life.worker.presses(await place.opens(life, life.worker, verb), verb)
        await place.sees(life.worker, f"改为{verb}？", number=life.number)
        place.says(life.worker, why)
        await place.sees(life.group, f"改为{verb}：{why}", number=life.number)


async def merges(place: Neighbourhood, life: Life) -> None:
    """归并: the worker says in the group that a neighbour has raised the same."""
    other = await place.begins(life.n, f"第{life.n}盏路灯旁边也黑了")
    place.otherwise.append(other.number)
    await place.sees(other.group, "接单", label=True, number=other.number)
    life.worker.writes(life.group, f"/merge {life.number} {other.number}")
    await place.sees(other.resident, f"和 {life.number} 一起办理", number=other.number)
    life.follower = other


async def merges_and_each_says_yes(place: Neighbourhood, life: Life) -> None:
    """归并: each is asked under their own number, and says that it is solved."""
    assert life.follower
    await place.confirms(life.follower)


async def merges_and_one_says_no(place: Neighbourhood, life: Life) -> None:
    """归并: one says that it is not solved, whose case goes on by itself and is reported done once more."""
    other = life.follower
    assert other
    asked = await place.sees(other.resident, "未解决", label=True, number=other.number)
    other.resident.presses(asked, "未解决")
    back = await place.sees(other.group, "未解决（第 1 次退回）", number=other.number)
    place.again[other.number, Event.CASE_RESOLVED] += 1
    read = await place.sees(other.resident, "哪里没有解决好", number=other.number)
    await place.reports(other, f"第{life.n}件旁边也修好了", after=back)
    await place.confirms(other, after=read)


async def parts(place: Neighbourhood, life: Life) -> None:
    """归并 and 解除归并: what a neighbour has raised is about something else after all."""
    await merges(place, life)
    other = life.follower
    assert other
    life.worker.writes(life.group, f"/unmerge {other.number}")
    await place.sees(other.resident, "现在单独办理", number=other.number)
    await place.reports(other, f"第{life.n}件旁边是跳闸")
    await place.confirms(other)


async def is_withdrawn(place: Neighbourhood, life: Life) -> None:
    """归并 and 撤回: the main case is withdrawn, and the neighbour's goes on by itplace."""
    await merges(place, life)
    other = life.follower
    assert other
    await place.withdraws(life.resident, life.number)
    place.numbers.remove(life.number)
    await place.sees(other.resident, "那一件不再办理", number=other.number)
    life.number, life.resident = other.number, other.resident


async def splits(place: Neighbourhood, life: Life) -> None:
    """拆分: the worker names a second matter, which its resident withdraws."""
    life.worker.writes(life.group, f"/split {life.number}")
    prompt = await place.sees(life.group, "拆出来的那件事", number=life.number)
    place.says(life.worker, f"第{life.n}件旁边的垃圾没人清", prompt)
    told = await place.sees(life.resident, "分开办理", number=life.number)
    await place.withdraws(life.resident, NUMBER.findall(told.text)[0])


async def comes_back(place: Neighbourhood, life: Life) -> None:
    """又出现了: what was confirmed is back, and is reported done and confirmed once more."""
    life.resident.writes(place.bot, f"/case {life.number}")
    file = await place.sees(life.resident, "又出现了", label=True, number=life.number)
    life.resident.presses(file, "又出现了")
    place.again[life.number, Event.CASE_RESOLVED] += 1
    place.again[life.number, Event.CASE_CONFIRMED] += 1
    await place.sees(life.resident, "现在是什么情况", number=life.number)
    place.says(life.resident, f"第{life.n}件又不亮了")
    back = await place.sees(life.group, f"第{life.n}件又不亮了", number=life.number)
    await place.reports(life, f"第{life.n}件又修好了", after=back)
    asked = await place.sees(life.resident, f"第{life.n}件又修好了", number=life.number)
    life.resident.presses(asked, "已解决")
    await place.sees(life.group, "居民确认", number=life.number, after=back)


async def is_asked_in_person(place: Neighbourhood, life: Life, *, solved: bool) -> None:
    """回访: the lead, who did not work on it, asks the silent resident and records what they say."""
    lead = place.leads[life.grid]
    lead.presses(await place.sees(life.group, "回访", label=True, number=life.number), "回访")
    said = "居民说已解决" if solved else "居民说未解决"
    lead.presses(await place.sees(lead, said, label=True, number=life.number), said)
    await place.sees(lead, "问了谁", number=life.number)
    place.says(lead, f"第{life.n}件上门问了本人")
    back = await place.sees(life.group, f"第{life.n}件上门问了本人", number=life.number)
    read = await place.sees(life.resident, f"第{life.n}件上门问了本人", number=life.number)
    if solved:
        place.numbers.remove(life.number)
        place.otherwise.append(life.number)
        life.is_over = True
    else:
        place.again[life.number, Event.CASE_RESOLVED] += 1
        await place.reports(life, f"第{life.n}件再修好了", after=back)
        await place.sees(life.resident, f"第{life.n}件再修好了", number=life.number, after=read)


async def is_raised_for_a_neighbour(place: Neighbourhood, life: Life) -> None:
    """代报: the worker raises a case for somebody without an account, and the lead asks them in person."""
    worker, lead, group = place.workers[life.grid], place.leads[life.grid], place.groups[life.grid]
    began, name = worker.writes(place.bot, "/proxy"), f"第{life.n}位街坊"
    await place.sees(worker, "替哪位街坊提", after=began)
    worker.writes(place.bot, name)
    await place.sees(worker, f"{name} 的电话", after=began)
    worker.writes(place.bot, "跳过")
    await place.sees(worker, f"代 {name} 提", after=began)
    place.says(worker, f"第{life.grid}网格第{life.n}盏路灯对面也坏了")
    worker.presses(await place.sees(worker, "提交", label=True, after=began), "提交")
    receipt = await place.sees(worker, "已提交 #MH", after=began)
    other = Life(life.n, life.grid, worker, worker, group, NUMBER.findall(receipt.text)[0])
    place.in_person.append(other.number)
    await place.presses(other, worker, "接单")
    await place.reports(other, f"第{life.n}件对面修好了")
    lead.presses(await place.sees(group, "回访", label=True, number=other.number), "回访")
    lead.presses(await place.sees(lead, "居民说已解决", label=True, number=other.number), "居民说已解决")
    await place.sees(lead, "问了谁", number=other.number)
    place.says(lead, f"第{life.n}件对面上门问了")
    await place.sees(group, f"第{life.n}件对面上门问了", number=other.number)


PLAYS = (
    Play({When.FREE: passes_on}, (Event.CASE_TRANSFERRED,)),
    Play(
        {When.AT_WORK: calls},
        (Event.ASSIST_CALLED, Event.ASSIST_ACCEPTED, Event.ASSIST_REPORTED),
    ),
    Play(
        {When.AT_WORK: partial(extends, granted=True)},
        (Event.EXTENSION_ASKED, Event.EXTENSION_GRANTED),
    ),
    Play(
        {When.AT_WORK: partial(extends, granted=False)},
        (Event.EXTENSION_ASKED, Event.EXTENSION_DENIED),
    ),
    Play({When.AT_WORK: hands_over}, (Event.CASE_VIEWED, Event.CASE_HANDED_OVER)),
    Play(
        {When.AT_WORK: is_away},
        (Event.ABSENCE_SET, Event.QUESTION_ASKED, Event.QUESTION_ANSWERED, Event.ABSENCE_ENDED),
    ),
    Play({When.FREE: files_elsewhere}, (Event.CASE_VIEWED, Event.CATEGORY_CHANGED)),
    Play(
        {When.AT_WORK: judges_urgency},
        (Event.CASE_VIEWED, Event.URGENCY_SET, Event.CASE_VIEWED, Event.URGENCY_LIFTED),
    ),
    Play(
        {When.FREE: merges, When.REPORTED: merges_and_one_says_no},
        (Event.CASE_MERGED, Event.FOLLOWER_JOINED, Event.CASE_RETURNED),
    ),
    Play(
        {When.FREE: merges, When.REPORTED: merges_and_each_says_yes},
        (Event.CASE_MERGED, Event.FOLLOWER_JOINED),
    ),
    Play({When.AT_WORK: parts}, (Event.CASE_MERGED, Event.FOLLOWER_JOINED, Event.CASE_UNMERGED)),
    Play(
        {When.AT_WORK: is_withdrawn},
        (Event.CASE_MERGED, Event.FOLLOWER_JOINED, Event.CASE_WITHDRAWN, Event.MAIN_ENDED),
    ),
    Play(
        {When.AT_WORK: splits},
        (Event.CASE_SPLIT, Event.CASE_SPLIT_OFF, Event.CASE_WITHDRAWN),
    ),
    Play({When.OVER: comes_back}, (Event.CASE_REOPENED, Event.REOPENING_EXPLAINED)),
    Play({When.REPORTED: partial(is_asked_in_person, solved=True)}, (Event.REVISIT_SOLVED,)),
    Play({When.REPORTED: partial(is_asked_in_person, solved=False)}, (Event.REVISIT_UNSOLVED,)),
    Play({When.OVER: is_raised_for_a_neighbour}, (Event.REVISIT_SOLVED,)),
)
"""What happens on the way, to one case after the other; a further verb is one more of these.

A run with few kills has eight cases, and so plays the first eight.
"""
