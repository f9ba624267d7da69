"""Images moved, turned, scaled, against direct computation."""

from __future__ import annotations

from math import pi

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from latentedit_training.augment import matrices
from latentedit_training.augment.bilinear import look_up
from latentedit_training.augment.blit import blit
from latentedit_training.augment.mirroring import extended, mirrored
from latentedit_training.augment.warp import warp

from .gradients import check_derivatives, image


def told(*values: float) -> Tensor:
    return torch.tensor(values, dtype=torch.float64)


def still(n: int) -> Tensor:
    return matrices.identity(torch.zeros(n, dtype=torch.float64), 3)


def hill(size: int) -> Tensor:
    """A smooth image without symmetry: ``[1, 1, size, size]``."""
    place = torch.linspace(-1, 1, size, dtype=torch.float64)
    return torch.exp(-6 * (place - 0.2).square() - 4 * (place[:, None] + 0.1).square())[None, None]


def plain_blit(x: Tensor, *, flipped: bool = False, turns: int = 0, right: int = 0, down: int = 0) -> Tensor:
    shift = told(right / x.shape[3], down / x.shape[2]).expand(len(x), 2)
    return blit(x, torch.full((len(x),), flipped), torch.full((len(x),), turns), shift)


@given(st.integers(-40, 40), st.integers(2, 9))
def test_mirroring_walks_to_and_fro(index: int, size: int) -> None:
    place, step = 0, 1
    for _ in range(abs(index)):
        if not 0 <= place + step < size:
            step = -step
        place += step
    assert mirrored(torch.tensor(index), size) == place


def test_a_single_pixel_is_everywhere() -> None:
    assert mirrored(torch.arange(-3, 4), 1).tolist() == [0] * 7


@pytest.mark.parametrize(("before", "after"), [(0, 0), (3, 4), (4, 0)])
def test_extending_is_torchs_reflection(before: int, after: int) -> None:
    x = image(2, 3, 5, 6)
    assert torch.equal(extended(x, before, after, 2), F.pad(x, (0, 0, before, after), mode="reflect"))
    assert torch.equal(extended(x, before, after, 3), F.pad(x, (before, after, 0, 0), mode="reflect"))


@pytest.mark.parametrize("turns", range(4))
def test_quarter_turns_are_torchs(turns: int) -> None:
    x = image(2, 3, 6, 6)
    assert torch.equal(plain_blit(x, turns=turns), torch.rot90(x, turns, (2, 3)))
    assert torch.equal(plain_blit(x, turns=turns, flipped=True), torch.rot90(x.flip(3), turns, (2, 3)))


def test_images_that_are_not_square_make_half_turns() -> None:
    x = image(1, 3, 4, 7)
    assert torch.equal(plain_blit(x, turns=1), x)
    for turns in (2, 3):
        assert torch.equal(plain_blit(x, turns=turns), torch.rot90(x, 2, (2, 3)))


@pytest.mark.parametrize(("right", "down"), [(1, 0), (0, 1), (-2, 3), (3, -4), (4, 4)])
def test_translation_mirrors_what_comes_in(right: int, down: int) -> None:
    x = image(2, 3, 6, 5)
    around = F.pad(x, (4, 4, 4, 4), mode="reflect")
    expected = around.roll((down, right), dims=(2, 3))[:, :, 4:-4, 4:-4]
    assert torch.equal(plain_blit(x, right=right, down=down), expected)


def test_each_image_is_moved_by_itself() -> None:
    x = image(3, 1, 5, 5)
    flipped, turns = torch.tensor([True, False, True]), torch.tensor([1, 2, 0])
    shift = torch.tensor([[0.2, 0.0], [0.0, -0.4], [-0.2, 0.2]])
    together = blit(x, flipped, turns, shift)
    for at in range(3):
        alone = slice(at, at + 1)
        assert torch.equal(together[alone], blit(x[alone], flipped[alone], turns[alone], shift[alone]))


@pytest.mark.parametrize("shape", [(2, 3, 8, 8), (2, 1, 5, 9), (1, 3, 2, 3), (1, 1, 1, 4)])
def test_standing_still_changes_nothing(shape: tuple[int, ...]) -> None:
    x = image(*shape)
    torch.testing.assert_close(warp(x, still(shape[0])), x, rtol=0, atol=1e-10)
    torch.testing.assert_close(warp(x.float(), still(shape[0])), x.float(), rtol=0, atol=3e-6)


