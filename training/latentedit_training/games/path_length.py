"""Path-length regularisation as a configuration names it (Karras et al., 2020, section 3.2 and appendix B)."""

from __future__ import annotations

from typing import Annotated

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor

from latentedit_training.draws import Draws
from latentedit_training.networks.base import StyledNetwork
from latentedit_training.regularizers.path_length import path_length_penalty, path_lengths
from latentedit_training.strictness import STRICT


@dataclass(frozen=True, config=STRICT)
class PathLengthConfig:
    """A step in W changes the image as much wherever it is taken.

    Attributes:
        weight: of the squared difference of lengths and their moving mean.
        decay: how fast the mean follows.
        every: steps between two computations, each of which counts as many times.
        shrink: of so many images, one is drawn for it: it needs much memory.
    """

    weight: Annotated[float, Field(ge=0)] = 2.0
    decay: Annotated[float, Field(gt=0, le=1)] = 0.01
    every: Annotated[int, Field(ge=1)] = 4
    shrink: Annotated[int, Field(ge=1)] = 2

    def due(self, step: int) -> bool:
        """Whether it is computed in this step."""
        return step % self.every == 0

    def lengths(self, network: StyledNetwork, z: Tensor, c: Tensor | None, draws: Draws) -> Tensor:
        """``‖Jᵀ y‖`` of every ``shrink``-th image of the batch of all processes, of latents ``[N, z_dim]`` of this part: ``[M]``."""
        chosen = torch.arange(draws.start, draws.stop, device=z.device) % self.shrink == 0
        w_plus = network.w_plus(z, c, draws, "path length")[chosen]
        image = network.drawn(w_plus, draws, "path length", chosen)
        noise = draws.normal("path length y", *image.shape[1:])
        return path_lengths(image, w_plus, noise[chosen])

    def penalty(self, lengths: Tensor, mean: Tensor) -> Tensor:
        """The weighted mean over images, a scalar."""
        return self.weight * self.every * path_length_penalty(lengths, mean).mean()
