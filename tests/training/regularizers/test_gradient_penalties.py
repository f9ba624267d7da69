"""Gradient penalties against closed forms, gradients by hand, and the ways in which others have them wrong."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor, nn

from latentedit_training.draws import Draws
from latentedit_training.games.penalties import PenaltyConfig
from latentedit_training.regularizers import gradient_penalties as penalties
from latentedit_training.regularizers.input_gradients import input_gradients, norms, squared_norms

torch.manual_seed(0)
REAL, FAKE = torch.randn(5, 2, 4, 4, dtype=torch.float64), torch.randn(5, 2, 4, 4, dtype=torch.float64)


def critic() -> nn.Module:
    torch.manual_seed(1)
    layers = nn.Sequential(nn.Conv2d(2, 3, 3), nn.Tanh(), nn.Flatten(), nn.Linear(12, 1), nn.Flatten(0))
    return layers.double()


def test_a_linear_critic_has_the_length_of_its_weights_everywhere() -> None:
    weights = torch.randn(2, 4, 4, dtype=torch.float64)

    def linear(image: Tensor) -> Tensor:
        return (image * weights).sum((1, 2, 3))

    length = float(weights.norm())
    share, noise = torch.rand(5, dtype=torch.float64), torch.rand_like(REAL)
    torch.testing.assert_close(penalties.wgan_gp(linear, REAL, FAKE, share), torch.full((5,), (length - 1) ** 2).double())
    torch.testing.assert_close(penalties.dragan(linear, REAL, share, noise), torch.full((5,), (length - 1) ** 2).double())
    torch.testing.assert_close(penalties.zero_centred(linear, REAL), torch.full((5,), length**2 / 2).double())


def test_drift_is_the_square_of_what_is_judged() -> None:
    network = critic()
    torch.testing.assert_close(penalties.drift(network, REAL), network(REAL) ** 2)
    penalty = PenaltyConfig(name="drift", weight=0.001, every=2)
    draws = Draws(0, 0, 0, 5, 5, torch.device("cpu"))
    with torch.no_grad():
        assert float(penalty.penalty(network, REAL, FAKE, draws)) == pytest.approx(0.002 * float((network(REAL) ** 2).mean()))


def test_norms_are_of_each_image_over_all_of_its_values() -> None:
    """Not over the batch (torchgan), not over the channels of a pixel (PyTorch-GAN's DRAGAN, mmgeneration): each image is differentiated alone here."""
    network = critic()
    gradients = input_gradients(network, REAL)
    for index in range(len(REAL)):
        alone = REAL[index : index + 1].clone().requires_grad_(True)
        (expected,) = torch.autograd.grad(network(alone).sum(), alone)
        torch.testing.assert_close(gradients[index], expected[0])
        assert float(squared_norms(gradients.detach())[index]) == pytest.approx(sum(float(v) ** 2 for v in expected.flatten()))
    assert norms(gradients).shape == (5,)


def test_one_wild_image_does_not_change_the_others() -> None:
    network = critic()
    wild = REAL.clone()
    wild[2] = 100 * wild[2]
    calm, disturbed = penalties.zero_centred(network, REAL), penalties.zero_centred(network, wild)
    others = [0, 1, 3, 4]
    torch.testing.assert_close(calm[others], disturbed[others])


def test_points_lie_between_pairs_with_a_share_for_each_pair() -> None:
    share = torch.tensor([0.0, 0.25, 0.5, 0.75, 1.0], dtype=torch.float64)
    between = penalties.interpolated(REAL, FAKE, share)
    for index in range(5):
        torch.testing.assert_close(between[index], share[index] * REAL[index] + (1 - share[index]) * FAKE[index])


def test_dragan_s_points_lie_around_real_images() -> None:
    share, noise = torch.rand(5, dtype=torch.float64), torch.rand_like(REAL)
    around = penalties.perturbed(REAL, share, noise)
    deviation = math.sqrt(float(((REAL - REAL.mean()) ** 2).sum()) / (REAL.numel() - 1))
    torch.testing.assert_close(around[3], REAL[3] + share[3] * 0.5 * deviation * noise[3])


def of_parameters(kind: str, network: nn.Module) -> Tensor:
    share, noise = torch.linspace(0.1, 0.9, 5, dtype=torch.float64), torch.full_like(REAL, 0.3)
    if kind == "wgan-gp":
        return penalties.wgan_gp(network, REAL, FAKE, share).mean()
    if kind == "dragan":
        return penalties.dragan(network, REAL, share, noise).mean()
    return penalties.zero_centred(network, REAL if kind == "r1" else FAKE).mean()


@pytest.mark.parametrize("kind", ["wgan-gp", "dragan", "r1", "r2"])
def test_gradients_by_the_critic_s_parameters_agree_with_finite_differences(kind: str) -> None:
    network = critic()
    weight = next(network.parameters())
    (gradient,) = torch.autograd.grad(of_parameters(kind, network), weight)
    step = 1e-6
    for place in [(0, 0, 0, 0), (1, 1, 2, 1), (2, 0, 1, 2)]:
        values = []
        for sign in (1, -1):
            with torch.no_grad():
                weight[place] += sign * step
            values.append(of_parameters(kind, network).item())
            with torch.no_grad():
                weight[place] -= sign * step
        assert float(gradient[place]) == pytest.approx((values[0] - values[1]) / (2 * step), rel=1e-5)


def test_a_flat_critic_has_a_finite_gradient() -> None:
    network = critic()
    for parameter in network.parameters():
        nn.init.zeros_(parameter)
    penalties.wgan_gp(network, REAL, FAKE, torch.rand(5, dtype=torch.float64)).mean().backward()
    assert all(p.grad is None or torch.isfinite(p.grad).all() for p in network.parameters())


def test_the_images_themselves_get_no_gradient() -> None:
    real = REAL.clone().requires_grad_(True)
    penalties.zero_centred(critic(), real).mean().backward()
    assert real.grad is None
