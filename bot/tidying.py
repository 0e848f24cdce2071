"""Tidying: what nobody needs any more is forgotten, a bounded piece at a time."""

from bot.desks import Desks

AT_ONCE = 100


async def tidy(desks: Desks) -> None:
    """Forget handled updates, ended letters and ended drafts whose time is over; each step is whole by itself."""
    async with desks.writing() as (desk, work):
        await work.inbox.purge(desk.now)
        await work.outbox.purge(desk.now)
    while await _forget_drafts(desks) == AT_ONCE:
        pass
    desks.storage.ring("attachments")


async def _forget_drafts(desks: Desks) -> int:
    async with desks.writing(ring=False) as (desk, work):
        return await work.drafts.forget_ended(desk.now, AT_ONCE)
