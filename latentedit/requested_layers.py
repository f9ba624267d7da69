"""Layers as people write them: ``all``, ``coarse``, ``middle``, ``fine``, or numbers such as ``0-3,7``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from latentedit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

LAYERS = re.compile(r"all|coarse|middle|fine|\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*", re.ASCII)
LAYERS_HINT = "Layers are all, coarse, middle, fine, or numbers such as 0-3,7."


def check_layers(text: str) -> str:
    """The text, if it can name layers of some generator.

    Raises:
        UsageError: it cannot.
    """
    if not LAYERS.fullmatch(text):
        raise UsageError(f"{text} names no layers.", hint="Write coarse, middle, fine, or numbers such as 0-3,7.")
    return text


def layers_of(text: str, layer_resolutions: Sequence[int]) -> tuple[int, ...] | None:
    """``"coarse"``, ``"0-3,7"`` -> layers of a generator; None for all.

    Raises:
        UsageError: a layer does not exist, a range is empty, or the band is in a small generator.
    """
    from latentedit.latents import bands

    if check_layers(text) == "all":
        return None
    band = {str(name): layers for name, layers in bands(layer_resolutions).items()}.get(text)
    if band is not None:
        if not band:
            raise UsageError(f"This generator has no {text} layers.", hint=f"It has layers 0 to {len(layer_resolutions) - 1}.")
        return band
    layers: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        low, high = int(first), int(last or first)
        if not low <= high < len(layer_resolutions):
            raise UsageError(f"{part} names no layers.", hint=f"This generator has layers 0 to {len(layer_resolutions) - 1}.")
        layers += range(low, high + 1)
    return tuple(layers)
