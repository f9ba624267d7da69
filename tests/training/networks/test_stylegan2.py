"""StyleGAN2 as it learns: the editor's generator within, the discriminator's halving, mixed styles, even paths."""

from __future__ import annotations

import math

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit.errors import UsageError
from latentedit.generators.resampling import BILINEAR
from latentedit.generators.stylegan2 import StyleGAN2
from latentedit_training.draws import Draws
from latentedit_training.games.path_length import PathLengthConfig
from latentedit_training.networks.base import ImageShape, StyledNetwork
from latentedit_training.networks.stylegan2 import StyleGAN2Generator, StyleGAN2GeneratorNetwork
from latentedit_training.networks.stylegan2_discriminator import StyleGAN2Discriminator, halved, halving_convolution

IMAGE = ImageShape(3, 32, 32)
CPU = torch.device("cpu")
TAPS = torch.tensor(BILINEAR)


def generator(c_dim: int = 0, **more: object) -> StyleGAN2GeneratorNetwork:
    torch.manual_seed(0)
    small = {"z_dim": 16, "w_dim": 12, "mapping_layers": 2, "channel_base": 256, "channel_max": 16}
    return StyleGAN2Generator(**{**small, **more}).build(IMAGE, c_dim)  # type: ignore[arg-type]


def draws(start: int = 0, stop: int = 6, seed: int = 0) -> Draws:
    return Draws(seed, 0, start, stop, 6, CPU)


@pytest.mark.parametrize("c_dim", [0, 3])
@pytest.mark.parametrize("architecture", ["skip", "resnet"])
def test_what_is_learnt_is_what_the_editor_draws(architecture: str, c_dim: int) -> None:
    network = generator(c_dim, architecture=architecture)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter += 0.1 * torch.randn_like(parameter)
    editors = StyleGAN2(network.generator.spec, network.editor)
    editors.load_state_dict(network.effective_state())
    editors.eval().requires_grad_(False)
    z, c = torch.randn(3, 16), torch.eye(3) if c_dim else None
    with torch.no_grad():
        torch.testing.assert_close(network(z, c), editors(z, c), rtol=1e-5, atol=1e-5)


def test_what_is_moved_has_unit_variance_and_the_mapping_network_moves_slowly() -> None:
    network = generator(w_dim=64, z_dim=64, channel_max=64, channel_base=2048)
    raws = {name: p for name, p in network.named_parameters() if name.endswith("weight.original")}
    assert len(raws) == 2 + 2 * 7 + 2 * 4  # mapping; kernel and style of seven convolutions and four to-image layers
    for name, raw in raws.items():
        rate = 0.01 if "mapping" in name else 1.0
        assert float(raw.std().detach()) * rate == pytest.approx(1, rel=0.15), name
    (layer,) = [network.generator.mapping_network.layers[0]]
    layer.weight.sum().backward()
    assert float(raws["generator.mapping_network.layers.0.parametrizations.weight.original"].grad.mean()) == pytest.approx(
        0.01 / 8
    )


def test_an_average_does_not_remember_the_kernels_that_it_had() -> None:
    """The editor's layers remember sums of frozen kernels; those that are computed anew may lie where others have lain."""
    network = generator().requires_grad_(False)
    z = torch.randn(2, 16)
    for _ in range(3):
        with torch.no_grad():
            for parameter in network.parameters():
                parameter *= 1.3
            editors = StyleGAN2(network.generator.spec, network.editor)
            editors.load_state_dict(network.effective_state())
            torch.testing.assert_close(network(z), editors.requires_grad_(False)(z), rtol=1e-4, atol=1e-4)


