"""What holds of every network of the registry."""

from __future__ import annotations

import pytest
import torch
from pydantic import TypeAdapter, ValidationError
from torch import Tensor, nn

from latentedit.errors import UsageError
from latentedit_training.layers.conditional_batch_norm import ConditionalBatchNorm
from latentedit_training.layers.self_attention import SelfAttention
from latentedit_training.networks.base import ImageShape, Judgement
from latentedit_training.networks.progressive_growth import Growth
from latentedit_training.networks.registry import AUTOENCODERS, AnyAutoencoder, AnyDiscriminator, AnyGenerator
from training.networks.small_networks import (
    C_DIM,
    DISCRIMINATORS,
    GENERATORS,
    IMAGE,
    small_discriminator,
    small_generator,
    takes_conditioning,
)

N = 4
CONDITIONED = [(name, way) for name in DISCRIMINATORS if takes_conditioning(name) for way in ("none", "projection", "auxiliary")]


def unsettled(network: nn.Module) -> nn.Module:
    """Moves what starts at 0 and hides something: attention's gain, and conditional gains."""
    for module in network.modules():
        if isinstance(module, SelfAttention):
            nn.init.constant_(module.gamma, 0.5)
        if isinstance(module, ConditionalBatchNorm) and module.gain is not None and not hasattr(module.gain, "parametrizations"):
            nn.init.normal_(module.gain.weight)
    return network


def generator(name: str, c_dim: int = C_DIM) -> nn.Module:
    torch.manual_seed(1)
    return unsettled(small_generator(name).build(IMAGE, c_dim))


def discriminator(name: str, c_dim: int = C_DIM, **more: object) -> nn.Module:
    torch.manual_seed(2)
    return unsettled(small_discriminator(name, **more).build(IMAGE, c_dim))


def latents(network: nn.Module) -> Tensor:
    return torch.randn(N, network.z_dim, generator=torch.Generator().manual_seed(3))


def images() -> Tensor:
    return torch.rand(N, 3, IMAGE.height, IMAGE.width, generator=torch.Generator().manual_seed(4)) * 2 - 1


def classes(first: int = 0) -> Tensor:
    return nn.functional.one_hot((torch.arange(N) + first) % C_DIM, C_DIM).float()


def numbers(result: Judgement | Tensor) -> Tensor:
    """Everything that a discriminator says, as one scalar."""
    if isinstance(result, Tensor):
        return result.square().sum()
    labels = 0 if result.label_logits is None else result.label_logits.square().sum()
    return result.logits.square().sum() + labels


def stages(network: nn.Module) -> list[dict[str, Growth]]:
    """All ways to call a network that grows; one way for others."""
    if not hasattr(network, "set_growth"):
        return [{}]
    return [{"growth": Growth(stage, 0.5)} for stage in range(network.stages + 1)]


def assert_all_learn(network: nn.Module) -> None:
    idle = [name for name, value in network.named_parameters() if value.grad is None or not value.grad.abs().sum() > 0]
    assert not idle


UNBOUNDED = ("stylegan2",)
"""Their papers let images leave the range."""
SQUARE = ("stylegan2",)


@pytest.mark.parametrize("name", GENERATORS)
class TestGenerators:
    def test_draws_images_between_minus_one_and_one(self, name: str) -> None:
        network = generator(name)
        image = network(latents(network) * 5, classes())
        assert image.shape == (N, 3, IMAGE.height, IMAGE.width)
        assert image.min() < image.max()
        assert name in UNBOUNDED or -1 <= image.min() < image.max() <= 1

    def test_needs_no_labels_without_classes(self, name: str) -> None:
        network = generator(name, 0)
        assert network.c_dim == 0
        assert network(latents(network)).shape == (N, 3, IMAGE.height, IMAGE.width)

    def test_latents_and_labels_change_the_image(self, name: str) -> None:
        network = generator(name).eval()
        z = latents(network)
        image = network(z, classes())
        assert (network(z, classes(1)) - image).abs().amax(dim=(1, 2, 3)).min() > 1e-5
        assert (network(-z, classes()) - image).abs().amax(dim=(1, 2, 3)).min() > 1e-5
        torch.testing.assert_close(network(z, classes()), image)

    def test_refuses_missing_labels(self, name: str) -> None:
        network = generator(name)
        with pytest.raises(ValueError, match="needs labels"):
            network(latents(network))

    def test_every_parameter_learns(self, name: str) -> None:
        network = generator(name)
        for way in stages(network):
            (network(latents(network), classes(), **way) * images()).sum().backward()
        assert_all_learn(network)

    def test_state_comes_back(self, name: str) -> None:
        network, other = generator(name), small_generator(name).build(IMAGE, C_DIM)
        other.load_state_dict(network.state_dict())
        z = latents(network)
        assert torch.equal(other.eval()(z, classes()), network.eval()(z, classes()))

    def test_is_found_by_name(self, name: str) -> None:
        config = small_generator(name)
        adapter: TypeAdapter[object] = TypeAdapter(AnyGenerator)
        assert adapter.validate_json(adapter.dump_json(config)) == config
        with pytest.raises(ValidationError):
            adapter.validate_python({"name": name, "z_dimm": 3})