@pytest.mark.parametrize(("right", "down"), [(1, 0), (-3, 2), (5, 11), (-20, -7)])
def test_a_warp_by_whole_pixels_only_moves_them(right: int, down: int) -> None:
    x = image(1, 3, 9, 7)
    moved = warp(x, matrices.translation(told(right), told(down)))
    torch.testing.assert_close(moved, plain_blit(x, right=right, down=down), rtol=0, atol=1e-10)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_warp_by_quarter_turns_turns(turns: int) -> None:
    x = hill(32)
    turned = warp(x, matrices.rotation(told(turns * pi / 2)))
    assert (turned - torch.rot90(x, turns, (2, 3))).abs().max() < 4e-3
    assert (turned - torch.rot90(x, turns + 1, (2, 3))).abs().max() > 0.1


def test_moving_there_and_back_returns() -> None:
    x = hill(40)
    matrix = matrices.rotation(told(0.4)) @ matrices.scaling(told(1.2), told(0.9)) @ matrices.translation(told(2.3), told(-1.6))
    there = warp(x, matrix)
    inner = (..., slice(12, -12), slice(12, -12))
    assert (warp(there, torch.linalg.inv(matrix)) - x)[inner].abs().max() < 5e-3
    assert (there - x)[inner].abs().max() > 0.1


def test_scaling_makes_it_so_many_times_as_wide_and_high() -> None:
    size = 64
    place = torch.linspace(-1, 1, size, dtype=torch.float64)

    def bump(wide: float, high: float) -> Tensor:
        return torch.exp(-30 * (place / wide).square() - 30 * (place[:, None] / high).square())[None, None]

    scaled = warp(bump(1, 1), matrices.scaling(told(1.5), told(0.75)))
    assert (scaled - bump(1.5, 0.75)).abs().max() < 4e-3


def test_half_a_pixel_is_half_a_pixel() -> None:
    place = torch.arange(64, dtype=torch.float64)
    wave = torch.sin(place * 0.3).expand(1, 1, 8, 64)
    moved = warp(wave, matrices.translation(told(0.5), told(0)))
    expected = torch.sin((place - 0.5) * 0.3).expand(1, 1, 8, 64)
    assert (moved - expected)[..., 8:-8].abs().max() < 3e-3


def test_a_picture_that_shrinks_does_not_alias() -> None:
    """Stripes too fine for the smaller picture vanish; plain bilinear lookup makes coarse stripes of them."""
    stripes = torch.cos(torch.arange(64, dtype=torch.float64) * 0.8 * pi).expand(1, 1, 64, 64)
    matrix = matrices.scaling(told(0.55), told(1.0))
    shrunk = warp(stripes, matrix)
    grid = F.affine_grid(torch.linalg.inv(matrix)[:, :2], [1, 1, 64, 64], align_corners=False)
    plain = F.grid_sample(stripes, grid, padding_mode="reflection", align_corners=False)
    assert shrunk.square().mean() < plain.square().mean() / 3


def test_warps_do_not_depend_on_the_batch() -> None:
    x = image(3, 3, 10, 6)
    matrix = matrices.rotation(told(0.1, 1.0, -2.0)) @ matrices.scaling(told(1, 0.5, 2), told(1, 2, 0.5))
    together = warp(x, matrix)
    for at in range(3):
        torch.testing.assert_close(together[at : at + 1], warp(x[at : at + 1], matrix[at : at + 1]), rtol=0, atol=1e-13)


def test_looking_up_is_bilinear() -> None:
    x = image(1, 2, 3, 4)
    places = torch.tensor([[[[1.25, 0.5]]]], dtype=torch.float64)
    expected = (0.75 * x[0, :, 0:2, 1] + 0.25 * x[0, :, 0:2, 2]).mean(dim=1)
    torch.testing.assert_close(look_up(x, places)[0, :, 0, 0], expected)


def test_derivatives() -> None:
    x = image(2, 1, 4, 5)
    places = torch.rand(2, 3, 2, 2, generator=torch.Generator().manual_seed(1), dtype=torch.float64) * 3
    check_derivatives(lambda image: look_up(image, places), x)
    matrix = matrices.rotation(told(0.5, -0.2)) @ matrices.scaling(told(1.3, 1), told(0.8, 1))
    check_derivatives(lambda image: warp(image, matrix), x)
    shift = torch.tensor([[0.2, 0.3], [-0.4, 0.1]])
    check_derivatives(lambda image: blit(image, torch.tensor([True, False]), torch.tensor([1, 2]), shift), image(2, 1, 3, 3))


def test_the_second_derivative_through_a_nonlinear_critic() -> None:
    """A gradient penalty, by finite differences of the penalty itself."""
    x = image(1, 1, 4, 4).requires_grad_()
    matrix = matrices.rotation(told(0.5))
    weight = image(1, 1, 4, 4, seed=1).requires_grad_()

    def penalty(weight: Tensor) -> Tensor:
        judged = (warp(x, matrix) * weight).tanh().sum()
        return torch.autograd.grad(judged, x, create_graph=True)[0].square().sum()

    assert torch.autograd.gradcheck(penalty, weight)
