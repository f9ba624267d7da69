"""The pieces of a StyleGAN2 as :mod:`latentedit.generators.stylegan2` names them, from the pieces of a file that holds tensors and nothing else.

Such files leave the learning rates' equalisation to the program; here it is multiplied in.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from latentedit.generators.formats.found import linear

MAPPING_RATE = 0.01
"""By how much the mapping network learns slower, in all programs of StyleGAN2 unless told otherwise."""


@dataclass(frozen=True, eq=False)
class Affine:
    """What makes a style of ``w``: weight [C, w_dim], as stored, and bias [C] with the 1 that styles begin at."""

    weight: Tensor
    bias: Tensor

    def tensors(self, target: str) -> dict[str, Tensor]:
        return linear(f"{target}.affine", self.weight, self.bias, gain=self.weight.shape[1] ** -0.5)


@dataclass(frozen=True, eq=False)
class Convolution:
    """A styled convolution: weight [O, I, 3, 3] as stored, but in the order of correlation, or of a transposed one for upsampling.

    ``up`` says that it doubles height and width: torch wants the kernels of such ones the other way round.
    """

    weight: Tensor
    bias: Tensor
    affine: Affine
    noise_strength: Tensor | None
    noise: Tensor | None
    up: bool = False

    def tensors(self, target: str) -> dict[str, Tensor]:
        weight = equalised(self.weight)
        if self.up:
            weight = weight.transpose(0, 1).contiguous()
        tensors = {f"{target}.weight": weight, f"{target}.bias": self.bias.reshape(-1)}
        if self.noise is not None and self.noise_strength is not None:
            tensors[f"{target}.noise_strength"] = self.noise_strength.reshape(())
            tensors[f"{target}.noise"] = self.noise.reshape(1, 1, *self.noise.shape[-2:])
        return {**tensors, **self.affine.tensors(target)}


@dataclass(frozen=True, eq=False)
class ToImage:
    """A to-image layer: weight [img_channels, C, 1, 1] as stored."""

    weight: Tensor
    bias: Tensor
    affine: Affine

    def tensors(self, target: str) -> dict[str, Tensor]:
        own = {f"{target}.weight": equalised(self.weight), f"{target}.bias": self.bias.reshape(-1)}
        return {**own, **self.affine.tensors(target)}


def equalised(weight: Tensor) -> Tensor:
    """A kernel [O, I, k, k] divided by the square root of its fan-in."""
    return weight / math.sqrt(weight[0].numel())


def mapping_layer(number: int, weight: Tensor, bias: Tensor, rate: float = MAPPING_RATE) -> dict[str, Tensor]:
    """A layer of the mapping network, weight [out, in] as stored."""
    return linear(f"mapping_network.layers.{number}", weight, bias, gain=rate * weight.shape[1] ** -0.5, bias_gain=rate)


def own_noise(index: int, resolution: int) -> Tensor:
    """A map for a file that stores none: the same each time, so that drawings are repeatable."""
    return torch.randn(1, 1, resolution, resolution, generator=torch.Generator().manual_seed(index))
