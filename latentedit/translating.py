"""A picture through an image-to-image network, from pixels to pixels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from latentedit.errors import UsageError

if TYPE_CHECKING:
    from torch import Tensor

MAX_PIXELS = 6_000_000
"""Of a picture that is translated as a whole: a resnet of 64 channels takes about 1.5 KB of memory for each."""


def translate_pixels(path: str | Path, rgb_uint8: NDArray[np.uint8], device: str = "cpu") -> Iterator[NDArray[np.uint8] | None]:
    """Translate a picture with the network of a file, at the picture's own size; as :func:`translate_image`, but the result is [H, W, 3] uint8."""
    from latentedit.images import to_uint8

    for drawn in translate_image(path, rgb_uint8, device):
        yield None if drawn is None else to_uint8(drawn)


def sixteen_bits(image: Tensor) -> NDArray[np.uint16]:
    """A picture [1, 3, H, W] in about [-1, 1] as [H, W, 3] uint16 from 0 to 65535."""
    share = ((image[0].permute(1, 2, 0).clamp(-1, 1) + 1) / 2).double().cpu().numpy()
    return np.rint(share * 65535).astype(np.uint16)


def translate_image(path: str | Path, rgb_uint8: NDArray[np.uint8], device: str = "cpu") -> Iterator[Tensor | None]:
    """Translate a picture with the network of a file, at the picture's own size.

    Args:
        path: a generator of CycleGAN, pix2pix or AnimeGANv2; see :func:`latentedit.translators.load_translator`.
        rgb_uint8: [H, W, 3] sRGB; networks of one channel take its lightness.

    Yields: None when the network is loaded, then the result [1, 3, H, W] in about [-1, 1].

    Raises:
        CheckpointError: the file holds no such network.
        UsageError: the picture is too large, or the network takes other channels than one or three.
    """
    import torch

    from latentedit.image_io.colour import LUMA
    from latentedit.images import to_image
    from latentedit.translators import load_translator

    height, width = rgb_uint8.shape[:2]
    if height * width > MAX_PIXELS:
        raise UsageError(
            f"The picture has {width} x {height} pixels; at most {MAX_PIXELS // 10**6} megapixels are translated at once.",
            hint="Translate a face alone, or a smaller copy.",
        )
    network = load_translator(path, device)
    yield None
    image = to_image(rgb_uint8)
    if network.in_channels == 1:
        image = (image * torch.tensor(LUMA, dtype=image.dtype).reshape(1, 3, 1, 1)).sum(1, keepdim=True)
    with torch.no_grad():
        drawn = network(image.to(next(network.parameters()).device))
    if drawn.shape[1] not in (1, 3):
        raise UsageError(f"The network draws pictures of {drawn.shape[1]} channels, which are none of colour.")
    yield drawn.expand(-1, 3, -1, -1)
