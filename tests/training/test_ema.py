"""Averages of weights against closed forms, and what modules have beside plain weights."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn
from torch.nn.utils import parametrizations
from torch.optim.swa_utils import AveragedModel

from latentedit.errors import CheckpointError, UsageError
from latentedit_training.ema import Average, Ema, beta_at


class Scalar(nn.Module):
    """One weight."""

    def __init__(self, value: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(value, dtype=torch.float64))


class Everything(nn.Module):
    """Batch normalisation, a parametrised weight, whole-numbered and boolean buffers, a weight that does not learn, one that is used twice."""

    def __init__(self) -> None:
        super().__init__()
        self.first = parametrizations.spectral_norm(nn.Linear(3, 4))
        self.norm = nn.BatchNorm1d(3)
        self.weighted = parametrizations.weight_norm(nn.Linear(4, 4))
        self.tied = nn.Linear(4, 4)
        self.again = nn.Linear(4, 4)
        self.again.weight = self.tied.weight
        self.still = nn.Parameter(torch.ones(2), requires_grad=False)
        self.steps: Tensor
        self.register_buffer("steps", torch.zeros((), dtype=torch.int64))
        self.register_buffer("seen", torch.zeros(2, dtype=torch.bool))

    def forward(self, x: Tensor) -> Tensor:
        self.steps += 1
        return self.again(self.tied(self.weighted(self.first(self.norm(x)))))


def learned(module: nn.Module, steps: int, average: Ema | None = None) -> None:
    """Train a little, on random numbers."""
    generator = torch.Generator().manual_seed(0)
    optimizer = torch.optim.SGD([p for p in module.parameters() if p.requires_grad], lr=0.1)
    for step in range(steps):
        optimizer.zero_grad()
        module(torch.randn(5, 3, generator=generator) + 1).square().mean().backward()
        optimizer.step()
        if average is not None:
            average.update(5 * (step + 1), 5)


def test_after_the_half_life_half_is_left() -> None:
    assert beta_at(10**6, 500, half_life_images=500, ramp=None) == 0.5
    assert beta_at(10**6, 10, half_life_images=500, ramp=None) ** 50 == pytest.approx(0.5)


def test_the_ramp_shortens_the_half_life_at_first() -> None:
    assert beta_at(1000, 32, half_life_images=10_000, ramp=0.05) == 0.5 ** (32 / 50)
    assert beta_at(10**6, 32, half_life_images=10_000, ramp=0.05) == 0.5 ** (32 / 10_000)
    assert beta_at(0, 32, half_life_images=10_000, ramp=0.05) == 0.0


def test_one_weight_follows_in_closed_form() -> None:
    """From 1 towards 0, the average after k steps is the k-th power of beta, however the images are cut into batches."""
    for batch, steps in ((10, 30), (100, 3)):
        module = Scalar(1.0)
        ema = Ema(module, half_life_images=100)
        module.weight.data.zero_()
        for step in range(steps):
            ema.update((step + 1) * batch, batch)
        torch.testing.assert_close(ema.network.weight, torch.tensor(0.125, dtype=torch.float64), check_dtype=True)
    module = Scalar(1.0)
    ema = Ema(module, beta=1 - 1e-4)
    module.weight.data.zero_()
    for _ in range(1000):
        ema.update(0, 10)
    assert float(ema.network.weight) == pytest.approx((1 - 1e-4) ** 1000)  # type: ignore[arg-type]


def test_averages_are_torchs() -> None:
    torch.manual_seed(0)
    module = Everything()
    ema = Ema(module, beta=0.9)
    expected = AveragedModel(module, avg_fn=lambda past, now, _: 0.9 * past + 0.1 * now, use_buffers=False)
    expected.update_parameters(module)  # its first is a copy
    generator = torch.Generator().manual_seed(1)
    for _ in range(5):
        with torch.no_grad():
            for p in module.parameters():
                p.add_(torch.randn(p.shape, generator=generator))
        ema.update(0, 1)
        expected.update_parameters(module)
    for (name, mine), theirs in zip(ema.network.named_parameters(), expected.module.parameters(), strict=True):
        torch.testing.assert_close(mine, theirs, msg=name)


def test_everything_follows() -> None:
    """Weights are averaged, those of parametrisations too; buffers are the module's own."""
    torch.manual_seed(0)
    module = Everything()
    begun = {name: p.detach().clone() for name, p in module.named_parameters()}
    ema = Ema(module, beta=0.5)
    learned(module, 6, ema)
    assert {name.split(".")[-1] for name in begun} >= {"original", "original0", "original1", "still", "bias", "weight"}
    averages = dict(ema.network.named_parameters())
    assert averages.keys() == begun.keys()
    for name, now in module.named_parameters():
        if name == "still":
            assert torch.equal(averages[name], now)
        else:
            assert not torch.equal(averages[name], now), name
            assert not torch.equal(averages[name], begun[name]), name
    buffers = dict(ema.network.named_buffers())
    assert {"steps", "seen", "norm.running_mean", "norm.num_batches_tracked"} <= buffers.keys()
    for name, now in module.named_buffers():
        assert torch.equal(buffers[name], now), name
        assert buffers[name].data_ptr() != now.data_ptr(), name
    assert int(buffers["steps"]) == 6


