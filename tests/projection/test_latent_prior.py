"""The distance of a latent from those that the mapping network makes."""

from __future__ import annotations

import pytest
import torch

from latentedit.generators.toy import ToyGenerator
from latentedit.projection.latent_prior import LatentPrior, fit_prior


@pytest.fixture(scope="module")
def toy() -> ToyGenerator:
    return ToyGenerator()


@pytest.fixture(scope="module")
def prior(toy: ToyGenerator) -> LatentPrior:
    return fit_prior(toy, seed=0)


def random_latents(toy: ToyGenerator, count: int) -> torch.Tensor:
    return toy.mapping(torch.randn(count, toy.z_dim, generator=torch.Generator().manual_seed(9)))


def test_random_latents_deviate_by_one_and_the_mean_by_nothing(toy: ToyGenerator, prior: LatentPrior) -> None:
    assert prior.deviation(random_latents(toy, 2000)).item() == pytest.approx(1.0, rel=0.1)
    assert prior.deviation(prior.mean.expand(1, toy.num_ws, -1)).item() == pytest.approx(0.0, abs=1e-6)


def test_equal_distances_cost_more_where_latents_vary_less(toy: ToyGenerator, prior: LatentPrior) -> None:
    w = random_latents(toy, 4000)[:, 0].double()
    values, vectors = torch.linalg.eigh(torch.cov(w.T))
    assert values[-1] > 2 * values[0]  # else the toy tells nothing
    costs = [prior.deviation((prior.mean + vectors[:, i].float())[None, None]).item() for i in (0, len(values) // 2, -1)]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] * len(values) == pytest.approx(1 / values[-1].item(), rel=0.2)


def test_it_is_the_same_for_the_same_seed(toy: ToyGenerator, prior: LatentPrior) -> None:
    again, other = fit_prior(toy, seed=0), fit_prior(toy, seed=1)
    assert torch.equal(again.mean, prior.mean) and torch.equal(again.whitening, prior.whitening)
    assert not torch.equal(other.mean, prior.mean)
