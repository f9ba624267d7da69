"""Colours, frequency bands, noise and cut rectangles, against direct computation."""

from __future__ import annotations

from math import pi

import numpy as np
import pytest
import torch
from torch import Tensor

from latentedit.errors import UsageError
from latentedit_training.augment import matrices
from latentedit_training.augment.bands import amplify_bands, band_filters
from latentedit_training.augment.colour import transform_colours
from latentedit_training.augment.corruption import add_noise, cut_out
from latentedit_training.augment.selection import change_some

from .gradients import check_derivatives, image


def told(*values: float) -> Tensor:
    return torch.tensor(values, dtype=torch.float64)


def test_colours_are_transformed_pixel_by_pixel() -> None:
    x = image(2, 3, 4, 5)
    matrix = torch.randn(2, 4, 4, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    transformed = transform_colours(x, matrix)
    pixel = torch.cat([x[1, :, 2, 3], told(1)])
    torch.testing.assert_close(transformed[1, :, 2, 3], (matrix[1] @ pixel)[:3])
    assert torch.equal(transform_colours(x[:1], matrix[:1]), transformed[:1])


def test_grey_is_the_luma_of_its_colour() -> None:
    x = image(2, 1, 4, 5)
    matrix = matrices.luma_flip(told(1, 0)) @ matrices.contrasting(told(1.5, 0.5)) @ matrices.brightening(told(0.2, -0.3))
    coloured = transform_colours(x.expand(-1, 3, -1, -1), matrix)
    torch.testing.assert_close(transform_colours(x, matrix), coloured.mean(dim=1, keepdim=True))
    torch.testing.assert_close(transform_colours(x, matrix)[0], -1.5 * (x[0] + 0.2))
    plain = matrices.hue_rotation(told(1.0, 2.0)) @ matrices.saturating(told(0.1, 3.0))
    torch.testing.assert_close(transform_colours(x, plain), x)


def test_other_images_have_no_colours() -> None:
    with pytest.raises(UsageError, match="4 channels") as caught:
        transform_colours(image(1, 4, 2, 2), matrices.brightening(told(1)))
    assert caught.value.hint


@pytest.mark.parametrize("shape", [(2, 3, 6, 9), (1, 1, 3, 4), (1, 3, 64, 50)])
def test_gains_of_one_change_nothing(shape: tuple[int, ...]) -> None:
    """Also where the image is smaller than the filter."""
    x = image(*shape)
    torch.testing.assert_close(amplify_bands(x, torch.ones(shape[0], 4)), x, rtol=0, atol=1e-12)


def test_a_band_is_amplified_by_its_gain() -> None:
    """A wave in the middle of the third band, along the width; constant along the height, where only the lowest band counts."""
    period = 4 / 0.75 * 2
    wave = torch.cos(torch.arange(128, dtype=torch.float64) * 2 * pi / period).expand(1, 1, 8, 128)
    gains = torch.tensor([[2.0, 0.25, 3.0, 0.5]])
    frequency = np.exp(-2j * pi / period * np.arange(43))
    shares = (band_filters() @ frequency * np.exp(2j * pi / period * 21)).real
    across = float((gains[0].numpy() * shares).sum())
    amplified = amplify_bands(wave, gains)
    torch.testing.assert_close(amplified[..., 30:-30], 2.0 * across * wave[..., 30:-30])


def test_each_image_has_its_own_gains() -> None:
    x = image(3, 3, 9, 7)
    gains = torch.rand(3, 4, generator=torch.Generator().manual_seed(0)) * 2
    together = amplify_bands(x, gains)
    for at in range(3):
        torch.testing.assert_close(together[at : at + 1], amplify_bands(x[at : at + 1], gains[at : at + 1]))
    assert not torch.allclose(together[0], amplify_bands(x, gains.flip(0))[0])


def test_noise_has_its_deviation_and_depends_on_its_seed_alone() -> None:
    x = torch.zeros(3, 3, 64, 64)
    seed = torch.tensor([5, 6, 5])
    noisy = add_noise(x, torch.tensor([0.5, 0.1, 0.5]), seed)
    assert noisy[0].std() == pytest.approx(0.5, rel=0.03)
    assert noisy[1].std() == pytest.approx(0.1, rel=0.03)
    assert torch.equal(noisy[0], noisy[2])
    assert abs(float((noisy[0] * noisy[1]).mean())) < 0.05 * 0.05 * 3
    assert torch.equal(noisy[1:2], add_noise(x[1:2], torch.tensor([0.1]), seed[1:2]))


def test_rectangles_are_cut() -> None:
    x = torch.ones(4, 2, 8, 12)
    cut = cut_out(x, torch.tensor([0.5, 0.5, 0.25, 0.0]), torch.tensor([[0.5, 0.5], [0.0, 1.0], [6.5 / 12, 0.25], [0.5, 0.5]]))
    rows, columns = torch.arange(8)[:, None], torch.arange(12)
    middle = (rows >= 2) & (rows < 6) & (columns >= 3) & (columns < 9)
    corner = (rows >= 6) & (columns < 3)
    small = (rows >= 1) & (rows < 3) & (columns >= 5) & (columns < 8)
    for at, expected in enumerate((middle, corner, small, torch.zeros(8, 12, dtype=torch.bool))):
        assert torch.equal(cut[at, 0] == 0, expected)
        assert torch.equal(cut[at, 1], cut[at, 0])


def test_what_is_not_chosen_stays_bit_for_bit() -> None:
    x = image(4, 1, 2, 2)
    changed = change_some(x, torch.tensor([False, True, False, True]), lambda some, at: some + at.view(-1, 1, 1, 1))
    assert torch.equal(changed, x + torch.tensor([0.0, 1.0, 0.0, 3.0]).view(-1, 1, 1, 1))
    assert change_some(x, torch.zeros(4, dtype=torch.bool), lambda some, at: some * 0) is x
    assert torch.equal(change_some(x, torch.ones(4, dtype=torch.bool), lambda some, at: some * at.view(-1, 1, 1, 1))[0], x[0] * 0)


def test_derivatives() -> None:
    x = image(2, 3, 3, 4)
    matrix = torch.randn(2, 4, 4, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    check_derivatives(lambda x: transform_colours(x, matrix), x)
    check_derivatives(lambda x: transform_colours(x, matrix), x[:, :1])
    check_derivatives(lambda x: amplify_bands(x, torch.tensor([[1.0, 2, 0.5, 0.1], [0.3, 1, 1, 2]])), x[:, :1])
    check_derivatives(lambda x: add_noise(x, told(0.1, 0.2), torch.tensor([1, 2])), x)
    check_derivatives(lambda x: cut_out(x, told(0.5, 0.5), torch.tensor([[0.5, 0.5], [0.1, 0.9]])), x)
    check_derivatives(lambda x: change_some(x, torch.tensor([True, False]), lambda some, at: some.square()), x)
