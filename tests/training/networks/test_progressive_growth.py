"""Growing: schedules, faded real images, and that neither network jumps when a stage begins."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from latentedit_training.networks.base import ImageShape
from latentedit_training.networks.progan import ProGANDiscriminator, ProGANGenerator
from latentedit_training.networks.progressive_growth import Growth, GrowthSchedule, fade_real, growth_at, last_stage

IMAGE = ImageShape(3, 32, 32)


def images(count: int = 4) -> Tensor:
    return torch.rand(count, 3, 32, 32, generator=torch.Generator().manual_seed(0)) * 2 - 1


def networks() -> tuple[nn.Module, nn.Module]:
    torch.manual_seed(0)
    generator = ProGANGenerator(z_dim=8, channel_base=64, channel_max=8).build(IMAGE, 0)
    return generator, ProGANDiscriminator(channel_base=64, channel_max=8).build(IMAGE, 0)


@pytest.mark.parametrize(
    ("kimg", "growth"),
    [
        (0, Growth(0)),
        (99, Growth(0)),
        (100, Growth(1, 0.0)),
        (150, Growth(1, 0.25)),
        (300, Growth(1, 1.0)),
        (399, Growth(1, 1.0)),
        (400, Growth(2, 0.0)),
        (600, Growth(2, 1.0)),
        (700, Growth(2, 1.0)),
        (1e9, Growth(2, 1.0)),
    ],
)
def test_schedule(kimg: float, growth: Growth) -> None:
    assert growth_at(kimg, GrowthSchedule(fade_kimg=200, hold_kimg=100), 2) == growth


def test_schedule_without_fading_and_without_anything() -> None:
    assert growth_at(150, GrowthSchedule(fade_kimg=0, hold_kimg=100), 3) == Growth(1)
    assert growth_at(0, GrowthSchedule(fade_kimg=0, hold_kimg=0), 3) == Growth(3)


def test_last_stage() -> None:
    assert last_stage(ImageShape(3, 1024, 1024)) == 8
    assert last_stage(ImageShape(1, 28, 28)) == 2
    assert last_stage(ImageShape(3, 64, 96)) == 4


class TestFadeReal:
    def test_leaves_images_as_they_are_in_the_end(self) -> None:
        assert torch.equal(fade_real(images(), Growth(3)), images())

    def test_coarse_pixels_are_means(self) -> None:
        faded = fade_real(images(), Growth(0))
        torch.testing.assert_close(faded[:, :, :8, :8], images()[:, :, :8, :8].mean((2, 3), keepdim=True).expand(-1, -1, 8, 8))

    def test_fades_from_one_stage_to_the_next(self) -> None:
        coarse, fine = fade_real(images(), Growth(1)), fade_real(images(), Growth(2))
        torch.testing.assert_close(fade_real(images(), Growth(2, 0.0)), coarse)
        torch.testing.assert_close(fade_real(images(), Growth(2, 0.25)), 0.75 * coarse + 0.25 * fine)

    def test_refuses_stages_that_are_not(self) -> None:
        with pytest.raises(ValueError, match="no stage 4"):
            fade_real(images(), Growth(4))


@pytest.mark.parametrize("stage", [1, 2, 3])
def test_networks_do_not_jump(stage: int) -> None:
    generator, discriminator = networks()
    z = torch.randn(4, 8)
    before, after = Growth(stage - 1), Growth(stage, 0.0)
    torch.testing.assert_close(generator(z, growth=after), generator(z, growth=before))
    torch.testing.assert_close(
        discriminator(images(), growth=after).logits, discriminator(images(), growth=before).logits, atol=1e-5, rtol=1e-4
    )
    assert (generator(z, growth=Growth(stage)) - generator(z, growth=before)).abs().max() > 1e-3


def test_generated_images_are_as_coarse_as_real_ones() -> None:
    generator, _ = networks()
    image = generator(torch.randn(4, 8), growth=Growth(1, 0.5))
    torch.testing.assert_close(image, fade_real(image, Growth(1)))


def test_discriminator_does_not_see_what_is_finer() -> None:
    _, discriminator = networks()
    seen = discriminator(images(), growth=Growth(2, 0.5)).logits
    torch.testing.assert_close(discriminator(fade_real(images(), Growth(2)), growth=Growth(2, 0.5)).logits, seen)


def test_growth_is_part_of_the_state() -> None:
    generator, _ = networks()
    generator.set_growth(Growth(2, 0.5))
    other, _ = networks()
    other.load_state_dict(generator.state_dict())
    assert other.grown(None) == Growth(2, 0.5)
    z = torch.randn(4, 8)
    assert torch.equal(other(z), generator(z, growth=Growth(2, 0.5)))


def test_refuses_stages_that_are_not() -> None:
    generator, _ = networks()
    with pytest.raises(ValueError, match="last stage is 3"):
        generator.set_growth(Growth(4))
    with pytest.raises(ValueError, match="last stage is 3"):
        generator(torch.randn(4, 8), growth=Growth(4))
