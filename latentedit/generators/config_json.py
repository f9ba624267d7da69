"""Configurations of networks as JSON: written from their dataclasses, and read back checked against the dataclasses' own types."""

from __future__ import annotations

import dataclasses
import json
import math
import types
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from latentedit.errors import CheckpointError

Kind = TypeVar("Kind")
MAX_ITEMS = 256
MAX_NUMBER = 1 << 20
"""Nothing that a configuration counts or measures is larger; sizes that a file makes up are refused before anything is built of them."""


def to_json(config: Any) -> str:
    """One line of JSON of a frozen dataclass of numbers, texts, truth values, tuples and other such dataclasses."""
    return json.dumps(dataclasses.asdict(config), separators=(",", ":"))


def from_json(kind: type[Kind], text: str) -> Kind:
    """The dataclass ``kind`` that the text describes.

    Raises:
        CheckpointError: it is no JSON, or has missing, unknown or wrong entries.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CheckpointError("The file's configuration is damaged: it is no JSON.") from error
    result: Kind = _value(kind, value, "config")
    return result


def _value(kind: Any, value: Any, where: str) -> Any:
    origin = get_origin(kind)
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind, value, where)
    if origin in (Union, types.UnionType):
        (inner,) = [each for each in get_args(kind) if each is not type(None)]
        return None if value is None else _value(inner, value, where)
    if origin is Literal:
        if value not in get_args(kind):
            raise _damaged(where, f"is none of {', '.join(map(str, get_args(kind)))}")
        return value
    if origin is tuple:
        return _tuple(get_args(kind), value, where)
    return _plain(kind, value, where)


def _dataclass(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise _damaged(where, "is no object")
    hints = get_type_hints(kind)
    fields = {field.name: field for field in dataclasses.fields(kind)}
    if unknown := value.keys() - fields.keys():
        raise _damaged(where, f"has an unknown entry {min(unknown)[:40]!r}")
    needed = {name for name, field in fields.items() if field.default is field.default_factory is dataclasses.MISSING}
    if missing := needed - value.keys():
        raise _damaged(where, f"lacks {min(missing)!r}")
    return kind(**{name: _value(hints[name], entry, f"{where}.{name}") for name, entry in value.items()})


def _tuple(kinds: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list) or len(value) > MAX_ITEMS:
        raise _damaged(where, f"is no list of at most {MAX_ITEMS}")
    if kinds[-1] is Ellipsis:
        kinds = kinds[:1] * len(value)
    if len(kinds) != len(value):
        raise _damaged(where, f"has {len(value)} elements instead of {len(kinds)}")
    return tuple(_value(kind, entry, f"{where}[{i}]") for i, (kind, entry) in enumerate(zip(kinds, value, strict=True)))


def _plain(kind: Any, value: Any, where: str) -> Any:
    accepted = (int, float) if kind is float else kind
    if not isinstance(value, accepted) or (isinstance(value, bool) and kind is not bool):
        raise _damaged(where, f"is no {kind.__name__}")
    if isinstance(value, int | float) and not (math.isfinite(value) and abs(value) <= MAX_NUMBER):
        raise _damaged(where, "is out of range")
    return float(value) if kind is float else value


def _damaged(where: str, problem: str) -> CheckpointError:
    return CheckpointError(f"The file's configuration is damaged: {where} {problem}.")
