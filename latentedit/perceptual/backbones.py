"""The convolutional parts of AlexNet and VGG16, cut at the activations that perceptual distances compare."""

from __future__ import annotations

from collections.abc import Iterable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

ALEXNET_TAPS = (0, 1, 2, 3, 4)
VGG16_LPIPS_TAPS = (1, 3, 6, 9, 12)
"""relu1_2, relu2_2, relu3_3, relu4_3, relu5_3 as indices of the thirteen convolutions."""
VGG16_IMAGE2STYLEGAN_TAPS = (0, 1, 5, 8)
"""relu1_1, relu1_2, relu3_2, relu4_2 (Abdal et al., 2019, section 3.2)."""

_VGG_POOL_BEFORE = frozenset({2, 4, 7, 10})
_CHANNELS = {
    "alexnet": (3, 64, 192, 384, 256, 256),
    "vgg16": (3, 64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512),
}
# From images in [-1, 1] to what the networks were trained on (ImageNet mean and deviation), as LPIPS defines it.
_SHIFT = (-0.030, -0.088, -0.188)
_SCALE = (0.458, 0.448, 0.450)


class Backbone(nn.Module):
    """A frozen stack of convolutions: image [N, 3, H, W] in [-1, 1] -> rectified activations at ``taps``."""

    def __init__(self, kind: str, taps: Iterable[int]) -> None:
        super().__init__()
        self.kind = kind
        self.taps = tuple(taps)
        channels = _CHANNELS[kind]
        kernel = (11, 5, 3, 3, 3) if kind == "alexnet" else (3,) * 13
        depth = max(self.taps) + 1
        self.conv = nn.ModuleList(
            nn.Conv2d(
                channels[i],
                channels[i + 1],
                kernel[i],
                stride=4 if kernel[i] == 11 else 1,
                padding={11: 2, 5: 2, 3: 1}[kernel[i]],
            )
            for i in range(depth)
        )
        self.register_buffer("shift", torch.tensor(_SHIFT).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("scale", torch.tensor(_SCALE).view(1, 3, 1, 1), persistent=False)
        self.shift: Tensor
        self.scale: Tensor

    def forward(self, image: Tensor) -> list[Tensor]:
        x = (image - self.shift) / self.scale
        activations = []
        for i, conv in enumerate(self.conv):
            x = F.relu(conv(self._pool(x, i)))
            if i in self.taps:
                activations.append(x)
        return activations

    def _pool(self, x: Tensor, i: int) -> Tensor:
        if self.kind == "alexnet":
            return F.max_pool2d(x, 3, 2) if i in (1, 2) else x
        return F.max_pool2d(x, 2) if i in _VGG_POOL_BEFORE else x

    def load(self, tensors: dict[str, Tensor]) -> Backbone:
        """Take the convolutions' values from converted weights; returns itself, frozen and in evaluation mode."""
        wanted = {name: tensors[name] for name in self.state_dict()}
        self.load_state_dict(wanted)
        return self.eval().requires_grad_(False)
