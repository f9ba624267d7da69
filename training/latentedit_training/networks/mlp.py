"""The first paper's networks for MNIST (Goodfellow et al., 2014, section 5): fully connected, with dropout in the discriminator.

The paper's discriminator has maxout units; so has this one.
"""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor, nn

from latentedit_training.networks.base import ImageShape, Judgement
from latentedit_training.networks.judgement_head import JudgementHead
from latentedit_training.networks.labels import with_labels
from latentedit_training.networks.options import CONFIG, Conditioning, LatentSize, Width

_INITIAL = 0.05
"""The weights' range in the paper's code."""


@dataclass(frozen=True, config=CONFIG)
class MlpGenerator:
    """Two hidden layers of ReLU.

    Attributes:
        z_dim: numbers that it draws from.
        width: of its hidden layers.
    """

    name: Literal["mlp"] = "mlp"
    z_dim: LatentSize = 100
    width: Width = 1200

    def build(self, image: ImageShape, c_dim: int) -> MlpGeneratorNetwork:
        """See :class:`latentedit_training.networks.base.GeneratorConfig`."""
        return MlpGeneratorNetwork(image, self.z_dim, self.width, c_dim)


@dataclass(frozen=True, config=CONFIG)
class MlpDiscriminator:
    """Two hidden layers of maxout with dropout.

    Attributes:
        width: maxout units of each layer.
        pieces: linear pieces of each unit.
        input_dropout: share of the image's values that is dropped.
        dropout: of the hidden units.
        conditioning: how labels are judged; the paper has none.
    """

    name: Literal["mlp"] = "mlp"
    width: Width = 240
    pieces: Width = 5
    input_dropout: Annotated[float, Field(ge=0, lt=1)] = 0.2
    dropout: Annotated[float, Field(ge=0, lt=1)] = 0.5
    conditioning: Conditioning = "none"

    def build(self, image: ImageShape, c_dim: int) -> MlpDiscriminatorNetwork:
        """See :class:`latentedit_training.networks.base.DiscriminatorConfig`."""
        return MlpDiscriminatorNetwork(image, self, c_dim)


class MlpGeneratorNetwork(nn.Module):
    """z ``[N, z_dim]`` and c ``[N, c_dim]`` to images ``[N, C, H, W]``."""

    def __init__(self, image: ImageShape, z_dim: int, width: int, c_dim: int) -> None:
        super().__init__()
        self.z_dim, self.c_dim, self.image = z_dim, c_dim, image
        values = math.prod((image.channels, image.height, image.width))
        self.layers = nn.Sequential(
            nn.Linear(z_dim + c_dim, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, values), nn.Tanh()
        )
        self.layers.apply(_small_weights)

    def forward(self, z: Tensor, c: Tensor | None = None) -> Tensor:
        drawn = self.layers(with_labels(z, c, self.c_dim))
        return drawn.view(-1, self.image.channels, self.image.height, self.image.width)


class MlpDiscriminatorNetwork(nn.Module):
    """Images ``[N, C, H, W]`` to a judgement."""

    def __init__(self, image: ImageShape, config: MlpDiscriminator, c_dim: int) -> None:
        super().__init__()
        values = math.prod((image.channels, image.height, image.width))
        self.hidden = nn.Sequential(
            nn.Dropout(config.input_dropout),
            Maxout(values, config.width, config.pieces),
            nn.Dropout(config.dropout),
            Maxout(config.width, config.width, config.pieces),
            nn.Dropout(config.dropout),
        )
        self.output = JudgementHead(config.width, c_dim, config.conditioning)
        self.apply(_small_weights)

    def forward(self, image: Tensor, c: Tensor | None = None) -> Judgement:
        judgement: Judgement = self.output(self.hidden(image.flatten(1)), c)
        return judgement


class Maxout(nn.Module):
    """The largest of several linear functions (Goodfellow et al., 2013): ``[N, fan_out]`` of ``[N, fan_in]``."""

    def __init__(self, fan_in: int, fan_out: int, pieces: int) -> None:
        super().__init__()
        self.linear = nn.Linear(fan_in, fan_out * pieces)
        self.pieces = pieces

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.linear(x)
        return y.view(len(y), -1, self.pieces).amax(2)


def _small_weights(module: nn.Module) -> None:
    if isinstance(module, nn.Linear):
        nn.init.uniform_(module.weight, -_INITIAL, _INITIAL)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
