"""How far a direction may go: ranges measured on the generator that it was found with.

A method tells where a direction leads, not how far a face bears it. For faces the measure is dlib's descriptor: the range ends where the median face
is about to become somebody else's. For all else it is how far styles move, against how they differ among random latents. Either way the vector is
scaled so that the range is -3 to 3: sliders that go equally far.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from latentedit.defaults import TRIAL_FACES
from latentedit.directions.direction import Direction, Measured
from latentedit.directions.discovery_step import DiscoveryStep, Finding
from latentedit.directions.drawing import small_image
from latentedit.directions.style_spread import StyleSpread
from latentedit.generators.base import Generator
from latentedit.generators.prior import random_latents

if TYPE_CHECKING:
    from latentedit.assets import AssetStore

FULL = 3.0
"""The amount at the range's end, for all directions alike."""
SAME_PERSON = 0.45
"""The largest median distance of descriptors at the range's end; two photographs of one person are less than 0.6 apart."""
PSI = 0.8
"""Random faces for measuring are truncated a little: portraits are not at the prior's edge."""
SHARE = 0.3
"""How far styles move to the range's end where nothing tells persons apart, of how far random latents' styles differ. The shipped directions, whose
ends are where persons are lost, end at 0.1 to 0.7 of it, the median at a quarter."""
WIDEST_SHARE = 1.0
"""The same where persons are told apart, for directions that lose none: colours and backgrounds."""
CHANNEL = 10.0
"""How far a single channel moves at most, in its deviations: as far as figures of StyleSpace go."""
RUNGS, RATIO = 15, 0.8
"""Ends that are tried, each so much nearer than the one before: found by halving, in four trials."""
TRIALS = (RUNGS + 1).bit_length() - 1
TINY = 1e-9
"""A direction that moves nothing can be moved far."""
PERSON_UNIT = "a third of the way to where people stop being themselves"
PRIOR_UNIT = "a third of the way that random latents bear"


class Descriptor(Protocol):
    """Numbers of a face whose Euclidean distance tells persons apart, as :class:`latentedit.identity.FaceDescriptor` has them."""

    def descriptor(self, image: Tensor) -> NDArray[np.float64]: ...


CALIBRATION_SEED = 2_000_000
"""Of the faces that directions are usually tried on: others than those that they were found from."""


def descriptor_for(generator: Generator, store: AssetStore | None = None) -> Descriptor | None:
    """What tells the persons apart that a generator draws; None for what draws no faces.

    Raises:
        ResourceError: it cannot be had.
    """
    from latentedit.identity import FaceDescriptor

    return FaceDescriptor.load(store) if generator.spec.domain == "face" else None


@dataclass(frozen=True, eq=False)
class Trial:
    """A face that directions are tried on: its latent [1, num_ws, w_dim], and its descriptor unedited."""

    w_plus: Tensor
    numbers: NDArray[np.float64]


def prior_reach(spread: StyleSpread, direction: Direction, share: float = SHARE) -> float:
    """The largest amount that leaves styles among those that the generator knows; nothing is drawn.

    Args:
        share: of what random latents' styles differ by, over all layers; see :data:`SHARE`. No channel moves by more than :data:`CHANNEL`.
    """
    shift = spread.shift(direction)
    return min(share / max(shift.whole, TINY), CHANNEL / max(shift.channel, TINY))


def scaled(direction: Direction, reach: float, unit: str) -> Direction:
    """The direction whose amount of :data:`FULL` goes as far as ``reach`` of the given one, and whose range ends there."""
    return replace(direction, vector=direction.vector * (reach / FULL), default_range=(-FULL, FULL), unit=unit)


def drift(generator: Generator, direction: Direction, reach: float, face: Trial, descriptor: Descriptor) -> float:
    """Distance of descriptors between a face and the end of -``reach`` to ``reach`` that is farther from it."""
    ends = (small_image(generator, direction.apply(face.w_plus, amount), _shown(direction)) for amount in (-reach, reach))
    return max(float(np.linalg.norm(descriptor.descriptor(end) - face.numbers)) for end in ends)


@torch.no_grad()
def calibrate(
    generator: Generator, findings: Sequence[Finding], descriptor: Descriptor | None, *, faces: int = TRIAL_FACES, seed: int = 0
) -> Iterator[DiscoveryStep]:
    """What was found, with measured ranges: a step for each face that is drawn, the findings in the last one. To cancel, stop iterating.

    Args:
        descriptor: tells persons apart; None for what draws no faces, where the styles decide and nothing is drawn.
        faces: how many random ones each direction is tried on, at least one.
        seed: of these faces.
    """
    spread = StyleSpread.of(generator, seed)
    if descriptor is None:
        kept = tuple(
            replace(one, direction=scaled(one.direction, prior_reach(spread, one.direction), PRIOR_UNIT)) for one in findings
        )
        yield DiscoveryStep(1, 1, "setting ranges", findings=kept)
        return
    random = torch.Generator().manual_seed(seed)
    sitters = []
    total, number = faces * (1 + TRIALS * len(findings)), 0
    for _ in range(faces):
        w_plus = random_latents(generator, 1, random, truncation_psi=PSI)
        sitters.append(Trial(w_plus, descriptor.descriptor(small_image(generator, w_plus, ()))))
        number += 1
        yield DiscoveryStep(number, total, "measuring ranges")
    done: list[Finding] = []
    for finding in findings:
        widest = prior_reach(spread, finding.direction, WIDEST_SHARE)
        kept_rung, lost_rung = RUNGS, -1  # the nearest is taken when none keeps the person
        identity = math.nan
        for _ in range(TRIALS):
            rung = (kept_rung + lost_rung) // 2
            distances = []
            for sitter in sitters:
                distances.append(drift(generator, finding.direction, widest * RATIO**rung, sitter, descriptor))
                number += 1
                if number < total:
                    yield DiscoveryStep(number, total, "measuring ranges")
            if median(distances) <= SAME_PERSON:
                kept_rung, identity = rung, median(distances)
            else:
                lost_rung = rung
        direction = scaled(finding.direction, widest * RATIO**kept_rung, PERSON_UNIT)
        measured = Measured(faces, identity=None if math.isnan(identity) else identity)
        done.append(replace(finding, direction=replace(direction, measured=measured)))
    yield DiscoveryStep(total, total, "measuring ranges", findings=tuple(done))


def _shown(direction: Direction) -> tuple[int, ...]:
    """Layers for the choice of a drawing: of those that move all, what a preview leaves out changes no person."""
    return () if direction.layers is None else direction.layers
