"""The filtered nonlinearity is its definition (zeros in between, filters, leaky ReLU, clamp, every so many samples), and so is its gradient."""

from __future__ import annotations

import itertools

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit.generators import filtered_activation
from latentedit.generators.filtered_activation import FilteredActivation, filtered_leaky_relu, needed


def some(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))


def convolved(x: Tensor, kernel: Tensor) -> Tensor:
    """A convolution of each channel, in the mathematical sense, where the kernel lies in ``x`` as a whole."""
    both = torch.outer(kernel, kernel) if kernel.ndim == 1 else kernel
    return F.conv2d(x.flatten(0, 1)[:, None], both.flip((0, 1))[None, None]).squeeze(1).unflatten(0, x.shape[:2])


def reference(y: Tensor, up_taps: Tensor, down_filter: Tensor, activation: FilteredActivation) -> Tensor:
    """By definition; the second filter is given in the order of correlation."""
    n, c, h, w = y.shape
    spread = y.new_zeros(n, c, h * activation.up, w * activation.up)
    spread[:, :, :: activation.up, :: activation.up] = y
    spread = F.pad(spread, (*activation.padding, *activation.padding))
    z = F.leaky_relu(convolved(spread, up_taps), activation.slope)
    if activation.clamp is not None:
        z = z.clamp(-activation.clamp, activation.clamp)
    flipped = down_filter.flip(tuple(range(down_filter.ndim)))
    return convolved(z, flipped)[:, :, :: activation.down, :: activation.down]


FACTORS = ((1, 1), (2, 2), (4, 2), (2, 4), (3, 2), (1, 3))
TAPS = ((1, 1), (4, 3), (5, 6), (12, 12))
PADDINGS = ((0, 0), (9, 8), (-3, -6), (-4, 3), (20, 25))
CASES = [
    (*factors, *taps, padding)
    for factors, taps, padding in itertools.product(FACTORS, TAPS, PADDINGS)
    if FilteredActivation(*factors, padding).high_size(8, taps[0]) >= taps[1]
]


@pytest.mark.parametrize("radial", [False, True])
@pytest.mark.parametrize(("up", "down", "up_taps", "down_taps", "padding"), CASES)
def test_values_and_gradients_are_those_of_the_definition(
    up: int, down: int, up_taps: int, down_taps: int, padding: tuple[int, int], radial: bool
) -> None:
    activation = FilteredActivation(up, down, padding, clamp=0.6)
    y = some(2, 3, 8, 9).requires_grad_()
    first, second = some(up_taps, seed=1), some(down_taps, down_taps, seed=2) if radial else some(down_taps, seed=2)
    theirs = reference(y, first, second, activation)
    assert theirs.shape[2:] == tuple(activation.out_size(size, up_taps, down_taps) for size in (8, 9))
    ours = filtered_leaky_relu(y, first, second, activation)
    torch.testing.assert_close(ours, theirs)
    pull = some(*theirs.shape, seed=3)
    torch.testing.assert_close(torch.autograd.grad(ours, y, pull), torch.autograd.grad(theirs, y, pull))
    with torch.no_grad():
        torch.testing.assert_close(filtered_leaky_relu(y, first, second, activation), theirs)


@pytest.mark.parametrize("radial", [False, True])
@pytest.mark.parametrize(("up", "padding"), [(2, (9, 8)), (4, (-6, -9))])
def test_bands_of_rows_are_the_whole(up: int, padding: tuple[int, int], radial: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    activation = FilteredActivation(up, 2, padding, clamp=0.6)
    y = some(2, 3, 20, 20).requires_grad_()
    first, second = some(6 * up, seed=1), some(12, 12, seed=2) if radial else some(12, seed=2)
    whole = filtered_leaky_relu(y, first, second, activation)
    pull = some(*whole.shape, seed=3)
    (whole_gradient,) = torch.autograd.grad(whole, y, pull)
    for numbers in (1, 2000, 9000):
        monkeypatch.setattr(filtered_activation, "BAND_NUMBERS", numbers)
        banded = filtered_leaky_relu(y, first, second, activation)
        torch.testing.assert_close(banded, whole)
        torch.testing.assert_close(torch.autograd.grad(banded, y, pull)[0], whole_gradient)


def test_the_gradient_is_the_differences_quotient() -> None:
    activation = FilteredActivation(2, 2, (5, 4), clamp=1.0)
    y = some(1, 2, 5, 5).requires_grad_()
    first, second = some(6, seed=1), some(6, seed=2)
    assert torch.autograd.gradcheck(lambda y: filtered_leaky_relu(y, first, second, activation), (y,))
    round_one = some(6, 6, seed=2)
    assert torch.autograd.gradcheck(lambda y: filtered_leaky_relu(y, first, round_one, activation), (y,))


def test_without_bounds_nothing_is_clamped() -> None:
    taps = torch.ones(1, dtype=torch.float64)
    y = 1000 * some(1, 1, 4, 4).requires_grad_()
    out = filtered_leaky_relu(y, taps, taps, FilteredActivation(1, 1, (0, 0)))
    torch.testing.assert_close(out, F.leaky_relu(y, 0.2))


@pytest.mark.parametrize(("up", "size", "padding"), [(4, 38, (-6, -9)), (2, 278, (-11, -12)), (2, 38, (9, 8))])
def test_rows_that_are_not_needed_change_nothing(up: int, size: int, padding: tuple[int, int]) -> None:
    activation = FilteredActivation(up, 2, padding)
    first, second = some(6 * up, seed=1), some(12, seed=2)
    unseen = needed(size, len(first), len(second), activation)
    y = some(1, 1, size, size)
    out = filtered_leaky_relu(y, first, second, activation)

    def without(count: int) -> Tensor:
        changed = y.clone()
        changed[:, :, : min(count, 1000)] = changed[:, :, size - count :] = 0
        return filtered_leaky_relu(changed, first, second, activation)

    assert torch.equal(without(unseen), out)
    assert not torch.equal(without(unseen + 1), out)
