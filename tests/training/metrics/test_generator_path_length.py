"""Path lengths of whole generators: against closed forms, and of the editor's own."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from latentedit.assets import AssetStore
from latentedit.errors import UsageError
from latentedit.generators.toy import ToyGenerator
from latentedit.perceptual import load_lpips
from latentedit_training.metrics.generator_path_length import (
    PathLengthStep,
    generator_path_length,
    lpips_of_pairs,
    module_path_length,
)

CPU = torch.device("cpu")


def squared(a: Tensor, b: Tensor) -> Tensor:
    return (a - b).double().square().flatten(1).sum(1)


def value(steps: Iterator[PathLengthStep]) -> float:
    *before, last = steps
    assert all(step.value is None for step in before) and last.done == last.total and last.value is not None
    return last.value


def test_of_an_isometry_it_is_the_mean_squared_angle() -> None:
    """A generator that only turns z: its images move by z_dim times the squared angle, and independent latents of many dimensions are
    perpendicular: π²/4 · z_dim, to a hundredth."""
    z_dim = 108
    turn = torch.linalg.qr(torch.randn(z_dim, z_dim, dtype=torch.float64, generator=torch.Generator().manual_seed(0))).Q

    def draw(z: Tensor) -> Tensor:
        return (z.double() @ turn).view(-1, 3, 6, 6)

    for sampling in ("full", "end"):
        # Within 3 %: the angles of 300 pairs vary, and places t in single precision round the step of 1e-4.
        found = value(
            module_path_length(draw, squared, z_dim=z_dim, device=CPU, sampling=sampling, count=300, seed=1, batch_size=64)
        )
        assert found == pytest.approx(math.pi**2 / 4 * z_dim, rel=0.03)


class Straight(ToyGenerator):
    """w_plus to an image by one matrix, and z to w_plus by another: all lengths are known."""

    def __init__(self) -> None:
        super().__init__()
        random = torch.Generator().manual_seed(4)
        self.to_w = torch.randn(self.z_dim, self.num_ws * self.w_dim, generator=random)
        self.to_image = torch.randn(self.num_ws * self.w_dim, 48, generator=random)

    def mapping(self, z: Tensor, *rest: object, **more: object) -> Tensor:
        return (z @ self.to_w).view(-1, self.num_ws, self.w_dim)

    def synthesis(self, w_plus: Tensor, *rest: object, **more: object) -> Tensor:
        return (w_plus.double().flatten(1) @ self.to_image.double()).view(-1, 3, 4, 4)


@pytest.mark.parametrize("sampling", ["full", "end"])
def test_in_w_a_linear_generator_moves_by_the_difference_of_its_ends(sampling: str) -> None:
    generator = Straight()
    found = value(generator_path_length(generator, squared, space="w", sampling=sampling, count=1, seed=7))  # type: ignore[arg-type]
    z = torch.randn(2, generator.z_dim, generator=torch.Generator().manual_seed(7))
    starts, ends = generator.mapping(z).chunk(2)
    expected = float(squared(generator.synthesis(starts), generator.synthesis(ends)))
    assert found == pytest.approx(expected, rel=1e-2)


def test_the_toy_generator_has_lengths_that_repeat_themselves(toy: ToyGenerator) -> None:
    def measured(space: str, seed: int, batch_size: int = 4) -> float:
        steps = generator_path_length(
            toy,
            squared,
            space=space,
            sampling="full",
            count=8,
            seed=seed,
            batch_size=batch_size,  # type: ignore[arg-type]
        )
        return value(steps)

    for space in ("z", "w"):
        first = measured(space, 0)
        assert first > 0 and first == measured(space, 0) != measured(space, 1)


def test_what_cannot_be_measured_is_told(toy: ToyGenerator) -> None:
    with pytest.raises(UsageError):
        next(generator_path_length(toy, squared, space="w", sampling="end", count=0, seed=0))
    classes = ToyGenerator()
    classes.spec = replace(classes.spec, c_dim=3)
    with pytest.raises(UsageError, match="classes"):
        next(generator_path_length(classes, squared, space="w", sampling="end", count=1, seed=0))


@pytest.mark.assets
def test_lpips_sees_large_images_small_and_grey_ones_as_colour(fetched: AssetStore) -> None:
    network = load_lpips("alex", store=fetched)
    distance = lpips_of_pairs(network)
    a, b = (2 * torch.rand(1, 1, 512, 512, generator=torch.Generator().manual_seed(s)) - 1 for s in (0, 1))
    small = [torch.nn.functional.avg_pool2d(x, 2).expand(-1, 3, -1, -1) for x in (a, b)]
    with torch.no_grad():
        torch.testing.assert_close(distance(a, b), network(*small))
        assert float(distance(a, a)) == 0
