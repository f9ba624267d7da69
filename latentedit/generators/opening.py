"""Opening a checkpoint of any program as a generator: by what is in it, never by its name, and without running any of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from latentedit.checkpoints.foreign import read_contents
from latentedit.errors import CheckpointError
from latentedit.generators.formats.found import FoundGenerator, Source
from latentedit.generators.formats.genforce import read_genforce
from latentedit.generators.formats.interfacegan import read_interfacegan
from latentedit.generators.formats.nvidia import read_nvidia
from latentedit.generators.formats.rosinality_stylegan1 import read_rosinality_stylegan1
from latentedit.generators.formats.tensorflow import read_tensorflow

MAX_BYTES = 8 << 30
READERS: tuple[Callable[[Source], FoundGenerator | None], ...] = (
    read_nvidia,
    read_tensorflow,
    read_genforce,
    read_interfacegan,
    read_rosinality_stylegan1,
)
"""Each looks at what a file holds and says None when it is of another program."""

_WANTED = ("G_ema", "g_ema", "g_running", "generator_smooth")


def read_generator(path: Path, img_resolution: int | None = None) -> FoundGenerator:
    """The generator in a checkpoint.

    Args:
        img_resolution: for files that do not tell it.

    Raises:
        CheckpointError: the file is damaged, unsafe, or of no known program.
    """
    source = Source(read_contents(path, MAX_BYTES, _wanted_part).tree, path, img_resolution)
    for read in READERS:
        found = read(source)
        if found is not None:
            return found
    raise CheckpointError(f"{path.name} holds no generator of a known kind.{_contents(source.tree)}")


def file_hash(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _wanted_part(tree: Any) -> Any:
    """Without what is not read: discriminators, optimisers, the copy of the generator that is trained."""
    if isinstance(tree, tuple | list) and len(tree) == 3:  # TensorFlow's G, D, Gs
        return tree[-1:]
    if isinstance(tree, dict) and any(key in tree for key in _WANTED):
        kept = {key for key in tree if key in _WANTED} | {"latent_avg", "training_set_kwargs", "args"}
        return {key: value for key, value in tree.items() if key in kept}
    return tree


def _contents(tree: Any) -> str:
    if not isinstance(tree, Mapping):
        return ""
    names = [str(name)[:40] for name in list(tree)[:3]]
    return f" It holds {', '.join(names)}{' and more' if len(tree) > 3 else ''}." if names else ""
