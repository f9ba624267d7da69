"""Matrices against what they mean."""

from __future__ import annotations

from math import pi

import torch
from torch import Tensor

from latentedit_training.augment import matrices

ONE = torch.ones(1, dtype=torch.float64)
GREY = torch.tensor([1.0, 1.0, 1.0, 0.0], dtype=torch.float64)


def colours(seed: int = 0, count: int = 20) -> Tensor:
    """Columns (r, g, b, 1): ``[4, count]``."""
    drawn = torch.rand(4, count, generator=torch.Generator().manual_seed(seed), dtype=torch.float64) * 2 - 1
    drawn[3] = 1
    return drawn


def test_places_move_as_they_are_told() -> None:
    right = torch.tensor([2.0, 0.0, 1.0], dtype=torch.float64)
    up = torch.tensor([0.0, -2.0, 1.0], dtype=torch.float64)
    torch.testing.assert_close(matrices.rotation(ONE * pi / 2)[0] @ right, up)
    torch.testing.assert_close(matrices.scaling(3 * ONE, 5 * ONE)[0] @ (right + up), torch.tensor([6.0, -10.0, 2.0]).double())
    torch.testing.assert_close(matrices.translation(3 * ONE, 5 * ONE)[0] @ right, torch.tensor([5.0, 5.0, 1.0]).double())


def test_each_number_has_its_own_matrix() -> None:
    angles = torch.tensor([0.1, 0.7, -2.0], dtype=torch.float64)
    for make in (matrices.rotation, matrices.hue_rotation, matrices.brightening, matrices.contrasting, matrices.saturating):
        together = make(angles)
        apart = torch.cat([make(angle[None]) for angle in angles])
        assert torch.equal(together, apart)
        assert together.dtype == torch.float64
        assert make(angles.float()).dtype == torch.float32


def test_turns_add_up_and_keep_lengths() -> None:
    for make in (matrices.rotation, matrices.hue_rotation):
        torch.testing.assert_close(make(0.3 * ONE) @ make(0.5 * ONE), make(0.8 * ONE))
        matrix = make(0.3 * ONE)[0]
        torch.testing.assert_close(matrix @ matrix.T, torch.eye(len(matrix), dtype=torch.float64))
        assert torch.linalg.det(matrix) > 0


def test_hue_keeps_luma_and_a_third_of_a_turn_exchanges_channels() -> None:
    before = colours()
    torch.testing.assert_close((matrices.hue_rotation(1.1 * ONE)[0] @ before)[:3].mean(0), before[:3].mean(0))
    third = matrices.hue_rotation(2 * pi / 3 * ONE)[0] @ before
    torch.testing.assert_close(third[:3], before[[2, 0, 1]])


def test_saturation_keeps_luma_and_0_is_grey() -> None:
    before = colours()
    after = matrices.saturating(1.7 * ONE)[0] @ before
    luma = before[:3].mean(0)
    torch.testing.assert_close(after[:3], luma + 1.7 * (before[:3] - luma))
    grey = matrices.saturating(0 * ONE)[0] @ before
    torch.testing.assert_close(grey[:3], luma.expand(3, -1))
    assert torch.equal(grey[3], before[3])


def test_luma_flips_and_colour_stays() -> None:
    before = colours()
    after = matrices.luma_flip(ONE)[0] @ before
    luma = before[:3].mean(0)
    torch.testing.assert_close(after[:3].mean(0), -luma)
    torch.testing.assert_close(after[:3] - after[:3].mean(0), before[:3] - luma)
    assert torch.equal(matrices.luma_flip(0 * ONE)[0], torch.eye(4, dtype=torch.float64))


def test_brightness_adds_and_contrast_multiplies() -> None:
    before = colours()
    torch.testing.assert_close((matrices.brightening(0.3 * ONE)[0] @ before)[:3], before[:3] + 0.3)
    torch.testing.assert_close((matrices.contrasting(0.3 * ONE)[0] @ before)[:3], before[:3] * 0.3)
    both = matrices.contrasting(2 * ONE) @ matrices.brightening(0.3 * ONE)
    torch.testing.assert_close((both[0] @ before)[:3], (before[:3] + 0.3) * 2)
