"""An affine transformation of an image, resampled once and well (Karras et al., 2020, arXiv:2006.06676, appendix B, "Geometric transformations").

The image is doubled by an orthogonal low-pass filter, looked up bilinearly, and halved by the same filter. Moving by whole pixels is exact: what doubling does,
halving undoes. Beyond its border lies the image's mirror image. Mirrored at both ends, it repeats itself with a period of 2(size - 1) pixels: one period is
doubled, and each place is looked up modulo the period, so that no transformation reaches beyond what was made ready, and none depends on the rest of its batch.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit_training.augment.bilinear import look_up
from latentedit_training.augment.mirroring import extended, period
from latentedit_training.augment.wavelets import symlet

_SYM6 = symlet(6)
_CENTRE = sum(place * tap for place, tap in enumerate(_SYM6)) / sum(_SYM6)
"""By how much the filter delays low frequencies, in pixels of the doubled image: what a pixel's middle is, seen from the first tap that it meets."""


def warp(image: Tensor, matrix: Tensor) -> Tensor:
    """Each image transformed by its matrix: ``[N, C, H, W]``, twice differentiable in the image, constant in the matrix.

    Args:
        image: ``[N, C, H, W]``, float32 or float64.
        matrix: ``[N, 3, 3]``, invertible, in pixels from the middle of the image, x to the right and y down; see
            :mod:`latentedit_training.augment.matrices`. On any device.
    """
    height, width = image.shape[2:]
    places = _source_places(matrix, height, width).to(image)
    return _halved(look_up(_doubled(image), places))


def _source_places(matrix: Tensor, height: int, width: int) -> Tensor:
    """Where in one doubled period each pixel of the doubled result comes from: ``[N, 2H + 10, 2W + 10, 2]``, x and y."""
    # In double precision: places of a large image would lose the digits of their fractions.
    inverse = torch.linalg.inv(matrix.double())
    to_pixels = inverse.new_tensor([[0.5, 0, -(_CENTRE + width - 1) / 2], [0, 0.5, -(_CENTRE + height - 1) / 2], [0, 0, 1]])
    whole = torch.linalg.inv(to_pixels) @ inverse @ to_pixels
    x = torch.arange(2 * width + len(_SYM6) - 2, dtype=torch.float64, device=matrix.device)
    y = torch.arange(2 * height + len(_SYM6) - 2, dtype=torch.float64, device=matrix.device)
    rows = whole[:, None, None, :2]
    place = rows[..., 0] * x[None, None, :, None] + rows[..., 1] * y[None, :, None, None] + rows[..., 2]
    periods = place.new_tensor([2 * period(width), 2 * period(height)])
    return place.remainder(periods)


def _doubled(image: Tensor) -> Tensor:
    """One period of the mirrored image, of twice the size and a little longer: ``[N, C, 4(H - 1) + 2, 4(W - 1) + 2]``."""
    n, channels = image.shape[:2]
    # Channels as images of their own: forwards, a CPU takes half of the time that depthwise convolutions take it.
    plane = image.reshape(n * channels, 1, *image.shape[2:])
    for axis in (2, 3):
        size = plane.shape[axis]
        plane = extended(plane, len(_SYM6) // 2 - 1, period(size) - size + 1, axis)
        padding = (len(_SYM6) - 2, 0) if axis == 2 else (0, len(_SYM6) - 2)
        # Each doubled pixel sees every other tap, whose sum is the root of a half.
        plane = F.conv_transpose2d(plane, _kernel(plane, axis, gain=2**0.5), stride=_stride(axis), padding=padding)
    return plane.reshape(n, channels, *plane.shape[2:])


def _halved(image: Tensor) -> Tensor:
    """``[N, C, 2H + 10, 2W + 10]`` -> ``[N, C, H, W]``."""
    n, channels = image.shape[:2]
    plane = image.reshape(n * channels, 1, *image.shape[2:])
    for axis in (2, 3):
        plane = F.conv2d(plane, _kernel(plane, axis, gain=2**-0.5), stride=_stride(axis))
    return plane.reshape(n, channels, *plane.shape[2:])


def _stride(axis: int) -> tuple[int, int]:
    return (2, 1) if axis == 2 else (1, 2)


def _kernel(plane: Tensor, axis: int, gain: float) -> Tensor:
    taps = torch.tensor(_SYM6, dtype=plane.dtype, device=plane.device) * gain
    return taps.view((1, 1, -1, 1) if axis == 2 else (1, 1, 1, -1))
