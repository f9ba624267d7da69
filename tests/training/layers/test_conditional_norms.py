"""Norms whose gain and bias depend on a condition, and plain ones."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from latentedit_training.layers.adain import AdaIN, adain, statistics
from latentedit_training.layers.conditional_batch_norm import ConditionalBatchNorm
from latentedit_training.layers.normalisation import group_norm, normalisation
from latentedit_training.layers.pixel_norm import PixelNorm


class TestConditionalBatchNorm:
    def test_starts_as_a_plain_one(self) -> None:
        x = torch.randn(6, 3, 4, 4)
        c = torch.eye(2).repeat(3, 1)
        torch.testing.assert_close(ConditionalBatchNorm(3, 2)(x, c), nn.BatchNorm2d(3)(x).detach())

    def test_each_class_has_its_own_gain_and_bias(self) -> None:
        norm = ConditionalBatchNorm(3, 2)
        nn.init.normal_(norm.gain.weight)
        nn.init.normal_(norm.shift.weight)
        x, classes = torch.randn(6, 3, 4, 4), torch.tensor([0, 1, 1, 0, 1, 0])
        result = norm(x, nn.functional.one_hot(classes, 2).float())
        normal = nn.BatchNorm2d(3)(x)
        for i, number in enumerate(classes):
            gain, shift = 1 + norm.gain.weight[:, number], norm.shift.weight[:, number]
            torch.testing.assert_close(result[i], normal[i] * gain[:, None, None] + shift[:, None, None])

    def test_needs_its_condition(self) -> None:
        with pytest.raises(ValueError, match="condition"):
            ConditionalBatchNorm(3, 2)(torch.randn(2, 3, 4, 4))

    def test_without_one_has_a_gain_of_its_own(self) -> None:
        norm = ConditionalBatchNorm(3)
        assert {name for name, _ in norm.named_parameters()} == {"norm.weight", "norm.bias"}
        assert norm(torch.randn(2, 3, 4, 4)).shape == (2, 3, 4, 4)


class TestAdaIN:
    def test_gives_the_statistics_that_are_asked_for(self) -> None:
        content, style = torch.randn(2, 3, 8, 8), torch.randn(2, 3, 5, 5) * 3 + 1
        result = statistics(adain(content, *statistics(style)))
        torch.testing.assert_close(result, statistics(style), atol=1e-3, rtol=1e-3)

    def test_own_statistics_change_nothing(self) -> None:
        x = torch.randn(2, 3, 8, 8)
        torch.testing.assert_close(adain(x, *statistics(x)), x)

    def test_a_style_of_zeros_is_instance_norm(self) -> None:
        x = torch.randn(2, 3, 8, 8)
        torch.testing.assert_close(AdaIN(3, 4)(x, torch.zeros(2, 4)), nn.InstanceNorm2d(3)(x), atol=1e-5, rtol=1e-4)

    def test_styles_differ(self) -> None:
        x = torch.randn(1, 3, 8, 8).expand(2, 3, 8, 8)
        result = AdaIN(3, 4)(x, torch.tensor([[1.0, 0, 0, 0], [0, 1.0, 0, 0]]))
        assert (result[0] - result[1]).abs().max() > 1e-3


class TestPlainNorms:
    @pytest.mark.parametrize(("kind", "axes"), [("batch", (0, 2, 3)), ("layer", (1, 2, 3)), ("instance", (2, 3))])
    def test_what_is_normalised(self, kind: str, axes: tuple[int, ...]) -> None:
        result = normalisation(kind, 8)(torch.randn(4, 8, 6, 6) * 3 + 2)
        variance, mean = torch.var_mean(result, dim=axes, correction=0)
        torch.testing.assert_close(mean, torch.zeros_like(mean), atol=1e-5, rtol=0)
        torch.testing.assert_close(variance, torch.ones_like(variance), atol=1e-3, rtol=0)

    def test_groups_divide_the_channels(self) -> None:
        assert [group_norm(channels).num_groups for channels in (64, 48, 7, 62)] == [32, 24, 7, 31]
        x = torch.randn(2, 8, 4, 4)
        grouped = x.reshape(2, 4, -1)
        expected = (grouped - grouped.mean(2, keepdim=True)) / (grouped.var(2, keepdim=True, correction=0) + 1e-5).sqrt()
        torch.testing.assert_close(group_norm(8, 4)(x), expected.reshape(x.shape))

    def test_none_changes_nothing(self) -> None:
        x = torch.randn(2, 3, 4, 4)
        assert normalisation("none", 3)(x) is x

    def test_pixel_norm(self) -> None:
        result = PixelNorm()(torch.randn(2, 8, 3, 3) * 7)
        torch.testing.assert_close(result.square().mean(1), torch.ones(2, 3, 3))
