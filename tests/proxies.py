"""What people do in stories about cases that are raised for a neighbour (代报)."""

from sandbox.people import Person
from tests.town import Town

AUNT, PHONE = "张大妈", "13800138000"
LAMP = "煤炭小区路灯坏了"


async def raises(town: Town, worker: Person, name: str = AUNT, phone: str = PHONE, words: str = LAMP) -> str:
    """Let a worker raise a case for somebody; return its number."""
    await town.says(worker, "/proxy")
    await town.says(worker, name)
    if name != "跳过":
        await town.says(worker, phone)
    await town.says(worker, words)
    await town.presses(worker, town.draft_card(worker), "提交")
    return town.number_told(worker)
