"""What is kept of a set of images while they go by, a batch at a time: as little as the figures need."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from latentedit_training.metrics.extractors.base import Features
from latentedit_training.metrics.frechet import Moments, RunningMoments

_MOST_IMAGES = 500
_MOST_BYTES = 1 << 28


@dataclass(frozen=True)
class Needs:
    """What figures are computed of.

    Attributes:
        moments: mean and covariance, whose size does not depend on the number of images.
        features: all of them.
        logits: all of them.
        images: some of them, to be compared in pairs.
    """

    moments: bool = False
    features: bool = False
    logits: bool = False
    images: bool = False


class Gathered:
    """A set of images as far as it has gone by.

    Attributes:
        count: images that have.
    """

    def __init__(self, needs: Needs) -> None:
        self.needs = needs
        self.count = 0
        self._moments: RunningMoments | None = None
        self._features: list[Tensor] = []
        self._logits: list[Tensor] = []
        self._images: list[Tensor] = []

    def add(self, image_uint8: Tensor, features: Features) -> None:
        """Take in images ``[N, C, H, W]`` and what an extractor says of them."""
        self.count += len(image_uint8)
        if self.needs.moments:
            if self._moments is None:
                self._moments = RunningMoments(features.pool.shape[1])
            self._moments.add(features.pool)
        if self.needs.features:
            self._features.append(features.pool.cpu())
        if self.needs.logits and features.logits is not None:
            self._logits.append(features.logits.cpu())
        room = min(_MOST_IMAGES, max(2, _MOST_BYTES // image_uint8[0].numel())) - sum(map(len, self._images))
        if self.needs.images and room > 0:
            self._images.append(image_uint8[:room].cpu())

    def moments(self) -> Moments:
        """Mean and covariance of the features.

        Raises:
            ValueError: they are not kept, or of fewer than two images.
        """
        if self._moments is None:
            raise ValueError("no moments are kept")
        return self._moments.moments()

    def features(self) -> Tensor:
        """All features ``[N, F]``.

        Raises:
            ValueError: they are not kept.
        """
        if not self._features:
            raise ValueError("no features are kept")
        return torch.cat(self._features)

    def logits(self) -> Tensor | None:
        """All logits ``[N, K]``; None where the extractor has no classes."""
        return torch.cat(self._logits) if self._logits else None

    def images(self) -> Tensor:
        """The first images ``[M, C, H, W]`` uint8, at most 500 or 256 MiB of them."""
        return torch.cat(self._images)
