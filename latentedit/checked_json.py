"""Reading JSON from files that may be damaged or hostile: every value is asked for by kind and range, or
refused.

A :class:`Node` is one value with the place where it stands. Whatever is wrong with it, the answer is one
:class:`~latentedit.errors.ProjectFileError` that names the place.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from latentedit.errors import ProjectFileError

DAMAGED_HINT = "Restore a copy of the project, or open the photograph again."
MAX_DEPTH = 32
"""Of what is kept without being understood: whoever walks through it may recurse."""
NEWER_HINT = "Update latentedit, then open it again."


def newer_version(what: str) -> ProjectFileError:
    """The error for something that only a newer version of the program can know."""
    return ProjectFileError(f"The project was written by a newer version of latentedit: {what}.", hint=NEWER_HINT)


@dataclass(frozen=True)
class Node:
    """A JSON value and where it stands, such as ``edits.json: faces[0].edits[2].amount``."""

    value: object
    where: str

    def fail(self, problem: str) -> ProjectFileError:
        """The error to raise for this value."""
        return ProjectFileError(f"The project is damaged: {self.where} {problem}.", hint=DAMAGED_HINT)

    def fields(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Node]:
        """The members of an object with all ``required`` keys, perhaps ``optional`` ones, and no others."""
        if not isinstance(self.value, dict):
            raise self.fail("is not an object")
        keys = set(self.value)
        if missing := sorted(set(required) - keys):
            raise self.fail(f"lacks {missing[0]!r}")
        if unknown := sorted(keys - set(required) - set(optional)):
            raise self.fail(f"has an unknown entry {unknown[0][:40]!r}")
        return {key: Node(value, f"{self.where}.{key}") for key, value in self.value.items()}

    def mapping(self, max_count: int) -> dict[str, Node]:
        """The members of an object with any keys."""
        if not isinstance(self.value, dict):
            raise self.fail("is not an object")
        if len(self.value) > max_count:
            raise self.fail(f"has more than {max_count} entries")
        return {key: Node(value, f"{self.where}.{key[:40]}") for key, value in self.value.items()}

    def items(self, max_count: int) -> list[Node]:
        """The elements of an array."""
        if not isinstance(self.value, list):
            raise self.fail("is not a list")
        if len(self.value) > max_count:
            raise self.fail(f"has more than {max_count} elements")
        return [Node(value, f"{self.where}[{index}]") for index, value in enumerate(self.value)]

    def integer(self, low: int, high: int) -> int:
        """A whole number in [low, high]."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.fail("is not a whole number")
        if not low <= self.value <= high:
            raise self.fail(f"is outside {low} to {high}")
        return self.value

    def number(self, low: float = -math.inf, high: float = math.inf) -> float:
        """A finite number in [low, high]."""
        if not isinstance(self.value, int | float) or isinstance(self.value, bool):
            raise self.fail("is not a number")
        # Compared before float(), which cannot hold every JSON integer.
        if not max(low, -1e308) <= self.value <= min(high, 1e308):
            raise self.fail("is not a finite number" if math.isinf(high) else f"is outside {low:g} to {high:g}")
        return float(self.value)

    def text(self, max_length: int = 1000) -> str:
        """A string that can be written as UTF-8."""
        if not isinstance(self.value, str):
            raise self.fail("is not a text")
        if len(self.value) > max_length:
            raise self.fail(f"is longer than {max_length} characters")
        if any("\ud800" <= character <= "\udfff" for character in self.value):
            raise self.fail("is not valid Unicode")
        return self.value

    def anything(self) -> object:
        """The value as it is: whatever JSON holds, nested at most :data:`MAX_DEPTH` deep, with texts that can be written as UTF-8."""
        level = [self.value]
        for _ in range(MAX_DEPTH):
            inner: list[object] = []
            for value in level:
                if isinstance(value, str):
                    Node(value, self.where).text(len(value))
                elif isinstance(value, list):
                    inner += value
                elif isinstance(value, dict):
                    inner += [*value, *value.values()]
            if not inner:
                return self.value
            level = inner
        raise self.fail(f"is nested more than {MAX_DEPTH} deep")

    def boolean(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.fail("is neither true nor false")
        return self.value

    def or_none(self) -> Node | None:
        """None if the value is null, else this node."""
        return None if self.value is None else self


def parse_json(data: bytes, where: str) -> Node:
    """Read UTF-8 JSON: no NaN or infinity, nor numbers too large to be anything else, no key twice in one object.

    Raises:
        ProjectFileError: it is anything else.
    """
    root = Node(None, where)

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        members = dict(pairs)
        if len(members) != len(pairs):
            raise ValueError("a key occurs twice")
        return members

    def refuse(constant: str) -> NoReturn:
        raise ValueError(f"{constant} is not a finite number")

    def finite(digits: str) -> float:
        return number if math.isfinite(number := float(digits)) else refuse(digits)

    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=unique, parse_constant=refuse, parse_float=finite)
    except (
        ValueError,
        RecursionError,
    ) as error:  # ValueError covers broken UTF-8, broken JSON and integers of absurd length
        raise root.fail("is not valid JSON") from error
    return Node(value, where)


def finite_json(value: Any) -> Any:
    """What can be written as JSON, which has neither NaN nor infinity: null stands for a measure that failed."""
    if hasattr(value, "item"):  # one of numpy's numbers
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): finite_json(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [finite_json(entry) for entry in value]
    return value
