"""Translators draw what their papers' code draws, at any size, each picture for itself; and they can be trained."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from latentedit.errors import UsageError
from latentedit.translators import Translator, TranslatorConfig, build_translator
from latentedit.translators.normalisation import BatchNorm
from translators.networks import ANIMEGAN, RESNETS, UNETS, called, drawn_by_names, pictures, random_network

SMALL = {
    "resnet": random_network(TranslatorConfig("resnet", base_channels=2, blocks=1)),
    "unet": random_network(TranslatorConfig("unet", base_channels=2, halvings=5, norm="batch")),
    "animegan": random_network(ANIMEGAN),
}


@pytest.mark.parametrize("config", [*RESNETS, *UNETS], ids=called)
def test_it_draws_what_its_tensors_say(config: TranslatorConfig) -> None:
    network = random_network(config)
    size = max(network.size_multiple, 24)
    image = pictures(config.in_channels, size, 2 * size)
    with torch.no_grad():
        drawn = network(image)
    assert drawn.shape == (2, config.out_channels, size, 2 * size) and drawn.std() > 0.05
    torch.testing.assert_close(drawn, drawn_by_names(dict(network.state_dict()), config, image), atol=1e-5, rtol=0)


@pytest.mark.parametrize("network", SMALL.values(), ids=SMALL)
@settings(max_examples=25)
@given(height=st.integers(1, 70), width=st.integers(1, 70))
def test_any_size_is_a_piece_of_a_mirrored_picture(network: Translator, height: int, width: int) -> None:
    multiple, smallest = network.size_multiple, {"resnet": 8, "unet": 32, "animegan": 8}[kind_of(network)]
    image = pictures(3, height, width, count=1)
    added = [max(-(-size // multiple) * multiple, smallest) - size for size in (height, width)]
    around = [(more // 2, more - more // 2) for more in added]
    larger = torch.from_numpy(np.pad(image.numpy(), [(0, 0), (0, 0), *around], mode="reflect"))
    with torch.no_grad():
        drawn, whole = network(image), network.translate(larger)
    (top, _), (left, _) = around
    assert torch.equal(drawn, whole[:, :, top : top + height, left : left + width])


def kind_of(network: Translator) -> str:
    return next(kind for kind, known in SMALL.items() if known is network)


@pytest.mark.parametrize("size", [(16, 16), (33, 40)], ids=str)
@pytest.mark.parametrize("network", SMALL.values(), ids=SMALL)
def test_a_picture_does_not_depend_on_its_neighbours(network: Translator, size: tuple[int, int]) -> None:
    image = pictures(3, *size, count=3)
    with torch.no_grad():
        for picture, drawn in zip(image, network(image), strict=True):
            torch.testing.assert_close(network(picture[None])[0], drawn, atol=1e-5, rtol=0)


@pytest.mark.parametrize("config", [config for config in (*RESNETS, *UNETS) if config.norm == "batch"], ids=called)
def test_a_picture_s_own_statistics_are_those_of_training_with_one(config: TranslatorConfig) -> None:
    network = random_network(config)
    size = max(network.size_multiple, 24)
    image = pictures(config.in_channels, size, size)
    norms = [layer for layer in network.modules() if isinstance(layer, BatchNorm)]

    def drawn(picture: Tensor, training: bool) -> Tensor:
        for layer in norms:
            layer.per_image = True
            layer.train(training)
        with torch.no_grad():
            return network(picture)

    for picture, alone in zip(image, drawn(image, training=False), strict=True):
        torch.testing.assert_close(alone[None], drawn(picture[None], training=True), atol=1e-4, rtol=0)


@pytest.mark.parametrize("network", SMALL.values(), ids=SMALL)
def test_pictures_of_another_kind_are_refused(network: Translator) -> None:
    for shape in ((1, 1, 16, 16), (3, 16, 16), (1, 3, 0, 16)):
        with pytest.raises(UsageError, match="takes pictures"):
            network(torch.zeros(shape))


@pytest.mark.parametrize("network", SMALL.values(), ids=SMALL)
def test_gradients_reach_the_picture_also_beyond_a_fitting_size(network: Translator) -> None:
    image = pictures(3, 17, 19, count=1).requires_grad_()
    network(image).square().sum().backward()
    assert image.grad is not None and (image.grad != 0).all()


@pytest.mark.parametrize("config", [*RESNETS[:4], *UNETS[:3], ANIMEGAN], ids=called)
def test_they_learn(config: TranslatorConfig) -> None:
    torch.manual_seed(0)
    network = build_translator(config)
    assert network.training
    image = pictures(network.in_channels, 2 * network.size_multiple if network.size_multiple > 8 else 24, 32)
    wanted = torch.full_like(network(image), 0.3).detach()
    optimiser = torch.optim.Adam(network.parameters(), 1e-2)
    losses = []
    for _ in range(8):
        loss = (network(image) - wanted).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert all(parameter.grad is not None for parameter in network.parameters())
    assert losses[-1] < 0.8 * losses[0]


@pytest.mark.parametrize("kind", ["resnet", "unet"])
def test_dropout_is_for_training(kind: str) -> None:
    config = TranslatorConfig("resnet" if kind == "resnet" else "unet", base_channels=2, blocks=2, halvings=6, dropout=True)
    network = random_network(config)
    dropouts = [name for name, layer in network.named_modules() if isinstance(layer, torch.nn.Dropout)]
    # In a U-Net: on the levels of full width, but not on the innermost.
    assert len(dropouts) == (2 if kind == "resnet" else 1)
    image = pictures(3, 64, 64, count=1)
    torch.manual_seed(0)
    with torch.no_grad():
        assert torch.equal(network(image), network(image))
        network.train()
        assert not torch.equal(network(image), network(image))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "vit"},
        {"norm": "layer"},
        {"base_channels": 0},
        {"in_channels": 10**6},
        {"blocks": -1},
        {"halvings": 1},
        {"halvings": 40},
    ],
    ids=str,
)
def test_configurations_out_of_range_are_refused(wrong: dict[str, int | str]) -> None:
    with pytest.raises(UsageError):
        TranslatorConfig(**wrong)  # type: ignore[arg-type]
