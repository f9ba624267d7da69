"""The directions that ship with a generator, found by our own discovery (``scripts/make_direction_pack.py``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from torch import Tensor

from latentedit import latents
from latentedit.directions.direction import Direction
from latentedit.directions.readers import read_vector
from latentedit.errors import DirectionError, UsageError
from latentedit.generators.base import Generator, GeneratorSpec


def pack_path(generator_name: str) -> Path:
    """Where the pack of a generator is (whether or not there is one)."""
    return Path(str(resources.files("latentedit.directions") / "data" / f"{generator_name}.safetensors"))


def default_directions(spec: GeneratorSpec) -> Mapping[str, Direction]:
    """The shipped directions of a generator by name; empty when none are shipped for it."""
    path = pack_path(spec.name)
    if not path.is_file():
        return {}
    from safetensors import safe_open

    with safe_open(path, framework="pt") as file:
        facts = json.loads(file.metadata()["directions"])
        return {
            name: Direction(
                name=name,
                vector=file.get_tensor(name),
                layers=tuple(about["layers"]) if about["layers"] is not None else None,
                default_range=(about["range"][0], about["range"][1]),
                effect=about["effect"],
                provenance=about["provenance"],
                licence=about["licence"],
            )
            for name, about in facts.items()
        }


def load_direction(name_or_path: str | Path, generator: Generator) -> Direction:
    """A shipped direction by its name, or one from a file, fitted to the generator's layers.

    A file's direction with another number of layers than the generator's is taken to be a StyleGAN2's and mapped by the layers' roles.

    Raises:
        UsageError: there is neither a direction nor a file of that name.
        DirectionError: the file is no direction, or does not fit the generator.
    """
    shipped = default_directions(generator.spec)
    if str(name_or_path) in shipped:
        return shipped[str(name_or_path)]
    path = Path(name_or_path)
    if not path.is_file():
        known = ", ".join(shipped) or "none are shipped for this generator"
        raise UsageError(f"There is no direction {name_or_path}.", hint=f"Known directions: {known}; or give a file.")
    return Direction(name=path.stem, vector=fit(read_vector(path), generator.spec, path.name), provenance=str(path.name))


def fit(vector: Tensor, spec: GeneratorSpec, what: str) -> Tensor:
    """``vector`` [w_dim] or [layers, w_dim] with a row for each of the generator's styles, or one for all.

    Raises:
        DirectionError: its width is not the generator's, or its layers have no counterpart.
    """
    if vector.shape[-1] != spec.w_dim:
        raise DirectionError(
            f"{what} is {vector.shape[-1]} wide; the latent space of {spec.name} has {spec.w_dim} dimensions.",
            hint="It was made for another generator.",
        )
    try:
        return latents.direction_for(vector, spec.layer_resolutions)
    except UsageError as error:
        raise DirectionError(f"{what} does not fit {spec.name}: {error}", hint=error.hint) from error
