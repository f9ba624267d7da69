"""StyleGAN's mapping network, from ``z`` and a label to ``w`` (Karras et al., 2019, arXiv:1812.04948, figure 1b), of all descendants.

Weights are effective ones: an equalised learning rate (Karras et al., 2018, arXiv:1710.10196, section 4.1) is a matter of training, and its factors are
multiplied into the numbers when a checkpoint is read.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from latentedit.generators.activations import ACTIVATIONS

Normalisation = Literal["separate", "joint", "unit", "none"]


@dataclass(frozen=True)
class MappingConfig:
    """Sizes and variants of a mapping network.

    Attributes:
        z_dim, c_dim, w_dim: sizes of latent, label (0: none) and result.
        features: width of every layer's result; the last is ``w_dim``.
        embed_features: what the label is mapped to before it is joined to ``z``; 0 without labels.
        embed_bias: whether that map has a bias.
        normalisation: what is scaled to a root mean square of 1: ``separate``, ``z`` and the embedded label each (StyleGAN2-ADA and later); ``joint``,
            both in a row (StyleGAN 1 and 2); ``unit``: ``z`` is scaled to a length of 1 instead (stylegan2-pytorch by lucidrains);
            ``none``: nothing.
        activation: a name of :data:`latentedit.generators.activations.ACTIVATIONS`.
        gain: what each layer's result is multiplied by; sqrt 2 keeps its variance through the leaky ReLU.
    """

    z_dim: int
    c_dim: int
    w_dim: int
    features: tuple[int, ...]
    embed_features: int = 0
    embed_bias: bool = True
    normalisation: Normalisation = "separate"
    activation: str = "lrelu"
    gain: float = math.sqrt(2)


def unit_rms(x: Tensor, eps: float = 1e-8) -> Tensor:
    """Each row of ``x`` [N, C] divided by its root mean square ("pixel norm")."""
    return x * torch.rsqrt(x.square().mean(dim=1, keepdim=True) + eps)


class MappingNetwork(nn.Module):
    """``z`` [N, z_dim] and ``c`` [N, c_dim] -> ``w`` [N, w_dim]."""

    def __init__(self, config: MappingConfig) -> None:
        super().__init__()
        self.config = config
        widths = (config.z_dim + config.embed_features, *config.features)
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in itertools.pairwise(widths))
        self.embed = nn.Linear(config.c_dim, config.embed_features, bias=config.embed_bias) if config.embed_features else None

    def forward(self, z: Tensor, c: Tensor | None = None) -> Tensor:
        """
        Raises:
            ValueError: sizes do not fit, or labels are missing.
        """
        config = self.config
        if z.ndim != 2 or z.shape[1] != config.z_dim:
            raise ValueError(f"z must be [N, {config.z_dim}], not {list(z.shape)}")
        x = z
        if self.embed is not None:
            if c is None or c.shape != (len(z), config.c_dim):
                raise ValueError(f"this generator needs labels c [N, {config.c_dim}]")
            label = self.embed(c.to(z))
            x = torch.cat([unit_rms(z), unit_rms(label)] if config.normalisation == "separate" else [z, label], dim=1)
        if config.normalisation == "unit":
            x = F.normalize(x, dim=1)
        elif config.normalisation == "joint" or (config.normalisation == "separate" and self.embed is None):
            x = unit_rms(x)
        activate = ACTIVATIONS[config.activation].function
        for layer in self.layers:
            x = activate(layer(x))
            if config.gain != 1:
                x = x * config.gain
        return x
