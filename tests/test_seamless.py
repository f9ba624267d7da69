"""The membrane: harmonic inside, the photograph's differences outside."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from latentedit.seamless import membrane


def disc(height: int, width: int) -> Tensor:
    y, x = torch.meshgrid(torch.linspace(-1, 1, height), torch.linspace(-1, 1, width), indexing="ij")
    return ((x * x + y * y) < 0.6).float()[None, None]


@pytest.mark.parametrize("size", [(16, 16), (64, 64), (61, 47), (256, 256)])
def test_linear_differences_are_their_own_membrane(size: tuple[int, int]) -> None:
    height, width = size
    y, x = torch.meshgrid(torch.linspace(0, 1, height), torch.linspace(0, 1, width), indexing="ij")
    plane = torch.stack([x, y, 2 * x - y])[None]
    inside = disc(height, width)
    broken = torch.where(inside.bool(), torch.full_like(plane, 9.0), plane)
    assert torch.allclose(membrane(broken, inside), plane, atol=0.02)


@settings(max_examples=20)
@given(st.integers(0, 1000))
def test_it_keeps_what_is_outside_and_stays_between_its_extremes(seed: int) -> None:
    border = torch.rand(1, 3, 40, 40, generator=torch.Generator().manual_seed(seed))
    inside = disc(40, 40)
    found = membrane(border, inside)
    outside = ~inside.bool().expand_as(border)
    assert torch.equal(found[outside], border[outside])
    assert found.min() >= border[outside].min() - 1e-5 and found.max() <= border[outside].max() + 1e-5


def test_inside_it_is_the_mean_of_its_neighbours() -> None:
    border = torch.rand(1, 1, 64, 64, generator=torch.Generator().manual_seed(0))
    inside = disc(64, 64)
    found = membrane(border, inside)
    around = (found[..., :-2, 1:-1] + found[..., 2:, 1:-1] + found[..., 1:-1, :-2] + found[..., 1:-1, 2:]) / 4
    off = (around - found[..., 1:-1, 1:-1])[inside[..., 1:-1, 1:-1].bool()].abs()
    assert off.max() < 2e-3


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_all_inside_or_nothing(value: float) -> None:
    border = torch.rand(1, 3, 20, 20)
    found = membrane(border, torch.full((1, 1, 20, 20), value))
    assert found.isfinite().all()
    assert torch.equal(found, border) or value == 1.0
