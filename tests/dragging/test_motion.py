"""What motion supervision asks for."""

from __future__ import annotations

import torch
from hypothesis import given
from hypothesis import strategies as st

from latentedit.dragging.motion import kept_loss, motion_loss
from latentedit.dragging.sampling import disc, sample

from .blob import RESOLUTION, blob

PIXEL = 1 / RESOLUTION
OFFSETS = disc(2 * PIXEL, PIXEL)
ANGLES = st.floats(0, 6.28)


@given(ANGLES)
def test_its_gradient_carries_the_blob_toward_the_target(angle: float) -> None:
    centre = torch.tensor([0.5, 0.5], requires_grad=True)
    point = torch.tensor([[0.5, 0.5]])
    way = torch.tensor([torch.cos(torch.tensor(angle)), torch.sin(torch.tensor(angle))])
    features = blob(centre)
    reference = sample(features, point[:, None] + OFFSETS)
    (gradient,) = torch.autograd.grad(motion_loss(features, point, way[None] * PIXEL, OFFSETS, reference), centre)
    assert float(-gradient @ way / gradient.norm()) > 0.9


def test_it_is_the_formula() -> None:
    random = torch.Generator().manual_seed(0)
    features = torch.randn(1, 3, RESOLUTION, RESOLUTION, generator=random).double()
    points = torch.rand(2, 2, generator=random).double() * 0.5 + 0.25
    shifts = torch.randn(2, 2, generator=random).double() * PIXEL
    reference = torch.randn(2, len(OFFSETS), 3, generator=random).double()
    expected = 0.0
    for k in range(2):
        terms = [
            abs(float(sample(features, points[k] + shifts[k] + OFFSETS[i])[channel] - reference[k, i, channel]))
            for i in range(len(OFFSETS))
            for channel in range(3)
        ]
        expected += sum(terms) / len(terms)
    loss = motion_loss(features, points, shifts, OFFSETS.double(), reference)
    assert torch.allclose(loss, torch.tensor(expected).double())


def test_there_is_nothing_to_do_where_all_is_in_its_place() -> None:
    centre = torch.tensor([0.5, 0.5])
    reference = sample(blob(centre), centre[None, None] + OFFSETS)
    moved = centre + torch.tensor([2 * PIXEL, 0.0])
    # The blob has moved by two whole pixels, and the shift leads there.
    assert float(motion_loss(blob(moved), centre[None], torch.tensor([[2 * PIXEL, 0.0]]), OFFSETS, reference)) < 1e-6


def test_only_what_is_kept_counts() -> None:
    start = torch.zeros(1, 2, 4, 4)
    features = start.clone()
    features[:, :, :, 2:] = 3.0
    left, right = torch.zeros(1, 1, 4, 4), torch.zeros(1, 1, 4, 4)
    left[..., :2], right[..., 2:] = 1.0, 1.0
    assert float(kept_loss(features, start, left)) == 0.0
    assert float(kept_loss(features, start, right)) == 3.0
    assert float(kept_loss(features, start, torch.ones(1, 1, 4, 4))) == 1.5
    assert float(kept_loss(features, start, torch.zeros(1, 1, 4, 4))) == 0.0
