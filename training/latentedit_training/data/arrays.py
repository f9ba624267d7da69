"""Images that are in memory."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from latentedit_training.data.base import Labels
from latentedit_training.networks.base import ImageShape


class ArrayImages:
    """Images ``[N, C, H, W]`` uint8 of a tensor.

    Args:
        image_uint8: the images.
        labels: what is known of each.
    """

    def __init__(self, image_uint8: Tensor, labels: Labels | None = None) -> None:
        self._image_uint8 = image_uint8
        self._labels = labels
        _, channels, height, width = image_uint8.shape
        self._shape = ImageShape(channels, height, width)

    @property
    def shape(self) -> ImageShape:
        return self._shape

    @property
    def labels(self) -> Labels | None:
        return self._labels

    def __len__(self) -> int:
        return len(self._image_uint8)

    def read(self, indices: Sequence[int]) -> Tensor:
        """The images ``[N, C, H, W]`` uint8 at these places."""
        return self._image_uint8[torch.as_tensor(indices, dtype=torch.int64)]
