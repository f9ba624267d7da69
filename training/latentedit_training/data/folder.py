"""Images in a folder and its folders."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import torch

from latentedit.errors import InputError, UsageError
from latentedit.image_io.kinds import kind_for_suffix
from latentedit_training.data.base import Labels

MAX_FILE_BYTES = 1 << 30
"""Larger files are refused before they are read."""


@dataclass(frozen=True)
class FolderFiles:
    """The files below a folder that are named as images, in the natural order of their names: 2 comes before 10.

    Names that begin with a point are left out, as file managers leave their own pictures there.
    """

    folder: Path
    names: tuple[str, ...]

    @classmethod
    def find(cls, folder: Path) -> FolderFiles:
        """Look for images.

        Raises:
            InputError: it is no folder, or one in it may not be read.
        """
        if not folder.is_dir():
            raise InputError(f"There is no folder {folder}.", hint="Check the spelling.")
        found = []

        def refuse(error: OSError) -> None:
            raise InputError(f"{error.filename} cannot be read ({error.strerror}).", hint="Change its permissions.") from error

        for place, folders, files in os.walk(folder, onerror=refuse):
            folders[:] = [name for name in folders if not name.startswith(".")]
            inside = Path(place).relative_to(folder)
            found += [(inside / name).as_posix() for name in files if not name.startswith(".") and is_image_name(name)]
        return cls(folder, tuple(sorted(found, key=natural_key)))

    @property
    def where(self) -> str:
        return str(self.folder)

    def read_bytes(self, index: int, limit: int | None = None) -> bytes:
        """The bytes of an image's file, or at most the first ``limit``.

        Raises:
            InputError: it has vanished, may not be read, or is too large.
        """
        path = self.folder / self.names[index]
        try:
            with path.open("rb") as file:
                if os.fstat(file.fileno()).st_size > MAX_FILE_BYTES:
                    raise InputError(f"{path} is larger than {MAX_FILE_BYTES >> 20} MiB.", hint="Make it smaller.")
                return file.read(-1 if limit is None else limit)
        except OSError as error:
            raise InputError(
                f"{path} cannot be read ({error.strerror}).", hint="Was it moved, or its disk taken away?"
            ) from error


def folder_labels(files: FolderFiles) -> Labels:
    """Classes by subfolder: each image is of the class that its outermost folder names.

    Raises:
        InputError: an image lies in none.
    """
    outermost = [PurePosixPath(name).parts[0] if "/" in name else None for name in files.names]
    if None in outermost:
        stray = files.names[outermost.index(None)]
        raise InputError(f"{stray} lies in no subfolder of {files.folder}, which names classes.", hint="Move it into one.")
    names = sorted({name for name in outermost if name is not None}, key=natural_key)
    numbers = {name: number for number, name in enumerate(names)}
    values = [numbers[name] for name in outermost if name is not None]
    return Labels("class", tuple(names), torch.tensor(values, dtype=torch.int64))


def is_image_name(name: str) -> bool:
    """Whether a name ends as those of images that are read."""
    try:
        kind_for_suffix(Path(name))
    except UsageError:
        return False
    return True


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """What to sort names by, so that numbers in them count as numbers; ties are broken by the name itself."""
    parts = re.split(r"([0-9]+)", name)
    key = [(0, int(part), "") if number % 2 else (1, 0, part.casefold()) for number, part in enumerate(parts)]
    return [*key, (2, 0, name)]
