"""The user's own directions: one file each, in a folder for each generator."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from latentedit.atomic_file import replacing, storage_error
from latentedit.directions.direction import Direction
from latentedit.directions.formats.pack_file import pack_bytes, read_pack
from latentedit.directions.pack import default_directions
from latentedit.edits.edit import MAX_NAME
from latentedit.errors import DirectionError, UsageError
from latentedit.generators.base import GeneratorSpec
from latentedit.user_data import is_device, user_folder

SUFFIX = ".safetensors"
_MAX_NAME_BYTES = 200
"""File systems take 255 for a file's name."""
_FORBIDDEN = frozenset('<>:"/\\|?*')
"""What one of the systems that we run on does not have in the name of a file; the colon also chooses within a file of directions."""
_HASH_DIGITS = 12


@dataclass(frozen=True)
class DirectionLibrary:
    """Directions under ``root``: ``root/GENERATOR-HASH/NAME.safetensors``, each with all that is known about it.

    A file can be taken to another machine and imported there. What lies in the folder and is no direction of that generator is left alone, and
    told by :meth:`skipped`.
    """

    root: Path

    @staticmethod
    def default() -> DirectionLibrary:
        """The user's library: in ``LATENTEDIT_HOME``, or in the platform's folder for a user's data."""
        return DirectionLibrary(user_folder("directions"))

    def folder(self, spec: GeneratorSpec) -> Path:
        """Where the directions of a generator are; the hash tells apart what shares a name, and finds what has got another."""
        known = sorted(self.root.glob(f"*-{spec.weights_hash[:_HASH_DIGITS]}"))
        if known:
            return known[0]
        plain = re.sub(r"[^A-Za-z0-9_-]+", "-", Path(spec.name).stem).strip("-")[:60] or "generator"
        return self.root / f"{plain}-{spec.weights_hash[:_HASH_DIGITS]}"

    def all(self, spec: GeneratorSpec) -> Mapping[str, Direction]:
        """The directions of a generator by name, ascending; files that cannot be used are left out."""
        return {name: found for name, found in self._read(spec) if isinstance(found, Direction)}

    def skipped(self, spec: GeneratorSpec) -> Mapping[str, str]:
        """Why files of a generator's folder are left out, by their names without suffix."""
        return {name: str(found) for name, found in self._read(spec) if not isinstance(found, Direction)}

    def names(self, spec: GeneratorSpec) -> tuple[str, ...]:
        """The names of the files, ascending, without reading them."""
        return tuple(path.name.removesuffix(SUFFIX) for path in self._files(spec))

    def get(self, name: str, spec: GeneratorSpec) -> Direction | None:
        """One direction; None when there is none of this name.

        Raises:
            DirectionError: its file cannot be used.
        """
        path = self._find(name, spec)
        return None if path is None else _read_one(path, spec)

    def add(self, direction: Direction, spec: GeneratorSpec, *, replace: bool = False) -> Path:
        """Keep a direction that fits the generator; returns its file.

        Raises:
            UsageError: its name cannot be used, ships with the generator, or is in use and ``replace`` is false.
            DirectionError: it does not fit the generator, or a value of it is out of range.
            StorageError: it cannot be written.
        """
        return self.add_all([direction], spec, replace=replace)[0]

    def add_all(self, directions: Sequence[Direction], spec: GeneratorSpec, *, replace: bool = False) -> tuple[Path, ...]:
        """As :meth:`add`, for several: none is written when one cannot be kept."""
        names = [self._check_free(direction.name, spec, replace=replace) for direction in directions]
        if len({_folded(name) for name in names}) != len(names):
            raise UsageError("Two of the directions have the same name.", hint="Add them one by one, under other names.")
        files = [pack_bytes([direction], spec) for direction in directions]
        folder = self.folder(spec)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(folder, error) from error
        paths = tuple(folder / f"{name}{SUFFIX}" for name in names)
        for path, data in zip(paths, files, strict=True):
            with replacing(path) as file:
                file.write(data)
        return paths

    def _check_free(self, name: str, spec: GeneratorSpec, *, replace: bool) -> str:
        check_name(name)
        shipped = {_folded(known): known for known in default_directions(spec)}
        if _folded(name) in shipped:
            raise UsageError(
                f"The name {name} is taken: {shipped[_folded(name)]} ships with {spec.name}.",
                hint=f"Choose another, such as my-{name}.",
            )
        known = self._find(name, spec)
        if known is None:
            return name
        taken = known.name.removesuffix(SUFFIX)
        if not replace:
            raise UsageError(f"There is a direction {taken} already.", hint="Choose another name, or replace it with --replace.")
        if taken != name:
            raise UsageError(
                f"The name {name} differs from {taken} in case or accents alone.", hint="Choose another name, or write it alike."
            )
        return name

    def remove(self, name: str, spec: GeneratorSpec) -> None:
        """Forget a direction, also one whose file cannot be read.

        Raises:
            UsageError: there is none of this name, or it ships with the generator.
            StorageError: it cannot be removed.
        """
        path = self._find(name, spec)
        if path is None:
            if name in default_directions(spec):
                raise UsageError(f"{name} ships with {spec.name} and stays.", hint="Only own directions can be removed.")
            known = ", ".join(self.names(spec)) or "none"
            raise UsageError(f"There is no own direction {name}.", hint=f"Own directions of {spec.name}: {known}.")
        try:
            path.unlink()
        except OSError as error:
            raise storage_error(path, error) from error

    def _read(self, spec: GeneratorSpec) -> Iterator[tuple[str, Direction | DirectionError]]:
        for path in self._files(spec):
            try:
                yield path.name.removesuffix(SUFFIX), _read_one(path, spec)
            except DirectionError as error:
                yield path.name.removesuffix(SUFFIX), error

    def _files(self, spec: GeneratorSpec) -> list[Path]:
        try:
            files = [path for path in self.folder(spec).iterdir() if path.name.endswith(SUFFIX) and path.is_file()]
            return sorted(files, key=lambda path: _by_number(path.name))
        except OSError:  # there is no folder yet, or it may not be read: there are no directions either way
            return []

    def _find(self, name: str, spec: GeneratorSpec) -> Path | None:
        """The file of a name; names that differ in case or in how accents are written are one, since they are one file on some systems."""
        return next((path for path in self._files(spec) if _folded(path.name) == _folded(f"{name}{SUFFIX}")), None)


