"""Our own source as data: modules, the strings in them, and the calls that name a text of the catalogue."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "domain", "handlers", "sandbox", "storage")
SPEAKING = ("bot", "domain", "handlers")


@dataclass(frozen=True)
class Module:
    """One module: its path from the root, and its syntax tree."""

    path: str
    tree: ast.Module
    lines: int

    def strings(self) -> Iterator[ast.Constant]:
        """Yield every string that is neither a docstring nor a part of an f-string."""
        told = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        told |= {id(part) for node in ast.walk(self.tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                yield node

    def patterns(self) -> Iterator[str]:
        """Yield every f-string, with `*` for what is filled in."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.JoinedStr):
                yield "".join(str(p.value) if isinstance(p, ast.Constant) else "*" for p in node.values)

    def calls(self, name: str) -> Iterator[ast.Call]:
        """Yield the calls of a function or method of this name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                called = node.func
                if name == (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", None)):
                    yield node


@cache
def modules(*packages: str) -> tuple[Module, ...]:
    """Return all modules of these packages, in the order of their paths."""
    files = [file for package in packages for file in sorted((ROOT / package).rglob("*.py"))]
    return tuple(_module(file) for file in files if "__pycache__" not in file.parts)


def _module(file: Path) -> Module:
    written = file.read_text("utf-8")
    return Module(file.relative_to(ROOT).as_posix(), ast.parse(written), written.count("\n"))


def arguments(place: int, *calls: str, within: tuple[str, ...]) -> set[str]:
    """Return the strings that stand at this place in the calls of these functions, in these modules."""
    found = [
        call for module in modules(*PACKAGES) if module.path in within for name in calls for call in module.calls(name)
    ]
    given = [call.args[place] for call in found if len(call.args) > place]
    return {
        argument.value for argument in given if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def words_of(path: str) -> set[str]:
    """Return the strings of one module that could be the last part of a key."""
    (module,) = (module for module in modules(*PACKAGES) if module.path == path)
    found = {str(node.value) for node in module.strings()}
    return {word for word in found if re.fullmatch(r"[a-z][a-z0-9_]*", word)}
