"""SAGAN (Zhang et al., 2019, arXiv:1805.08318): residual networks with self-attention, spectral normalisation in both, conditional batch norms and a projection
discriminator (section 4 and 5). The generator learns at 1e-4, the discriminator at 4e-4, one step each.

For 128 px and a width of 64 they are the authors' (ImageNet), with attention at 32 px. The conditional gains and biases have no spectral normalisation.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import nn

from latentedit.errors import UsageError
from latentedit_training.layers.conditional_batch_norm import ConditionalBatchNorm
from latentedit_training.layers.residual_block import initialise_residual
from latentedit_training.layers.spectral_norm import normalise_spectrally
from latentedit_training.networks.base import ImageShape
from latentedit_training.networks.options import CONFIG, Conditioning, LatentSize, Width
from latentedit_training.networks.residual_networks import ResidualDiscriminator, ResidualGenerator
from latentedit_training.networks.starting_size import halvings_above

SMALLEST = 4
"""Features are halved down to this height or width, at least."""
MOST = 16
"""No features have more than this times ``width`` channels."""

AttentionPx = tuple[Annotated[int, Field(ge=2)], ...]


@dataclass(frozen=True, config=CONFIG)
class SAGANGenerator:
    """From 4 px, or a little more, by blocks that double height and width.

    Attributes:
        z_dim: size of the latent.
        width: channels in front of the image; twice as many lie before each doubling, up to 16 times as many.
        attention_px: heights of features behind which there is attention.
    """

    name: Literal["sagan"] = "sagan"
    z_dim: LatentSize = 128
    width: Width = 64
    attention_px: AttentionPx = (32,)

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """
        Raises:
            UsageError: the image cannot be halved, or no features have the height where there should be attention.
        """
        stages = _stages(image)
        widths = [self.width * min(2**i, MOST) for i in reversed(range(stages))]
        network = ResidualGenerator(image, self.z_dim, c_dim, (widths[0], *widths), self.attention_px)
        initialise_residual(network, last=network.to_image)
        # Conditional gains start at 0, which has no singular value to be divided by.
        normalise_spectrally(network, except_in=(ConditionalBatchNorm,))
        return network


@dataclass(frozen=True, config=CONFIG)
class SAGANDiscriminator:
    """Blocks that halve height and width down to 4 px, or a little more, and one that does not.

    Attributes:
        width: channels behind the first block; they double with each, up to 16 times as many.
        attention_px: heights of features behind which there is attention.
        conditioning: how labels are used; the paper's is a projection.
        spectral_norm: whether weights are divided by their largest singular value.
    """

    name: Literal["sagan"] = "sagan"
    width: Width = 64
    attention_px: AttentionPx = (32,)
    conditioning: Conditioning = "none"
    spectral_norm: bool = True

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """
        Raises:
            UsageError: the image cannot be halved, no features have the height where there should be attention, or labels are missing.
        """
        stages = _stages(image)
        widths = [self.width * min(2**i, MOST) for i in range(stages)]
        network = ResidualDiscriminator(
            image, c_dim, (*widths, widths[-1]), stages, conditioning=self.conditioning, attention_px=self.attention_px
        )
        initialise_residual(network)
        if self.spectral_norm:
            normalise_spectrally(network)
        return network


def _stages(image: ImageShape) -> int:
    stages = halvings_above(image, SMALLEST)
    if not stages:
        raise UsageError(
            f"SAGAN halves images at least once, and {image.height} x {image.width} px cannot be",
            hint="choose even sides of 8 px or more; powers of 2 are best",
        )
    return stages
