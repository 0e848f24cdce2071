"""What people do in stories about revisits (回访)."""

from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.people import Person
from tests.town import Town

LAMP = "煤炭小区路灯坏了"
ASKED = "当面问了李秀英本人，看着灯亮了"


async def done(town: Town, resident: Person | None = None) -> str:
    """Let 王建国 report a case done, 李秀英's if nobody else is named; return its number."""
    number = await town.raises(resident or town.li, LAMP)
    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "灯泡换好了，电话 13800138000")
    return number


async def opens(town: Town, worker: Person, group: Group, number: str) -> Message:
    """Let somebody press 回访 on the card, and return the question that they then find in private."""
    await town.presses(worker, town.card(group, number), "回访")
    return town.last(worker, "居民怎么说")


async def records(town: Town, worker: Person, answer: str, words: str = ASKED) -> None:
    """Let somebody record an answer, whose page is open."""
    await town.presses(worker, town.last(worker, "居民怎么说"), answer)
    await town.says(worker, words)
