"""Recipes: configurations as TOML files, one for each result of a paper."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from latentedit.errors import InputError, UsageError

SUFFIX = ".toml"


def recipe_names() -> list[str]:
    """The recipes that come along, by name."""
    return sorted(file.name.removesuffix(SUFFIX) for file in files(__name__).iterdir() if file.name.endswith(SUFFIX))


def read_recipe(name: str) -> dict[str, Any]:
    """A recipe that comes along, by its name; or a TOML file of the user's, by its path.

    Raises:
        UsageError: there is none of this name.
        InputError: the file is no TOML.
    """
    if name in recipe_names():
        text = files(__name__).joinpath(name + SUFFIX).read_text(encoding="utf-8")
    else:
        path = Path(name)
        if not path.is_file():
            raise UsageError(
                f"There is no recipe {name!r}.", hint="latentedit train --list shows all; a file's path is a recipe too."
            )
        text = path.read_text(encoding="utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{name} is no TOML: {error}.") from error
