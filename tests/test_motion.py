"""The motion between drawings, and what becomes of the detail that the generator does not draw."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from latentedit.motion import FLOW_PX, KEPT_PX, carried_detail, displaced, optical_flow


def texture(seed: int, grain: int = 12, size: int = KEPT_PX) -> Tensor:
    """Smooth random colours [1, 3, size, size] in [-1, 1], details ``grain`` pixels wide."""
    random = torch.rand(1, 3, size // grain, size // grain, generator=torch.Generator().manual_seed(seed)) * 2 - 1
    return F.interpolate(random, size=(size, size), mode="bicubic", align_corners=False).clamp(-1, 1)


def shift(x: float, y: float) -> Tensor:
    return torch.tensor([x, y]).view(1, 2, 1, 1).expand(1, 2, KEPT_PX, KEPT_PX)


MIDDLE = (..., slice(FLOW_PX // 4, -FLOW_PX // 4), slice(FLOW_PX // 4, -FLOW_PX // 4))


@settings(max_examples=15)
@given(st.integers(0, 100), st.floats(-0.05, 0.05), st.floats(-0.05, 0.05))
def test_a_shift_is_found(seed: int, x: float, y: float) -> None:
    before = texture(seed)
    found = optical_flow(before, displaced(before, shift(x, y)))
    assert found.shape == (1, 2, FLOW_PX, FLOW_PX)
    error = (found - torch.tensor([x, y]).view(1, 2, 1, 1)).norm(dim=1)[MIDDLE]
    assert error.median() * KEPT_PX < 2.5  # pixels; of 404 tried at the corners none has more than 1.91


def test_a_turn_is_found() -> None:
    before = texture(3)
    angle = torch.tensor(0.08)
    centres = (torch.arange(KEPT_PX) + 0.5) / KEPT_PX - 0.5
    y, x = torch.meshgrid(centres, centres, indexing="ij")
    turned = torch.stack([x * angle.cos() - y * angle.sin(), x * angle.sin() + y * angle.cos()])
    flow = (turned - torch.stack([x, y]))[None]
    found = optical_flow(before, displaced(before, flow))
    error = (found - F.interpolate(flow, size=(FLOW_PX, FLOW_PX), mode="area")).norm(dim=1)[MIDDLE]
    assert error.median() * KEPT_PX < 1


@given(st.integers(0, 100), st.sampled_from([16, 32, 200, 512]))
def test_equal_drawings_carry_nothing(seed: int, size: int) -> None:
    drawn = torch.rand(1, 3, size, size, generator=torch.Generator().manual_seed(seed))
    assert carried_detail(drawn, drawn.clone()) is None


def test_flat_places_stay_where_they_are() -> None:
    """A wall beside what moves has nothing to follow."""
    before = torch.zeros(1, 3, KEPT_PX, KEPT_PX)
    before[..., 96:160, 96:160] = texture(1, size=64)
    carried = carried_detail(before, displaced(before, shift(0.03, 0)))
    assert carried is not None
    assert not carried.flow[..., :40].any() and not carried.flow[..., -40:].any()
    assert (carried.kept[..., :40] == 1).all()
    assert (carried.flow[0, 0, 120:136, 120:136].median() - 0.03).abs() * KEPT_PX < 1


def test_a_change_of_brightness_moves_and_loses_nothing() -> None:
    before = texture(5) * 0.7
    carried = carried_detail(before, before + 0.2)
    assert carried is None or (carried.kept.min() > 0.99 and carried.flow.norm(dim=1).max() * KEPT_PX < 1)


def test_what_vanishes_loses_its_detail_and_the_rest_keeps_it() -> None:
    before, after = torch.zeros(1, 3, KEPT_PX, KEPT_PX), torch.zeros(1, 3, KEPT_PX, KEPT_PX)
    before[..., 100:150, 100:150] = texture(2, grain=6, size=50)
    carried = carried_detail(before, after)
    assert carried is not None
    assert carried.kept[..., 110:140, 110:140].mean() < 0.2
    assert (carried.kept[..., :80] == 1).all()


@pytest.mark.parametrize("amount", [0.02, 0.1])
def test_small_changes_resample_nothing(amount: float) -> None:
    """A change of shading over a textured face is no motion."""
    before = texture(7)
    shading = torch.linspace(-1, 1, KEPT_PX).view(1, 1, 1, -1) * amount
    carried = carried_detail(before, (before + shading).clamp(-1, 1))
    assert carried is None or (carried.flow.abs().median() == 0 and carried.kept.mean() > 0.98)


def test_nothing_is_carried_from_beyond_the_photograph() -> None:
    before = texture(2)
    after = displaced(before, shift(0.03, 0))  # what is drawn comes from the right
    whole = carried_detail(before, after)
    cut = carried_detail(before, after, lambda places: places[..., 0] < 0)  # the photograph ends in the middle
    assert whole is not None and cut is not None
    assert torch.equal(whole.flow, cut.flow)
    edge = slice(KEPT_PX // 2 - 4, KEPT_PX // 2)  # comes from the other half, seven pixels on
    assert whole.kept[..., 40:-40, edge].mean() > 0.9 and cut.kept[..., 40:-40, edge].max() == 0
    inside = slice(40, KEPT_PX // 2 - 20)
    assert torch.equal(whole.kept[..., inside], cut.kept[..., inside])
