"""DiffAugment: colour, translation and cutout, for real and generated images alike (Zhao et al., 2020, arXiv:2006.10738, section 3.2 and appendix)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Literal

import torch
from torch import Tensor

from latentedit.errors import UsageError
from latentedit_training.augment.selection import per_image

Policy = Literal["color", "translation", "cutout"]
TRANSLATION = 1 / 8
"""The longest, in shares of the side."""
CUTOUT = 1 / 2
"""The square's side, in shares of the image's."""


@dataclass(frozen=True, eq=False)
class DiffAugmentDraws:
    """Uniform numbers in 0 to 1, on the CPU, for each image: whatever the policy is, all are drawn.

    Attributes:
        brightness, saturation, contrast: ``[N]``; 0.5 changes nothing.
        translation: ``[N, 2]``, x and y; 0.5 changes nothing.
        cutout: ``[N, 2]``, x and y.
    """

    brightness: Tensor
    saturation: Tensor
    contrast: Tensor
    translation: Tensor
    cutout: Tensor

    def __len__(self) -> int:
        return len(self.brightness)

    def shard(self, places: slice) -> DiffAugmentDraws:
        """Those of some of the images."""
        return DiffAugmentDraws(**{field.name: getattr(self, field.name)[places] for field in fields(self)})


def draw_diffaugment(n: int, generator: torch.Generator) -> DiffAugmentDraws:
    """What happens to ``n`` images; the generator is on the CPU."""
    one, two, three = (torch.rand(n, generator=generator) for _ in range(3))
    return DiffAugmentDraws(one, two, three, torch.rand(n, 2, generator=generator), torch.rand(n, 2, generator=generator))


def apply_diffaugment(image: Tensor, draws: DiffAugmentDraws, policy: Sequence[Policy]) -> Tensor:
    """The images, each transformed as drawn, in the policy's order: ``[N, C, H, W]``, differentiable as often as wanted.

    Args:
        image: ``[N, C, H, W]`` in [-1, 1].
        draws: for N images.
        policy: what is done; the paper takes all three where there are few images.

    Raises:
        UsageError: the draws are for another number of images; or the policy has an unknown name.
    """
    if len(draws) != len(image):
        raise UsageError(
            f"{len(image)} images have draws for {len(draws)}.", hint="Draw for as many images as there are, or take a shard."
        )
    for name in policy:
        if name == "color":
            image = brightened(image, draws.brightness)
            image = saturated(image, draws.saturation)
            image = contrasted(image, draws.contrast)
        elif name == "translation":
            image = translated(image, draws.translation)
        elif name == "cutout":
            image = cut_square(image, draws.cutout)
        else:
            raise UsageError(f"DiffAugment has no {name!r}.", hint="Its policy is made of color, translation and cutout.")
    return image


def brightened(image: Tensor, u: Tensor) -> Tensor:
    """-0.5 to 0.5 added, for ``u`` ``[N]`` in 0 to 1."""
    return image + (per_image(u, image) - 0.5)


def saturated(image: Tensor, u: Tensor) -> Tensor:
    """0 to 2 times as far from the pixel's grey, for ``u`` ``[N]`` in 0 to 1. Grey images stay as they are."""
    grey = image.mean(dim=1, keepdim=True)
    return (image - grey) * (2 * per_image(u, image)) + grey


def contrasted(image: Tensor, u: Tensor) -> Tensor:
    """0.5 to 1.5 times as far from the image's mean, for ``u`` ``[N]`` in 0 to 1."""
    mean = image.mean(dim=(1, 2, 3), keepdim=True)
    return (image - mean) * (per_image(u, image) + 0.5) + mean


def translated(image: Tensor, u: Tensor) -> Tensor:
    """Moved by whole pixels, at most an eighth of each side, all as likely; 0 (middle grey) comes in. ``u`` is ``[N, 2]`` in 0 to 1, x and y."""
    n, channels, height, width = image.shape
    x = torch.arange(width) - _steps(u[:, 0], int(width * TRANSLATION + 0.5))[:, None]
    y = torch.arange(height) - _steps(u[:, 1], int(height * TRANSLATION + 0.5))[:, None]
    seen = ((y >= 0) & (y < height))[:, :, None] & ((x >= 0) & (x < width))[:, None, :]
    index = (y.clamp(0, height - 1)[:, :, None] * width + x.clamp(0, width - 1)[:, None, :]).to(image.device)
    moved = image.flatten(2).gather(2, index.view(n, 1, -1).expand(n, channels, -1)).view(image.shape)
    return moved.masked_fill(~seen[:, None].to(image.device), 0)


def cut_square(image: Tensor, u: Tensor) -> Tensor:
    """A square of 0 (middle grey), half as high and wide, about any pixel or one behind the last where its size is even; ``u`` is ``[N, 2]``, x and y."""
    height, width = image.shape[2:]
    inside_x, inside_y = _inside(u[:, 0], width), _inside(u[:, 1], height)
    return image.masked_fill((inside_y[:, None, :, None] & inside_x[:, None, None, :]).to(image.device), 0)


def _steps(u: Tensor, limit: int) -> Tensor:
    """``[N]`` whole numbers in ± limit, all as likely."""
    return (u * (2 * limit + 1)).long() - limit


def _inside(u: Tensor, size: int) -> Tensor:
    """Which pixels of a side the square covers: ``[N, size]``."""
    cut = int(size * CUTOUT + 0.5)
    start = (u * (size + 1 - cut % 2)).long() - cut // 2
    places = torch.arange(size)
    return (places >= start[:, None]) & (places < start[:, None] + cut)
