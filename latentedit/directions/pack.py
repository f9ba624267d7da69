"""The directions that ship with a generator, found by our own discovery (``scripts/make_direction_pack.py``)."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from latentedit.directions.direction import Direction
from latentedit.directions.formats.pack_file import read_pack
from latentedit.generators.base import GeneratorSpec


def pack_path(generator_name: str) -> Path:
    """Where the pack of a generator is (whether or not there is one)."""
    return Path(str(resources.files("latentedit.directions") / "data" / f"{generator_name}.safetensors"))


def default_directions(spec: GeneratorSpec) -> Mapping[str, Direction]:
    """The shipped directions of a generator by name; empty when none are shipped for it."""
    path = pack_path(spec.name)
    if not path.is_file():
        return {}
    return {direction.name: direction for direction in read_pack(path).directions}
