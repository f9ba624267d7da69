"""A request's parameters, asked for by name and type; what nobody asked for is told, since it was meant to do something."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from latentedit.errors import UsageError

_MISSING: Any = object()


class Params:
    """The parameters of one request."""

    def __init__(self, method: str, values: dict[str, Any]) -> None:
        self._method, self._values, self._asked = method, values, set[str]()

    def text(self, name: str, default: str = _MISSING) -> str:
        """Raises UsageError: it is missing, or no text."""
        return str(self._get(name, default, str, "text"))

    def maybe_text(self, name: str) -> str | None:
        """None when it is missing or null."""
        return None if self._peek(name) is None else self.text(name)

    def path(self, name: str) -> Path:
        """A file's path; raises UsageError as :meth:`text`, and for one that is not whole."""
        path = Path(self.text(name))
        if not path.is_absolute():
            raise UsageError(f"{name} is not a whole path: {path}.", hint="This program was started in a folder that may change.")
        return path

    def integer(self, name: str, default: int = _MISSING, *, least: int = 0, most: int = 2**53) -> int:
        """Raises UsageError: it is missing, no whole number, or out of range."""
        value = self._get(name, default, int, "a whole number")
        if isinstance(value, bool) or not least <= value <= most:
            raise UsageError(f"{self._method}: {name} must be a whole number from {least} to {most}.")
        return int(value)

    def number(self, name: str, default: float = _MISSING) -> float:
        """Raises UsageError: it is missing, or no finite number."""
        value = self._get(name, default, (int, float), "a number")
        if isinstance(value, bool) or not math.isfinite(value):
            raise UsageError(f"{self._method}: {name} must be a number.")
        return float(value)

    def flag(self, name: str, default: bool = False) -> bool:
        """Raises UsageError: it is neither true nor false."""
        return bool(self._get(name, default, bool, "true or false"))

    def choice(self, name: str, choices: Sequence[str], default: str = _MISSING) -> str:
        """Raises UsageError: it is missing, or none of these."""
        value = self.text(name, default)
        if value not in choices:
            raise UsageError(f"{self._method}: there is no {name} {value!r}.", hint=f"Choose from {', '.join(choices)}.")
        return value

    def integers(self, name: str, count: int | None = None, default: Sequence[int] | None = _MISSING) -> tuple[int, ...] | None:
        """Raises UsageError: it is missing, or no list of so many whole numbers."""
        values = self._get(name, default, (list, tuple), "a list")
        if values is None:
            return None
        if any(not isinstance(v, int) or isinstance(v, bool) for v in values) or (count is not None and len(values) != count):
            raise UsageError(f"{self._method}: {name} must be a list of {'' if count is None else f'{count} '}whole numbers.")
        return tuple(values)

    def texts(self, name: str) -> tuple[str, ...]:
        """Empty when it is missing. Raises UsageError: it is no list of texts."""
        values = self._get(name, (), (list, tuple), "a list")
        if any(not isinstance(value, str) for value in values):
            raise UsageError(f"{self._method}: {name} must be a list of texts.")
        return tuple(values)

    def inner(self, name: str) -> Params | None:
        """An object of further parameters; None when it is missing. Raises UsageError: it is no object."""
        value = self._get(name, None, dict, "an object")
        return None if value is None else Params(f"{self._method}.{name}", value)

    def require_all_used(self) -> None:
        """Raises UsageError: there are parameters that nobody asked for."""
        unknown = sorted(set(self._values) - self._asked)
        if unknown:
            known = ", ".join(sorted(self._asked)) or "none"
            raise UsageError(f"{self._method} has no parameter {unknown[0]!r}.", hint=f"Its parameters: {known}.")

    def _peek(self, name: str) -> Any:
        self._asked.add(name)
        return self._values.get(name)

    def _get(self, name: str, default: Any, types: type | tuple[type, ...], called: str) -> Any:
        value = self._peek(name)
        if value is None:
            if default is _MISSING:
                raise UsageError(f"{self._method} needs {name}.")
            return default
        if not isinstance(value, types):
            raise UsageError(f"{self._method}: {name} must be {called}.")
        return value
