"""Generators of grey or see-through images as generators of colour, which is what everything downstream of them looks at."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from latentedit.generators.base import Generator, NoiseMode
from latentedit.generators.module import GeneratorModule

BACKGROUND = 1.0
"""What is seen through a see-through image: white."""


def rgb(image: Tensor) -> Tensor:
    """An image [N, C, H, W] in [-1, 1] in red, green and blue: grey (C = 1) three times, opacity (C = 4) over white."""
    if image.shape[1] == 1:
        return image.expand(-1, 3, -1, -1)
    if image.shape[1] == 4:
        opacity = ((image[:, 3:] + 1) / 2).clamp(0, 1)
        return image[:, :3] * opacity + BACKGROUND * (1 - opacity)
    return image


def in_colour(generator: Generator) -> Generator:
    """The generator itself when it draws in colour, or one that draws the same in colour."""
    return generator if generator.spec.img_channels == 3 else _InColour(generator)


class _InColour(GeneratorModule):
    """Everything is the other's but the image."""

    def __init__(self, inner: Generator) -> None:
        assert isinstance(inner, GeneratorModule)
        super().__init__(replace(inner.spec, img_channels=3))
        self.inner = inner
        self.w_avg, self.w_std = inner.w_avg, inner.w_std
        self.eval().requires_grad_(False)

    def map_to_w(self, z: Tensor, c: Tensor | None) -> Tensor:
        return self.inner.map_to_w(z, c)

    def synthesis(self, w_plus: Tensor, *, noise_mode: NoiseMode = "const", noise: list[Tensor] | None = None) -> Tensor:
        return rgb(self.inner.synthesis(w_plus, noise_mode=noise_mode, noise=noise))

    def preview(self, w_plus: Tensor) -> Tensor:
        return rgb(self.inner.preview(w_plus))

    def features(self, w_plus: Tensor, resolution: int, *, noise: list[Tensor] | None = None) -> Tensor:
        return self.inner.features(w_plus, resolution, noise=noise)

    def noise_buffers(self) -> list[Tensor]:
        return self.inner.noise_buffers()

    def random_noise(self, count: int = 1, random: torch.Generator | None = None) -> list[Tensor]:
        return self.inner.random_noise(count, random)

    def tunable_parameters(self) -> list[str]:
        return [f"inner.{name}" for name in self.inner.tunable_parameters()]

    def modulation_weights(self) -> list[tuple[int, Tensor]]:
        return self.inner.modulation_weights()
