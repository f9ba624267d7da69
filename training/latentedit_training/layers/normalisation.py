"""The plain normalisations that a network can be told to use."""

from __future__ import annotations

from typing import Literal

from torch import nn

from latentedit_training.layers.batch_norm import BatchNorm

Normalisation = Literal["none", "batch", "group", "layer", "instance"]
GROUPS = 32
"""At most so many groups of channels (Wu and He, 2018, arXiv:1803.08494, section 3.1)."""


def group_norm(channels: int, groups: int = GROUPS) -> nn.GroupNorm:
    """Group normalisation with the most groups, up to ``groups``, that divide the channels."""
    return nn.GroupNorm(max(count for count in range(1, groups + 1) if channels % count == 0), channels)


def normalisation(kind: Normalisation, channels: int) -> nn.Module:
    """A normalisation of ``[N, C, H, W]`` with a gain and a bias for each channel.

    ``group``, ``layer`` (all channels of a sample together) and ``instance`` (each channel of a sample alone) do not mix samples, which a gradient penalty
    for each sample needs (Gulrajani et al., 2017, arXiv:1704.00028, section 4); ``batch`` does.
    """
    match kind:
        case "none":
            return nn.Identity()
        case "batch":
            return BatchNorm(channels)
        case "group":
            return group_norm(channels)
        case "layer":
            return nn.GroupNorm(1, channels)
        case "instance":
            return nn.InstanceNorm2d(channels, affine=True)
