"""The networks that learn MNIST from a hundred labels (Salimans et al., 2016, section 6.1, and its published code).

Both work on flat images in [0, 1], and turn those of the loop, in [-1, 1], into these.
"""

from __future__ import annotations

import itertools
import math
from typing import Annotated, Literal

import torch
import torch.nn.functional as F
from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor, nn

from latentedit_training.layers.batch_norm import BatchNorm
from latentedit_training.layers.gaussian_noise import GaussianNoise
from latentedit_training.layers.weight_norm import WeightNormLinear
from latentedit_training.networks.base import ImageShape, Judgement
from latentedit_training.networks.labels import with_labels
from latentedit_training.objectives.semi_supervised import real_logits
from latentedit_training.strictness import STRICT

_Width = Annotated[int, Field(ge=1)]


@dataclass(frozen=True, config=STRICT)
class SalimansMnistGenerator:
    """Two hidden layers of softplus with batch normalisation.

    Attributes:
        z_dim: numbers that it draws from.
        width: of its hidden layers.
    """

    name: Literal["salimans-mnist"] = "salimans-mnist"
    z_dim: _Width = 100
    width: _Width = 500

    def build(self, image: ImageShape, c_dim: int) -> MnistGenerator:
        """See :class:`latentedit_training.networks.base.GeneratorConfig`."""
        return MnistGenerator(image, self.z_dim, self.width, c_dim)


@dataclass(frozen=True, config=STRICT)
class SalimansMnistClassifier:
    """Hidden layers of ReLU with weight normalisation, and noise before each layer.

    Attributes:
        widths: of its hidden layers.
        input_noise: deviation of the noise on the image.
        noise: on every hidden layer.
    """

    name: Literal["salimans-mnist"] = "salimans-mnist"
    widths: tuple[_Width, ...] = (1000, 500, 250, 250, 250)
    input_noise: Annotated[float, Field(ge=0)] = 0.3
    noise: Annotated[float, Field(ge=0)] = 0.5

    def build(self, image: ImageShape, c_dim: int) -> MnistClassifier:
        """A classifier of ``c_dim`` classes."""
        return MnistClassifier(image, self.widths, c_dim, input_noise=self.input_noise, noise=self.noise)


class MnistGenerator(nn.Module):
    """z ``[N, z_dim]`` and c ``[N, c_dim]`` to images ``[N, C, H, W]``."""

    def __init__(self, image: ImageShape, z_dim: int, width: int, c_dim: int) -> None:
        super().__init__()
        self.z_dim, self.c_dim, self.image = z_dim, c_dim, image
        self.hidden = nn.Sequential(
            nn.Linear(z_dim + c_dim, width, bias=False),
            BatchNorm(width),
            nn.Softplus(),
            nn.Linear(width, width, bias=False),
            BatchNorm(width),
            nn.Softplus(),
        )
        self.output = WeightNormLinear(width, image.channels * image.height * image.width, learn_scale=True)
        for layer in self.hidden:
            if isinstance(layer, nn.Linear):
                nn.init.xavier_uniform_(layer.weight)

    def forward(self, z: Tensor, c: Tensor | None = None) -> Tensor:
        shape = self.image
        return (
            2
            * torch.sigmoid(self.output(self.hidden(with_labels(z, c, self.c_dim)))).view(
                -1, shape.channels, shape.height, shape.width
            )
            - 1
        )


class MnistClassifier(nn.Module):
    """Images ``[N, C, H, W]`` to a judgement whose label logits are the classes'."""

    def __init__(self, image: ImageShape, widths: tuple[int, ...], classes: int, *, input_noise: float, noise: float) -> None:
        super().__init__()
        sizes = (math.prod((image.channels, image.height, image.width)), *widths)
        pairs = itertools.pairwise(sizes)
        self.hidden = nn.ModuleList(WeightNormLinear(fan_in, fan_out) for fan_in, fan_out in pairs)
        self.noises = nn.ModuleList(GaussianNoise(input_noise if index == 0 else noise) for index in range(len(sizes)))
        self.output = WeightNormLinear(sizes[-1], classes, learn_scale=True)

    def forward(self, image: Tensor, c: Tensor | None = None) -> Judgement:
        x = (image.flatten(1) + 1) / 2
        for noise, linear in zip(self.noises, self.hidden, strict=False):
            x = F.relu(linear(noise(x)))
        logits = self.output(self.noises[-1](x))
        return Judgement(real_logits(logits), x, logits)

    @torch.no_grad()
    def take_reference(self, image: Tensor, c: Tensor | None) -> None:
        """Take the layers' scales from images ``[N, C, H, W]``: each layer's outputs have mean 0 and deviation 1."""
        x = (image.flatten(1) + 1) / 2
        for noise, linear in zip(self.noises, self.hidden, strict=False):
            assert isinstance(linear, WeightNormLinear)
            x = F.relu(linear.take_scale(noise(x)))
        self.output.take_scale(self.noises[-1](x))
