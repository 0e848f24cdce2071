"""YAML with line numbers: reads a file into fields, and collects every fault with its line and what would be right."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from markupsafe import Markup

from domain.folding import shows_anything
from handlers.words import Words

T = TypeVar("T")

READ_AS_OTHERS = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:timestamp"})
"""What YAML makes of plain signs: 22:00 is a number to the base of sixty, 010 is 8."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a file. `key` and `values` make the sentence of the catalogue."""

    file: str
    line: int
    key: str
    values: dict[str, Any] = field(default_factory=dict)

    def tell(self, words: Words) -> str:
        """Return `FILE:LINE: what is wrong, what would be right`."""
        sentence: Markup = words(f"fault.{self.key}", **self.values)
        return f"{self.file}:{self.line}: {sentence.unescape()}"


class FileFaulty(Exception):
    """A file with faults; nothing was changed."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = sorted(faults, key=lambda fault: (fault.file, fault.line))


@dataclass(slots=True)
class Source:
    """A file that is being read, with the faults found so far."""

    path: Path
    shown_as: str
    faults: list[Fault] = field(default_factory=list)

    def complain(self, node: yaml.Node | int, key: str, **values: object) -> None:
        """Note a fault at a node's line."""
        line = node if isinstance(node, int) else node.start_mark.line + 1
        self.faults.append(Fault(self.shown_as, line, key, values))

    def load(self) -> "Fields | None":
        """Read the file; None, with its fault noted, where it is not even YAML."""
        try:
            node = yaml.compose(self.path.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
        except OSError as error:
            self.complain(1, "unreadable", reason=error.strerror or str(error))
        except UnicodeDecodeError:
            self.complain(1, "no_utf8")
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.complain(mark.line + 1 if mark else 1, "no_yaml_because", reason=error.problem or error.context)
        except (yaml.YAMLError, ValueError, RecursionError):
            self.complain(1, "no_yaml")
        else:
            if not isinstance(node, yaml.MappingNode):
                self.complain(node or 1, "no_mapping")
            elif loop := _find_loop(node, set(), set()):
                self.complain(loop, "loop")
            else:
                return Fields(self, node)
        return None

    def finish(self) -> None:
        """Raise what was found.

        Raises:
            FileFaulty: there were faults.
        """
        if self.faults:
            raise FileFaulty(self.faults)


class Fields:
    """One mapping of a file, read field by field."""

    def __init__(self, source: Source, node: yaml.MappingNode) -> None:
        self.source = source
        self.node = node
        self._nodes: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in self._nodes:
                source.complain(key, "twice", field=name)
            self._nodes[name] = value

    def allow(self, names: Collection[str]) -> None:
        """Complain of every field that has another name."""
        for key, _ in self.node.value:
            if key.value not in names:
                self.source.complain(key, "unknown_field", field=key.value, fields=", ".join(names))

    def __contains__(self, name: str) -> bool:
        return name in self._nodes

    def node_of(self, name: str) -> yaml.Node:
        """Return a field's node, or the mapping's own where it is missing."""
        return self._nodes.get(name, self.node)

    def value(self, name: str) -> Any:  # noqa: ANN401 - whatever YAML makes of it
        """Return a field as plain data."""
        return _plain(self._nodes[name]) if name in self._nodes else None

    def written(self, name: str) -> Any:  # noqa: ANN401
        """Return a field as it stands in the file where YAML would read something else, or as plain data."""
        node = self._nodes.get(name)
        return node.value if node is not None and node.tag in READ_AS_OTHERS else self.value(name)

    def read(
        self,
        name: str,
        parse: Callable[[Any], T],
        key: str,
        *,
        required: bool = False,
        as_written: bool = False,
        **values: object,
    ) -> T | None:
        """Return a field as `parse` reads it; where that fails with ValueError, complain with `key`."""
        if name not in self._nodes:
            if required:
                self.source.complain(self.node, "missing", field=name)
            return None
        raw = self.written(name) if as_written else self.value(name)
        try:
            return parse(raw)
        except (ValueError, TypeError):
            self.source.complain(self._nodes[name], key, field=name, value=shown(raw), **values)
            return None

    def mapping(self, name: str) -> "Fields | None":
        """Return a field that is a mapping; complain of anything else."""
        node = self._nodes.get(name)
        if node is None:
            return None
        if isinstance(node, yaml.MappingNode):
            return Fields(self.source, node)
        self.source.complain(node, "wants_mapping", field=name)
        return None

    def items(self, name: str) -> Iterator[yaml.Node]:
        """Yield the items of a list; complain of anything else."""
        node = self._nodes.get(name)
        if node is None or (isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"):
            return
        if not isinstance(node, yaml.SequenceNode):
            self.source.complain(node, "wants_list", field=name)
            return
        yield from node.value

    def mappings(self, name: str) -> "Iterator[Fields]":
        """Yield the items of a list of mappings; complain of every item that is none."""
        for item in self.items(name):
            if isinstance(item, yaml.MappingNode):
                yield Fields(self.source, item)
            else:
                self.source.complain(item, "wants_mapping", field=name)


def _find_loop(node: yaml.Node, above: set[int], seen: set[int]) -> yaml.Node | None:
    """Return a node that stands inside itself, by an alias."""
    if id(node) in above:
        return node
    if id(node) in seen or isinstance(node, yaml.ScalarNode):
        return None
    seen.add(id(node))
    inner = node.value if isinstance(node, yaml.SequenceNode) else [part for pair in node.value for part in pair]
    return next((loop for part in inner if (loop := _find_loop(part, above | {id(node)}, seen))), None)


def _plain(node: yaml.Node) -> Any:  # noqa: ANN401
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    except Exception:  # noqa: BLE001 - PyYAML raises whatever comes up where a value does not fit its tag
        return node.value
    finally:
        loader.dispose()


def shown(value: object) -> str:
    """Return a value as a complaint shows it: short, on one line, a list as it is written."""
    if isinstance(value, list):
        value = f"[{', '.join(map(str, value))}]"
    return re.sub(r"\s+", " ", str(value))[:60]


def text(longest: int) -> Callable[[Any], str]:
    """Return a reader for words of at most so many characters; a number is taken for its digits."""

    def read(raw: object) -> str:
        if (
            isinstance(raw, bool | list | dict)
            or raw is None
            or not shows_anything(str(raw))
            or len(str(raw)) > longest
        ):
            raise ValueError
        return str(raw).strip()

    return read


def whole_number(least: int | None = None, most: int | None = None) -> Callable[[Any], int]:
    """Return a reader for whole numbers within bounds."""

    def read(raw: object) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise TypeError
        if (least is not None and raw < least) or (most is not None and raw > most):
            raise ValueError
        return raw

    return read
