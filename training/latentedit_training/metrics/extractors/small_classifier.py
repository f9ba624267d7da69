"""A small classifier of ours for grey images of 28 x 28 pixels: MNIST and Fashion-MNIST are measured by it.

Inception's features are made for photographs; those of a network that knows digits tell digits apart, and cost a thousandth.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import Any, Literal

import torch
import torch.nn.functional as F
from safetensors.torch import load
from torch import Tensor, nn

from latentedit.checkpoints.safetensors_file import texts_of_safetensors
from latentedit_training.metrics.extractors.base import Features

DataName = Literal["mnist", "fashion-mnist"]
_WEIGHTS = "latentedit_training.metrics.weights"
SIDE = 28
NUM_FEATURES = 128


class SmallClassifier(nn.Module):
    """Three convolutions with batch normalisation, a mean over places, and ten classes: 101,000 weights."""

    def __init__(self, classes: int = 10) -> None:
        super().__init__()
        channels = (1, 32, 64, NUM_FEATURES)
        self.convolutions = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1, bias=False) for a, b in itertools.pairwise(channels))
        self.norms = nn.ModuleList(nn.BatchNorm2d(width) for width in channels[1:])
        self.output = nn.Linear(NUM_FEATURES, classes)

    def forward(self, image: Tensor) -> Features:
        """Features of ``[N, 1, 28, 28]`` in [-1, 1]."""
        x = image
        for index, (convolution, norm) in enumerate(zip(self.convolutions, self.norms, strict=True)):
            x = F.relu(norm(convolution(x)))
            if index < 2:
                x = F.max_pool2d(x, 2)
        pool = x.mean((2, 3))
        return Features(pool, self.output(pool))


class SmallExtractor:
    """The classifier of one of the two sets, with the weights that come along.

    Args:
        data: what it was trained on.
        device: where it is.
    """

    resizer = "area to 28 x 28, grey by Rec. 601"

    def __init__(self, data: DataName, *, device: torch.device) -> None:
        stored = files(_WEIGHTS).joinpath(f"{data}.safetensors").read_bytes()
        # Trained anew it would measure otherwise: the name tells these weights from others.
        self.name = f"latentedit-{data}-{hashlib.sha256(stored).hexdigest()[:8]}"
        self.device = device
        self.network = SmallClassifier()
        tensors = load(stored)
        self.network.load_state_dict(
            {key: value.float() if value.is_floating_point() else value for key, value in tensors.items()}
        )
        self.network.to(device).eval().requires_grad_(False)

    @torch.no_grad()
    def __call__(self, image: Tensor) -> Features:
        features: Features = self.network(as_small_grey(image.to(self.device)))
        return features


def small_classifier_card(data: DataName) -> dict[str, Any]:
    """How good a classifier is, and what made it."""
    with as_file(files(_WEIGHTS).joinpath(f"{data}.safetensors")) as path:
        card: dict[str, Any] = json.loads(texts_of_safetensors(path)["card"])
    return card


def as_small_grey(image: Tensor) -> Tensor:
    """Images ``[N, C, H, W]`` as ``[N, 1, 28, 28]``."""
    if image.shape[1] == 3:
        weights = torch.tensor([0.299, 0.587, 0.114], device=image.device)
        image = (image * weights.view(1, 3, 1, 1)).sum(1, keepdim=True)
    if image.shape[2:] != (SIDE, SIDE):
        image = F.interpolate(image, (SIDE, SIDE), mode="area")
    return image


@dataclass(frozen=True)
class FitStep:
    """A step of training a classifier: the loss after ``step`` of ``total`` steps."""

    step: int
    total: int
    loss: float


def fit_small_classifier(
    network: SmallClassifier,
    image_uint8: Tensor,
    classes: Tensor,
    *,
    seed: int,
    steps: int,
    batch_size: int = 128,
    mirrored: bool = False,
) -> Iterator[FitStep]:
    """Train a classifier by cross-entropy, on images shifted by up to two pixels; its learning rate rises and falls once (Smith, 2018).

    Args:
        network: what learns; left in use, not learning.
        image_uint8: ``[N, 1, 28, 28]``.
        classes: ``[N]`` int64.
        seed: of the order, the shifts and the mirror images.
        steps: how many.
        batch_size: of each.
        mirrored: show half of the images as in a mirror: clothes stay what they are, digits do not.
    """
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.01, total_steps=steps)
    random = torch.Generator().manual_seed(seed)
    network.train()
    for step in range(1, steps + 1):
        chosen = torch.randint(len(image_uint8), (batch_size,), generator=random)
        down, right = torch.randint(-2, 3, (2,), generator=random).tolist()
        image = torch.roll(image_uint8[chosen].float() / 127.5 - 1, (down, right), (2, 3))
        if mirrored:
            image = torch.where(torch.rand(batch_size, 1, 1, 1, generator=random) < 0.5, image.flip(3), image)
        loss = F.cross_entropy(network(image).logits, classes[chosen], label_smoothing=0.05)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        yield FitStep(step, steps, loss.item())
    network.eval()
