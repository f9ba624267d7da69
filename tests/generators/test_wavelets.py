from __future__ import annotations

import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from latentedit.generators.modulated import modulated_depthwise
from latentedit.generators.wavelets import inverse_haar


@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 4), st.integers(0, 99))
def test_inverse_haar_keeps_energy(n: int, c: int, size: int, seed: int) -> None:
    x = torch.randn(n, 4 * c, size, size, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    image = inverse_haar(x)
    assert image.shape == (n, c, 2 * size, 2 * size)
    assert torch.allclose(image.square().sum(), x.square().sum())


def test_inverse_haar_by_transposed_convolutions() -> None:
    """The form in which the published network has it: filters along the height, then along the width."""
    x = torch.randn(1, 12, 5, 5, generator=torch.Generator().manual_seed(0))
    low, high = torch.tensor([1.0, 1.0]) / 2**0.5, torch.tensor([1.0, -1.0]) / 2**0.5
    average, details = x[:, :3], x[:, 3:].view(1, 3, 3, 5, 5)

    def up(image: torch.Tensor, taps: torch.Tensor, axis: int) -> torch.Tensor:
        shape, stride = ((1, 1, 2, 1), (2, 1)) if axis == 2 else ((1, 1, 1, 2), (1, 2))
        return F.conv_transpose2d(image, taps.view(shape).repeat(3, 1, 1, 1), stride=stride, groups=3)

    left = up(average, low, 2) + up(details[:, :, 0], high, 2)
    right = up(details[:, :, 1], low, 2) + up(details[:, :, 2], high, 2)
    assert torch.allclose(inverse_haar(x), up(left, low, 3) + up(right, high, 3), atol=1e-6)


@given(st.integers(1, 3), st.integers(1, 4), st.integers(0, 99))
def test_modulated_depthwise_and_its_gradients(n: int, c: int, seed: int) -> None:
    g = torch.Generator().manual_seed(seed)
    x, style = (torch.randn(*shape, generator=g, dtype=torch.float64) for shape in ((n, c, 5, 6), (n, c)))
    weight, outer = (
        torch.randn(c, 1, 3, 3, generator=g, dtype=torch.float64),
        torch.randn(n, c, 5, 6, generator=g, dtype=torch.float64),
    )
    ours, plain = ([t.clone().requires_grad_() for t in (x, style)] for _ in range(2))
    a = modulated_depthwise(*ours, weight)
    b = F.conv2d(plain[0] * plain[1][:, :, None, None], weight, padding=1, groups=c)
    assert torch.allclose(a, b)
    (a * outer).sum().backward()
    (b * outer).sum().backward()
    for mine, theirs in zip(ours, plain, strict=True):
        assert mine.grad is not None and theirs.grad is not None and torch.allclose(mine.grad, theirs.grad)
