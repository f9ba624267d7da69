"""Where features are found again, and at which places they are read."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from latentedit.dragging.sampling import disc, sample, square
from latentedit.dragging.tracking import track

from .blob import RESOLUTION, blob

PIXEL = 1 / RESOLUTION
SEARCH = {"radius": 3 * PIXEL, "spacing": PIXEL}
SHIFTS = st.integers(-3, 3)


def noise(seed: int) -> torch.Tensor:
    return torch.randn(1, 5, RESOLUTION, RESOLUTION, generator=torch.Generator().manual_seed(seed))


@given(st.integers(0, 1000), SHIFTS, SHIFTS, st.floats(0.4, 0.6), st.floats(0.4, 0.6))
def test_a_translated_patch_is_found_exactly(seed: int, dx: int, dy: int, x: float, y: float) -> None:
    features = noise(seed)
    point = torch.tensor([[x, y]])
    offsets = disc(2 * PIXEL, PIXEL)
    template = sample(features, point[:, None] + offsets)
    moved = features.roll((dy, dx), dims=(2, 3))
    found = track(moved, point, template, offsets, **SEARCH)
    wanted = point + torch.tensor([dx, dy]) * PIXEL
    # At the search's border there is no parabola; elsewhere the lowest value is zero and its neighbours decide by less than half a place.
    assert torch.equal(torch.round((found - point) / PIXEL), torch.tensor([[dx, dy]]).float())
    assert float((found - wanted).norm()) < 0.5 * PIXEL


@given(st.floats(-2, 2), st.floats(-2, 2))
def test_places_between_pixels_are_found(dx: float, dy: float) -> None:
    centre = torch.tensor([0.45, 0.55])
    offsets = disc(2 * PIXEL, PIXEL)
    template = sample(blob(centre), centre[None, None] + offsets)
    moved = centre + torch.tensor([dx, dy]) * PIXEL
    found = track(blob(moved), centre[None], template, offsets, **SEARCH)
    assert float((found[0] - moved).norm()) < 0.1 * PIXEL


def test_each_point_has_its_own_template() -> None:
    features = noise(0)
    points = torch.tensor([[0.3, 0.4], [0.7, 0.6]])
    offsets = disc(PIXEL, PIXEL)
    template = sample(features, points[:, None] + offsets)
    found = track(features.roll(2, dims=3), points, template, offsets, **SEARCH)
    assert torch.allclose(found, points + torch.tensor([2 * PIXEL, 0.0]), atol=0.5 * PIXEL)


@given(st.integers(0, 1000), st.floats(0, 1), st.floats(0, 1))
def test_sampling_is_bilinear_between_pixel_centres(seed: int, x: float, y: float) -> None:
    features = noise(seed)
    column, row = (min(max(value * RESOLUTION - 0.5, 0.0), RESOLUTION - 1.0) for value in (x, y))
    left, top = math.floor(column), math.floor(row)
    right, bottom = min(left + 1, RESOLUTION - 1), min(top + 1, RESOLUTION - 1)
    a, b = column - left, row - top
    map_ = features[0].double()
    upper = map_[:, top, left] * (1 - a) + map_[:, top, right] * a
    lower = map_[:, bottom, left] * (1 - a) + map_[:, bottom, right] * a
    expected = upper * (1 - b) + lower * b
    assert torch.allclose(sample(features, torch.tensor([x, y])).double(), expected, atol=1e-4)


@pytest.mark.parametrize("radius", [0.0, 0.9, 1.0, 2.5, 3.0])
def test_a_disc_holds_the_grid_points_within_its_radius(radius: float) -> None:
    expected = {(x, y) for x in range(-4, 5) for y in range(-4, 5) if x * x + y * y <= radius**2}
    assert {tuple(point) for point in disc(radius, 1.0).int().tolist()} == expected
    assert len(square(2.0, 0.5)) == 81
