"""Self-attention and residual blocks."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from latentedit_training.layers.bottleneck_block import BottleneckDownBlock, BottleneckUpBlock
from latentedit_training.layers.residual_block import DownBlock, UpBlock, initialise_residual
from latentedit_training.layers.self_attention import SelfAttention


class TestSelfAttention:
    def test_starts_as_nothing_and_gamma_learns(self) -> None:
        torch.manual_seed(0)
        layer, x = SelfAttention(16), torch.randn(2, 16, 6, 4)
        result = layer(x)
        assert torch.equal(result, x)
        (result * torch.randn_like(x)).sum().backward()
        assert layer.gamma.grad.abs() > 0

    def test_is_the_papers_sum(self) -> None:
        torch.manual_seed(0)
        layer, x = SelfAttention(16), torch.randn(2, 16, 4, 4)
        nn.init.constant_(layer.gamma, 0.7)
        query, key, value = layer.query(x), F.max_pool2d(layer.key(x), 2), F.max_pool2d(layer.value(x), 2)
        assert (query.shape[1], value.shape[1]) == (2, 8)
        expected = x.clone()
        for row in range(4):
            for column in range(4):
                scores = (query[:, :, row, column, None, None] * key).sum(dim=1)  # [N, 2, 2]
                weights = scores.flatten(1).softmax(dim=1).reshape(scores.shape)
                seen = (value * weights[:, None]).sum(dim=(2, 3), keepdim=True)
                expected[:, :, row, column] += 0.7 * layer.out(seen)[:, :, 0, 0]
        torch.testing.assert_close(layer(x), expected, atol=1e-5, rtol=1e-4)

    def test_sees_far(self) -> None:
        torch.manual_seed(0)
        layer = SelfAttention(16)
        nn.init.ones_(layer.gamma)
        x = torch.randn(1, 16, 8, 8, requires_grad=True)
        layer(x)[0, :, 0, 0].sum().backward()
        assert x.grad[0, :, 7, :].abs().sum() > 0

    def test_can_be_differentiated_twice(self) -> None:
        torch.manual_seed(0)
        layer = SelfAttention(8).double()
        nn.init.ones_(layer.gamma)
        x = torch.randn(1, 8, 2, 2, dtype=torch.double, requires_grad=True)
        assert torch.autograd.gradgradcheck(layer, x)


class TestResidualBlocks:
    @pytest.mark.parametrize("doubles", [True, False])
    def test_up(self, doubles: bool) -> None:
        result = UpBlock(4, 6, 3, doubles=doubles)(torch.randn(2, 4, 5, 3), torch.randn(2, 3))
        assert result.shape == ((2, 6, 10, 6) if doubles else (2, 6, 5, 3))

    @pytest.mark.parametrize("first", [True, False])
    @pytest.mark.parametrize("halves", [True, False])
    def test_down(self, halves: bool, first: bool) -> None:
        result = DownBlock(4, 6, halves=halves, first=first)(torch.randn(2, 4, 6, 4))
        assert result.shape == ((2, 6, 3, 2) if halves else (2, 6, 6, 4))

    def test_up_is_written_out(self) -> None:
        torch.manual_seed(0)
        block, x = UpBlock(4, 6), torch.randn(3, 4, 5, 5)
        h = F.interpolate(F.relu(nn.BatchNorm2d(4)(x)), scale_factor=2)
        h = block.conv2(F.relu(nn.BatchNorm2d(6)(block.conv1(h))))
        torch.testing.assert_close(block(x), h + block.shortcut(F.interpolate(x, scale_factor=2)))

    def test_down_is_written_out(self) -> None:
        torch.manual_seed(0)
        block, x = DownBlock(4, 6), torch.randn(3, 4, 6, 6)
        h = block.conv2(F.relu(block.conv1(F.relu(x))))
        torch.testing.assert_close(block(x), F.avg_pool2d(h + block.shortcut(x), 2))

    def test_a_first_block_sees_the_dark_half(self) -> None:
        torch.manual_seed(0)
        dark = -torch.rand(1, 3, 4, 4)
        first, later = DownBlock(3, 4, first=True), DownBlock(3, 4)
        assert (first.conv1(dark) - first.conv1(dark * 0)).abs().max() > 0
        for block, changes in ((first, True), (later, False)):
            nn.init.zeros_(block.shortcut.weight)
            assert ((block(dark) - block(2 * dark)).abs().max() > 1e-6) == changes

    def test_an_unchanged_size_has_a_plain_shortcut(self) -> None:
        assert isinstance(DownBlock(4, 4, halves=False).shortcut, nn.Identity)
        assert DownBlock(4, 8).conv1.out_channels == 4
        assert DownBlock(4, 8, hidden=8).conv1.out_channels == 8

    def test_first_weights(self) -> None:
        block = UpBlock(32, 64, 3)
        initialise_residual(block)
        assert abs(block.conv1.weight.std().item() / (2 * 2 / (9 * (32 + 64))) ** 0.5 - 1) < 0.05
        assert abs(block.shortcut.weight.std().item() / (2 / (32 + 64)) ** 0.5 - 1) < 0.1
        assert not block.norm1.gain.weight.any()
        last = nn.Conv2d(64, 64, 3)
        initialise_residual(nn.Sequential(block, last), last=last)
        assert abs(last.weight.std().item() / (2 / (9 * 128)) ** 0.5 - 1) < 0.05


class TestBottlenecks:
    def test_without_its_branch_a_generators_block_drops_channels(self) -> None:
        block = BottleneckUpBlock(8, 4, 3, doubles=True)
        nn.init.zeros_(block.conv4.weight)
        nn.init.zeros_(block.conv4.bias)
        x = torch.randn(2, 8, 3, 5)
        assert torch.equal(block(x, torch.randn(2, 3)), F.interpolate(x[:, :4], scale_factor=2))

    def test_without_its_branch_a_discriminators_block_adds_some(self) -> None:
        block = BottleneckDownBlock(4, 8, halves=True)
        nn.init.zeros_(block.conv4.weight)
        nn.init.zeros_(block.conv4.bias)
        x = torch.randn(2, 4, 6, 4)
        result = block(x)
        assert result.shape == (2, 8, 3, 2)
        assert torch.equal(result[:, :4], F.avg_pool2d(x, 2))
        assert result[:, 4:].abs().max() > 0

    def test_the_middle_has_a_quarter(self) -> None:
        assert BottleneckUpBlock(16, 8, 3, doubles=False).conv2.in_channels == 4
        assert BottleneckDownBlock(8, 16, halves=False).conv3.out_channels == 4
