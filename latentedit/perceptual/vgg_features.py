"""Image2StyleGAN's feature loss (Abdal et al., 2019, eq. 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from latentedit.perceptual.backbones import VGG16_IMAGE2STYLEGAN_TAPS, Backbone
from latentedit.perceptual.lpips import load_weights

if TYPE_CHECKING:
    from latentedit.assets import AssetStore


class VggFeatureDistance(nn.Module):
    """Sum of the mean squared differences of VGG16's relu1_1, relu1_2, relu3_2 and relu4_2, with equal weights."""

    def __init__(self, backbone: Backbone) -> None:
        super().__init__()
        self.backbone = backbone

    def features(self, image: Tensor) -> list[Tensor]:
        """The four activations of an image [N, 3, H, W] in [-1, 1]."""
        activations: list[Tensor] = self.backbone(image)
        return activations

    def to_features(self, image: Tensor, features: list[Tensor]) -> Tensor:
        """Distance [N]."""
        squares = [(a - b).square().mean(dim=(1, 2, 3)) for a, b in zip(self.features(image), features, strict=True)]
        return torch.stack(squares).sum(dim=0)


def load_vgg_feature_distance(*, store: AssetStore | None = None, device: torch.device | str = "cpu") -> VggFeatureDistance:
    """The loss with the catalogue's VGG16 weights."""
    backbone = Backbone("vgg16", VGG16_IMAGE2STYLEGAN_TAPS).load(load_weights("vgg", store))
    return VggFeatureDistance(backbone).to(device)
