"""Pictures of what a generator draws."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from PIL import Image
from torch import Tensor, nn

from latentedit_training.draws import Draws, seed_for
from latentedit_training.training import Training


@torch.no_grad()
def draw_samples(training: Training, network: nn.Module, count: int, *, seed: int, batch_size: int = 64) -> Tensor:
    """Images ``[count, C, H, W]`` in [-1, 1] on the CPU. The same seed gives the same latents, and the labels of the same images.

    Args:
        training: whose latents and labels are drawn with.
        network: the generator, or its average.
        count: of images.
        seed: of the latents.
        batch_size: images that are drawn at once; it does not change them.
    """
    draws = Draws(seed_for(seed, "samples"), 0, 0, count, count, training.device)
    z = training.game.latents(draws, "z")
    c = training.sample_labels(count, seed=seed)
    with in_use(network):
        drawn = [
            network(z[start : start + batch_size], None if c is None else c[start : start + batch_size]).float().cpu()
            for start in range(0, count, batch_size)
        ]
    return torch.cat(drawn)


@contextmanager
def in_use(network: nn.Module) -> Iterator[None]:
    """Let a network compute as it does in use, not as while it learns."""
    learning = network.training
    network.eval()
    try:
        yield
    finally:
        network.train(learning)


def to_uint8(image: Tensor) -> Tensor:
    """Images in [-1, 1] as they are stored."""
    return ((image.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)


def image_grid(image: Tensor, *, columns: int | None = None) -> Image.Image:
    """Images ``[N, C, H, W]`` in [-1, 1] in one picture, in rows; grey for one channel."""
    count, channels, height, width = image.shape
    columns = columns or math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    canvas = torch.full((channels, rows * height, columns * width), 255, dtype=torch.uint8)
    for index, one in enumerate(to_uint8(image)):
        top, left = index // columns * height, index % columns * width
        canvas[:, top : top + height, left : left + width] = one
    array = canvas.permute(1, 2, 0).numpy()
    return Image.fromarray(array[:, :, 0] if channels == 1 else array)
