"""What all translators share: pictures of any size go in, and come out as large."""

from __future__ import annotations

from abc import ABC, abstractmethod

import torch
from torch import Tensor, nn

from latentedit.errors import UsageError
from latentedit.translators.config import AnyConfig


class Translator(nn.Module, ABC):
    """A network that draws a picture anew: [N, in_channels, H, W] in [-1, 1] to [N, out_channels, H, W] in [-1, 1].

    Networks that halve and double a picture return its size only if that is a multiple of ``size_multiple``. Any other picture is continued beyond its
    edges as in a mirror, up to the next such size, and the result is cut back; a picture of a fitting size is left alone.

    Args:
        in_channels: what pictures must have.
        size_multiple: of heights and widths, px.
        smallest: the smallest height and width that the network can take, px; a multiple of ``size_multiple``.
    """

    config: AnyConfig

    def __init__(self, in_channels: int, *, size_multiple: int, smallest: int) -> None:
        super().__init__()
        self.in_channels = in_channels
        self.size_multiple = size_multiple
        self._smallest = smallest

    @abstractmethod
    def translate(self, image: Tensor) -> Tensor:
        """As :meth:`forward`, for a picture of a fitting size."""

    def forward(self, image: Tensor) -> Tensor:
        """Translate pictures [N, in_channels, H, W] in [-1, 1] of any size to [N, out_channels, H, W] in [-1, 1].

        Raises:
            UsageError: it is no such picture.
        """
        if image.ndim != 4 or image.shape[1] != self.in_channels or 0 in image.shape:
            raise UsageError(
                f"This translator takes pictures [N, {self.in_channels}, H, W], not {list(image.shape)}.",
                hint="Models of one channel take grey pictures, models of three take RGB.",
            )
        height, width = image.shape[2:]
        rows, columns = self._fitting(height), self._fitting(width)
        if (rows, columns) == (height, width):
            return self.translate(image)
        top, left = (rows - height) // 2, (columns - width) // 2
        drawn = self.translate(_mirrored(_mirrored(image, 2, top, rows), 3, left, columns))
        return drawn[:, :, top : top + height, left : left + width]

    def _fitting(self, size: int) -> int:
        return max(-(-size // self.size_multiple) * self.size_multiple, self._smallest)


def _mirrored(image: Tensor, axis: int, before: int, length: int) -> Tensor:
    """``image`` with ``length`` rows (or columns), ``before`` of them in front of its own. torch's own padding stops at one reflection; a small
    picture in a deep U-Net needs many."""
    last = image.shape[axis] - 1
    at = (torch.arange(length, device=image.device) - before) % max(2 * last, 1)
    return image.index_select(axis, torch.minimum(at, 2 * last - at))
