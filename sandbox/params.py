"""A request's parameters, however they came: nested JSON, JSON in strings, or a form's plain text."""

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from sandbox.errors import bad_request
from sandbox.files import Upload
from sandbox.jsons import Json

TRUE = {"true", "1", "yes", "t"}
ATTACHED = "attach://"
NUMBER = re.compile(r"-?[0-9]{1,19}")

T = TypeVar("T")


class Params:
    """Reads each parameter as the type that a method expects; what is absent is 0, empty or false, as in Telegram."""

    def __init__(self, raw: Mapping[str, object], files: Mapping[str, tuple[str, bytes, str]]) -> None:
        self.files = {name: Upload(*parts) for name, parts in files.items()}
        self.unread = {name for name, value in raw.items() if value is not None}
        self._values: Json = {name: value for name, value in raw.items() if value is not None}

    def understood(self) -> Json:
        """Return all parameters, those that were read in the types they were read as."""
        return dict(self._values)

    def __contains__(self, name: str) -> bool:
        return name in self._values or name in self.files

    def text(self, name: str, default: str = "") -> str:
        """Read words."""
        value = self._read(name, default)
        return self._keep(name, value if isinstance(value, str) else json.dumps(value))

    def integer(self, name: str, default: int = 0) -> int:
        """Read a whole number; what is none counts as 0."""
        value = str(self._read(name, default)).strip()
        return self._keep(name, int(value)) if NUMBER.fullmatch(value) else 0

    def number(self, name: str) -> float:
        """Read a number with a fraction."""
        try:
            return self._keep(name, float(self._read(name, 0)))
        except (TypeError, ValueError):
            raise bad_request(f"{name} must be a number") from None

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Read yes or no."""
        return self._keep(name, str(self._read(name, default)).lower() in TRUE)

    def json_object(self, name: str) -> Json:
        """Read a JSON object."""
        return self._json(name, dict)

    def json_array(self, name: str) -> list[Any]:
        """Read a JSON array."""
        return self._json(name, list)

    def upload(self, name: str, value: str | None = None) -> Upload | None:
        """Return the file that came with the request: as `attach://part`, or as a part of the parameter's name."""
        value = self.text(name) if value is None else value
        return self.files.get(value.removeprefix(ATTACHED) if value.startswith(ATTACHED) else name)

    def _json(self, name: str, kind: type[T]) -> T:
        value = self._read(name, "")
        if isinstance(value, str):
            try:
                value = json.loads(value) if value else kind()
            except ValueError:
                raise bad_request(f"can't parse {name} JSON object") from None
        if not isinstance(value, kind):
            raise bad_request(f"can't parse {name} JSON object")
        return self._keep(name, value)

    def _read(self, name: str, default: T) -> Any | T:  # noqa: ANN401 - as it came
        self.unread.discard(name)
        return self._values.get(name, default)

    def _keep(self, name: str, value: T) -> T:
        if name in self._values:
            self._values[name] = value
        return value
