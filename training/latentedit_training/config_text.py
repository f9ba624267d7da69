"""Configurations as text: recipes in TOML, KEY=VALUE on the command line, JSON in checkpoints."""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from latentedit.errors import UsageError
from latentedit_training.config import TrainConfig

Tree = dict[str, Any]
"""What TOML and JSON hold."""


@cache
def _adapter() -> TypeAdapter[TrainConfig]:
    return TypeAdapter(TrainConfig)


def config_from_tree(tree: Mapping[str, Any]) -> TrainConfig:
    """A configuration, each value checked against its type and range.

    Raises:
        UsageError: a name is unknown, or a value is of the wrong type or out of range; says which.
    """
    try:
        return _adapter().validate_json(
            json.dumps(tree), strict=True
        )  # as JSON: a list is a tuple there, and nothing else is converted
    except ValidationError as error:
        raise UsageError(_told(error), hint="latentedit train RECIPE --show lists all settings.") from error


def config_from_json(text: str) -> TrainConfig:
    """The configuration that :func:`config_to_json` wrote.

    Raises:
        UsageError: as :func:`config_from_tree`.
        ValueError: it is no JSON.
    """
    return config_from_tree(json.loads(text))


def config_to_json(config: TrainConfig) -> str:
    """All values, defaults too: a later version's defaults do not change an old run."""
    return _adapter().dump_json(config).decode()


def tree_of(config: TrainConfig) -> Tree:
    """A configuration as TOML and JSON hold it."""
    tree: Tree = json.loads(config_to_json(config))
    return tree


def overridden(tree: Mapping[str, Any], assignments: Iterable[str]) -> Tree:
    """A tree with ``KEY=VALUE`` put in: dots go deeper, a number goes into a list, and a value is TOML's, or else a text.

    Raises:
        UsageError: an assignment is none, or leads into a value that has nothing in it.
    """
    changed: Tree = json.loads(json.dumps(tree))
    for assignment in assignments:
        key, equals, value = assignment.partition("=")
        if not equals or not key.strip():
            raise UsageError(f"{assignment!r} is no KEY=VALUE.", hint="For example: steps=1000 optimizers.g.lr=0.0001.")
        _put(changed, key.strip().split("."), _value(value), key)
    return changed


def _value(text: str) -> Any:
    if text.strip() == "none":  # TOML has no word for it
        return None
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _put(tree: Any, path: list[str], value: Any, key: str) -> None:
    for part in path[:-1]:
        if isinstance(tree, list) and part.isdecimal() and int(part) < len(tree):
            tree = tree[int(part)]
        elif isinstance(tree, dict):
            if not isinstance(tree.get(part), dict | list):
                tree[part] = {}
            tree = tree[part]
        else:
            raise UsageError(
                f"{key}: there is nothing called {part!r}.", hint="latentedit train RECIPE --show lists all settings."
            )
    if isinstance(tree, list) and path[-1].isdecimal() and int(path[-1]) < len(tree):
        tree[int(path[-1])] = value
    elif isinstance(tree, dict):
        tree[path[-1]] = value
    else:
        raise UsageError(
            f"{key}: there is nothing called {path[-1]!r}.", hint="latentedit train RECIPE --show lists all settings."
        )


def _told(error: ValidationError) -> str:
    """The first thing that is wrong, in one line."""
    first = error.errors(include_url=False)[0]
    tags, fields = _names()
    parts = [str(part) for part in first["loc"]]
    where = ".".join(
        part for part in parts if part not in tags
    )  # a union's choice stands in pydantic's path, and in nobody's file
    if first["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        near = difflib.get_close_matches(parts[-1], fields, n=1)
        return f"{where} is no setting" + (f"; did you mean {near[0]}?" if near else ".")
    if first["type"] in ("missing", "missing_argument"):
        return f"{where} is missing."
    message = first["msg"]
    return f"{where}: {message[:1].lower()}{message[1:]}; got {str(first['input'])[:60]!r}."


@cache
def _names() -> tuple[frozenset[str], tuple[str, ...]]:
    """The names of all choices (of games, networks, augmentations), and of all settings."""
    schema = _adapter().json_schema()
    tags: set[str] = set()
    fields: set[str] = set()
    for definition in (schema, *schema["$defs"].values()):
        for name, described in definition.get("properties", {}).items():
            fields.add(name)
            if name == "name" and "const" in described:
                tags.add(described["const"])
    return frozenset(tags), tuple(sorted(fields))
