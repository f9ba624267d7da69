"""What metrics expect of a network that they measure by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor


@dataclass(frozen=True)
class Features:
    """What a network says of images.

    Attributes:
        pool: ``[N, F]``, its last features.
        logits: ``[N, K]`` of its classes; None where it has none.
    """

    pool: Tensor
    logits: Tensor | None


class Extractor(Protocol):
    """A network to measure by.

    A figure means nothing without its name: ``name`` says which network and weights, ``resizer`` how images are brought to its size.
    """

    @property
    def name(self) -> str: ...

    @property
    def resizer(self) -> str: ...

    @property
    def device(self) -> torch.device: ...

    def __call__(self, image: Tensor) -> Features:
        """Features of images ``[N, C, H, W]`` in [-1, 1], without gradients, on :attr:`device`, wherever the images are."""
        ...
