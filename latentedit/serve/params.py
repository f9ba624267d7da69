"""The parameters of a request, asked for by name and type."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from latentedit.serve.protocol import ProtocolError, is_whole

ALL = "all"
_MAX_TEXT = 4096


class Params:
    """The members of an object that came from outside; every getter raises :class:`ProtocolError` where the value is of another type."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def require_only(self, names: frozenset[str]) -> None:
        """Refuse members that nobody would read: they are likely to be misspelt."""
        if unknown := sorted(set(self._values) - names):
            known = ", ".join(sorted(names)) or "none"
            raise ProtocolError(f"There is no parameter {unknown[0][:40]!r}.", hint=f"Known: {known}.")

    def raw(self, name: str) -> Any:
        """The value as it came."""
        if name not in self:
            raise ProtocolError(f"The parameter {name} is missing.")
        return self._values[name]

    def whole(self, name: str, default: int | None = None, *, low: int = 0, high: int = 2**53) -> int:
        """A whole number from ``low`` to ``high``."""
        value = self.raw(name) if default is None or name in self else default
        if not is_whole(value) or not low <= value <= high:
            raise self._wrong(name, f"a whole number from {low} to {high}")
        return int(value)

    def number(self, name: str, default: float | None = None) -> float:
        """A finite number."""
        value = self.raw(name) if default is None or name in self else default
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 2.0**63:
            raise self._wrong(name, "a number")
        return float(value)

    def flag(self, name: str, *, default: bool) -> bool:
        """True or false."""
        value = self.raw(name) if name in self else default
        if not isinstance(value, bool):
            raise self._wrong(name, "true or false")
        return value

    def text(self, name: str, default: str | None = None) -> str:
        """A text of reasonable length without characters that no name has."""
        value = self.raw(name) if default is None or name in self else default
        return self._checked(name, value)

    def texts(self, name: str) -> list[str]:
        """Several texts; none where they are left out."""
        return [self._checked(name, value) for value in self.several(name)]

    def several(self, name: str) -> Sequence[Any]:
        """The elements of an array; none where it is left out."""
        value = self.raw(name) if name in self else []
        if not isinstance(value, list):
            raise self._wrong(name, "an array")
        return value

    def choice(self, name: str, choices: Sequence[str], default: str | None = None) -> str:
        """One of a few words."""
        value = self.text(name, default)
        if value not in choices:
            raise self._wrong(name, f"one of {', '.join(choices)}")
        return value

    def path(self, name: str) -> Path:
        """A path."""
        return Path(self.text(name))

    def inner(self, name: str, names: frozenset[str]) -> Params:
        """The members of an object, which may have these."""
        return inner(self.raw(name), name, names)

    def box(self, name: str, count: int) -> tuple[int, ...]:
        """So many whole numbers."""
        value = self.several(name)
        if len(value) != count or not all(is_whole(each) and abs(each) < 2**31 for each in value):
            raise self._wrong(name, f"{count} whole numbers")
        return tuple(value)

    def _checked(self, name: str, value: object) -> str:
        if not isinstance(value, str) or len(value) > _MAX_TEXT or "\0" in value:
            raise self._wrong(name, f"a text of at most {_MAX_TEXT} characters")
        try:
            os.fsencode(value)
        except UnicodeEncodeError as error:
            raise self._wrong(name, "a text of Unicode characters") from error
        return value

    def _wrong(self, name: str, wanted: str) -> ProtocolError:
        return ProtocolError(f"The parameter {name} is not {wanted}.")


def inner(value: object, name: str, names: frozenset[str]) -> Params:
    """An object within the parameters.

    Raises:
        ProtocolError: it is none, or has other members than these.
    """
    if not isinstance(value, dict):
        raise ProtocolError(f"The parameter {name} is no object.")
    params = Params(value)
    params.require_only(names)
    return params


def finite(value: float) -> float | None:
    """A number as JSON can tell it."""
    return value if math.isfinite(value) else None
