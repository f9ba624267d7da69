"""The training package, found by its name: the engine and its commands do not know it."""

from __future__ import annotations

import importlib
from types import ModuleType

from latentedit.errors import ResourceError

_PACKAGE = "latentedit_training"


def laboratory(module: str) -> ModuleType:
    """One of its modules.

    Raises:
        ResourceError: a package that it needs is not installed.
    """
    try:
        return importlib.import_module(f"{_PACKAGE}.{module}")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith(("latentedit", _PACKAGE)):
            raise
        hint = "Install what training needs: pip install 'latentedit[train]'."
        raise ResourceError(f"The package {error.name} is missing.", hint=hint) from error
