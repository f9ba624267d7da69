"""First weights: what they keep through depth, and equalised learning rates."""

from __future__ import annotations

import math

import torch
from torch import nn

from latentedit_training.layers.equalized import EqualizedConv2d, EqualizedLinear
from latentedit_training.layers.selu_initialisation import initialise_for_selu, lecun_normal_
from latentedit_training.layers.weight_layers import initialise, weight_layers


class TestSelu:
    def test_activations_keep_mean_and_variance_through_depth(self) -> None:
        random = torch.Generator().manual_seed(0)
        network = nn.Sequential(*(layer for _ in range(30) for layer in (nn.Linear(256, 256), nn.SELU())))
        initialise_for_selu(network, random)
        x = torch.randn(512, 256, generator=random)
        for layer in network:
            x = layer(x)
            if isinstance(layer, nn.SELU):
                assert abs(x.mean().item()) < 0.1
                assert 0.8 < x.var().item() < 1.2

    def test_torchs_own_first_weights_do_not(self) -> None:
        torch.manual_seed(0)
        network = nn.Sequential(*(layer for _ in range(30) for layer in (nn.Linear(256, 256), nn.SELU())))
        assert network(torch.randn(512, 256)).var().item() < 0.5

    def test_fan_in_counts_the_kernels_places(self) -> None:
        weight = lecun_normal_(torch.empty(64, 32, 3, 3), torch.Generator().manual_seed(0))
        assert abs(weight.std().item() * math.sqrt(32 * 9) - 1) < 0.02

    def test_is_repeatable(self) -> None:
        weights = [lecun_normal_(torch.empty(4, 4), torch.Generator().manual_seed(5)) for _ in range(2)]
        assert torch.equal(*weights)


class TestEqualized:
    def test_variance_is_kept_with_leaky_relu(self) -> None:
        torch.manual_seed(0)
        x = torch.randn(8, 64, 16, 16)
        inside = EqualizedConv2d(64, 64, 3)(x)[:, :, 1:-1, 1:-1]
        assert abs(inside.var().item() - 2) < 0.2  # He's 2 / fan-in, which a ReLU halves

    def test_linear_has_unit_variance_without_a_nonlinearity(self) -> None:
        torch.manual_seed(0)
        assert abs(EqualizedLinear(256, 256)(torch.randn(256, 256)).var().item() - 1) < 0.1

    def test_rate_slows_learning_and_keeps_the_function(self) -> None:
        torch.manual_seed(0)
        fast = EqualizedLinear(16, 4)
        slow = EqualizedLinear(16, 4, rate=0.01)
        with torch.no_grad():
            slow.weight.copy_(fast.weight / 0.01)
        x = torch.randn(8, 16)
        torch.testing.assert_close(slow(x), fast(x))
        before = slow(x).detach(), fast(x).detach()
        for layer in (slow, fast):
            optimizer = torch.optim.Adam(layer.parameters(), 1e-3)
            layer(x).sum().backward()
            optimizer.step()
        changes = [(layer(x) - old).abs().mean().item() for layer, old in zip((slow, fast), before, strict=True)]
        assert abs(changes[0] / changes[1] - 0.01) < 1e-3

    def test_parameters_are_drawn_alike(self) -> None:
        torch.manual_seed(0)
        assert abs(EqualizedConv2d(4, 64, 3).weight.std().item() - 1) < 0.05
        assert abs(EqualizedLinear(400, 64).weight.std().item() - 1) < 0.05


class TestWeightLayers:
    def test_are_found_in_order_but_not_where_excepted(self) -> None:
        inner = nn.Sequential(nn.Embedding(3, 4))
        network = nn.ModuleList([nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ModuleList([inner, nn.Linear(2, 2)])])
        assert [type(layer) for layer in weight_layers(network)] == [nn.Conv2d, nn.Embedding, nn.Linear]
        assert [type(layer) for layer in weight_layers(network, (nn.Sequential,))] == [nn.Conv2d, nn.Linear]

    def test_initialise_draws_weights_and_zeroes_biases(self) -> None:
        network = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Linear(2, 2, bias=False))
        initialise(network, nn.init.ones_)
        assert all((value == (0 if name.endswith("bias") else 1)).all() for name, value in network.named_parameters())
