"""Ranges: how far a direction may go, told by likeness or by lengths."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from torch import Tensor

from latentedit.directions import Direction
from latentedit.directions.calibration import (
    CHANNEL,
    FULL,
    RATIO,
    SAME_PERSON,
    SHARE,
    WIDEST_SHARE,
    calibrate,
    prior_reach,
)
from latentedit.directions.discovery_step import DiscoveryStep, Finding
from latentedit.directions.style_channels import channel_move, style_layers
from latentedit.directions.style_spread import StyleSpread
from latentedit.generators.prior import random_latents
from latentedit.generators.toy import ToyGenerator


class Pixels:
    """In place of dlib's numbers: the picture itself; the larger ``weight``, the sooner a person is lost."""

    def __init__(self, weight: float) -> None:
        self.weight = weight

    def descriptor(self, image: Tensor) -> NDArray[np.float64]:
        return self.weight * image.double().numpy().ravel()


def finding(seed: int = 0, layers: tuple[int, ...] | None = None, length: float = 1.0) -> Finding:
    vector = torch.randn(16, generator=torch.Generator().manual_seed(seed))
    return Finding(Direction("any", vector / vector.norm() * length, layers), {"told": 1.0})


def last(steps: Iterator[DiscoveryStep]) -> list[Direction]:
    *_, step = steps
    return [one.direction for one in step.findings]


def reach(direction: Direction) -> float:
    """How far the range's end is, for vectors [w_dim]."""
    return direction.default_range[1] * float(direction.vector.norm())


@given(st.floats(0.01, 100), st.sampled_from([None, (0,), (2, 3), (4, 5, 6, 7)]))
def test_without_persons_ends_lie_as_far_for_any_length_of_the_vector(length: float, layers: tuple[int, ...] | None) -> None:
    toy = ToyGenerator()
    (direction,) = last(calibrate(toy, [finding(1, layers, length)], None))
    assert direction.default_range == (-FULL, FULL) and direction.layers == layers
    shift = StyleSpread.of(toy).shift(direction)
    assert FULL * max(shift.whole / SHARE, shift.channel / CHANNEL) == pytest.approx(1.0, rel=1e-4)


@pytest.mark.parametrize("weight", [0.02, 0.1, 0.2])
def test_the_range_ends_where_the_person_is_about_to_be_lost(weight: float) -> None:
    toy, one = ToyGenerator(), finding(2)
    (direction,) = last(calibrate(toy, [one], Pixels(weight), faces=5, seed=3))
    assert direction.default_range == (-FULL, FULL)
    random = torch.Generator().manual_seed(3)
    faces = [random_latents(toy, 1, random, truncation_psi=0.8) for _ in range(5)]

    def median_drift(amount: float) -> float:
        ends = [
            max(float((toy.preview(direction.apply(w, sign * amount)) - toy.preview(w)).double().norm()) for sign in (-1, 1))
            for w in faces
        ]
        return weight * float(np.median(ends))

    assert median_drift(FULL) <= SAME_PERSON + 1e-6
    assert direction.measured is not None and direction.measured.faces == 5
    assert direction.measured.identity == pytest.approx(median_drift(FULL), abs=1e-5)
    widest = prior_reach(StyleSpread.of(toy, 3), one.direction, WIDEST_SHARE)
    assert median_drift(FULL / RATIO) > SAME_PERSON or reach(direction) == pytest.approx(widest, rel=1e-5)


def test_a_wider_range_is_given_to_what_loses_nobody() -> None:
    toy, one = ToyGenerator(), finding(4)
    ends = [reach(last(calibrate(toy, [one], Pixels(weight), faces=3))[0]) for weight in (0.0, 0.1, 0.4)]
    assert (
        ends[0] == pytest.approx(prior_reach(StyleSpread.of(toy), one.direction, WIDEST_SHARE), rel=1e-5)
        and ends[0] > ends[1] > ends[2]
    )


def test_what_loses_everybody_gets_the_nearest_end() -> None:
    toy = ToyGenerator()
    (direction,) = last(calibrate(toy, [finding(5)], Pixels(1e6), faces=2))
    assert 0 < reach(direction) < 0.1 * prior_reach(StyleSpread.of(toy), finding(5).direction, WIDEST_SHARE)
    assert direction.measured is not None and direction.measured.identity is None


def test_steps_are_counted_and_repeat(toy: ToyGenerator) -> None:
    found = [finding(6), finding(7, (0, 1))]
    steps = list(calibrate(toy, found, Pixels(0.1), faces=4, seed=9))
    assert [step.number for step in steps] == list(range(1, len(steps) + 1)) and {step.total for step in steps} == {len(steps)}
    assert not any(step.findings for step in steps[:-1]) and [one.measures for one in steps[-1].findings] == [{"told": 1.0}] * 2
    again, other = (last(calibrate(toy, found, Pixels(0.1), faces=4, seed=seed)) for seed in (9, 10))
    first = [one.direction for one in steps[-1].findings]
    assert all(torch.equal(a.vector, b.vector) and a.measured == b.measured for a, b in zip(first, again, strict=True))
    assert [a.measured for a in first] != [b.measured for b in other]


def test_one_channel_goes_no_farther_than_its_deviations_say(toy: ToyGenerator) -> None:
    layer = style_layers(toy, [2])[0]
    spread = StyleSpread.of(toy)
    direction = Direction("one", channel_move(layer, 5, 0.1, toy.num_ws), (2,))
    deviation = float(next(known for known in spread.layers if known.index == 2).deviations[5])
    shift = spread.shift(direction)
    assert shift.channel == pytest.approx(0.1 / deviation, rel=1e-3)
    assert prior_reach(spread, direction, share=1e9) * 0.1 == pytest.approx(CHANNEL * deviation, rel=1e-3)


def test_what_steers_nothing_known_is_told_by_its_length(toy: ToyGenerator) -> None:
    direction = Direction("colour", torch.eye(16)[3], (1, 3))  # layers that no style matrix reads
    shift = StyleSpread.of(toy).shift(direction)
    assert shift.channel == 0.0 and shift.whole == pytest.approx((2 / 8) ** 0.5 / float(toy.w_std))
