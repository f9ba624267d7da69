"""Labels as networks are told them, and few of them."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from latentedit_training.data.base import Labels


def label_vectors(labels: Labels, indices: Sequence[int]) -> Tensor:
    """``[N, len(names)]`` float32: a 1 among zeros for a class, or the attributes."""
    values = labels.values[torch.as_tensor(indices)]
    if labels.kind == "attributes":
        return values.float()
    return torch.nn.functional.one_hot(values, len(labels.names)).float()


def few_of_each_class(labels: Labels, count: int, seed: int) -> list[int]:
    """Places of ``count`` images, as many of each class, drawn with a seed."""
    shuffled = torch.randperm(len(labels.values), generator=torch.Generator().manual_seed(seed))
    each = count // len(labels.names)
    chosen = [shuffled[labels.values[shuffled] == number][:each] for number in range(len(labels.names))]
    return torch.cat(chosen).sort().values.tolist()
