"""The pieces of a StyleGAN as :mod:`latentedit.generators.stylegan1` names them, from the pieces of a file.

Weights come as they act, with the factors of equalised learning rates multiplied in (see :func:`scaled`).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit.errors import CheckpointError
from latentedit.generators.formats.found import linear

MAPPING_RATE = 0.01
"""By how much the mapping network learns slower in NVIDIA's program, unless told otherwise."""
RELU_GAIN = math.sqrt(2)
"""What keeps the variance through a (leaky) ReLU; StyleGAN multiplies it into the weights before one."""
FUSED_PX = 128
"""From this resolution on, the original program upsamples and convolves in one step, unless told otherwise."""


def filled(tensor: Tensor) -> Tensor:
    """The tensor itself.

    Raises:
        CheckpointError: it is empty; no layer of a whole network is.
    """
    if not tensor.numel():
        raise CheckpointError("The checkpoint holds an empty layer.", hint="Is it whole?")
    return tensor


def scaled(weight: Tensor, gain: float = RELU_GAIN) -> Tensor:
    """A weight [out, in, ...] times ``gain``, divided by the square root of its fan-in (Karras et al., 2018, section 4.1).

    Raises:
        CheckpointError: it is empty.
    """
    return filled(weight) * (gain / math.sqrt(weight[0].numel()))


def upsampling(weight: Tensor, *, fused: bool) -> Tensor:
    """The 4x4 kernel of a transposed convolution that upsamples and convolves (see :mod:`latentedit.generators.stylegan1`).

    Args:
        weight: [O, I, 3, 3].
        fused: whether the program takes the 3x3 kernel for that of a transposed convolution, not of a plain one: mirrored.

    Returns: [I, O, 4, 4].
    """
    padded = F.pad(weight if fused else weight.flip((2, 3)), (1, 1, 1, 1))
    rows = padded[:, :, 1:] + padded[:, :, :-1]
    return (rows[:, :, :, 1:] + rows[:, :, :, :-1]).transpose(0, 1).contiguous()


def from_one(style_bias: Tensor) -> Tensor:
    """The bias [2 C] of a style whose scales begin at 1 where the program adds that 1 itself."""
    return style_bias + torch.cat([torch.ones(len(style_bias) // 2), torch.zeros(len(style_bias) - len(style_bias) // 2)])


def grown(lod: float, blocks: int) -> float:
    """How far a network of so many blocks has grown, within what it can draw.

    Raises:
        CheckpointError: ``lod`` is not finite.
    """
    if not math.isfinite(lod):
        raise CheckpointError("The checkpoint does not tell how far its network has grown.", hint="Is it whole?")
    return min(max(lod, 0.0), blocks - 1.0)


@dataclass(frozen=True, eq=False)
class Layer:
    """A styled layer.

    Attributes:
        bias: [O].
        weight: [O, I, 3, 3], or [I, O, 4, 4] for upsampling; None behind the constant.
        noise_strength: [O], or None without noise.
        style: weight [2 O, w_dim] and bias [2 O], or None without styles.
        taps: of the blur behind an upsampling.
    """

    bias: Tensor
    weight: Tensor | None = None
    noise_strength: Tensor | None = None
    style: tuple[Tensor, Tensor] | None = None
    taps: Tensor | None = None

    def tensors(self, target: str) -> dict[str, Tensor]:
        own = {"bias": filled(self.bias), "weight": self.weight, "noise_strength": self.noise_strength, "taps": self.taps}
        named = {f"{target}.{name}": value for name, value in own.items() if value is not None}
        return named if self.style is None else {**named, **linear(f"{target}.affine", *self.style)}


@dataclass(frozen=True, eq=False)
class Block:
    """All of one resolution.

    Attributes:
        layers: two.
        noise: maps [1, 1, r, r], as many as the configuration tells.
        to_image: weight [img_channels, C, 1, 1] and bias [img_channels], or None.
    """

    layers: tuple[Layer, Layer]
    noise: Sequence[Tensor] = ()
    to_image: tuple[Tensor, Tensor] | None = None

    @property
    def channels(self) -> int:
        return len(self.layers[1].bias)

    def tensors(self, target: str) -> dict[str, Tensor]:
        own = self.layers[0].tensors(f"{target}.layer0") | self.layers[1].tensors(f"{target}.layer1")
        if self.noise:
            own[f"{target}.noise"] = torch.cat([each.reshape(1, 1, *each.shape[-2:]) for each in self.noise], dim=1)
        return own if self.to_image is None else own | linear(f"{target}.to_image", *map(filled, self.to_image))


def blocks_tensors(blocks: Sequence[Block]) -> dict[str, Tensor]:
    """
    Raises:
        CheckpointError: blocks do not follow upon each other.
    """
    if not blocks or blocks[-1].to_image is None:
        raise CheckpointError("The checkpoint lacks the layers that draw.", hint="Is it whole, and a generator?")
    for coarse, fine in itertools.pairwise(blocks):
        weight = fine.layers[0].weight
        if weight is None or weight.shape[0] != coarse.channels:
            raise CheckpointError("The checkpoint's layers do not follow upon each other.", hint="Is it whole?")
    return {name: value for index, block in enumerate(blocks) for name, value in block.tensors(f"blocks.{index}").items()}
