"""The user's own generators: one file of our format each, imported from whatever they were."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from latentedit.atomic_file import storage_error
from latentedit.checkpoints.safetensors_file import texts_of_safetensors
from latentedit.errors import CheckpointError, UsageError
from latentedit.generators.base import GeneratorSpec
from latentedit.generators.card import Card
from latentedit.generators.formats.found import FoundGenerator
from latentedit.generators.module import GeneratorModule
from latentedit.generators.native_file import spec_from_texts, write_native
from latentedit.user_data import is_device, user_folder

SUFFIX = ".safetensors"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True)
class GeneratorLibrary:
    """Generators under ``root``, as ``NAME.safetensors``. What lies there and is none is left alone."""

    root: Path

    @staticmethod
    def default() -> GeneratorLibrary:
        """The user's library: in ``LATENTEDIT_HOME``, or in the platform's folder for a user's data."""
        return GeneratorLibrary(user_folder("models"))

    def paths(self) -> Mapping[str, Path]:
        """The files by the generators' names, ascending."""
        try:
            files = sorted(self.root.glob(f"*{SUFFIX}"))
        except OSError:  # a folder that may not be read holds nothing for us
            return {}
        return {path.name.removesuffix(SUFFIX): path for path in files if path.is_file()}

    def spec(self, name: str) -> GeneratorSpec:
        """The facts about a generator, from the beginning of its file.

        Raises:
            CheckpointError: it cannot be read.
        """
        return replace(spec_from_texts(texts_of_safetensors(self.paths()[name])), name=name)

    def add(self, name: str, generator: GeneratorModule, found: FoundGenerator, card: Card, *, replacing: bool = False) -> Path:
        """Keep a generator under a name; returns its file.

        Raises:
            UsageError: the name cannot be used, or is in use and ``replacing`` is false.
            StorageError: it cannot be written.
        """
        self.check_free(name, replacing=replacing)
        path = self.root / f"{name}{SUFFIX}"
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(self.root, error) from error
        write_native(path, generator, found.config, replace(card, name=name))
        return path

    def check_free(self, name: str, *, replacing: bool = False) -> None:
        """Refuse a name that :meth:`add` would refuse.

        Raises:
            UsageError: it cannot be used, or is in use and ``replacing`` is false.
        """
        if not _NAME.fullmatch(name) or is_device(name):
            raise UsageError(
                f"{name[:100]} is no name for a generator.", hint="Use letters, digits, points, dashes and underscores."
            )
        taken = next((known for known in self.paths() if known.casefold() == name.casefold()), None)
        if taken is not None and not (replacing and taken == name):
            raise UsageError(f"There is a generator {taken} already.", hint="Choose another name, or replace it with --replace.")

    def remove(self, name: str) -> None:
        """Forget a generator.

        Raises:
            UsageError: there is none of this name.
            StorageError: it cannot be removed.
        """
        path = self.paths().get(name)
        if path is None:
            known = ", ".join(self.paths()) or "none"
            raise UsageError(f"There is no imported generator {name}.", hint=f"Imported: {known}.")
        try:
            path.unlink()
        except OSError as error:
            raise storage_error(path, error) from error

    def find(self, is_wanted: Callable[[GeneratorSpec], bool]) -> str | None:
        """The name of the first generator that is wanted; None when none is."""
        for name in self.paths():
            try:
                if is_wanted(self.spec(name)):
                    return name
            except CheckpointError:
                continue
        return None
