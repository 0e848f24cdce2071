"""`lazily.aiogram`, loaded when a test first uses it: that takes seconds, and every worker imports every test."""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import aiogram.client.session.aiohttp
    import aiogram.client.telegram
    import aiogram.exceptions
    import aiogram.methods

__all__ = ["aiogram"]


def __getattr__(name: str) -> ModuleType:
    """Load what is asked for; pytest, which looks into every name of a module of tests, must not find it there."""
    if name not in __all__:
        raise AttributeError(name)
    return import_module(name)
