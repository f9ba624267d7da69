"""Principal components of W (Härkönen et al., 2020, arXiv:2004.02546, GANSpace).

Its own dumps (``lat_comp``, ``lat_stdev``, beside those of activations), and the dictionaries that the encoders ship (``comp``, ``std``). An
amount counts standard deviations of W along the component, as the sliders of GANSpace do: the vector is the component times its deviation.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from latentedit.directions.formats.found import FoundDirection, numbered
from latentedit.errors import DirectionError

_KEYS = (("lat_comp", "lat_stdev"), ("comp", "std"))
_RANGE = 3.0
"""Deviations; 99.7% of the faces lie within, if W were normal."""


def read_ganspace(tree: Any, name: str) -> tuple[FoundDirection, ...] | None:
    """The components, strongest first, as ``pca_1``...; None when ``tree`` is no such dictionary.

    Raises:
        DirectionError: components and deviations do not fit each other, or the components are of Z.
    """
    keys = next((keys for keys in _KEYS if isinstance(tree, dict) and set(keys) <= tree.keys()), None)
    if keys is None:
        return None
    components, deviations = (tree[key] for key in keys)
    if not (
        isinstance(components, np.ndarray)
        and isinstance(deviations, np.ndarray)
        and components.ndim >= 2
        and components.dtype.kind in "f"
        and deviations.dtype.kind in "f"
        and deviations.size == len(components)
    ):
        raise DirectionError(f"{name} holds components and deviations that do not fit each other.")
    deviations = deviations.reshape(-1)
    if "lat_stdev" in keys and len(deviations) > 1 and bool((deviations == 1).all()):
        # GANSpace writes ones where it worked in Z, whose deviations are 1 by definition.
        raise DirectionError(f"{name} holds components of Z; edits move W.", hint="Make it with GANSpace's --use_w.")
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = [component * deviation for component, deviation in zip(components, deviations, strict=True)]
    return numbered(
        "pca", scaled, name, provenance="GANSpace component", unit="a standard deviation of W along the component", amount=_RANGE
    )
