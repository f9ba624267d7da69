"""A user's own scorer: Python code that runs only because the user named it."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from hashlib import blake2b
from pathlib import Path
from types import ModuleType

import numpy as np
import numpy.typing as npt

from latentedit.directions.scorers.base import Scorer, Scores
from latentedit.errors import InputError, UsageError

HINT = "Write FILE.py:CLASS or MODULE:CLASS, a class with names and score(picture) -> {name: number}."


def load_own_scorer(name: str) -> Scorer:
    """The scorer that ``FILE.py:CLASS`` or ``MODULE:CLASS`` names, made without arguments. This runs the file.

    Raises:
        UsageError: there is no such file, module or class, or it is no scorer.
        InputError: its code fails.
    """
    source, colon, kind = name.rpartition(":")
    if not (source and colon and kind):
        raise UsageError(f"{name} names no scorer.", hint=HINT)
    module = _load_file(Path(source)) if source.endswith(".py") else _load_module(source)
    made = getattr(module, kind, None)
    if not callable(made):
        raise UsageError(f"{source} has no class {kind}.", hint=HINT)
    try:
        scorer = made()
    except Exception as error:  # whatever a user's code raises
        raise InputError(f"{name} cannot be made: {type(error).__name__}: {error}", hint="Mend its __init__.") from error
    names = getattr(scorer, "names", None)
    named = isinstance(names, tuple) and len(names) > 0 and all(isinstance(each, str) for each in names)
    if not (named and callable(getattr(scorer, "score", None))):
        raise UsageError(f"{name} is no scorer.", hint=HINT)
    return _Guarded(name, scorer)


class _Guarded:
    """A user's scorer, whose failures are told as the user's."""

    def __init__(self, source: str, scorer: Scorer) -> None:
        self._source, self._scorer = source, scorer

    @property
    def names(self) -> tuple[str, ...]:
        return self._scorer.names

    def score(self, rgb_uint8: npt.NDArray[np.uint8]) -> Scores:
        try:
            return {str(name): float(value) for name, value in self._scorer.score(rgb_uint8).items()}
        except Exception as error:  # whatever a user's code raises
            raise InputError(f"{self._source} cannot score: {type(error).__name__}: {error}", hint="Mend its score().") from error


def _load_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", hint=HINT)
    # Dataclasses and typing look their module up by its name; the file's own name may be a library's.
    name = f"_latentedit_own_scorer_{blake2b(bytes(path.resolve()), digest_size=8).hexdigest()}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # whatever a user's code raises
        del sys.modules[name]
        raise InputError(f"{path} cannot be run: {type(error).__name__}: {error}", hint="Mend it.") from error
    return module


def _load_module(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise UsageError(f"There is no module {error.name}.", hint=HINT) from error
    except Exception as error:  # whatever a user's code raises
        raise InputError(f"{name} cannot be imported: {type(error).__name__}: {error}", hint="Mend it.") from error
