"""Spectral normalisation: largest singular values of 1, of matrices and of kernels."""

from __future__ import annotations

import torch
from torch import nn

from latentedit_training.layers.spectral_norm import normalise_spectrally, normalised_layers


def network() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Sequential(nn.Conv2d(8, 4, 4), nn.Flatten(), nn.Linear(4 * 11 * 11, 6))
    )


def settle(module: nn.Module, steps: int = 100) -> None:
    """Each look at a weight in training is a power iteration."""
    for _ in range(steps):
        for layer in normalised_layers(module):
            _ = layer.weight


def test_largest_singular_value_is_one() -> None:
    module = network()
    assert normalise_spectrally(module) == 3
    settle(module)
    for layer in normalised_layers(module):
        assert abs(torch.linalg.matrix_norm(layer.weight.flatten(1), 2).item() - 1) < 0.01


def test_embeddings_and_transposed_convolutions() -> None:
    torch.manual_seed(0)
    module = nn.ModuleList([nn.Embedding(10, 4), nn.ConvTranspose2d(6, 5, 3)])
    assert normalise_spectrally(module) == 2
    settle(module)
    embedding, transposed = (layer.weight for layer in normalised_layers(module))
    assert abs(torch.linalg.matrix_norm(embedding, 2).item() - 1) < 0.01
    # [I, O, k, k], as the matrix [O, I k k].
    assert abs(torch.linalg.matrix_norm(transposed.transpose(0, 1).flatten(1), 2).item() - 1) < 0.01


def test_the_convolution_itself_may_stretch_by_up_to_its_kernels_side() -> None:
    """A kernel of 3x3 that is 1/3 everywhere has a σ of 1, and triples a constant image."""
    layer = nn.Conv2d(1, 1, 3, padding=1, padding_mode="circular", bias=False)
    nn.init.ones_(layer.weight)
    normalise_spectrally(layer)
    settle(layer)
    torch.testing.assert_close(layer(torch.ones(1, 1, 6, 6)), torch.full((1, 1, 6, 6), 3.0))


def test_is_applied_once_and_not_to_what_is_excepted() -> None:
    module = network()
    assert normalise_spectrally(module, except_in=(nn.Linear,)) == 2
    assert normalise_spectrally(module) == 1
    assert normalise_spectrally(module) == 0


def test_gradient_passes_twice_through_two_looks() -> None:
    module = network()
    normalise_spectrally(module)
    x = torch.randn(2, 3, 16, 16, requires_grad=True)
    (gradient,) = torch.autograd.grad((module(x) + module(2 * x)).square().sum(), x, create_graph=True)
    gradient.square().sum().backward()
    assert all(layer.parametrizations.weight.original.grad.abs().sum() > 0 for layer in normalised_layers(module))


def test_vectors_are_saved_and_still_outside_of_training() -> None:
    module = network().eval()
    normalise_spectrally(module)
    first = module(torch.ones(1, 3, 16, 16))
    torch.testing.assert_close(module(torch.ones(1, 3, 16, 16)), first, rtol=0, atol=0)
    other = network().eval()
    normalise_spectrally(other)
    other.load_state_dict(module.state_dict())
    assert torch.equal(other(torch.ones(1, 3, 16, 16)), first)
