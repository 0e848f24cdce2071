"""In place of a dispatcher: nobody looks at what was kept."""

from collections.abc import Callable

from storage.unit_of_work import UnitOfWork


async def nobody_looks(_work: UnitOfWork) -> Callable[[], None]:
    """Set nothing going."""
    return lambda: None
