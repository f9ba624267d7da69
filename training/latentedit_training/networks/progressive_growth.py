"""Progressive growing (Karras et al., 2018, arXiv:1710.10196, section 2 and figure 2): from coarse to fine images, each new size faded in.

Images are always as large as they will be; until then, their pixels are coarser. Stage 0 has the coarsest: 4 px wide or high, or a little more where the size
is not 4 times a power of 2. Each further stage halves them.
"""

from __future__ import annotations

import math
from typing import Annotated

import torch
import torch.nn.functional as F
from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor

from latentedit_training.networks.base import ImageShape
from latentedit_training.networks.options import CONFIG
from latentedit_training.networks.starting_size import halvings_above

SMALLEST = 4
"""Height or width of the coarsest images, at least."""

Kimg = Annotated[float, Field(ge=0, allow_inf_nan=False)]


@dataclass(frozen=True, config=CONFIG)
class Growth:
    """How far networks have grown.

    Attributes:
        stage: of the finest images, from 0.
        alpha: how much of them is to be seen, 0 to 1; the rest is of the stage before. Without meaning in stage 0.
    """

    stage: Annotated[int, Field(ge=0, le=16)]
    alpha: Annotated[float, Field(ge=0, le=1)] = 1.0


@dataclass(frozen=True, config=CONFIG)
class GrowthSchedule:
    """When networks grow, in thousands of real images seen; the defaults are the paper's (appendix A).

    Attributes:
        fade_kimg: how long a new size is faded in.
        hold_kimg: how long it is trained then, and stage 0 at first.
    """

    fade_kimg: Kimg = 600.0
    hold_kimg: Kimg = 600.0


def last_stage(image: ImageShape) -> int:
    """The stage whose images are as fine as ``image``."""
    return halvings_above(image, SMALLEST)


def growth_at(kimg: float, schedule: GrowthSchedule, stages: int) -> Growth:
    """How far networks have grown when they have seen ``kimg`` thousands of real images; ``stages`` is the last stage (:func:`last_stage`)."""
    since = kimg - schedule.hold_kimg
    period = schedule.fade_kimg + schedule.hold_kimg
    if since < 0:
        return Growth(0)
    passed = math.floor(since / period) if period else stages
    if passed >= stages:
        return Growth(stages)
    faded = since - passed * period
    return Growth(passed + 1, min(faded / schedule.fade_kimg, 1.0) if schedule.fade_kimg else 1.0)


def fade_real(image: Tensor, growth: Growth) -> Tensor:
    """Real images as coarse as those that a generator draws: ``[N, C, H, W]`` -> the same.

    Raises:
        ValueError: there is no such stage.
    """
    coarser = last_stage(ImageShape(*image.shape[1:])) - growth.stage
    if coarser < 0:
        raise ValueError(f"images of {image.shape[2]} x {image.shape[3]} px have no stage {growth.stage}")
    fine = enlarged(shrunk(image, coarser), coarser)
    if growth.stage == 0 or growth.alpha == 1:
        return fine
    return torch.lerp(enlarged(shrunk(image, coarser + 1), coarser + 1), fine, growth.alpha)


def shrunk(image: Tensor, times: int) -> Tensor:
    """Height and width halved so often, by means of 2x2 pixels."""
    return F.avg_pool2d(image, 2**times) if times else image


def enlarged(image: Tensor, times: int) -> Tensor:
    """Height and width doubled so often, by repeating pixels."""
    return F.interpolate(image, scale_factor=float(2**times), mode="nearest") if times else image
