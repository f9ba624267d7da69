"""VGG16's last convolution, averaged over places: features for photographs from weights that this program's catalogue has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit.perceptual.backbones import Backbone
from latentedit.perceptual.lpips import load_weights
from latentedit_training.metrics.extractors.base import Features

if TYPE_CHECKING:
    from latentedit.assets import AssetStore

_SIDE = 224
_LAST = (12,)


class VggExtractor:
    """Features ``[N, 512]``: relu5_3, averaged. No classes, so no Inception Score. Figures by it cannot be compared with published ones by other networks.

    Args:
        store: where weights are; the user's if None.
        device: where it is.
    """

    name = "vgg16-relu5_3-mean"
    resizer = "antialiased bilinear to 224 x 224"

    def __init__(self, *, store: AssetStore | None = None, device: torch.device) -> None:
        self.device = device
        self.network = Backbone("vgg16", _LAST).load(load_weights("vgg", store)).to(device)

    @torch.no_grad()
    def __call__(self, image: Tensor) -> Features:
        image = image.to(self.device).clamp(-1, 1)
        if image.shape[1] == 1:
            image = image.expand(-1, 3, -1, -1)
        if image.shape[2:] != (_SIDE, _SIDE):
            image = F.interpolate(image, (_SIDE, _SIDE), mode="bilinear", align_corners=False, antialias=True)
        (activations,) = self.network(image)
        return Features(activations.mean((2, 3)), None)
