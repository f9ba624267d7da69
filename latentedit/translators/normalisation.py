"""What follows the convolutions of a translator."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from latentedit.translators.config import Norm


class BatchNorm(nn.BatchNorm2d):
    """Batch normalisation that can be told to use each picture's own statistics when it is not training.

    pix2pix's authors translate with the statistics of what is being translated, one picture at a time, rather than with those stored during
    training (Isola et al., 2017, section 3.3). For more than one picture, ``per_image`` keeps them apart, so that none depends on its neighbours.
    """

    per_image = False

    def forward(self, x: Tensor) -> Tensor:
        if self.per_image and not self.training:
            return F.instance_norm(x, weight=self.weight, bias=self.bias, eps=self.eps)
        return super().forward(x)


def norm_layer(norm: Norm, channels: int) -> nn.Module:
    """Instance norm here has neither parameters nor memory (Ulyanov et al., 2016, arXiv:1607.08022)."""
    if norm == "batch":
        return BatchNorm(channels)
    return nn.InstanceNorm2d(channels) if norm == "instance" else nn.Identity()
