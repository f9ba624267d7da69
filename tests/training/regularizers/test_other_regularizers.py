"""Path length, clipping, history and orthogonality against their formulas."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from latentedit_training.networks.biggan import SharedEmbedding
from latentedit_training.regularizers import path_length
from latentedit_training.regularizers.historical_averaging import historical_penalty, update_averages
from latentedit_training.regularizers.orthogonal import orthogonal_penalty
from latentedit_training.regularizers.weight_clipping import clip_weights


def test_path_lengths_of_a_linear_generator_are_known() -> None:
    torch.manual_seed(0)
    matrix = torch.randn(3 * 4 * 4, 6, dtype=torch.float64)
    w_plus = torch.randn(2, 5, 6, dtype=torch.float64, requires_grad=True)
    image = (w_plus.sum(1) @ matrix.T).view(2, 3, 4, 4)
    noise = torch.randn(2, 3, 4, 4, dtype=torch.float64)
    expected = (noise.view(2, -1) @ matrix / 4).norm(
        dim=1
    )  # each of the five layers has it, and their root mean square is the same
    torch.testing.assert_close(path_length.path_lengths(image, w_plus, noise), expected)


def test_path_lengths_can_be_learnt_from() -> None:
    w_plus = torch.randn(2, 3, 4, dtype=torch.float64, requires_grad=True)
    weight = torch.randn(4, dtype=torch.float64, requires_grad=True)

    def lengths(weight: torch.Tensor) -> torch.Tensor:
        image = ((w_plus * weight).sum((1, 2)) ** 2).view(2, 1, 1, 1).expand(2, 1, 2, 2)
        return path_length.path_lengths(image, w_plus, torch.ones(2, 1, 2, 2, dtype=torch.float64))

    assert torch.autograd.gradcheck(lengths, (weight,))


def test_the_mean_moves_by_its_decay_and_holds_no_gradient() -> None:
    lengths = torch.tensor([2.0, 4.0], requires_grad=True)
    after = path_length.next_mean(torch.tensor(1.0), lengths, decay=0.1)
    assert float(after) == pytest.approx(0.9 + 0.1 * 3) and not after.requires_grad
    assert path_length.path_length_penalty(lengths, torch.tensor(1.0)).tolist() == [1.0, 9.0]


def test_clipping_leaves_small_weights_alone() -> None:
    module = nn.Linear(2, 2)
    with torch.no_grad():
        module.weight.copy_(torch.tensor([[0.5, -0.005], [-3.0, 0.009]]))
    clip_weights(module, 0.01)
    assert module.weight.flatten().tolist() == pytest.approx([0.01, -0.005, -0.01, 0.009])
    assert module.bias.abs().max() <= 0.01


def test_averages_are_those_of_all_values_so_far() -> None:
    torch.manual_seed(0)
    values = torch.randn(6, 3, 2)
    averages = [values[0].clone()]
    for count, value in enumerate(values[1:], start=1):
        update_averages([value], averages, count)
    torch.testing.assert_close(averages[0], values.mean(0))


def test_history_pulls_back() -> None:
    now = torch.tensor([1.0, 2.0], requires_grad=True)
    loss = historical_penalty([now], [torch.tensor([0.5, 4.0])])
    assert loss.item() == pytest.approx(0.25 + 4)
    loss.backward()
    assert now.grad is not None and now.grad.tolist() == pytest.approx([1.0, -4.0])


def test_only_products_of_different_filters_are_penalised() -> None:
    module = nn.Linear(3, 2, bias=True)
    with torch.no_grad():
        module.weight.copy_(torch.tensor([[3.0, 0.0, 0.0], [1.0, 2.0, 0.0]]))
    assert orthogonal_penalty(module).item() == pytest.approx(2 * 3.0**2)
    with torch.no_grad():
        module.weight.copy_(torch.tensor([[30.0, 0.0, 0.0], [0.0, 2.0, 0.0]]))
    assert orthogonal_penalty(module).item() == 0, "lengths are free"


def test_what_is_no_filter_is_left_alone() -> None:
    torch.manual_seed(0)
    module = nn.ModuleDict({"embedding": SharedEmbedding(4, 3), "layer": nn.Linear(3, 2)})
    alone = orthogonal_penalty(module["layer"])
    assert orthogonal_penalty(module, except_in=(SharedEmbedding,)) == alone < orthogonal_penalty(module)
