"""StyleGAN2's projector with its own schedule (Karras et al., 2020, arXiv:1912.04958, appendix D).

One ``w`` and all noise maps are moved by Adam against LPIPS (VGG16) at 256 px; ``w`` is perturbed by decaying noise, the noise maps are
regularised and renormalised. Unlike the published program this keeps the noise that it found.
"""

from __future__ import annotations

import torch
from torch import Tensor

from latentedit.generators.base import Generator
from latentedit.projection.config import Space
from latentedit.projection.descent import Descent
from latentedit.projection.noise_regularisation import noise_correlation
from latentedit.projection.objective import Target
from latentedit.projection.schedules import ramped

NUM_STEPS = 1000
PEAK_LEARNING_RATE = 0.1
INITIAL_NOISE_FACTOR = 0.05
NOISE_RAMP = 0.75
NOISE_WEIGHT = 1e5


class StyleGan2Projector(Descent):
    """Method ``stylegan2``; ``target.distance`` must be LPIPS on VGG16 to be the published method."""

    def __init__(self, generator: Generator, target: Target, *, num_steps: int, space: Space, seed: int) -> None:
        super().__init__(seed=seed, device=generator.device)
        self.generator, self.target, self.num_steps = generator, target, num_steps
        rows = 1 if space == "w" else generator.num_ws
        self.variables["w"] = generator.w_avg.detach().repeat(1, rows, 1)
        # The stored maps carry each layer's strength; the method wants unit variance, so strength is put back when drawing.
        stored = generator.noise_buffers()
        self.strengths = [float(noise.square().mean().sqrt()) for noise in stored]
        self.names = [f"noise{i}" for i in range(len(stored))]
        for name, noise in zip(self.names, stored, strict=True):
            self.variables[name] = torch.randn(noise.shape, generator=self.random).to(self.device)
        self.start(betas=(0.9, 0.999))

    def learning_rate(self, index: int) -> float:
        return ramped(index / self.num_steps, PEAK_LEARNING_RATE)

    def objective(self, index: int) -> tuple[Tensor, str, Tensor]:
        w = self.variables["w"]
        spread = float(self.generator.w_std) * INITIAL_NOISE_FACTOR
        strength = spread * max(0.0, 1.0 - index / self.num_steps / NOISE_RAMP) ** 2
        jitter = torch.randn(w.shape, generator=self.random).to(self.device) * strength
        w_plus = (w + jitter).expand(1, self.generator.num_ws, -1)
        noise = [self.variables[name] * s for name, s in zip(self.names, self.strengths, strict=True)]
        image = self.generator.synthesis(w_plus, noise=noise)
        distance, _, small = self.target.whole_distance(image)
        correlation = torch.stack([noise_correlation(self.variables[name]) for name in self.names]).sum()
        return distance + NOISE_WEIGHT * correlation, "stylegan2", small

    @torch.no_grad()
    def after_update(self) -> None:
        for name in self.names:
            noise = self.variables[name]
            noise.sub_(noise.mean())
            noise.mul_(noise.square().mean().rsqrt())

    def w_plus(self) -> Tensor:
        return self.variables["w"].detach().expand(1, self.generator.num_ws, -1).clone()

    def noise(self) -> list[Tensor]:
        return [self.variables[n].detach() * s for n, s in zip(self.names, self.strengths, strict=True)]
