"""VGG16's features."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit.assets import AssetStore
from latentedit_training.metrics.extractors import vgg
from latentedit_training.metrics.extractors.vgg import VggExtractor


def images(channels: int, side: int) -> Tensor:
    return 2 * torch.rand(2, channels, side, side, generator=torch.Generator().manual_seed(side)) - 1


@dataclass
class Heard:
    """What a network was shown."""

    image: Tensor | None = None

    def __call__(self, image: Tensor) -> list[Tensor]:
        self.image = image
        return [image.repeat(1, 2, 1, 1)]

    def load(self, tensors: dict[str, Tensor]) -> Heard:
        return self

    def to(self, device: torch.device) -> Heard:
        return self


def test_images_are_brought_to_its_size_and_averaged(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard()
    monkeypatch.setattr(vgg, "Backbone", lambda kind, taps: heard)
    monkeypatch.setattr(vgg, "load_weights", lambda net, store: {})
    extractor = VggExtractor(device=torch.device("cpu"))
    features = extractor(1.5 * images(1, 448))
    assert heard.image is not None and heard.image.shape == (2, 3, 224, 224) and features.logits is None
    expected = F.interpolate((1.5 * images(1, 448)).clamp(-1, 1), (224, 224), mode="bilinear", antialias=True)
    torch.testing.assert_close(heard.image, expected.expand(-1, 3, -1, -1))
    torch.testing.assert_close(features.pool, heard.image.mean((2, 3)).repeat(1, 2))
    extractor(images(3, 224))
    assert torch.equal(heard.image, images(3, 224)), "those of its size are not touched"


@pytest.mark.slow
@pytest.mark.assets
def test_the_network_tells_smooth_from_rough(fetched: AssetStore) -> None:
    extractor = VggExtractor(store=fetched, device=torch.device("cpu"))
    rough = images(3, 64)
    pool = extractor(torch.cat([rough, F.interpolate(F.avg_pool2d(rough, 16), 64)])).pool
    assert pool.shape == (4, 512) and bool((pool >= 0).all())
    within, between = (pool[0] - pool[1]).norm(), (pool[0] - pool[2]).norm()
    assert between > 2 * within
