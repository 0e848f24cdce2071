"""What people do in stories about merging (归并)."""

from sandbox.people import Person
from tests.town import Town


async def says_in_group(town: Town, person: Person, words: str) -> None:
    """Let a worker type something in the group of grid 1."""
    person.writes(town.grid, words)
    await town.settle()
