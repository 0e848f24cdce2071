"""`make bench`: what each verb of the desk asks of the database, with all letters that tell of it.

A line is one thing that somebody presses or writes, from the update to the last note that its letters were sent.
"""

import argparse
import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from bench.case import COUNTED, DATABASES, Counts, databases
from bench.office import Office
from bench.process import ROOT, Figures, Measured, started
from bench.street import is_receipt


class Walk:
    """A few cases on which everything is done that can be done, and what each step asked of the database."""

    def __init__(self, measured: Measured[Office]) -> None:
        self.counts: dict[str, Counts] = {}
        self._measured = measured
        self._office = measured.street
        self._number = ""
        self._before: Figures | None = None

    async def walk(self) -> None:
        """Do it all once."""
        await self._is_raised("message", "submit")
        await self._is_passed_on()
        await self._is_worked_on()
        await self._is_judged()
        await self._is_extended()
        await self._is_assisted()
        await self._is_left_to_others()
        await self._is_done()
        await self._is_back()
        await self._is_split()
        await self._is_raised("", "")
        await self._climbs()
        await self._are_merged()
        await self._is_asked_about()

    async def _is_raised(self, message: str, submit: str) -> None:
        self._resident = self._office.comes()
        async with self._counting(message):
            self._resident.writes(self._office.bot, "第1网格小区的路灯坏了")
        async with self._counting(submit):
            await self._office.presses(self._resident, self._resident, "提交")
        told = await self._office.sees(self._resident, is_receipt)
        self._number = next(word for word in told.text.split() if word.startswith("#MH"))

    async def _is_passed_on(self) -> None:
        worker, other = self._office.workers[:2]
        grid, next_grid = self._office.groups[:2]
        async with self._counting("转派"):
            await self._presses(worker, grid, "转派")
        async with self._counting("转派: 单位"):
            await self._presses(worker, worker, "遵南社区 · 第2网格")
        async with self._counting("转派: 原因"):
            worker.writes(self._office.bot, "在第2网格")
        async with self._counting("退单"):
            await self._presses(other, next_grid, "退单")
        async with self._counting("退单: 原因"):
            await self._office.replies(other, next_grid, "退单的原因", "不在这里", self._number)

    async def _is_worked_on(self) -> None:
        worker, grid = self._office.workers[0], self._office.groups[0]
        async with self._counting("接单"):
            await self._presses(worker, grid, "接单")
        async with self._counting("回复居民"):
            await self._office.replies(worker, grid, "路灯坏了", "正在修", self._number)

    async def _is_judged(self) -> None:
        worker = self._office.workers[0]
        async with self._counting("/case"):
            worker.writes(self._office.bot, f"/case {self._number}")
        for verb in ("紧急", "不紧急"):
            async with self._counting(verb):
                await self._presses(worker, worker, verb)
            async with self._counting(f"{verb}: 原因"):
                worker.writes(self._office.bot, "看过了")
        async with self._counting("改事项"):
            await self._presses(worker, worker, "改事项")
        async with self._counting("改事项: 大类"):
            await self._presses(worker, worker, "市政设施")
        async with self._counting("改事项: 事项"):
            await self._presses(worker, worker, "井盖")

    async def _is_extended(self) -> None:
        worker, grid = self._office.workers[0], self._office.groups[0]
        for answer in ("同意", "不同意"):
            async with self._counting("延期"):
                await self._presses(worker, grid, "延期")
            async with self._counting("延期: 日子"):
                await self._presses(worker, worker, "+3天")
            async with self._counting("延期: 原因"):
                worker.writes(self._office.bot, "要订货")
            async with self._counting(f"延期: {answer}"):
                await self._presses(self._office.chief, self._office.community, answer)
        async with self._counting("延期: 不同意的原因"):
            await self._office.replies(
                self._office.chief, self._office.community, "不同意延期的原因", "先去看看", self._number
            )

    async def _is_assisted(self) -> None:
        worker, *others = self._office.workers
        grid, *theirs = self._office.groups
        async with self._counting("协办"):
            await self._presses(worker, grid, "协办")
        for unit in ("遵南社区 · 第2网格", "路灯所"):
            async with self._counting("协办: 单位"):
                await self._presses(worker, worker, unit)
        async with self._counting("协办: 下一步"):
            await self._presses(worker, worker, "下一步")
        async with self._counting("协办: 事情"):
            worker.writes(self._office.bot, "请搭把手")
        async with self._counting("协办: 期限"):
            await self._presses(worker, worker, "3天")
        for other, group in zip(others, theirs, strict=True):
            async with self._counting("协办: 接单"):
                await self._presses(other, group, "接单")
        async with self._counting("协办: 办结"):
            await self._presses(others[0], theirs[0], "办结")
        async with self._counting("协办: 报告"):
            await self._office.replies(others[0], theirs[0], "协办情况", "搭好了", self._number)
        async with self._counting("协办: 退单"):
            await self._presses(others[1], theirs[1], "退单")
        async with self._counting("协办: 退单的原因"):
            await self._office.replies(others[1], theirs[1], "不能协办的原因", "来不了", self._number)

    async def _is_left_to_others(self) -> None:
        worker, lead = self._office.workers[0], self._office.leads[0]
        async with self._counting("请假"):
            self._office.away(worker)
        async with self._counting("回来"):
            worker.writes(self._office.bot, "/back")
        async with self._counting(""):
            lead.writes(self._office.bot, f"/case {self._number}")
        async with self._counting("换人"):
            await self._presses(lead, lead, "换人")
        async with self._counting("换人: 谁"):
            await self._presses(lead, lead, f"{lead.first_name}（负责人）")

    async def _is_done(self) -> None:
        lead, grid = self._office.leads[0], self._office.groups[0]
        for verdict in ("未解决", "已解决"):
            async with self._counting("办结"):
                await self._presses(lead, grid, "办结")
            async with self._counting("办结: 结果"):
                await self._office.replies(lead, grid, "办理结果", "修好了", self._number)
            async with self._counting(verdict):
                await self._presses(self._resident, self._resident, verdict)
            if verdict == "未解决":
                async with self._counting("未解决: 说明"):
                    self._resident.writes(self._office.bot, "还是不亮")

    async def _is_back(self) -> None:
        async with self._counting(""):
            self._resident.writes(self._office.bot, f"/case {self._number}")
        async with self._counting("又出现了"):
            await self._presses(self._resident, self._resident, "又出现了")
        async with self._counting("又出现了: 说明"):
            self._resident.writes(self._office.bot, "又不亮了")

    async def _is_split(self) -> None:
        lead, grid = self._office.leads[0], self._office.groups[0]
        async with self._counting("拆分"):
            lead.writes(grid, f"/split {self._number}")
        async with self._counting("拆分: 事情"):
            await self._office.replies(lead, grid, "拆出来的那件事", "三单元门禁也坏了", self._number)

    async def _are_merged(self) -> None:
        worker, grid = self._office.workers[0], self._office.groups[0]
        await self._is_raised("", "")
        main = self._number
        await self._is_raised("", "")
        async with self._counting("归并"):
            worker.writes(grid, f"/merge {main} {self._number}")
        async with self._counting("解除归并"):
            worker.writes(grid, f"/unmerge {self._number}")

    async def _is_asked_about(self) -> None:
        worker, lead, grid = self._office.workers[0], self._office.leads[0], self._office.groups[0]
        await self._is_raised("", "")
        async with self._counting(""):
            await self._presses(worker, grid, "接单")
        async with self._counting(""):
            self._resident.blocks(self._office.bot)
        for answer in ("居民说未解决", "居民说已解决"):
            async with self._counting(""):
                await self._presses(worker, grid, "办结")
            async with self._counting(""):
                await self._office.replies(worker, grid, "办理结果", "修好了", self._number)
            async with self._counting("回访"):
                await self._presses(lead, grid, "回访")
            async with self._counting("回访: 怎么说"):
                await self._presses(lead, lead, answer)
            async with self._counting(f"回访: {answer}"):
                lead.writes(self._office.bot, "打电话问了本人")

    async def _climbs(self) -> None:
        worker, grid = self._office.workers[0], self._office.groups[0]
        async with self._counting("上报: 第一下"):
            await self._presses(worker, grid, "上报")
        async with self._counting("上报"):
            await self._presses(worker, grid, "上报")

    async def _presses(self, person: object, place: object, label: str) -> None:
        await self._office.presses(person, place, label, self._number)  # type: ignore[arg-type]

    @contextlib.asynccontextmanager
    async def _counting(self, step: str) -> AsyncIterator[None]:
        """Count what happens until all is quiet; without a name it is not counted."""
        before = self._before or await self._measured.figures()
        yield
        await self._office.is_quiet()
        self._before = await self._measured.figures()
        if step:
            self.counts.setdefault(step, Counts()).add(self._before.since(before))


async def main() -> None:
    """Count everything on each database, and print the tables."""
    options = _options()
    for database in options.databases:
        with tempfile.TemporaryDirectory(prefix="bench") as name, databases(database, Path(name), ["now"]) as urls:
            async with started("bench.desk", Path(name), urls["now"], [ROOT], Office) as measured:
                walk = Walk(measured)
                await measured.street.is_quiet()
                for _ in range(options.walks):
                    await walk.walk()
        print(f"\n{database:<12}{'statements':>12}{'transactions':>14}{'commits':>10}  verb")
        for step, counts in walk.counts.items():
            statements, transactions, commits = counts.middle
            print(f"{'':<12}{statements:>12}{transactions:>14}{commits:>10}  {step}", flush=True)
            if options.statements and counts.last:
                for statement, times in counts.last.statements.most_common():
                    print(f"{times:>6}  {statement[: options.statements]}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.verbs", description=__doc__)
    parser.add_argument("--walks", type=int, default=COUNTED, help="how often everything is done")
    parser.add_argument("--databases", nargs="+", default=DATABASES, choices=DATABASES)
    parser.add_argument("--statements", type=int, default=0, metavar="WIDTH", help="show them too, so wide at most")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main())
