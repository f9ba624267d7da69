"""Labels, features, smoothness and likeness, against their formulas."""

from __future__ import annotations

import pytest
import torch

from latentedit_training.objectives import conditional, perceptual, total_variation
from latentedit_training.objectives.feature_matching import feature_matching_loss


def random(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def test_a_class_is_one_of_many() -> None:
    logits, classes = random(5, 3), torch.tensor([0, 2, 1, 1, 0])
    expected = -torch.log_softmax(logits, 1)[range(5), classes].mean()
    torch.testing.assert_close(conditional.class_loss(logits, torch.eye(3, dtype=torch.float64)[classes]), expected)


def test_attributes_are_judged_each_by_itself() -> None:
    logits, c = random(5, 3), (random(5, 3, seed=1) > 0).double()
    probability = torch.sigmoid(logits)
    each = -(c * probability.log() + (1 - c) * (1 - probability).log())
    torch.testing.assert_close(conditional.attribute_loss(logits, c), each.sum(1).mean())


@pytest.mark.parametrize(("norm", "power"), [("squared", 2), ("absolute", 1)])
def test_features_match_on_the_average(norm: str, power: int) -> None:
    real, fake = random(6, 4), random(3, 4, seed=1)
    expected = sum(abs(float(a - b)) ** power for a, b in zip(real.mean(0), fake.mean(0), strict=True)) / 4
    assert float(feature_matching_loss(real, fake, norm=norm)) == pytest.approx(expected)  # type: ignore[arg-type]


def test_features_of_real_images_are_no_way_out() -> None:
    real, fake = random(6, 4).requires_grad_(True), random(3, 4, seed=1).requires_grad_(True)
    feature_matching_loss(real, fake).backward()
    assert real.grad is None and fake.grad is not None


def test_matched_sets_need_not_be_the_same() -> None:
    real = random(6, 4)
    assert float(feature_matching_loss(real, real.flip(0))) == pytest.approx(0, abs=1e-20)


def test_total_variation_counts_steps_between_neighbours() -> None:
    image = torch.zeros(1, 1, 3, 4, dtype=torch.float64)
    image[..., 2:] = 1  # one vertical edge over three rows
    assert float(total_variation.anisotropic_total_variation(image)) == pytest.approx(3 / 12)
    image = random(2, 3, 5, 6)
    for n in range(2):
        steps = sum(
            abs(float(image[n, ch, y, x] - image[n, ch, y + dy, x + dx]))
            for ch in range(3)
            for y in range(5)
            for x in range(6)
            for dy, dx in ((0, 1), (1, 0))
            if y + dy < 5 and x + dx < 6
        )
        assert float(total_variation.anisotropic_total_variation(image)[n]) == pytest.approx(steps / 90)


def test_isotropic_variation_does_not_prefer_axes() -> None:
    y, x = torch.meshgrid(torch.arange(9.0), torch.arange(9.0), indexing="ij")
    along, aslant = x, (x + y) / 2**0.5  # the same slope in two directions
    values = [float(total_variation.isotropic_total_variation(ramp.double()[None, None])) for ramp in (along, aslant)]
    assert values[0] == pytest.approx(values[1], rel=1e-6) == pytest.approx(1.0, rel=1e-6)


def test_flat_pictures_have_finite_gradients() -> None:
    image = torch.zeros(1, 1, 4, 4, requires_grad=True)
    total_variation.isotropic_total_variation(image).sum().backward()
    assert image.grad is not None and torch.isfinite(image.grad).all()


@pytest.mark.parametrize("of", [total_variation.anisotropic_total_variation, total_variation.isotropic_total_variation])
def test_gradients_of_variation_agree_with_finite_differences(of: object) -> None:
    assert torch.autograd.gradcheck(of, (random(1, 2, 3, 4).requires_grad_(True),))  # type: ignore[arg-type]


def test_style_is_blind_to_places_and_content_is_not() -> None:
    features = random(2, 3, 4, 4)
    shuffled = features.flatten(2)[..., torch.randperm(16, generator=torch.Generator().manual_seed(0))].view_as(features)
    assert perceptual.style_loss([features], [shuffled]).abs().max() < 1e-20
    assert perceptual.content_loss([features], [shuffled]).min() > 0.1


def test_gram_matrix_is_its_sum() -> None:
    features = random(1, 2, 3, 4)
    expected = sum(features[0, 0, y, x] * features[0, 1, y, x] for y in range(3) for x in range(4)) / (2 * 3 * 4)
    torch.testing.assert_close(perceptual.gram_matrix(features)[0, 0, 1], expected)
