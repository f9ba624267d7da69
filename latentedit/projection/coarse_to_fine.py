"""Our own projection: many cheap steps on the preview, a few on the full drawing.

The latent is a common vector plus a difference per layer. Every layer's gradient reaches the common part, so the fine layers that the preview
does not draw itself follow the others instead of staying behind at ``w_avg``. The preview knows those layers' styles but only guesses what they
do, and a descent along a guess finds its faults: so they are given to it as constants (measured: docs/results/projection.md).
"""

from __future__ import annotations

import torch
from torch import Tensor

from latentedit.generators.base import Generator
from latentedit.projection.config import ProjectionConfig, Space
from latentedit.projection.descent import Descent
from latentedit.projection.latent_prior import fit_prior
from latentedit.projection.objective import Target
from latentedit.projection.schedules import ramped


class CoarseToFine(Descent):
    """Method ``auto``. See :class:`ProjectionConfig` for the terms of the objective."""

    def __init__(self, generator: Generator, target: Target, config: ProjectionConfig, *, space: Space, seed: int) -> None:
        super().__init__(seed=seed, device=generator.device)
        self.generator, self.target, self.config = generator, target, config
        self.num_steps = config.coarse_steps + config.fine_steps
        self.variables["common"] = generator.w_avg.detach().clone()
        if space == "w_plus":
            self.variables["layers"] = torch.zeros(generator.num_ws, generator.w_dim, device=self.device)
        self.prior = fit_prior(generator, seed=seed)
        self.start(betas=(0.9, 0.99))

    def learning_rate(self, index: int) -> float:
        c = self.config
        if index < c.coarse_steps:
            return ramped((index + 1) / (c.coarse_steps + 1), c.coarse_learning_rate, ramp_down=0.4)
        done = index - c.coarse_steps
        return ramped((done + 1) / (c.fine_steps + 1), c.fine_learning_rate, ramp_up=0.1, ramp_down=0.6)

    def objective(self, index: int) -> tuple[Tensor, str, Tensor]:
        c = self.config
        coarse = index < c.coarse_steps
        if index == c.coarse_steps:
            # The preview gives the fine layers hardly any gradient, so Adam believes that they need huge steps: start its moments anew.
            self.optimiser.state.clear()
        w_plus = self._latent()
        image = self._preview(w_plus) if coarse else self.generator.synthesis(w_plus)
        distance, pixels, small = self.target.whole_distance(image)
        loss = c.distance_weight * distance + c.pixel_weight * pixels
        if not coarse:
            loss = loss + c.detail_weight * self.target.detail_distance(image)
        loss = loss + c.prior_weight * self.prior.deviation(w_plus) + c.spread_weight * spread(w_plus, self.generator)
        return loss, "coarse" if coarse else "fine", small

    def _preview(self, w_plus: Tensor) -> Tensor:
        drawn = self.generator.spec.preview_num_ws or self.generator.num_ws
        return self.generator.preview(torch.cat([w_plus[:, :drawn], w_plus[:, drawn:].detach()], dim=1))

    def w_plus(self) -> Tensor:
        return self._latent().detach()

    def _latent(self) -> Tensor:
        layers = self.variables.get("layers")
        common = self.variables["common"].expand(self.generator.num_ws, -1)
        return (common if layers is None else common + layers)[None]


def spread(w_plus: Tensor, generator: Generator) -> Tensor:
    """Mean squared distance of the layers of ``w_plus`` [1, num_ws, w_dim] from their mean, in units of the prior's deviation, []."""
    from_each_other = (w_plus - w_plus.mean(dim=1, keepdim=True)).square().sum(dim=2).mean()
    return from_each_other / generator.w_std.square()
