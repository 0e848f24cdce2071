"""What stories about 协办 do again and again: a case is accepted, and its owner calls units to work beside."""

from sandbox.groups import Group
from sandbox.messages import Message
from tests.town import Town

TASK = "换灯头，带上高空车"


async def accepted(town: Town) -> str:
    """Let a resident raise a case, and its grid accept it; return its number."""
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)
    return number


async def calls(town: Town, number: str, *units: str, task: str = TASK, within: str = "3天") -> None:
    """Let the owner call these units, step by step."""
    await town.presses(town.wang, town.card(town.grid, number), "协办")
    for unit in units:
        await town.presses(town.wang, town.private(town.wang)[-1], unit)
    await town.presses(town.wang, town.private(town.wang)[-1], "下一步")
    await town.says(town.wang, task)
    await town.presses(town.wang, town.private(town.wang)[-1], within)


def assist_card(town: Town, group: Group, *, over: bool = False) -> Message:
    """Return the card of what a unit was called to do; `over`: once that has ended."""
    shown = [
        m for m in town.posted(group) if (m.text.endswith(" 协办已结束。") if over else m.text.startswith("🤝 协办"))
    ]
    return shown[-1]


async def in_one_group(town: Town) -> None:
    """Let the office for street lamps work in the group of the grid, too."""
    town.wu.joins(town.grid)
    town.he.starts(town.bot)
    town.he.joins(town.grid)
    await town.says_in(town.he, town.grid, "/bind@minhu_bot LD")
