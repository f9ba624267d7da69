"""Faces drawn small, to be measured or shown."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import torch.nn.functional as F
from torch import Tensor

from latentedit.generators.base import Generator
from latentedit.images import to_uint8


def draw_preview(generator: Generator, w_plus: Tensor, layers: Iterable[int] | None) -> npt.NDArray[np.uint8]:
    """One face [p, p, 3] of a latent [1, num_ws, w_dim] at the preview's size; ``layers`` as for :func:`small_image`."""
    return to_uint8(small_image(generator, w_plus, layers))


def small_image(generator: Generator, w_plus: Tensor, layers: Iterable[int] | None) -> Tensor:
    """One face [1, 3, p, p], in about [-1, 1], of a latent [1, num_ws, w_dim] at the preview's size.

    Args:
        layers: which styles a preview must be right about, as those that an edit moves; None for what any preview shows. Where the generator's cheap
            preview leaves one of them out, the face is drawn whole and made small.
    """
    size = generator.spec.preview_resolution
    shown = generator.spec.preview_num_ws or generator.num_ws
    if size is None or layers is None or all(layer < shown for layer in layers):
        return generator.preview(w_plus)
    return F.interpolate(generator.synthesis(w_plus), size=(size, size), mode="area")
