"""DiffAugment, against direct computation."""

from __future__ import annotations

from dataclasses import fields
from math import sqrt

import pytest
import torch
from torch import Tensor

from latentedit.errors import UsageError
from latentedit_training.augment.diffaugment import (
    Policy,
    apply_diffaugment,
    brightened,
    contrasted,
    cut_square,
    draw_diffaugment,
    saturated,
    translated,
)

from .gradients import check_derivatives, image

EVERYTHING: tuple[Policy, ...] = ("color", "translation", "cutout")


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def told(*values: float) -> Tensor:
    return torch.tensor(values)


def test_colours() -> None:
    x = image(2, 3, 4, 5)
    torch.testing.assert_close(brightened(x, told(0.0, 0.75)), x + torch.tensor([-0.5, 0.25]).view(2, 1, 1, 1))
    grey = x.mean(dim=1, keepdim=True).expand_as(x)
    torch.testing.assert_close(saturated(x, told(0.0, 0.5)), torch.stack([grey[0], x[1]]))
    torch.testing.assert_close(saturated(x, told(0.75, 0.75)), grey + 1.5 * (x - grey))
    strong = contrasted(x, told(0.75, 0.0))
    torch.testing.assert_close(strong.mean(dim=(1, 2, 3)), x.mean(dim=(1, 2, 3)))
    torch.testing.assert_close(strong.std(dim=(1, 2, 3)) / x.std(dim=(1, 2, 3)), told(1.25, 0.5).double())


def test_saturation_leaves_grey_images() -> None:
    x = image(2, 1, 4, 5)
    torch.testing.assert_close(saturated(x, told(0.1, 0.9)), x)


def test_translation_lets_zeros_in() -> None:
    x = image(3, 2, 8, 16)
    moved = translated(x, torch.tensor([[0.5, 0.5], [0.999, 0.0], [0.0, 0.999]]))  # ±2 and ±1 pixels
    assert torch.equal(moved[0], x[0])
    expected = torch.zeros_like(x)
    expected[1, :, :-1, 2:] = x[1, :, 1:, :-2]
    expected[2, :, 1:, :-2] = x[2, :, :-1, 2:]
    assert torch.equal(moved[1:], expected[1:])


def test_all_translations_are_as_likely() -> None:
    n = 9000
    place = torch.arange(1.0, 9).expand(n, 1, 8, 8).contiguous()
    seen = translated(place, torch.rand(n, 2, generator=generator()))[:, 0, 4, 4]
    shares = torch.bincount(seen.long(), minlength=9).double() / n
    assert shares.nonzero().flatten().tolist() == [4, 5, 6]
    assert (shares[4:7] - 1 / 3).abs().max() < 4.5 * sqrt(2 / 9 / n)


@pytest.mark.parametrize(("height", "width"), [(8, 8), (8, 12), (7, 5)])
def test_cut_squares(height: int, width: int) -> None:
    """Half the size, centred on every pixel and, where the size is even, on the one behind the last; parts beyond the border are lost."""
    x = torch.ones(400, 1, height, width)
    cut = cut_square(x, torch.rand(400, 2, generator=generator()))[:, 0] == 0
    for axis, size in ((1, height), (2, width)):
        half = int(size / 2 + 0.5)
        lengths = cut.any(dim=3 - axis).sum(dim=1)
        assert int(lengths.max()) == half
        for border in (0, size - 1):
            touching = cut.any(dim=3 - axis)[:, border]
            assert int(lengths[touching].min()) == half - half // 2, "beyond both borders alike"
    areas = cut.any(dim=1).sum(dim=1) * cut.any(dim=2).sum(dim=1)
    assert torch.equal(areas, cut.flatten(1).sum(dim=1)), "a rectangle without gaps"
    middle = cut_square(torch.ones(1, 1, 8, 8), told(0.5, 0.5)[None])[0, 0]
    assert int((middle[2:6, 2:6] == 0).sum()) == int((middle == 0).sum()) == 16


def test_the_policy_says_what_and_in_which_order() -> None:
    x, draws = image(5, 3, 8, 8), draw_diffaugment(5, generator())
    assert torch.equal(apply_diffaugment(x, draws, ()), x)
    coloured = contrasted(saturated(brightened(x, draws.brightness), draws.saturation), draws.contrast)
    assert torch.equal(apply_diffaugment(x, draws, ("color",)), coloured)
    assert torch.equal(apply_diffaugment(x, draws, EVERYTHING), cut_square(translated(coloured, draws.translation), draws.cutout))
    assert not torch.allclose(apply_diffaugment(x, draws, ("cutout", "color")), apply_diffaugment(x, draws, ("color", "cutout")))


@pytest.mark.parametrize("shape", [(6, 3, 8, 8), (6, 1, 5, 9)])
def test_a_part_of_a_batch_is_augmented_as_in_the_whole(shape: tuple[int, ...]) -> None:
    x, draws = image(*shape), draw_diffaugment(6, generator())
    whole = apply_diffaugment(x, draws, EVERYTHING)
    for places in (slice(0, 1), slice(1, 6)):
        torch.testing.assert_close(apply_diffaugment(x[places], draws.shard(places), EVERYTHING), whole[places])


def test_draws_repeat_by_their_seed() -> None:
    one, again, other = (draw_diffaugment(4, generator(seed)) for seed in (0, 0, 1))
    for field in fields(one):
        value = getattr(one, field.name)
        assert torch.equal(value, getattr(again, field.name))
        assert not torch.equal(value, getattr(other, field.name))


def test_what_is_wrong_is_said() -> None:
    draws = draw_diffaugment(3, generator())
    with pytest.raises(UsageError, match="2 images have draws for 3"):
        apply_diffaugment(image(2, 3, 4, 4), draws, EVERYTHING)
    with pytest.raises(UsageError, match="colour") as caught:
        apply_diffaugment(image(3, 3, 4, 4), draws, ("colour",))  # type: ignore[arg-type]
    assert caught.value.hint


@pytest.mark.parametrize("channels", [1, 3])
def test_derivatives(channels: int) -> None:
    draws = draw_diffaugment(2, generator(1))
    for policy in (*((name,) for name in EVERYTHING), EVERYTHING):
        check_derivatives(lambda x, policy=policy: apply_diffaugment(x, draws, policy), image(2, channels, 4, 3))  # type: ignore[misc]
