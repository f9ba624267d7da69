"""How much work a projection does, and with which method."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

from latentedit.errors import UsageError

Preset = Literal["fast", "balanced", "best"]
Method = Literal["auto", "stylegan2", "image2stylegan"]
Space = Literal["w", "w_plus"]


@dataclass(frozen=True)
class ProjectionConfig:
    """Settings of our own projection (method ``auto``), measured in docs/results/projection.md.

    Attributes:
        coarse_steps, coarse_learning_rate: steps on the generator's small preview, and Adam's peak rate there.
        fine_steps, fine_learning_rate: steps on the full drawing.
        tuning_steps, tuning_step: steps that move some of the generator's weights instead of the latent (after Roich et al., 2021,
            "Pivotal Tuning"), stored as a small difference; and how far each goes, as a share of the length of the
            vector of all those weights.
        pixel_weight: of the mean squared difference at 256 px, images in [-1, 1].
        distance_weight: of the perceptual distance (LPIPS, AlexNet) at 256 px.
        detail_weight, detail_px: of the perceptual distance (LPIPS, VGG16) on the face region, and the size it is compared at.
        texture_weight: of the mean squared difference of detail finer than 256 px from what the untuned generator draws, in tuning.
        prior_weight: of the latent's mean squared deviation from what the mapping network makes, each direction in its own standard
            deviations (see :class:`~latentedit.projection.latent_prior.LatentPrior`), which keeps it where directions mean what they say.
        spread_weight: of the layers' mean squared distance from their mean, over ``w_std^2``, which keeps the latent near W (Tov et al., 2021,
            section 4.2).
    """

    coarse_steps: int
    fine_steps: int
    tuning_steps: int = 0
    coarse_learning_rate: float = 0.06
    fine_learning_rate: float = 0.03
    tuning_step: float = 0.003
    pixel_weight: float = 0.5
    distance_weight: float = 1.0
    detail_weight: float = 1.0
    detail_px: int = 160
    texture_weight: float = 10.0
    prior_weight: float = 0.05
    spread_weight: float = 4e-3


PRESETS: dict[Preset, ProjectionConfig] = {
    "fast": ProjectionConfig(coarse_steps=48, fine_steps=0, tuning_steps=15, tuning_step=0.01),
    "balanced": ProjectionConfig(coarse_steps=70, fine_steps=50, tuning_steps=40, tuning_step=0.002),
    "best": ProjectionConfig(coarse_steps=100, fine_steps=60, tuning_steps=100),
}


def preset_config(preset: str, steps: int | None = None) -> ProjectionConfig:
    """The configuration of a preset; ``steps`` rescales its phases to that many steps in all.

    Raises:
        UsageError: the preset is unknown, or ``steps`` is not positive.
    """
    if preset not in get_args(Preset):
        raise UsageError(f"There is no preset {preset}.", hint="Choose fast, balanced or best.")
    config = PRESETS[preset]  # type: ignore[index]
    if steps is None:
        return config
    if steps < 1:
        raise UsageError("The number of steps must be at least 1.")
    total = config.coarse_steps + config.fine_steps + config.tuning_steps
    coarse = round(steps * config.coarse_steps / total)
    tuning = round(steps * config.tuning_steps / total)
    return replace(config, coarse_steps=coarse, tuning_steps=tuning, fine_steps=steps - coarse - tuning)
