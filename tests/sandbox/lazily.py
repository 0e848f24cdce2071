"""aiogram, loaded when a test first uses it: that takes seconds, and every worker imports every test."""

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import aiogram.client.session.aiohttp
    import aiogram.client.telegram
    import aiogram.exceptions
    import aiogram.methods
else:
    spec = find_spec("aiogram")
    spec.loader = LazyLoader(spec.loader)
    aiogram = sys.modules["aiogram"] = module_from_spec(spec)
    spec.loader.exec_module(aiogram)

__all__ = ["aiogram"]
