"""Our own source as data: modules, the strings in them, and the calls that name a text of the catalogue."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "domain", "handlers", "sandbox", "storage")
SPEAKING = ("bot", "domain", "handlers")


@dataclass(frozen=True)
class Module:
    """One module: its path from the root, and what is written in it."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of its syntax tree."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def strings(self) -> tuple[str, ...]:
        """Every string that is neither a docstring nor a part of an f-string."""
        told = {id(node.value) for node in self.nodes if isinstance(node, ast.Expr)}
        told |= {id(part) for node in self.nodes if isinstance(node, ast.JoinedStr) for part in node.values}
        constants = (node for node in self.nodes if isinstance(node, ast.Constant) and id(node) not in told)
        return tuple(node.value for node in constants if isinstance(node.value, str))

    @cached_property
    def names(self) -> set[str]:
        """Every name that it gives to something: a class, a function, an argument, a variable, a member's value."""
        given = {n.name for n in self.nodes if isinstance(n, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)}
        given |= {node.arg for node in self.nodes if isinstance(node, ast.arg)}
        given |= {node.id for node in self.nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        members = [part for node in self.nodes if isinstance(node, ast.ClassDef) for part in node.body]
        values = [part.value for part in members if isinstance(part, ast.Assign)]
        return given | {str(value.value) for value in values if isinstance(value, ast.Constant)}

    def patterns(self) -> Iterator[str]:
        """Yield every f-string, with `*` for what is filled in."""
        for node in self.nodes:
            if isinstance(node, ast.JoinedStr):
                yield "".join(str(p.value) if isinstance(p, ast.Constant) else "*" for p in node.values)

    def calls(self, *names: str) -> Iterator[ast.Call]:
        """Yield the calls of functions or methods of these names."""
        for node in self.nodes:
            if isinstance(node, ast.Call):
                called = node.func
                if (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", None)) in names:
                    yield node


@cache
def modules(*packages: str) -> tuple[Module, ...]:
    """Return all modules of these packages, in the order of their paths."""
    files = [file for package in packages for file in sorted((ROOT / package).rglob("*.py"))]
    return tuple(_module(file) for file in files)


@cache
def _module(file: Path) -> Module:
    return Module(file.relative_to(ROOT).as_posix(), file.read_text("utf-8"))


def arguments(place: int, *calls: str, within: tuple[str, ...]) -> set[str]:
    """Return the strings that stand at this place in the calls of these functions, in these modules."""
    found = [call for module in modules(*PACKAGES) if module.path in within for call in module.calls(*calls)]
    given = [call.args[place] for call in found if len(call.args) > place]
    return {
        argument.value for argument in given if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def words_of(path: str) -> set[str]:
    """Return the strings of one module that could be the last part of a key."""
    (module,) = (module for module in modules(*PACKAGES) if module.path == path)
    return {word for word in module.strings if re.fullmatch(r"[a-z][a-z0-9_]*", word)}
