"""The small classifiers: how they learn, and that those that come along know digits and clothes as their cards tell."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit_training.data.idx import labels_beside, open_idx
from latentedit_training.metrics.extractors.small_classifier import (
    DataName,
    SmallClassifier,
    SmallExtractor,
    as_small_grey,
    fit_small_classifier,
    small_classifier_card,
)

CPU = torch.device("cpu")
NAMES: tuple[DataName, ...] = get_args(DataName)
AT_LEAST = {"mnist": 0.99, "fashion-mnist": 0.91}


def bars(count: int) -> tuple[Tensor, Tensor]:
    """Bright bars on noise, lying (0) or standing (1)."""
    random = torch.Generator().manual_seed(0)
    images = torch.randint(0, 60, (count, 1, 28, 28), dtype=torch.uint8, generator=random)
    classes = torch.arange(count) % 2
    places = torch.randint(5, 23, (count,), generator=random)
    for image, kind, place in zip(images, classes.tolist(), places.tolist(), strict=True):
        image[0, :, place] = 255 if kind else image[0, :, place]
        image[0, place] = image[0, place] if kind else 255
    return images, classes


def fitted(*, seed: int, steps: int = 25, mirrored: bool = False) -> tuple[SmallClassifier, list[float]]:
    torch.manual_seed(seed)
    network = SmallClassifier(2)
    images, classes = bars(64)
    fitting = fit_small_classifier(network, images, classes, seed=seed, steps=steps, batch_size=16, mirrored=mirrored)
    return network, [step.loss for step in fitting]


def test_it_learns_what_it_is_shown() -> None:
    network, losses = fitted(seed=0)
    images, classes = bars(64)
    assert losses[-1] < 0.6 * losses[0] and not network.training
    with torch.no_grad():
        logits = network(images.float() / 127.5 - 1).logits
    assert logits is not None and float((logits.argmax(1) == classes).double().mean()) > 0.95


def test_the_same_seed_is_the_same_network() -> None:
    assert fitted(seed=1, steps=3)[1] == fitted(seed=1, steps=3)[1] != fitted(seed=2, steps=3)[1]
    assert fitted(seed=1, steps=3)[1] != fitted(seed=1, steps=3, mirrored=True)[1]


def test_any_image_becomes_small_and_grey() -> None:
    image = 2 * torch.rand(2, 3, 56, 56, generator=torch.Generator().manual_seed(0)) - 1
    grey = 0.299 * image[:, :1] + 0.587 * image[:, 1:2] + 0.114 * image[:, 2:]
    torch.testing.assert_close(as_small_grey(image), F.avg_pool2d(grey, 2))
    small = torch.rand(1, 1, 28, 28)
    assert torch.equal(as_small_grey(small), small)


@pytest.mark.parametrize("data", NAMES)
def test_cards_tell_what_made_the_weights(data: DataName) -> None:
    card = small_classifier_card(data)
    stored = files("latentedit_training.metrics.weights")
    assert card == json.loads(stored.joinpath(f"{data}.json").read_text(encoding="utf-8")), "for people, the same beside it"
    assert card["test_accuracy"] >= AT_LEAST[data]
    assert {"command", "device", "date", "licence"} <= card.keys() and f"--data {data}" in card["command"]
    assert len(stored.joinpath(f"{data}.safetensors").read_bytes()) < 1_000_000


@pytest.mark.slow
@pytest.mark.parametrize("data", NAMES)
def test_the_weights_know_what_the_card_says(data: DataName, shared_data: Path) -> None:
    path = shared_data / data / "t10k-images-idx3-ubyte.gz"
    images = open_idx(path, labels_beside(path))
    assert images.labels is not None
    extractor = SmallExtractor(data, device=CPU)
    places = range(0, len(images), 5)
    features = extractor(images.read(places).float() / 127.5 - 1)
    assert features.logits is not None and features.pool.shape == (2000, 128)
    right = float((features.logits.argmax(1) == images.labels.values[list(places)]).double().mean())
    # Of 2000 of the 10000 images: within three deviations of what all have.
    told = small_classifier_card(data)["test_accuracy"]
    assert right == pytest.approx(told, abs=3 * (told * (1 - told) / 2000) ** 0.5)


def test_the_name_tells_the_weights() -> None:
    names = {SmallExtractor(data, device=CPU).name for data in NAMES}
    assert len(names) == 2 and all(len(name.rpartition("-")[2]) == 8 for name in names)