def check_name(name: str) -> str:
    """``name``, if a direction of the library can have it.

    Raises:
        UsageError: it cannot.
    """
    short = 0 < len(name) <= MAX_NAME and len(name.encode("utf-8", "replace")) <= _MAX_NAME_BYTES
    if not (short and name.isprintable() and name == name.strip()):
        raise UsageError(
            f"A direction's name is 1 to {_MAX_NAME_BYTES} printable characters, without spaces around it.",
            hint="Choose another name.",
        )
    if _FORBIDDEN & set(name) or name.startswith((".", "-")) or name.endswith(".") or is_device(name):
        raise UsageError(
            f"A direction cannot be called {name}.",
            hint=f"Names are also files': they have none of {' '.join(sorted(_FORBIDDEN))}, and do not begin with a dot or a dash.",
        )
    return name


def _read_one(path: Path, spec: GeneratorSpec) -> Direction:
    """The direction of a library's file.

    Raises:
        DirectionError: it cannot be read, or is of another generator or name.
    """
    pack = read_pack(path)
    name = path.name.removesuffix(SUFFIX)
    if pack.generator is None or pack.generator.weights_hash != spec.weights_hash:
        raise DirectionError(f"{path.name} is of another generator than {spec.name}.", hint="Import it to use it.")
    if len(pack.directions) != 1 or _folded(pack.directions[0].name) != _folded(name):
        raise DirectionError(f"{path.name} does not hold the direction {name} alone.", hint="Import it to use it.")
    (direction,) = pack.directions
    if direction.vector.shape not in ((spec.w_dim,), (spec.num_ws, spec.w_dim)) or max(direction.layers or (0,)) >= spec.num_ws:
        raise DirectionError(f"{path.name} does not fit {spec.name}.", hint="Remove it, and import it again.")
    return direction


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _by_number(name: str) -> list[tuple[int, str]]:
    """Sorts ``pca_2`` before ``pca_10``."""
    return [(int(part), "") if part.isascii() and part.isdecimal() else (0, part) for part in re.split(r"([0-9]{1,9})", name)]
