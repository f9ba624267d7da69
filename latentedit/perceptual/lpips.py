"""LPIPS v0.1 (Zhang et al., 2018, arXiv:1801.03924): perceptual distance by calibrated deep features."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import torch
from torch import Tensor, nn

from latentedit.perceptual.backbones import ALEXNET_TAPS, VGG16_LPIPS_TAPS, Backbone

if TYPE_CHECKING:
    from latentedit.assets import AssetStore

LpipsNet = Literal["alex", "vgg"]


class Lpips(nn.Module):
    """``sum over layers of mean over pixels of sum over channels of weight * (a - b)^2``, with unit-length feature vectors a, b."""

    def __init__(self, backbone: Backbone, linear: list[Tensor]) -> None:
        super().__init__()
        self.backbone = backbone
        self._weights = [f"linear{i}" for i in range(len(linear))]
        for name, weight in zip(self._weights, linear, strict=True):
            self.register_buffer(name, weight.view(1, -1, 1, 1))

    def features(self, image: Tensor) -> list[Tensor]:
        """Unit-length feature maps of an image [N, 3, H, W] in [-1, 1], to be compared many times."""
        return [_unit(x) for x in self.backbone(image)]

    def to_features(self, image: Tensor, features: list[Tensor]) -> Tensor:
        """Distance [N] of ``image`` from an image whose :meth:`features` are given."""
        distance = torch.zeros(image.shape[0], device=image.device)
        for name, a, b in zip(self._weights, self.features(image), features, strict=True):
            distance = distance + ((a - b).square() * getattr(self, name)).sum(dim=1).mean(dim=(1, 2))
        return distance

    def forward(self, image_a: Tensor, image_b: Tensor) -> Tensor:
        """Distance [N] of two images [N, 3, H, W] in [-1, 1] of the same size."""
        return self.to_features(image_a, self.features(image_b))


def load_lpips(net: LpipsNet, *, store: AssetStore | None = None, device: torch.device | str = "cpu") -> Lpips:
    """The calibrated distance on AlexNet (``alex``, cheap) or VGG16 (``vgg``)."""
    tensors = load_weights(net, store)
    kind, taps = ("alexnet", ALEXNET_TAPS) if net == "alex" else ("vgg16", VGG16_LPIPS_TAPS)
    backbone = Backbone(kind, taps).load(tensors)
    return Lpips(backbone, [tensors[f"linear.{i}"] for i in range(5)]).eval().to(device)


def load_weights(net: LpipsNet, store: AssetStore | None) -> dict[str, Tensor]:
    """The converted weights of one backbone, fetched when they are not there."""
    from safetensors.torch import load_file

    from latentedit.assets import AssetStore

    name = "lpips-alexnet" if net == "alex" else "lpips-vgg16"
    return load_file((store or AssetStore.default()).converted(name))


def _unit(x: Tensor) -> Tensor:
    return x * torch.rsqrt(x.square().sum(dim=1, keepdim=True).clamp_min(1e-20))