def test_a_beta_of_0_is_the_module_itself() -> None:
    torch.manual_seed(0)
    module = Everything()
    ema = Ema(module, beta=0.0)
    learned(module, 3, ema)
    module.eval()
    x = torch.randn(5, 3, generator=torch.Generator().manual_seed(7))
    assert torch.equal(ema.network(x), module(x))


def test_weights_that_are_used_twice_stay_one() -> None:
    module = Everything()
    ema = Ema(module, beta=0.5)
    learned(module, 2, ema)
    network = ema.network
    assert isinstance(network, Everything)
    assert network.again.weight is network.tied.weight


def test_the_average_computes_as_in_use_and_does_not_learn() -> None:
    module = Everything()
    for network in (Ema(module, beta=0.5).network, Average(module).network):
        assert not network.training
        assert not any(p.requires_grad for p in network.parameters())
    assert module.training
    assert module.first.bias.requires_grad


def test_a_state_goes_on_where_it_was() -> None:
    torch.manual_seed(0)
    module = Everything()
    ema = Ema(module, half_life_images=20, ramp=0.5)
    learned(module, 3, ema)
    state = {name: value.clone() for name, value in ema.state_dict().items()}
    again = Ema(Everything(), half_life_images=20, ramp=0.5)
    again.load_state_dict(state)
    for name, value in ema.state_dict().items():
        assert torch.equal(again.state_dict()[name], value), name
    other = Ema(module, half_life_images=20, ramp=0.5)
    other.load_state_dict(state)
    learned(module, 3)
    for each in (ema, other):
        each.update(50, 5)
    assert all(torch.equal(other.state_dict()[name], value) for name, value in ema.state_dict().items())


def test_other_states_are_refused() -> None:
    ema = Ema(nn.Linear(2, 3), beta=0.5)
    for state in ({}, {**ema.state_dict(), "more": torch.zeros(1)}, Ema(nn.Linear(4, 3), beta=0.5).state_dict()):
        with pytest.raises(CheckpointError) as caught:
            ema.load_state_dict(state)
        assert caught.value.hint


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"beta": 0.5, "half_life_images": 10.0},
        {"beta": 1.5},
        {"beta": 0.5, "ramp": 0.1},
        {"half_life_images": 0.0},
        {"half_life_images": 5.0, "ramp": 0.0},
    ],
)
def test_settings_are_checked(wrong: dict[str, float]) -> None:
    with pytest.raises(UsageError) as caught:
        Ema(nn.Linear(1, 1), **wrong)
    assert caught.value.hint
