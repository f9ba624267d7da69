"""Move some of the generator's weights toward one photograph (after Roich et al., 2021, arXiv:2106.05744, "Pivotal Tuning").

The latent stays where the projection put it, so directions go on meaning what they mean. Only the generator's ``tunable_parameters`` move, and
only what they add is stored: two megabytes instead of a whole generator.

Steps go along the gradient and have a prescribed length. Adam, as Pivotal Tuning uses it, gives every weight a step of about the same size, most
of which draw nothing that the photograph asks for; it ends ten times as far from the generator's weights, and the face then answers less to
edits (measured: docs/results/projection.md).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from latentedit.generators.base import Generator
from latentedit.generators.delta import compact_delta, copy_with_own
from latentedit.projection.config import ProjectionConfig
from latentedit.projection.descent import Descent
from latentedit.projection.objective import Target, area_resize
from latentedit.projection.schedules import ramped

MOMENTUM = 0.9


class WeightTuning(Descent):
    """The last stage of all presets."""

    def __init__(self, generator: Generator, target: Target, config: ProjectionConfig, *, pivot: Tensor, seed: int) -> None:
        super().__init__(seed=seed, device=generator.device)
        self.original, self.target, self.config, self.pivot = generator, target, config, pivot
        self.num_steps = config.tuning_steps
        names = generator.tunable_parameters()
        self.tuned = copy_with_own(generator, names)
        assert isinstance(self.tuned, nn.Module)
        self.variables = {name: self.tuned.get_parameter(name) for name in names}
        self.weights_length = float(torch.nn.utils.get_total_norm([weight.detach() for weight in self.variables.values()]))
        with torch.no_grad():
            self.texture = texture(generator.synthesis(pivot), target.whole.shape[-1])
        self.start_with(torch.optim.SGD(list(self.variables.values()), lr=0.0, momentum=MOMENTUM))

    def learning_rate(self, index: int) -> float:
        progress = (index + 1) / (self.num_steps + 1)
        # Momentum sums up 1 / (1 - MOMENTUM) steps; the configured length is that of their mean.
        return (1 - MOMENTUM) * self.weights_length * ramped(progress, self.config.tuning_step, ramp_up=0.1, ramp_down=0.5)

    def before_update(self) -> None:
        gradients = [variable.grad for variable in self.variables.values() if variable.grad is not None]
        length = torch.nn.utils.get_total_norm(gradients).clamp_min(1e-12)
        for gradient in gradients:
            gradient.div_(length)

    def objective(self, index: int) -> tuple[Tensor, str, Tensor]:
        c = self.config
        image = self.tuned.synthesis(self.pivot)
        distance, pixels, small = self.target.whole_distance(image)
        loss = c.distance_weight * distance + c.pixel_weight * pixels + c.detail_weight * self.target.detail_distance(image)
        # What is finer than the distances' view would drift into patterns that nobody scores: keep it as the generator draws it.
        loss = loss + c.texture_weight * (texture(image, small.shape[-1]) - self.texture).square().mean()
        return loss, "tuning", small

    def w_plus(self) -> Tensor:
        return self.pivot

    @torch.no_grad()
    def weight_delta(self) -> dict[str, Tensor]:
        assert isinstance(self.original, nn.Module)
        return compact_delta({name: value.detach() - self.original.get_parameter(name) for name, value in self.variables.items()})


def texture(image: Tensor, size: int) -> Tensor:
    """What an image [N, 3, R, R] loses when it is averaged to ``size`` px (a divisor of R)."""
    coarse = area_resize(image, size)
    return image - F.interpolate(coarse, size=image.shape[-2:], mode="nearest")