def test_images_and_styles_depend_on_their_own_draws_alone() -> None:
    """Two processes draw what one does."""
    network = generator()
    assert isinstance(network, StyledNetwork)
    z = draws().normal("z", 16)
    whole = network.drawn(network.w_plus(z, None, draws(), "x"), draws(), "x")
    for start, stop in ((0, 2), (2, 6)):
        part = draws(start, stop)
        drawn = network.drawn(network.w_plus(z[start:stop], None, part, "x"), part, "x")
        torch.testing.assert_close(drawn, whole[start:stop], rtol=1e-4, atol=1e-5)
    chosen = torch.tensor([True, False, False, True, False, True])
    some = network.drawn(network.w_plus(z, None, draws(), "x")[chosen], draws(), "x", chosen)
    torch.testing.assert_close(some, whole[chosen], rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("mixing", [0.0, 0.5, 1.0])
def test_styles_are_mixed_as_often_as_is_told(mixing: float) -> None:
    network = generator(mixing=mixing)
    many = Draws(0, 0, 0, 4000, 4000, CPU)
    with torch.no_grad():
        w_plus = network.w_plus(many.normal("z", 16), None, many, "x")
    differs = (w_plus[:, 1:] != w_plus[:, :1]).any(2)  # [N, num_ws - 1]
    assert float(differs.any(1).float().mean()) == pytest.approx(mixing, abs=0.03)
    assert torch.equal(differs, differs.cummax(1).values), "from a layer on, all are of the second"
    starts = differs[differs.any(1)].sum(1)
    if mixing:
        counts = torch.bincount(starts, minlength=network.generator.num_ws)[1:].float()
        assert len(counts) == network.generator.num_ws - 1 and counts.min() > 0.7 * counts.mean()


def reference_filtered(x: Tensor, padding: tuple[int, int]) -> Tensor:
    """Each channel padded and filtered by the dense outer product, by sums over places."""
    x = F.pad(x, (*padding, *padding))
    kernel = torch.outer(TAPS, TAPS).to(x)
    size = x.shape[2] - 3
    return sum(kernel[i, j] * x[:, :, i : i + size, j : j + size] for i in range(4) for j in range(4))  # type: ignore[return-value]


def test_halving_is_filtering_then_taking_every_second_pixel() -> None:
    x, weight = torch.randn(2, 3, 8, 8, dtype=torch.float64), torch.randn(5, 3, 3, 3, dtype=torch.float64)
    taps = TAPS.double()
    torch.testing.assert_close(halved(x, taps), reference_filtered(x, (1, 1))[:, :, ::2, ::2])
    dense = F.conv2d(reference_filtered(x, (2, 2)), weight)[:, :, ::2, ::2]
    torch.testing.assert_close(halving_convolution(x, weight, taps), dense)


def test_halving_keeps_the_middle() -> None:
    """A picture that rises evenly rises evenly in half the size: nothing is shifted against the plain mean of each four pixels."""
    x = torch.arange(16.0).expand(1, 1, 16, 16)
    inner = halved(x, TAPS)[0, 0, 3:5]
    torch.testing.assert_close(inner[:, 1:-1], F.avg_pool2d(x, 2)[0, 0, 3:5, 1:-1])
    one = torch.zeros(1, 1, 3, 3)
    one[0, 0, 1, 1] = 1
    torch.testing.assert_close(halving_convolution(x, one, TAPS)[0, 0, 3:5, 1:-1], inner[:, 1:-1])


def test_features_keep_their_size_through_the_discriminator() -> None:
    torch.manual_seed(0)
    network = StyleGAN2Discriminator(channel_base=4096, channel_max=128).build(IMAGE, 0)
    even = F.interpolate(torch.randn(64, 3, 2, 2), scale_factor=16, mode="bilinear")  # of grain the filters leave little
    result = network(even)
    assert 0.4 < float(result.features.detach().square().mean().sqrt()) < 2.5 and result.features.shape == (64, 128)


def test_odd_sizes_are_refused() -> None:
    for shape in (ImageShape(3, 32, 64), ImageShape(3, 24, 24), ImageShape(3, 4, 4)):
        with pytest.raises(UsageError, match="square images"):
            StyleGAN2Generator().build(shape, 0)
        with pytest.raises(UsageError, match="square images"):
            StyleGAN2Discriminator().build(shape, 0)


class _Linear:
    """Draws ``A w`` of the first style: the length of a step is known."""

    def __init__(self, matrix: Tensor) -> None:
        self.matrix = matrix

    def w_plus(self, z: Tensor, c: Tensor | None, draws: Draws, purpose: str) -> Tensor:
        return z[:, None].clone().requires_grad_(True)

    def drawn(self, w_plus: Tensor, draws: Draws, purpose: str, chosen: Tensor | None = None) -> Tensor:
        return (w_plus[:, 0] @ self.matrix).view(-1, 1, 4, 4)


def test_path_lengths_are_of_every_second_image_of_the_whole_batch() -> None:
    network, config = _Linear(torch.randn(5, 16)), PathLengthConfig(weight=3.0, every=2, shrink=2)
    whole = config.lengths(network, torch.randn(6, 5), None, draws())
    y = draws().normal("path length y", 1, 4, 4)[::2].flatten(1)
    torch.testing.assert_close(whole, (y @ network.matrix.T).norm(dim=1) / math.sqrt(16))
    parts = [config.lengths(network, torch.randn(3, 5), None, draws(start, start + 3)) for start in (0, 3)]
    torch.testing.assert_close(torch.cat(parts), whole)
    mean = torch.tensor(0.5)
    assert float(config.penalty(whole, mean).detach()) == pytest.approx(6 * float((whole - mean).square().mean()))
