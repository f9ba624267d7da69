"""Figures on images and latents: against torchmetrics and closed forms."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor
from torchmetrics.functional.image import multiscale_structural_similarity_index_measure as torchmetrics_ms_ssim

from latentedit_training.metrics.ms_ssim import mean_similarity, ms_ssim
from latentedit_training.metrics.path_length import path_lengths, perceptual_path_length, slerp


def rand(*shape: int, seed: int = 0) -> Tensor:
    return torch.rand(*shape, generator=torch.Generator().manual_seed(seed))


def test_ms_ssim_is_torchmetrics() -> None:
    a = rand(3, 3, 200, 190)
    b = (a + 0.3 * rand(3, 3, 200, 190, seed=1)).clamp(0, 1)
    expected = torchmetrics_ms_ssim(a, b, data_range=1.0, reduction="none")
    torch.testing.assert_close(ms_ssim(a, b, value_range=1.0), expected, rtol=1e-3, atol=1e-4)


def test_ms_ssim_of_the_same_is_1_at_any_size() -> None:
    for side in (11, 28, 64):
        image = rand(2, 1, side, side)
        assert ms_ssim(image, image).tolist() == pytest.approx([1, 1])
        assert ms_ssim(image, 1 - image).max() < 0.2
    with pytest.raises(ValueError):
        ms_ssim(rand(1, 1, 10, 10), rand(1, 1, 10, 10))


def test_a_set_of_the_same_is_more_alike_than_one_of_many() -> None:
    many = 2 * rand(12, 1, 28, 28) - 1
    alike = many[:1] + 0.05 * rand(12, 1, 28, 28, seed=2)
    assert mean_similarity(alike, pairs=40, seed=0) > 0.9 > 0.5 > mean_similarity(many, pairs=40, seed=0)
    assert mean_similarity(many, pairs=40, seed=0) == mean_similarity(many, pairs=40, seed=0)


def squared(a: Tensor, b: Tensor) -> Tensor:
    return (a - b).square().flatten(1).sum(1)


def test_path_length_of_a_linear_generator_is_known() -> None:
    matrix = torch.randn(6, 12, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    starts, ends = (torch.randn(5, 6, generator=torch.Generator().manual_seed(s), dtype=torch.float64) for s in (1, 2))
    lengths = path_lengths(lambda w: (w @ matrix).view(-1, 3, 2, 2), squared, starts, ends, torch.rand(5).double(), space="w")
    torch.testing.assert_close(lengths, ((ends - starts) @ matrix).square().sum(1), rtol=1e-6, atol=1e-8)


def test_path_length_along_great_circles_is_known() -> None:
    """The identity, drawn from latents of length √z_dim: the squared speed is z_dim times the squared angle."""
    starts, ends = (torch.randn(4, 8, generator=torch.Generator().manual_seed(s), dtype=torch.float64) for s in (1, 2))
    lengths = path_lengths(lambda z: z.view(-1, 2, 2, 2), squared, starts, ends, torch.full((4,), 0.3).double(), space="z")
    angle = torch.nn.functional.cosine_similarity(starts, ends).arccos()
    torch.testing.assert_close(lengths, 8 * angle.square(), rtol=1e-5, atol=1e-6)


def test_the_extremes_are_left_out_as_the_authors_do() -> None:
    """Numbers at the percentiles themselves stay, as they do with numpy's lower and higher neighbours."""
    lengths = torch.arange(150, dtype=torch.float64).square()
    low, high = np.percentile(lengths, 1, method="lower"), np.percentile(lengths, 99, method="higher")
    kept = lengths[(lengths >= low) & (lengths <= high)]
    assert len(kept) == 148 and perceptual_path_length(lengths) == pytest.approx(float(kept.mean()))


def test_slerp_goes_from_one_to_the_other_at_unit_length() -> None:
    a, b = torch.randn(3, 5, dtype=torch.float64), torch.randn(3, 5, dtype=torch.float64)
    for t, end in ((0.0, a), (1.0, b)):
        torch.testing.assert_close(slerp(a, b, torch.full((3,), t).double()), end / end.norm(dim=1, keepdim=True))
    assert slerp(a, b, torch.full((3,), 0.4).double()).norm(dim=1).tolist() == pytest.approx([1, 1, 1])
    assert torch.isfinite(slerp(a, a, torch.full((3,), 0.4).double())).all()


def test_the_mean_leaves_out_the_extremes() -> None:
    lengths = torch.cat([torch.full((998,), 2.0), torch.tensor([1e9, 0.0])])
    assert perceptual_path_length(lengths) == pytest.approx(2)


def test_pairs_of_a_set_are_compared_as_torchmetrics_does_pictures() -> None:
    """Of bytes, black at 0: with grey at 0 a dark picture and a bright one would have no luminance in common."""
    base = (40 + 80 * rand(1, 1, 200, 200)).round()
    dark, bright = (base - 20).to(torch.uint8), (base + 20).to(torch.uint8)
    expected = torchmetrics_ms_ssim(dark.float(), bright.float(), data_range=255.0)
    assert expected > 0.5
    assert mean_similarity(torch.cat([dark, bright]), pairs=6, seed=0) == pytest.approx(float(expected), rel=1e-3)


def test_pairs_of_bytes_are_compared_as_numbers() -> None:
    many = (255 * rand(6, 3, 28, 28)).round().to(torch.uint8)
    assert mean_similarity(many, pairs=20, seed=0) == pytest.approx(
        mean_similarity(many.float() / 127.5 - 1, pairs=20, seed=0), rel=1e-4
    )
    with pytest.raises(ValueError, match="pair"):
        mean_similarity(many[:1], pairs=20, seed=0)
