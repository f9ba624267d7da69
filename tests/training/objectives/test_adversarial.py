"""The two-player losses against their formulas, in float64, and the gradients that they push with."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from latentedit_training.objectives import minimax
from latentedit_training.objectives.adversarial import ADVERSARIAL_LOSSES, AdversarialName

REAL = torch.tensor([-2.0, -0.5, 0.3, 1.7, 40.0], dtype=torch.float64)
FAKE = torch.tensor([-30.0, -1.1, 0.2, 0.9, 2.5], dtype=torch.float64)


def log_probability(logits: Tensor) -> Tensor:
    return torch.log(torch.sigmoid(logits))


def by_hand(name: str, real: Tensor, fake: Tensor) -> tuple[Tensor, Tensor]:
    """Both losses, written as the papers write them."""
    if name in ("minimax", "non-saturating"):
        d = -(log_probability(real).mean() + log_probability(-fake).mean())
        return d, log_probability(-fake).mean() if name == "minimax" else -log_probability(fake).mean()
    if name == "least-squares":
        return 0.5 * ((real - 1) ** 2).mean() + 0.5 * (fake**2).mean(), 0.5 * ((fake - 1) ** 2).mean()
    if name == "wasserstein":
        return fake.mean() - real.mean(), -fake.mean()
    if name == "hinge":
        return -torch.minimum(torch.zeros(()), real - 1).mean() - torch.minimum(torch.zeros(()), -fake - 1).mean(), -fake.mean()
    return -log_probability(real - fake).mean(), -log_probability(fake - real).mean()


@pytest.mark.parametrize("name", ADVERSARIAL_LOSSES)
def test_losses_are_their_papers_formulas(name: AdversarialName) -> None:
    loss = ADVERSARIAL_LOSSES[name]
    d, g = by_hand(name, REAL, FAKE)
    torch.testing.assert_close(loss.discriminator(REAL, FAKE), d)
    torch.testing.assert_close(loss.generator(REAL, FAKE), g)


@pytest.mark.parametrize("name", ADVERSARIAL_LOSSES)
@pytest.mark.parametrize("player", ["discriminator", "generator"])
def test_gradients_agree_with_finite_differences(name: AdversarialName, player: str) -> None:
    real, fake = (x[1:4].clone().requires_grad_(True) for x in (REAL, FAKE))
    assert torch.autograd.gradcheck(getattr(ADVERSARIAL_LOSSES[name], player), (real, fake))


@pytest.mark.parametrize("name", ADVERSARIAL_LOSSES)
def test_the_players_pull_against_each_other(name: AdversarialName) -> None:
    loss = ADVERSARIAL_LOSSES[name]
    real, fake = torch.tensor([0.1], requires_grad=True), torch.tensor([0.05], requires_grad=True)
    d_real, d_fake = torch.autograd.grad(loss.discriminator(real, fake), (real, fake))
    (g_fake,) = torch.autograd.grad(loss.generator(real.detach(), fake), fake)
    assert d_real < 0 < d_fake, "descending, the discriminator raises real logits and lowers generated ones"
    assert g_fake < 0, "and the generator raises its own"


@pytest.mark.parametrize("name", ADVERSARIAL_LOSSES)
def test_sure_answers_stay_finite(name: AdversarialName) -> None:
    loss = ADVERSARIAL_LOSSES[name]
    sure = torch.tensor([1e4, -1e4])
    assert torch.isfinite(loss.discriminator(sure, -sure)) and torch.isfinite(loss.generator(sure, -sure))


def test_a_blind_discriminator_costs_log_four() -> None:
    blind = torch.zeros(3)
    assert float(minimax.discriminator_loss(blind, blind)) == pytest.approx(math.log(4))


def test_smoothing_is_cross_entropy_with_a_softer_label_of_real_images_only() -> None:
    expected = torch.nn.functional.binary_cross_entropy_with_logits(REAL, torch.full_like(REAL, 0.9))
    expected = expected + torch.nn.functional.binary_cross_entropy_with_logits(FAKE, torch.zeros_like(FAKE))
    torch.testing.assert_close(minimax.discriminator_loss(REAL, FAKE, real_label=0.9), expected)


def test_smoothing_asks_for_the_smoothed_probability() -> None:
    logit = torch.tensor([math.log(0.9 / 0.1)], requires_grad=True)
    (gradient,) = torch.autograd.grad(minimax.discriminator_loss(logit, torch.zeros(1), real_label=0.9), logit)
    assert float(gradient) == pytest.approx(0, abs=1e-7)
