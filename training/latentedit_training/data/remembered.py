"""What a run remembers of its images when they are not there: their shape, and the labels of some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from latentedit.errors import InputError
from latentedit_training.data.base import ImageSet, Labels
from latentedit_training.networks.base import ImageShape

MOST_LABELS = 1024
_UNLABELLED = 1024


@dataclass(frozen=True)
class RememberedImages:
    """As an :class:`ImageSet` that cannot be read: enough to set a run up that only draws.

    Attributes:
        shape: of the images.
        labels: of some of them, chosen by chance; None where the run was told none.
        count: how many they were.
    """

    shape: ImageShape
    labels: Labels | None
    count: int

    def __len__(self) -> int:
        return _UNLABELLED if self.labels is None else len(self.labels.values)

    def read(self, indices: Sequence[int]) -> Tensor:
        """There is nothing to be read.

        Raises:
            InputError: always.
        """
        raise InputError("A checkpoint holds no images to learn from.", hint="Name the images by --data.")

    def facts(self) -> dict[str, Any]:
        """All but the labels' values, as JSON holds it."""
        labels = None if self.labels is None else {"kind": self.labels.kind, "names": list(self.labels.names)}
        shape = {"channels": self.shape.channels, "height": self.shape.height, "width": self.shape.width}
        return {**shape, "count": self.count, "labels": labels}


def remembered(images: ImageSet, *, with_labels: bool, seed: int) -> RememberedImages:
    """What is to be kept of images: the labels of 1,024 at most, which are drawn with a seed, where the run is told them."""
    if not with_labels or images.labels is None:
        return RememberedImages(images.shape, None, len(images))
    labels = images.labels
    chosen = torch.randperm(len(labels.values), generator=torch.Generator().manual_seed(seed))[:MOST_LABELS]
    kept = Labels(labels.kind, labels.names, labels.values[chosen].cpu().contiguous())
    return RememberedImages(images.shape, kept, len(images))


def recalled(facts: Mapping[str, Any], values: Tensor | None) -> RememberedImages:
    """What :meth:`RememberedImages.facts` told, with the labels' values.

    Raises:
        KeyError: something is missing.
    """
    shape = ImageShape(int(facts["channels"]), int(facts["height"]), int(facts["width"]))
    told, count = facts["labels"], int(facts["count"])
    if told is None:
        return RememberedImages(shape, None, count)
    if values is None:
        raise KeyError("labels")
    return RememberedImages(shape, Labels(told["kind"], tuple(told["names"]), values), count)
