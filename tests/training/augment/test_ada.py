"""The whole pipeline."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit.errors import UsageError
from latentedit_training.augment.ada import apply_ada, colour_matrix, geometric_matrix, unchanged
from latentedit_training.augment.ada_draws import ADA_PRESETS, AdaConfig, AdaDraws, draw_ada

from .gradients import check_derivatives, image

ALL = ADA_PRESETS["bgcfnc"]


def drawn(n: int, p: float = 1.0, seed: int = 0, config: AdaConfig = ALL) -> AdaDraws:
    return draw_ada(config, p, n, torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("channels", [1, 3])
def test_at_0_every_bit_stays(channels: int) -> None:
    x = image(4, channels, 6, 9).float()
    assert torch.equal(apply_ada(x, drawn(4, 0.0)), x)


def test_images_to_which_nothing_happens_stay_bit_for_bit() -> None:
    x = image(60, 3, 8, 8).float()
    draws = drawn(60, 0.05)
    still = unchanged(draws)
    assert 10 < int(still.sum()) < 50
    augmented = apply_ada(x, draws)
    assert torch.equal(augmented[still], x[still])
    differs = (augmented != x).flatten(1).any(dim=1)
    # A cut beyond the border or a shift of less than half a pixel may change nothing.
    assert int((~still & ~differs).sum()) <= 3
    assert not bool((still & differs).any())


@pytest.mark.parametrize("shape", [(6, 3, 8, 8), (6, 1, 8, 8), (6, 3, 6, 10), (6, 3, 9, 4)])
@pytest.mark.parametrize("p", [0.3, 1.0])
def test_a_part_of_a_batch_is_augmented_as_in_the_whole(shape: tuple[int, ...], p: float) -> None:
    x = image(*shape)
    draws = drawn(6, p)
    whole = apply_ada(x, draws)
    assert whole.shape == x.shape
    for places in (slice(0, 2), slice(2, 5), slice(5, 6)):
        torch.testing.assert_close(apply_ada(x[places], draws.shard(places)), whole[places], rtol=0, atol=1e-11)


def test_it_only_looks_at_its_arguments() -> None:
    x, draws = image(5, 3, 8, 8).float(), drawn(5)
    before = x.clone()
    torch.manual_seed(0)
    once = apply_ada(x, draws)
    torch.manual_seed(1)
    assert torch.equal(apply_ada(x, draws), once)
    assert torch.equal(x, before)


def test_groups_come_in_the_papers_order() -> None:
    """Cutting last leaves exact zeros; colours after moving do not touch what is moved."""
    x, draws = image(30, 3, 16, 16).float(), drawn(30)
    augmented = apply_ada(x, draws)
    inside_x = ((torch.arange(16) + 0.5) / 16 - draws.cutout_centre[:, :1]).abs() < 0.25
    inside_y = ((torch.arange(16) + 0.5) / 16 - draws.cutout_centre[:, 1:]).abs() < 0.25
    cut = (inside_y[:, :, None] & inside_x[:, None, :])[:, None].expand_as(x)
    assert int(cut.sum()) > 1000
    assert bool((augmented[cut] == 0).all())
    assert bool((augmented[~cut] != 0).all())
    plain = replace(draws, noise=torch.zeros(30), cutout=torch.zeros(30), bands=torch.ones(30, 4))
    moved_only = replace(
        plain,
        brightness=torch.zeros(30),
        contrast=torch.ones(30),
        luma_flipped=torch.zeros(30, dtype=torch.bool),
        hue=torch.zeros(30),
        saturation=torch.ones(30),
    )
    matrix = colour_matrix(draws).float()
    expected = torch.einsum("nij,njhw->nihw", matrix[:, :3, :3], apply_ada(x, moved_only)) + matrix[:, :3, 3, None, None]
    torch.testing.assert_close(apply_ada(x, plain), expected, rtol=1e-4, atol=1e-5)


def test_geometry_is_one_matrix_of_all_its_steps() -> None:
    draws = drawn(1)
    moved = geometric_matrix(draws, 10, 20)[0] @ torch.tensor([3.0, -2.0, 1.0], dtype=torch.float64)
    place = torch.complex(torch.tensor(3.0), torch.tensor(2.0)).to(torch.complex128)  # y up, so that turning is a product
    place = place * draws.scale[0] * torch.polar(torch.tensor(1.0), draws.first_turn[0])
    place = torch.complex(place.real * draws.stretch[0], place.imag / draws.stretch[0])
    place = place * torch.polar(torch.tensor(1.0), draws.last_turn[0])
    shift = draws.fractional_shift[0] * torch.tensor([20, 10])
    torch.testing.assert_close(moved[0], place.real + shift[0], rtol=1e-5, atol=1e-5)
    torch.testing.assert_close(moved[1], -place.imag + shift[1], rtol=1e-5, atol=1e-5)


def test_it_stays_an_image_of_about_the_same_brightness() -> None:
    """Moved about without colours, a smooth image keeps its range: no borders come in, and filters do not add up."""
    x = F.interpolate(image(64, 3, 4, 4).float(), size=(32, 32), mode="bicubic").clamp(-1, 1)
    moved = apply_ada(x, drawn(64, config=ADA_PRESETS["bg"]))
    assert moved.abs().max() < 1.3
    assert (moved - x).abs().mean() > 0.1
    constant = apply_ada(torch.full((64, 3, 32, 32), 0.7), drawn(64, config=ADA_PRESETS["bg"]))
    torch.testing.assert_close(constant, torch.full_like(constant, 0.7), rtol=0, atol=1e-5)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_becomes_single(dtype: torch.dtype) -> None:
    x = image(4, 3, 8, 8).to(dtype)
    draws = drawn(4)
    assert torch.equal(apply_ada(x, draws), apply_ada(x.float(), draws))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert torch.equal(apply_ada(x, draws), apply_ada(x.float(), draws))


def test_draws_must_be_for_these_images() -> None:
    with pytest.raises(UsageError, match="4 images have draws for 3") as caught:
        apply_ada(image(4, 3, 4, 4), drawn(3))
    assert caught.value.hint


@pytest.mark.parametrize("channels", [1, 3])
def test_derivatives_of_everything_at_once(channels: int) -> None:
    config = replace(ALL, cutout=0.0)
    draws = drawn(2, config=config, seed=3)
    x = image(2, channels, 2, 3)
    assert not unchanged(draws).any()
    check_derivatives(lambda x: apply_ada(x, draws), x)


def test_derivatives_where_some_stay() -> None:
    draws = next(d for d in (drawn(2, 0.1, seed) for seed in range(100)) if unchanged(d).tolist() == [True, False])
    check_derivatives(lambda x: apply_ada(x, draws), image(2, 1, 3, 4))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
def test_a_gpu_draws_and_differentiates_the_same() -> None:
    draws = drawn(8)
    results: list[list[Tensor]] = []
    for device in ("cpu", "cuda"):
        x = image(8, 3, 16, 12).to(device).requires_grad_()
        judged = apply_ada(x, draws)
        (slope,) = torch.autograd.grad(judged.tanh().sum(), x, create_graph=True)
        slope.square().sum().backward()
        assert x.grad is not None
        results.append([judged.detach().cpu(), slope.detach().cpu(), x.grad.cpu()])
    for here, there in zip(*results, strict=True):
        torch.testing.assert_close(there, here)


def test_every_draw_matters() -> None:
    """Exchanging any one of them between images changes what comes out."""
    x, draws = image(12, 3, 16, 16), drawn(12, 0.7)
    augmented = apply_ada(x, draws)
    for field in fields(draws):
        value = getattr(draws, field.name)
        other = apply_ada(x, replace(draws, **{field.name: value.flip(0)}))
        assert not torch.allclose(other, augmented), field.name
