"""Pixelwise feature normalisation (ProGAN: Karras et al., 2018, arXiv:1710.10196, section 4.2)."""

from __future__ import annotations

from torch import Tensor, nn

from latentedit.generators.mapping_network import unit_rms


class PixelNorm(nn.Module):
    """Divides the feature vector of each pixel by its root mean square: ``[N, C, ...]`` -> ``[N, C, ...]``. It has no parameters."""

    def forward(self, x: Tensor) -> Tensor:
        return unit_rms(x)
