"""The convolution with its own backward is the one that autograd knows, in every shape that takes another way through it."""

from __future__ import annotations

import itertools

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit.generators.resampling import BILINEAR, blur_upsampled, depthwise, kernel, upsample
from latentedit.generators.styled_convolution import demodulation, styled_convolution

FILTERS = {taps: torch.arange(1.0, taps + 1).double() / sum(range(1, taps + 1)) for taps in (2, 3, 4, 5)}
"""Unlike their mirror images, so that a filter the wrong way round is seen."""


def upfirdn(x: Tensor, taps: Tensor, before: int, after: int) -> Tensor:
    """Zeros between the pixels, then the filter of gain 4, as the published operation is defined."""
    n, c, h, w = x.shape
    spread = x.new_zeros(n, c, 2 * h, 2 * w)
    spread[:, :, ::2, ::2] = x
    spread = F.pad(spread, (before, after, before, after))
    return (
        F.conv2d(spread.reshape(n * c, 1, *spread.shape[2:]), (4 * torch.outer(taps, taps))[None, None])
        .unflatten(0, (n, c))
        .squeeze(2)
    )


def reference(
    x: Tensor, style: Tensor, scale: Tensor, weight: Tensor, bias: Tensor, noise: Tensor | None, slope: float, taps: Tensor | None
) -> Tensor:
    """One kernel for each sample, as the paper writes it."""
    out = []
    for i in range(len(x)):
        modulated = weight * style[i, None, :, None, None] * scale[i, :, None, None, None]
        if taps is None:
            y = F.conv2d(x[i : i + 1], modulated, padding=weight.shape[2] // 2)
        else:
            y = blur_upsampled(F.conv_transpose2d(x[i : i + 1], modulated.transpose(0, 1), stride=2), taps)
        out.append(y + bias[:, None, None] + (0 if noise is None else noise[i if len(noise) > 1 else 0]))
    return F.leaky_relu(torch.cat(out), slope)


KERNELS = ((1, None), (3, None), (3, 3), (3, 4))
"""Sizes with the filter's taps, for those that upsample."""
CASES = [(n, side, *kind, slope) for n, side, kind, slope in itertools.product((1, 2), (3, 9), KERNELS, (1.0, 0.2))]


@pytest.mark.parametrize(("n", "side", "size", "taps", "slope"), CASES)
def test_values_and_gradients_are_the_references(n: int, side: int, size: int, taps: int | None, slope: float) -> None:
    random = torch.Generator().manual_seed(1)

    def some(*shape: int) -> Tensor:
        return torch.randn(*shape, generator=random, dtype=torch.float64)

    filter_taps = None if taps is None else FILTERS[taps]
    drawn = side if taps is None else 2 * side
    x, style, scale = some(n, 4, side, side), some(n, 4), 0.5 + some(n, 3).abs()
    weight, bias, noise = some(3, 4, size, size), some(3), some(1, 1, drawn, drawn)
    inputs = [value.requires_grad_() for value in (x, style, scale, noise)]
    for given in (noise, None):
        own = weight if taps is None else weight.transpose(0, 1)
        ours = styled_convolution(x, style, scale, own, bias, given, slope=slope, taps=filter_taps)
        theirs = reference(x, style, scale, weight, bias, given, slope, filter_taps)
        torch.testing.assert_close(ours, theirs)
        with torch.no_grad():
            torch.testing.assert_close(
                styled_convolution(x, style, scale, own, bias, given, slope=slope, taps=filter_taps), theirs
            )
        pull = some(*theirs.shape)
        wanted = inputs[: 3 if given is None else 4]
        for a, b in zip(torch.autograd.grad(ours, wanted, pull), torch.autograd.grad(theirs, wanted, pull), strict=True):
            torch.testing.assert_close(a, b)


def test_weights_get_gradients_too_when_they_are_asked_for() -> None:
    """Weight tuning, and later training, differentiate twice as well."""
    x, style, scale = (torch.rand(*shape, dtype=torch.float64, requires_grad=True) for shape in ((1, 3, 5, 5), (1, 3), (1, 2)))
    weight, bias = (torch.rand(*shape, dtype=torch.float64, requires_grad=True) for shape in ((2, 3, 3, 3), (2,)))
    assert torch.autograd.gradcheck(lambda *a: styled_convolution(*a, None, slope=0.2), (x, style, scale, weight, bias))
    assert torch.autograd.gradgradcheck(lambda *a: styled_convolution(*a, None, slope=0.2), (x, style, scale, weight, bias))


def test_demodulation_gives_unit_variance() -> None:
    random = torch.Generator().manual_seed(0)
    weight, style = torch.randn(64, 32, 3, 3, generator=random), torch.rand(1, 32, generator=random) + 0.5
    x = torch.randn(1, 32, 40, 40, generator=random)
    y = styled_convolution(
        x, style, demodulation(style, weight.square().sum(dim=(2, 3)).T), weight, torch.zeros(64), None, slope=1.0
    )
    assert float(y[:, :, 1:-1, 1:-1].var()) == pytest.approx(1, rel=0.05)


@pytest.mark.parametrize("taps", [*FILTERS, "bilinear"])
def test_upsampling_is_zeros_in_between_and_the_filter(taps: int | str) -> None:
    weights = torch.tensor(BILINEAR, dtype=torch.float64) if isinstance(taps, str) else FILTERS[taps]
    x = torch.randn(2, 3, 5, 6, dtype=torch.float64, generator=torch.Generator().manual_seed(2), requires_grad=True)
    ours = upsample(x, weights)
    n = len(weights)
    theirs = upfirdn(x, weights, (n + 1) // 2, (n - 2) // 2)
    torch.testing.assert_close(ours, theirs)
    pull = torch.randn(*theirs.shape, dtype=torch.float64, generator=torch.Generator().manual_seed(3))
    torch.testing.assert_close(torch.autograd.grad(ours, x, pull), torch.autograd.grad(theirs, x, pull))


@pytest.mark.parametrize("padding", [(1, 1, 1, 1), (2, 1, 0, 3), (0, 0, 0, 0), (-1, 2, 1, 1)])
def test_the_gradient_of_a_filter_is_its_transpose(padding: tuple[int, int, int, int]) -> None:
    x = torch.rand(1, 2, 6, 7, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda x: depthwise(x, kernel(FILTERS[4], 2), padding), (x,))
    assert torch.autograd.gradgradcheck(lambda x: depthwise(x, kernel(FILTERS[4], 2), padding), (x,))
