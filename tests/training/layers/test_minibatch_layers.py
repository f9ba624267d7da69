"""Layers that look at a whole batch."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from latentedit_training.layers.minibatch_discrimination import MinibatchDiscrimination, nearness
from latentedit_training.layers.minibatch_stddev import MinibatchStddev, minibatch_stddev
from latentedit_training.layers.virtual_batch_norm import VirtualBatchNorm, WithReference


class TestMinibatchDiscrimination:
    def test_is_the_sum_of_the_paper(self) -> None:
        torch.manual_seed(0)
        m = torch.randn(5, 3, 2)
        result = nearness(m)
        for i in range(5):
            for b in range(3):
                expected = sum(math.exp(-(m[i, b] - m[j, b]).abs().sum().item()) for j in range(5))
                assert result[i, b].item() == pytest.approx(expected, rel=1e-5)

    def test_pieces_are_as_the_whole_with_both_gradients(self) -> None:
        torch.manual_seed(0)
        m = torch.randn(7, 3, 2)
        found = []
        for limit in (10**9, 2 * 7 * 3 * 2):
            x = m.clone().requires_grad_()
            result = nearness(x, limit)
            (gradient,) = torch.autograd.grad(result.square().sum(), x, create_graph=True)
            (second,) = torch.autograd.grad(gradient.square().sum(), x)
            found.append((result, gradient, second))
        for whole, pieces in zip(*found, strict=True):
            torch.testing.assert_close(pieces, whole)

    def test_equal_samples_are_as_near_as_can_be(self) -> None:
        layer = MinibatchDiscrimination(4, 6, 2)
        x = torch.randn(1, 4).expand(3, 4)
        result = layer(x)
        assert result.shape == (3, 10)
        assert torch.equal(result[:, :4], x)
        torch.testing.assert_close(result[:, 4:], torch.full((3, 6), 3.0))
        result[:, 4:].sum().backward()
        assert layer.tensor.grad.isfinite().all()

    def test_gradient_reaches_tensor_and_features(self) -> None:
        torch.manual_seed(0)
        layer, x = MinibatchDiscrimination(4, 6, 2), torch.randn(5, 4, requires_grad=True)
        layer(x)[:, 4:].sum().backward()
        assert layer.tensor.grad.abs().sum() > 0 and x.grad.abs().sum() > 0


class TestMinibatchStddev:
    def test_groups_as_stylegan2_does(self) -> None:
        torch.manual_seed(0)
        x = torch.randn(8, 3, 2, 2)
        grouped = x.reshape(4, 2, 3, 2, 2)  # [group, number of groups, C, H, W]
        expected = grouped.var(dim=0, correction=0).add(1e-8).sqrt().mean(dim=(1, 2, 3))
        torch.testing.assert_close(minibatch_stddev(x, 4), expected.repeat(4))

    @pytest.mark.parametrize("n", range(2, 12))
    @pytest.mark.parametrize("group_size", [2, 4])
    def test_nobody_is_alone(self, n: int, group_size: int) -> None:
        x = torch.arange(float(n))[:, None, None, None].expand(n, 2, 3, 3)
        assert minibatch_stddev(x, group_size).min() > 0.4

    def test_sees_a_collapse(self) -> None:
        result = MinibatchStddev()(torch.ones(6, 2, 4, 4))
        assert result.shape == (6, 3, 4, 4)
        torch.testing.assert_close(result[:, 2], torch.full((6, 4, 4), 1e-4))

    def test_equal_samples_have_a_gradient_in_half_precision(self) -> None:
        x = torch.ones(4, 2, 4, 4, dtype=torch.float16, requires_grad=True)
        result = MinibatchStddev()(x)
        result.float().sum().backward()
        assert result.dtype == torch.float16 and x.grad.isfinite().all()

    def test_one_sample_has_a_gradient(self) -> None:
        x = torch.ones(1, 2, 4, 4, requires_grad=True)
        MinibatchStddev()(x).sum().backward()
        assert x.grad.isfinite().all()


class TestVirtualBatchNorm:
    def test_the_reference_batch_is_normalised_by_itself(self) -> None:
        torch.manual_seed(0)
        x = torch.randn(6, 3, 4, 4) * 3 + 2
        torch.testing.assert_close(VirtualBatchNorm(3, 4)(x)[:4], nn.BatchNorm2d(3)(x[:4]).detach(), atol=1e-5, rtol=1e-4)

    def test_others_are_normalised_with_it_as_one_more_sample(self) -> None:
        torch.manual_seed(0)
        x = torch.randn(6, 3, 4, 4)
        expected = nn.BatchNorm2d(3)(x[[0, 1, 2, 3, 5]])[-1]
        torch.testing.assert_close(VirtualBatchNorm(3, 4)(x)[5], expected, atol=1e-5, rtol=1e-4)

    def test_a_large_mean_costs_no_digits(self) -> None:
        torch.manual_seed(0)
        x = torch.randn(6, 3, 4, 4)
        torch.testing.assert_close(VirtualBatchNorm(3, 4)(x + 1000), VirtualBatchNorm(3, 4)(x), atol=1e-2, rtol=0)

    def test_samples_do_not_see_each_other_in_a_network(self) -> None:
        torch.manual_seed(0)
        inner = nn.Sequential(
            nn.Conv2d(3, 5, 3), VirtualBatchNorm(5, 4), nn.ReLU(), nn.Flatten(), nn.Linear(20, 2), VirtualBatchNorm(2, 4)
        )
        network = WithReference(inner, torch.randn(4, 3, 4, 4))
        x = torch.randn(3, 3, 4, 4)
        result = network(x)
        assert result.shape == (3, 2)
        torch.testing.assert_close(network(x[1:2]), result[1:2])
        assert "reference" in network.state_dict()

    def test_refuses_a_batch_without_reference(self) -> None:
        with pytest.raises(ValueError, match="reference batch of 4"):
            VirtualBatchNorm(3, 4)(torch.randn(2, 3))
