"""Find a direction by what a user calls it, and fit it to a generator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from torch import Tensor

from latentedit import latents
from latentedit.directions.direction import Direction
from latentedit.directions.formats.found import FoundDirection
from latentedit.directions.library import DirectionLibrary
from latentedit.directions.pack import default_directions
from latentedit.directions.readers import pick, read_directions
from latentedit.errors import DirectionError, UsageError
from latentedit.generators.base import Generator, GeneratorSpec

MAX_TOLD_NAMES = 30
MAX_STYLEGAN2_STYLES = 20
"""Of 2048 px; what has more layers, and not as many as the generator, was no StyleGAN2's."""


def load_direction(name_or_path: str | Path, generator: Generator, *, library: DirectionLibrary | None = None) -> Direction:
    """A direction by name or from a file, fitted to the generator's layers.

    Looked for among those that ship, then in the user's library, then among files. A file with several directions needs a choice behind its
    name: ``ffhq_pca.pt:3`` or ``ffhq_pca.pt:pca_3``.

    Args:
        library: the user's own when None.

    Raises:
        UsageError: there is neither a direction nor a file of that name, or the file holds several.
        DirectionError: the file holds no direction, or one that does not fit the generator.
    """
    return find_direction(name_or_path, generator.spec, library=library)


def find_direction(name_or_path: str | Path, spec: GeneratorSpec, *, library: DirectionLibrary | None = None) -> Direction:
    """As :func:`load_direction`, for a generator that need not be loaded."""
    name = str(name_or_path)
    shipped = default_directions(spec)
    if name in shipped:
        return shipped[name]
    library = library or DirectionLibrary.default()
    own = library.get(name, spec)
    if own is not None:
        return own
    path, which = split_pick(name)
    if path is None:
        known = [*shipped, *library.names(spec)]
        raise UsageError(f"There is no direction {name_or_path}.", hint=f"{known_names(name, known)}; or give a file.")
    return fit(pick(read_directions(path), which, path.name), spec, path.name)


def known_names(name: str, known: Sequence[str]) -> str:
    """A hint for who asked for an unknown name: what may have been meant, and the names that there are, not all of very many."""
    near = get_close_matches(name, known, n=3)
    told = list(dict.fromkeys([*near, *known]))
    more = f" and {len(told) - MAX_TOLD_NAMES} more" if len(told) > MAX_TOLD_NAMES else ""
    meant = f"Did you mean {' or '.join(near)}? " if near else ""
    return f"{meant}Known directions: {', '.join(told[:MAX_TOLD_NAMES]) or 'none yet'}{more}"


def split_pick(name: str) -> tuple[Path | None, str | None]:
    """``ffhq_pca.pt:3`` as the file and the choice in it; a file of the whole name goes first. No path when there is no such file."""
    if is_file(Path(name)):
        return Path(name), None
    file, colon, which = name.rpartition(":")
    if colon and which and is_file(Path(file)):
        return Path(file), which
    return None, None


def is_file(path: Path) -> bool:
    """Whether it is one; a name that cannot be one is none."""
    try:
        return path.is_file()
    except OSError:  # too long for a name, or in a folder that may not be looked into
        return False


def fit(found: FoundDirection, spec: GeneratorSpec, what: str) -> Direction:
    """A file's direction with a row for each of the generator's styles, or one for all, and with the generator's layers.

    One with another number of layers than the generator's is taken to be a StyleGAN2's, if the file does not tell, and mapped by the layers' roles
    (:func:`latentedit.latents.map_layers`).

    Args:
        what: what to call it in errors.

    Raises:
        DirectionError: its width is not the generator's, or its layers have no counterpart.
    """
    direction = found.direction
    width = direction.vector.shape[-1]
    if width != spec.w_dim:
        raise DirectionError(
            f"{what} is {width} wide; the latent space of {spec.name} has {spec.w_dim} dimensions.",
            hint="It was made for another generator.",
        )
    try:
        source = _resolutions(found, spec)
        vector = latents.direction_for(direction.vector, spec.layer_resolutions, source)
        measured = direction.measured if source == spec.layer_resolutions else None  # on other layers, it would do something else
        return replace(direction, vector=vector, layers=_layers(direction, source, spec), measured=measured)
    except UsageError as error:
        raise DirectionError(f"{what} does not fit {spec.name}: {error}", hint=error.hint) from error


def _resolutions(found: FoundDirection, spec: GeneratorSpec) -> tuple[int, ...]:
    """Of the layers that the direction was made for."""
    if found.layer_resolutions is not None:
        return found.layer_resolutions
    vector = found.direction.vector
    count = _rows(vector) or spec.num_ws
    if count == spec.num_ws:
        return spec.layer_resolutions
    if not (4 <= count <= MAX_STYLEGAN2_STYLES and count % 2 == 0):
        raise UsageError(
            f"no StyleGAN2 has {count} layers", hint="If its rows are directions of their own, save them as [count, 1, w_dim]."
        )
    return latents.stylegan2_resolutions(count)


def _rows(vector: Tensor) -> int | None:
    return None if vector.ndim == 1 else vector.shape[0]


def _layers(direction: Direction, source: tuple[int, ...], spec: GeneratorSpec) -> tuple[int, ...] | None:
    if direction.layers is None:
        return None
    if max(direction.layers) >= len(source):
        raise UsageError(f"it moves layer {max(direction.layers)} of {len(source)}")
    mapped = latents.map_layer_range(direction.layers, source, spec.layer_resolutions)
    if not mapped:
        raise UsageError("none of the layers that it moves has a counterpart")
    return mapped
