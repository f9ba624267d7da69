"""Boundaries between low and high scores (Shen et al., 2020, arXiv:1907.10786, InterFaceGAN): their unit normals are directions.

InterFaceGAN's own files hold the normal alone ([1, w_dim], see :mod:`latentedit.directions.formats.plain`). In-domain inversion (Zhu et al.,
2020, arXiv:2004.00049) and HiGAN write a dictionary: ``boundary``, and ``meta_data`` that names the layers to move; others add ``intercept``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np

from latentedit.directions.direction import Direction
from latentedit.directions.formats.found import FoundDirection, as_vector, unit_of
from latentedit.edits.edit import MAX_LAYER, normal_layers
from latentedit.errors import DirectionError, UsageError
from latentedit.latents import stylegan2_resolutions

_RANGE = 3.0
"""In which the paper moves."""
_LARGEST = 18
_LAYERS = re.compile(r"(?=.{1,5000}\Z)\s*\d{1,4}(\s*-\s*\d{1,4})?(\s*,\s*\d{1,4}(\s*-\s*\d{1,4})?)*\s*")


def read_interfacegan(tree: Any, name: str) -> tuple[FoundDirection, ...] | None:
    """The one direction; None when ``tree`` is no such dictionary. Where the boundary lies (``intercept``) does not matter to a direction.

    Raises:
        DirectionError: the boundary is no direction, or its layers cannot be read.
    """
    if not (isinstance(tree, dict) and "boundary" in tree):
        return None
    boundary, about = tree["boundary"], tree.get("meta_data")
    if not isinstance(boundary, np.ndarray):
        raise DirectionError(f"{name} holds a boundary that is no array.")
    vector = as_vector(boundary, name)
    layers = _layers(about.get("manipulate_layers"), name) if isinstance(about, dict) else None
    direction = Direction(
        Path(name).stem, vector, layers, (-_RANGE, _RANGE), provenance=f"boundary of {name} (InterFaceGAN)", unit=unit_of(vector)
    )
    # Layers are of a StyleGAN; which one, only a vector with a row for each of them tells, but the first layers of all are the same.
    told = vector.ndim == 1 and layers is not None
    return (FoundDirection(direction, stylegan2_resolutions(_LARGEST) if told else None),)


def _layers(written: Any, name: str) -> tuple[int, ...] | None:
    """Of a list of numbers, or of a text such as ``0-3,7``; nothing stands for all."""
    if isinstance(written, np.ndarray) and written.size <= MAX_LAYER + 1:
        written = written.reshape(-1).tolist()
    if isinstance(written, list) and all(type(layer) is int and 0 <= layer <= MAX_LAYER for layer in written):
        written = ",".join(map(str, sorted(set(written))))
    if written in (None, ""):
        return None
    if not (isinstance(written, str) and _LAYERS.fullmatch(written)):
        raise DirectionError(f"{name} names the layers that it moves in a way that is not read.")
    spans = [span.partition("-") for span in written.split(",")]
    try:
        return normal_layers(
            layer for first, _, last in spans for layer in range(int(first), min(int(last or first), MAX_LAYER + 1) + 1)
        )
    except UsageError as error:
        raise DirectionError(f"{name} moves layers that no generator has: {error}") from error
