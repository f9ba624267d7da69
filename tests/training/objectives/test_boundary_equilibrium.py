"""BEGAN's balance."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from latentedit_training.objectives import boundary_equilibrium as began

errors = st.floats(0, 1e3, allow_nan=False)


def test_errors_are_of_each_image() -> None:
    image = torch.rand(3, 1, 4, 4, dtype=torch.float64)
    other = torch.rand(3, 1, 4, 4, dtype=torch.float64)
    expected = [float((a - b).abs().pow(2).mean()) for a, b in zip(image, other, strict=True)]
    assert began.reconstruction_error(image, other, power=2).tolist() == pytest.approx(expected)


@given(k=st.floats(0, 1), real=errors, fake=errors, gamma=st.floats(0, 1), rate=st.floats(1e-6, 1))
def test_k_stays_between_0_and_1(k: float, real: float, fake: float, gamma: float, rate: float) -> None:
    after = began.next_k(torch.tensor(k), torch.tensor([real]), torch.tensor([fake]), gamma=gamma, rate=rate)
    assert 0 <= float(after) <= 1


def test_k_answers_in_the_direction_of_the_imbalance() -> None:
    k, real = torch.tensor(0.5), torch.tensor([1.0])
    assert float(began.next_k(k, real, torch.tensor([0.2]), gamma=0.5, rate=0.1)) == pytest.approx(0.5 + 0.1 * 0.3)
    assert float(began.next_k(k, real, torch.tensor([0.9]), gamma=0.5, rate=0.1)) == pytest.approx(0.5 - 0.1 * 0.4)


@pytest.mark.parametrize("gamma", [0.3, 0.5, 0.7])
def test_control_brings_the_ratio_of_errors_to_gamma(gamma: float) -> None:
    """In a world where minding generated images more (k) raises their error, as the discriminator does to them."""
    k, real = torch.tensor(0.0), torch.tensor([1.0])
    for _ in range(4000):
        fake = 0.1 + 0.9 * k.view(1)
        k = began.next_k(k, real, fake, gamma=gamma, rate=0.01)
    assert float(fake / real) == pytest.approx(gamma, abs=1e-3)
    assert float(began.convergence_measure(real, fake, gamma=gamma)) == pytest.approx(1.0, abs=1e-3)


def test_the_discriminator_minds_generated_images_k_times() -> None:
    real, fake = torch.tensor([0.4, 0.6]), torch.tensor([0.2, 0.3])
    assert float(began.discriminator_loss(real, fake, torch.tensor(0.4))) == pytest.approx(0.5 - 0.4 * 0.25)
    assert float(began.generator_loss(fake)) == pytest.approx(0.25)
    assert float(began.convergence_measure(real, fake, gamma=0.7)) == pytest.approx(0.5 + abs(0.35 - 0.25))
