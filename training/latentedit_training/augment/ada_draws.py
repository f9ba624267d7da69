"""What ADA does at random, and how often (Karras et al., 2020, arXiv:2006.06676, appendix B)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from math import log, pi, sqrt
from typing import Annotated

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass as checked_dataclass
from torch import Tensor

from latentedit.errors import UsageError
from latentedit_training.strictness import STRICT

_Share = Annotated[float, Field(ge=0, le=1)]
_Deviation = Annotated[float, Field(ge=0)]


@checked_dataclass(frozen=True, config=STRICT)
class AdaConfig:
    """Which transformations there are, and how strong they are. The strengths are the paper's.

    Attributes:
        x_flip, rotate90, integer_shift: how often pixels are moved about, in shares of p; 0 for never. So are the next ones.
        scale, rotate, stretch, fractional_shift: geometry.
        brightness, contrast, luma_flip, hue, saturation: colours.
        bands: frequency bands, each on its own.
        noise, cutout: corruption.
        integer_shift_limit: the longest, in shares of the side.
        scale_deviation, stretch_deviation: of the factor's logarithm to base 2.
        rotate_limit: the largest angle, in half turns.
        fractional_shift_deviation: in shares of the side.
        brightness_deviation: in [-1, 1].
        contrast_deviation, saturation_deviation, bands_deviation: of the factor's logarithm to base 2.
        hue_limit: the largest angle, in half turns.
        noise_deviation: of the deviation, in [-1, 1].
        cutout_size: of the sides.
    """

    x_flip: _Share = 0.0
    rotate90: _Share = 0.0
    integer_shift: _Share = 0.0
    scale: _Share = 0.0
    rotate: _Share = 0.0
    stretch: _Share = 0.0
    fractional_shift: _Share = 0.0
    brightness: _Share = 0.0
    contrast: _Share = 0.0
    luma_flip: _Share = 0.0
    hue: _Share = 0.0
    saturation: _Share = 0.0
    bands: _Share = 0.0
    noise: _Share = 0.0
    cutout: _Share = 0.0
    integer_shift_limit: _Share = 0.125
    scale_deviation: _Deviation = 0.2
    rotate_limit: _Share = 1.0
    stretch_deviation: _Deviation = 0.2
    fractional_shift_deviation: _Deviation = 0.125
    brightness_deviation: _Deviation = 0.2
    contrast_deviation: _Deviation = 0.5
    hue_limit: _Share = 1.0
    saturation_deviation: _Deviation = 1.0
    bands_deviation: _Deviation = 1.0
    noise_deviation: _Deviation = 0.1
    cutout_size: _Share = 0.5


_BLIT = {"x_flip": 1.0, "rotate90": 1.0, "integer_shift": 1.0}
_GEOMETRY = {"scale": 1.0, "rotate": 1.0, "stretch": 1.0, "fractional_shift": 1.0}
_COLOUR = {"brightness": 1.0, "contrast": 1.0, "luma_flip": 1.0, "hue": 1.0, "saturation": 1.0}

ADA_PRESETS: Mapping[str, AdaConfig] = {
    "blit": AdaConfig(**_BLIT),
    "color": AdaConfig(**_COLOUR),
    "bg": AdaConfig(**_BLIT, **_GEOMETRY),
    "bgc": AdaConfig(**_BLIT, **_GEOMETRY, **_COLOUR),
    "bgcf": AdaConfig(**_BLIT, **_GEOMETRY, **_COLOUR, bands=1.0),
    "bgcfnc": AdaConfig(**_BLIT, **_GEOMETRY, **_COLOUR, bands=1.0, noise=1.0, cutout=1.0),
}
"""The sets that the paper compares, by the names of its code. It recommends ``bgc``."""

BAND_POWER = (10 / 13, 1 / 13, 1 / 13, 1 / 13)
"""The power that natural images have in each band, lowest first."""


@dataclass(frozen=True, eq=False)
class AdaDraws:
    """What happens to each image of a batch; tensors on the CPU, float32 unless said otherwise. What does not happen has the value that changes nothing.

    Attributes:
        flipped: ``[N]`` bool.
        quarter_turns: ``[N]`` int64 in 0 to 3.
        integer_shift: ``[N, 2]``, right and down, shares of the sides.
        scale: ``[N]``, a factor.
        first_turn: ``[N]``, radians, before stretching.
        stretch: ``[N]``, a factor for the width and a divisor for the height.
        last_turn: ``[N]``, radians, after stretching.
        fractional_shift: ``[N, 2]``, shares of the sides.
        brightness: ``[N]``, added.
        contrast: ``[N]``, a factor.
        luma_flipped: ``[N]`` bool.
        hue: ``[N]``, radians.
        saturation: ``[N]``, a factor.
        bands: ``[N, 4]``, factors.
        noise: ``[N]``, a deviation.
        noise_seed: ``[N]`` int64.
        cutout: ``[N]``, a size in shares of the sides.
        cutout_centre: ``[N, 2]``, shares of the sides.
    """

    flipped: Tensor
    quarter_turns: Tensor
    integer_shift: Tensor
    scale: Tensor
    first_turn: Tensor
    stretch: Tensor
    last_turn: Tensor
    fractional_shift: Tensor
    brightness: Tensor
    contrast: Tensor
    luma_flipped: Tensor
    hue: Tensor
    saturation: Tensor
    bands: Tensor
    noise: Tensor
    noise_seed: Tensor
    cutout: Tensor
    cutout_centre: Tensor

    def __len__(self) -> int:
        return len(self.flipped)

    def shard(self, places: slice) -> AdaDraws:
        """What happens to some of the images."""
        return AdaDraws(**{field.name: getattr(self, field.name)[places] for field in fields(self)})


def draw_ada(config: AdaConfig, p: Tensor | float, n: int, generator: torch.Generator) -> AdaDraws:
    """What happens to ``n`` images.

    As many numbers are drawn whatever ``p`` and the configuration are: a larger ``p`` adds transformations to those of a smaller one, and changes none.

    Args:
        p: how likely each transformation is, 0 to 1, a number or a tensor of one; see :mod:`latentedit_training.augment.controller`.
        generator: on the CPU.

    Raises:
        UsageError: ``p`` is not in 0 to 1.
    """
    p = float(p)
    if not 0 <= p <= 1:
        raise UsageError(f"{p:g} is no probability.", hint="Augmentation takes p from 0 to 1.")
    return _Drawing(p, n, generator).all(config)


class _Drawing:
    def __init__(self, p: float, n: int, generator: torch.Generator) -> None:
        self.p, self.n, self.generator = p, n, generator

    def all(self, config: AdaConfig) -> AdaDraws:
        # 1 - (1 - q)^2 = p for both turns together; the paper's p_rot.
        turn = 1 - sqrt(1 - config.rotate * self.p)
        return AdaDraws(
            flipped=self.if_drawn(config.x_flip * self.p, self.uniform() < 0.5, False),
            quarter_turns=self.if_drawn(config.rotate90 * self.p, (self.uniform() * 4).long(), 0),
            integer_shift=self.if_drawn(config.integer_shift * self.p, self.around(config.integer_shift_limit, 2), 0),
            scale=self.if_drawn(config.scale * self.p, self.factor(config.scale_deviation), 1),
            first_turn=self.if_drawn(turn, self.around(config.rotate_limit * pi), 0),
            stretch=self.if_drawn(config.stretch * self.p, self.factor(config.stretch_deviation), 1),
            last_turn=self.if_drawn(turn, self.around(config.rotate_limit * pi), 0),
            fractional_shift=self.if_drawn(
                config.fractional_shift * self.p, self.normal(2) * config.fractional_shift_deviation, 0
            ),
            brightness=self.if_drawn(config.brightness * self.p, self.normal() * config.brightness_deviation, 0),
            contrast=self.if_drawn(config.contrast * self.p, self.factor(config.contrast_deviation), 1),
            luma_flipped=self.if_drawn(config.luma_flip * self.p, self.uniform() < 0.5, False),
            hue=self.if_drawn(config.hue * self.p, self.around(config.hue_limit * pi), 0),
            saturation=self.if_drawn(config.saturation * self.p, self.factor(config.saturation_deviation), 1),
            bands=self.band_gains(config.bands * self.p, config.bands_deviation),
            noise=self.if_drawn(config.noise * self.p, self.normal().abs() * config.noise_deviation, 0),
            noise_seed=torch.randint(2**62, (self.n,), generator=self.generator),
            cutout=self.if_drawn(config.cutout * self.p, torch.full((self.n,), config.cutout_size), 0),
            cutout_centre=self.uniform(2),
        )

    def uniform(self, *shape: int) -> Tensor:
        return torch.rand(self.n, *shape, generator=self.generator)

    def normal(self, *shape: int) -> Tensor:
        return torch.randn(self.n, *shape, generator=self.generator)

    def around(self, limit: float, *shape: int) -> Tensor:
        """Uniform in ± ``limit``."""
        return (self.uniform(*shape) * 2 - 1) * limit

    def factor(self, deviation: float) -> Tensor:
        return (self.normal() * (deviation * log(2))).exp()

    def if_drawn(self, probability: float, value: Tensor, otherwise: float) -> Tensor:
        happens = self.uniform() < probability
        return torch.where(happens.view(-1, *[1] * (value.ndim - 1)), value, torch.full_like(value, otherwise))

    def band_gains(self, probability: float, deviation: float) -> Tensor:
        """One band after the other is changed, and all are scaled back to the power that natural images have."""
        gains = torch.ones(self.n, len(BAND_POWER))
        for band in range(len(BAND_POWER)):
            factor = self.if_drawn(probability, self.factor(deviation), 1)
            changed = torch.ones_like(gains)
            changed[:, band] = factor
            power = (torch.tensor(BAND_POWER) * changed.square()).sum(dim=1, keepdim=True)
            # Untouched rows stay ones to the last bit: BAND_POWER's sum may round.
            gains = torch.where(factor[:, None] == 1, gains, gains * changed / power.sqrt())
        return gains
