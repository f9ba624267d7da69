"""Images that lie in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from latentedit_training.data.base import Labels
from latentedit_training.data.fitting import Fit, fitted
from latentedit_training.networks.base import ImageShape


@dataclass(frozen=True, eq=False)
class ArrayImages:
    """An :class:`~latentedit_training.data.base.ImageSet` of a tensor.

    Attributes:
        images: ``[N, C, H, W]`` uint8 with 1 or 3 channels.
        labels: one for each image.
        wanted: another shape that they get when they are read.
        fit: how.

    Raises:
        ValueError: another type or shape of tensor, or another number of labels.
    """

    images: Tensor
    labels: Labels | None = None
    wanted: ImageShape | None = None
    fit: Fit = "crop"

    def __post_init__(self) -> None:
        if self.images.dtype != torch.uint8 or self.images.ndim != 4 or self.images.shape[1] not in (1, 3):
            raise ValueError(f"expected uint8 [N, 1 or 3, H, W], got {self.images.dtype} {list(self.images.shape)}")
        if self.labels is not None and len(self.labels.values) != len(self.images):
            raise ValueError(f"{len(self.images)} images have {len(self.labels.values)} labels")

    @property
    def shape(self) -> ImageShape:
        _, channels, height, width = self.images.shape
        return self.wanted or ImageShape(channels, height, width)

    def __len__(self) -> int:
        return len(self.images)

    def read(self, indices: Sequence[int]) -> Tensor:
        """The images ``[N, C, H, W]`` uint8 at these places; a copy."""
        stored = self.images[torch.tensor(list(indices), dtype=torch.int64)]
        if stored.shape[1:] == (self.shape.channels, self.shape.height, self.shape.width):
            return stored
        result = torch.empty(len(stored), self.shape.channels, self.shape.height, self.shape.width, dtype=torch.uint8)
        for i, image in enumerate(stored):
            picture = np.ascontiguousarray(image.permute(1, 2, 0).numpy())
            result[i] = torch.from_numpy(fitted(picture, self.shape, self.fit))
        return result
