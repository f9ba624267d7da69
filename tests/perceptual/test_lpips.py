from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from latentedit.assets import AssetStore
from latentedit.images import to_image
from latentedit.perceptual import LpipsNet, load_lpips
from latentedit.perceptual.base import PyramidDistance


@pytest.mark.assets
@pytest.mark.parametrize(("net", "far", "near"), [("alex", 0.722, 0.138), ("vgg", 0.569, 0.422)])
def test_published_example(net: LpipsNet, far: float, near: float, fetched: AssetStore, shared_data: Path) -> None:
    """The triplet of the LPIPS repository."""

    def read(name: str) -> torch.Tensor:
        with Image.open(shared_data / "lpips" / name) as picture:
            return to_image(np.asarray(picture.convert("RGB")))

    distance = load_lpips(net, store=fetched)
    reference = read("ex_ref.png")
    assert float(distance(reference, read("ex_p0.png"))) == pytest.approx(far, abs=1e-3)
    assert float(distance(reference, read("ex_p1.png"))) == pytest.approx(near, abs=1e-3)
    assert float(distance(reference, reference)) == 0.0


def test_pyramid_distance_is_zero_only_on_itself() -> None:
    distance = PyramidDistance()
    a, b = (torch.rand(2, 3, 16, 16, generator=torch.Generator().manual_seed(s)) for s in (0, 1))
    assert distance.to_features(a, distance.features(a)).tolist() == [0.0, 0.0]
    assert (distance.to_features(a, distance.features(b)) > 0).all()