@pytest.mark.parametrize(("name", "conditioning"), CONDITIONED)
class TestDiscriminators:
    def test_judges(self, name: str, conditioning: str) -> None:
        result = discriminator(name, conditioning=conditioning)(images(), classes())
        assert result.logits.shape == (N,)
        assert result.features.ndim == 2 and len(result.features) == N
        assert (result.label_logits is not None) == (conditioning == "auxiliary")
        if result.label_logits is not None:
            assert result.label_logits.shape == (N, C_DIM)

    def test_labels_matter_for_projection_alone(self, name: str, conditioning: str) -> None:
        network = discriminator(name, conditioning=conditioning).eval()
        change = (network(images(), classes()).logits - network(images(), classes(1)).logits).abs()
        if conditioning == "projection":
            assert change.min() > 0
        else:
            assert change.max() == 0

    def test_every_parameter_learns(self, name: str, conditioning: str) -> None:
        network = discriminator(name, conditioning=conditioning)
        for way in stages(network):
            numbers(network(images(), classes(), **way)).backward()
        assert_all_learn(network)

    def test_a_gradient_penalty_can_be_learnt(self, name: str, conditioning: str) -> None:
        network = discriminator(name, conditioning=conditioning)
        image = images().requires_grad_()
        (gradient,) = torch.autograd.grad(network(image, classes()).logits.sum(), image, create_graph=True)
        assert gradient.abs().sum() > 0
        gradient.square().sum().backward()
        learns = [value for value in network.parameters() if value.grad is not None and value.grad.abs().sum() > 0]
        assert len(learns) > 2
        assert all(value.grad.isfinite().all() for value in learns)


@pytest.mark.parametrize("name", DISCRIMINATORS)
class TestAllDiscriminators:
    def test_state_comes_back(self, name: str) -> None:
        network, other = discriminator(name), small_discriminator(name).build(IMAGE, C_DIM)
        other.load_state_dict(network.state_dict())
        assert torch.equal(numbers(other.eval()(images(), classes())), numbers(network.eval()(images(), classes())))

    def test_is_found_by_name(self, name: str) -> None:
        config = small_discriminator(name)
        adapter: TypeAdapter[object] = TypeAdapter(AnyAutoencoder if isinstance(config, AUTOENCODERS) else AnyDiscriminator)
        assert adapter.validate_json(adapter.dump_json(config)) == config


@pytest.mark.parametrize("name", [name for name in DISCRIMINATORS if takes_conditioning(name)])
def test_refuses_conditioning_without_labels(name: str) -> None:
    with pytest.raises(UsageError, match="no labels") as caught:
        small_discriminator(name, conditioning="projection").build(IMAGE, 0)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("name", "side"),
    [
        *(
            (name, (33, 33))
            for name in ("sngan-standard", "sngan-residual", "sagan", "began", "srresnet", "biggan", "biggan-deep")
        ),
        *((name, (30, 32)) for name in ("sngan-standard", "sngan-residual", "srresnet", "biggan", "biggan-deep")),
    ],
)
def test_refuses_shapes_that_it_cannot_draw(name: str, side: tuple[int, int]) -> None:
    for config in (small_generator(name), small_discriminator(name)):
        with pytest.raises(UsageError) as caught:
            config.build(ImageShape(3, *side), 0)
        assert caught.value.hint


@pytest.mark.parametrize("name", [name for name in GENERATORS if name in DISCRIMINATORS and name not in SQUARE])
def test_draws_and_judges_rectangles(name: str) -> None:
    shape = ImageShape(1, 32, 64)
    network = small_generator(name).build(shape, 0)
    image = network(latents(network))
    assert image.shape == (N, 1, 32, 64)
    result = small_discriminator(name).build(shape, 0)(image)
    assert result.shape == image.shape if isinstance(result, Tensor) else result.logits.shape == (N,)
