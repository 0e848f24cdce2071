"""YAML with line numbers: a file as plain data, checked by a pydantic model, with every fault in its line."""

import contextlib
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Annotated, Any, TypeVar

import pydantic
import yaml
from markupsafe import Markup
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import ErrorDetails, PydanticCustomError

from handlers.words import Words

T = TypeVar("T")
M = TypeVar("M", bound="Entry")
Location = tuple[str | int, ...]

DEEPEST = 100
"""How deep the lists and mappings of a file may stand in each other."""
KEYS = {"model_type": "wants_mapping", "dict_type": "wants_mapping", "tuple_type": "wants_list"}
"""What pydantic calls a fault, and what we call it; the others have our own names from the beginning."""


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


class Entry(BaseModel):
    """A mapping of a file; a field that is not among its own is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @pydantic.model_validator(mode="before")
    @classmethod
    def _note_fields(cls, raw: object, info: ValidationInfo) -> object:
        assert info.context
        info.context.fields[id(raw)] = [of.alias or name for name, of in cls.model_fields.items()]
        return raw


def or_fault(key: str, **values: object) -> WrapValidator:
    """Make whatever may be wrong with a value this one fault."""

    def read(raw: object, handler: ValidatorFunctionWrapHandler) -> object:
        try:
            return handler(raw)
        except ValueError as error:
            raise PydanticCustomError(key, key, values) from error

    return WrapValidator(read)


def as_written(raw: object) -> object:
    """Return a number as it stands in the file, such as 010; anything else as it is."""
    return getattr(raw, "written", raw)


def shown(raw: object) -> str:
    """Return a value as a complaint shows it: short, on one line, without what stands deeper in it."""
    if isinstance(raw, list):
        raw = f"[{', '.join(shown(item) if isinstance(item, str | int | float) else '…' for item in raw[:20])}]"
    return "{…}" if isinstance(raw, dict) else re.sub(r"\s+", " ", str(as_written(raw)))[:60]


OneOf = BeforeValidator(lambda raw: raw if isinstance(raw, str) else None)
"""Before an enumeration, whose own complaint would repeat all that is in a list."""
Written = Annotated[str, BeforeValidator(as_written)]
Listed = Annotated[tuple[T, ...], BeforeValidator(lambda raw: () if raw is None else raw)]


class YamlFile:
    """A file that is being read: its data, the faults found so far, and a fingerprint of all that was read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self.digest = hashlib.sha256()
        self.fields: dict[int, list[str]] = {}
        self.root: Any = None
        self.data: Any = None
        self._load()

    def content(self, path: Path) -> bytes:
        """Return what stands in this or another file, which then counts for the fingerprint."""
        content = path.read_bytes()
        self.digest.update(content)
        return content

    def complain(self, at: Location | yaml.Node | int, key: str, **values: object) -> None:
        """Note a fault at a location, a node or a line."""
        line = self.line(at) if isinstance(at, tuple) else at if isinstance(at, int) else at.start_mark.line + 1
        self.faults.append(Fault(str(self.path), line, key, values))

    def line(self, at: Location, *, of_name: bool = False) -> int:
        """Return the line in which a value begins, or the name before it."""
        name = value = self.root
        for part in at:
            if isinstance(value, yaml.MappingNode):
                name, value = {str(key.value): (key, inner) for key, inner in value.value}[str(part)]
            else:
                name = value = value.value[part]
        return 1 + int((name if of_name else value).start_mark.line)

    def read(self, model: type[M]) -> M | None:
        """Return what the file says; None, with every fault noted, where a field is at fault."""
        try:
            return model.model_validate(self.data, context=self) if self.root else None
        except pydantic.ValidationError as errors:
            for error in errors.errors(include_url=False):
                self._translate(error)
        return None

    def _translate(self, error: ErrorDetails) -> None:
        at, key = error["loc"], KEYS.get(error["type"], error["type"])
        values = {"field": [part for part in at if isinstance(part, str)][-1], **error.get("ctx", {})}
        if key == "missing":
            self.complain(at[:-1], "missing", **values)
        elif key == "extra_forbidden":
            fields = self.fields[id(reduce(getitem, at[:-1], self.data))]
            self.complain(self.line(at, of_name=True), "unknown_field", fields=", ".join(fields), **values)
        elif key == "unknown_field":  # the key of a dictionary, which pydantic marks by a last part of its own
            self.complain(self.line(at[:-1], of_name=True), key, **{**values, "field": at[-2]})
        else:
            self.complain(at, key, **{"value": shown(error["input"]), **values})

    def _load(self) -> None:
        """Read the file into nodes and plain data; where it is no mapping in YAML there are none, and a fault."""
        try:
            text = self.content(self.path).decode("utf-8-sig")
            _check_depth(text)
            loader = _Loader(text)
            root = loader.get_single_node()
            if isinstance(root, yaml.MappingNode):
                self.data, self.root = loader.construct_object(root), root
            else:
                self.complain(root or 1, "no_mapping")
            for name in loader.twice:
                self.complain(name, "twice", field=name.value)
        except OSError as error:
            self.complain(1, "unreadable", reason=error.strerror or str(error))
        except UnicodeDecodeError:
            self.complain(1, "no_utf8")
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            if isinstance(error, yaml.constructor.ConstructorError):
                self.complain(line, "loop")
            else:
                self.complain(line, "no_yaml_because", reason=error.problem or error.context)
        except (yaml.YAMLError, ValueError):
            self.complain(1, "no_yaml")


def _check_depth(text: str) -> None:
    """Raise ValueError for what nests too deep: composing it would overflow libyaml's stack, and end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise ValueError(depth)


class _Whole(int):
    written: str


class _Decimal(float):
    written: str


class _Loader(yaml.CSafeLoader):
    """Takes decimal numbers and null for what they are, everything else for words: also `no`, 22:00 and 2026-01-01."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - as PyYAML has it
    yaml_constructors = {}  # noqa: RUF012

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.twice: list[yaml.Node] = []

    def construct_plain(self, node: yaml.Node) -> Any:  # noqa: ANN401 - whatever the file says
        """Return a node of any tag as plain data; PyYAML refuses one that stands inside itself."""
        if isinstance(node, yaml.SequenceNode):
            return [self.construct_object(item) for item in node.value]
        if isinstance(node, yaml.MappingNode):
            named: dict[str, Any] = {}
            for name, value in node.value:
                if str(name.value) in named:
                    self.twice.append(name)
                named[str(name.value)] = self.construct_object(value)
            return named
        if node.tag in NUMBERS:
            with contextlib.suppress(ValueError):  # a tag that was written by hand
                number = NUMBERS[node.tag](node.value)
                number.written = node.value
                return number
        return None if node.tag == NULL else node.value


INT, FLOAT, NULL = (f"tag:yaml.org,2002:{name}" for name in ("int", "float", "null"))
NUMBERS = {INT: _Whole, FLOAT: _Decimal}
_Loader.add_constructor(None, _Loader.construct_plain)
_Loader.add_implicit_resolver(INT, re.compile(r"[-+]?[0-9]+$"), list("-+0123456789"))
_Loader.add_implicit_resolver(
    FLOAT, re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$"), list("-+.0123456789")
)
_Loader.add_implicit_resolver(NULL, re.compile(r"(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
