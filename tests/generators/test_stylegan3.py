"""StyleGAN3: what its architecture promises, its layout, and the reading of it. The drawings themselves are compared in test_vectors."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from generators.vectors import Vector
from latentedit.checkpoints.foreign import read_contents
from latentedit.errors import CheckpointError
from latentedit.generators import Generator
from latentedit.generators.architectures import build
from latentedit.generators.card import Card
from latentedit.generators.config_json import from_json, to_json
from latentedit.generators.formats.found import Source
from latentedit.generators.formats.nvidia import read_nvidia
from latentedit.generators.mapping_network import MappingConfig
from latentedit.generators.opening import read_generator
from latentedit.generators.stylegan3 import StyleGAN3, StyleGAN3Config, resolution_of, stylegan3_spec
from latentedit.generators.stylegan3_layout import Design, layout, untrained

CARD = Card("tiny", "image", "0" * 64)
MAPPING = MappingConfig(z_dim=8, c_dim=0, w_dim=12, features=(12,))
T = Design(32, channel_base=256, channel_max=16, num_layers=6)
KINDS = {"t": T, "r": replace(T, rotation=True)}
VECTORS = {
    "sg3t_32": Design(32, channel_base=128, channel_max=24),
    "sg3r_32": Design(32, rotation=True, channel_base=192, channel_max=32, num_layers=10),
    "sg3t_cond64": Design(64, channel_base=128, channel_max=16, num_layers=8, clamp=1.5),
}
TURN = torch.tensor([[0.0, -1, 0], [1, 0, 0], [0, 0, 1]])


def tiny(kind: str) -> StyleGAN3:
    generator = build(untrained(KINDS[kind], MAPPING), CARD)
    assert isinstance(generator, StyleGAN3)
    return generator


@pytest.fixture(params=KINDS)
def generator(request: pytest.FixtureRequest) -> StyleGAN3:
    return tiny(request.param)


def latent(generator: StyleGAN3, n: int = 1) -> Tensor:
    """A different style in every layer."""
    z = torch.randn(n * generator.num_ws, generator.z_dim, generator=torch.Generator().manual_seed(0))
    return generator.map_to_w(z, None).unflatten(0, (n, generator.num_ws))


def shifted(x: float, y: float) -> Tensor:
    return torch.tensor([[1, 0, x], [0, 1, y], [0, 0, 1]])


def test_it_is_a_generator_without_noise(generator: StyleGAN3) -> None:
    assert isinstance(generator, Generator)
    w_plus = latent(generator)
    image = generator.synthesis(w_plus)
    assert image.shape == (1, 3, 32, 32)
    assert torch.equal(image, generator.synthesis(w_plus, noise_mode="none"))
    assert torch.equal(image, generator.preview(w_plus))
    assert torch.equal(image, generator.draw_styles(generator.styles(w_plus)))
    with pytest.raises(ValueError, match="noise"):
        generator.synthesis(w_plus, noise=[torch.zeros(1, 1, 4, 4)])


def test_a_batch_is_its_members(generator: StyleGAN3) -> None:
    w_plus = latent(generator, 3)
    # One large style would weaken the others', were they normalised together.
    w_plus[1] *= 5
    alone = torch.cat([generator.synthesis(w[None]) for w in w_plus])
    torch.testing.assert_close(generator.synthesis(w_plus), alone, atol=2e-5 * float(alone.std()), rtol=0)


def test_drawings_move_with_the_input(generator: StyleGAN3) -> None:
    """A shift by whole samples of the lowest rate, 1/16, shifts features and image alike: nothing knows where it draws."""
    w_plus = latent(generator)
    before = {px: generator.features(w_plus, px) for px in (16, 32)} | {"image": generator.synthesis(w_plus)}
    generator.transform = shifted(1 / 16, -2 / 16)
    after = {px: generator.features(w_plus, px) for px in (16, 32)} | {"image": generator.synthesis(w_plus)}
    for name, drawn in after.items():
        step = drawn.shape[2] // 16
        misses = (drawn[:, :, 2 * step :, :-step] - before[name][:, :, : -2 * step, step:]).std()
        assert misses < 1e-3 * drawn.std(), name
        assert (drawn - before[name]).std() > 0.1 * drawn.std()


def test_r_turns_with_the_input_and_t_does_not() -> None:
    """A quarter turn is exact on a square canvas with 1x1 kernels and round filters; so the features' squares have the picture's centre, too."""
    for kind, turns in (("r", True), ("t", False)):
        generator = tiny(kind)
        w_plus = latent(generator)
        before = [generator.features(w_plus, 16), generator.features(w_plus, 32), generator.synthesis(w_plus)]
        generator.transform = TURN
        after = [generator.features(w_plus, 16), generator.features(w_plus, 32), generator.synthesis(w_plus)]
        for was, now in zip(before, after, strict=True):
            assert torch.allclose(now, was.rot90(1, (2, 3)), atol=1e-4 * float(was.std())) == turns


def test_the_inputs_style_turns_and_shifts_as_a_transform_does(generator: StyleGAN3) -> None:
    styles = generator.styles(latent(generator))
    styles[0] = torch.tensor([[1.0, 0, 0, 0]])
    generator.transform = shifted(-0.1, 0.2) @ TURN
    transformed = generator.draw_styles(styles)
    generator.transform = torch.eye(3)
    # The shift is taken before the turn; all four numbers may be scaled.
    styles[0] = 3 * torch.tensor([[0.0, 1, *(-(TURN[:2, :2].T @ torch.tensor([-0.1, 0.2])))]])
    torch.testing.assert_close(generator.draw_styles(styles), transformed, atol=1e-5, rtol=0)


def test_gradients_of_the_whole_network_are_differences_quotients(generator: StyleGAN3) -> None:
    w_plus = latent(generator).double()
    generator = generator.double()
    direction = torch.randn(w_plus.shape, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
    wanted = w_plus.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(generator.synthesis(wanted).square().sum(), wanted)
    step = 1e-6 * direction
    rise = generator.synthesis(w_plus + step).square().sum() - generator.synthesis(w_plus - step).square().sum()
    assert float((gradient * direction).sum()) == pytest.approx(float(rise) / 2e-6, rel=1e-5)


def test_features_are_those_of_the_image(generator: StyleGAN3) -> None:
    spec, w_plus = generator.spec, latent(generator, 2)
    assert spec.feature_resolutions == (16, 32)
    for px in spec.feature_resolutions:
        assert generator.features(w_plus, px).shape[2:] == (px, px)
    finest = generator.features(w_plus, 32)
    assert torch.equal(generator.to_image(finest, generator.styles(w_plus)[-1]), generator.synthesis(w_plus))
    with pytest.raises(ValueError, match="px"):
        generator.features(w_plus, 7)


def test_bands_are_those_of_frequencies() -> None:
    config, _ = layout(Design(256, channel_base=16384), MAPPING)
    spec = stylegan3_spec(config, CARD)
    assert spec.layer_resolutions == (4, 4, 8, 8, 16, 16, 32, 32, 64, 64, 128, 128, 256, 256, 256, 256)
    assert spec.feature_resolutions == (16, 32, 64, 128, 256)
    assert spec.num_ws == 16 and spec.img_resolution == 256
    assert [resolution_of(cutoff) for cutoff in (2, 2.1, 4, 8.000000001)] == [4, 8, 8, 16]


def test_tuned_and_modulating_weights_exist(generator: StyleGAN3) -> None:
    names = generator.tunable_parameters()
    assert names and all(generator.get_parameter(name).numel() for name in names)
    matrices = generator.modulation_weights()
    assert [index for index, _ in matrices] == list(range(generator.num_ws))
    assert [len(matrix) for _, matrix in matrices] == [style.shape[1] for style in generator.styles(latent(generator))]


def test_gradients_reach_weights_that_are_tuned(generator: StyleGAN3) -> None:
    names = generator.tunable_parameters()
    for name in names:
        generator.get_parameter(name).requires_grad_(True)
    generator.synthesis(latent(generator)).square().sum().backward()
    assert all(generator.get_parameter(name).grad.abs().sum() > 0 for name in names)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of torch's own tracer
def test_it_is_traced_as_one_graph(generator: StyleGAN3) -> None:
    w_plus = latent(generator).requires_grad_()
    traced = torch.compile(generator.synthesis, backend="aot_eager", fullgraph=True)
    theirs, ours = (torch.autograd.grad(draw(w_plus).square().sum(), w_plus)[0] for draw in (traced, generator.synthesis))
    torch.testing.assert_close(theirs, ours)


def test_a_configuration_survives_json(generator: StyleGAN3) -> None:
    assert from_json(StyleGAN3Config, to_json(generator.config)) == generator.config


@pytest.mark.parametrize(
    "change",
    [
        lambda c: replace(c, layers=()),
        lambda c: replace(c, input=replace(c.input, size=1)),
        lambda c: replace(c, layers=(replace(c.layers[0], activation=replace(c.layers[0].activation, down=0)), *c.layers[1:])),
    ],
)
def test_layers_that_make_no_picture_are_refused(change: Any) -> None:
    config, _ = layout(T, MAPPING)
    with pytest.raises(CheckpointError, match="picture"):
        stylegan3_spec(change(config), CARD)


@pytest.mark.parametrize("name", VECTORS)
def test_a_transform_draws_what_the_program_draws_with_it(name: str, shared_data: Path) -> None:
    vector = Vector.load(shared_data / "checkpoints", name)
    generator = build(read_generator(vector.checkpoint), CARD)
    generator.transform = vector.arrays["transform"]
    image = generator.synthesis(vector.arrays["ws"])
    torch.testing.assert_close(image, vector.arrays["image_transform"], atol=vector.tolerance("images"), rtol=0)


@pytest.mark.parametrize("name", VECTORS)
def test_the_layout_is_the_programs(name: str, shared_data: Path) -> None:
    found = read_generator(shared_data / "checkpoints" / f"{name}.pkl")
    config, filters = layout(VECTORS[name], found.config.mapping)
    assert config == found.config
    for key, value in filters.items():
        torch.testing.assert_close(value, found.tensors[key], atol=1e-7, rtol=0)


def _set(module: dict[str, Any], key: str, value: Any) -> None:
    module[key] = value


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda s: _set(s, "layer_names", []), "names no layers"),
        (lambda s: _set(s["_modules"][s["layer_names"][1]], "padding", [9, 8, 8, 9]), "padding"),
        (lambda s: _set(s["_modules"][s["layer_names"][1]], "padding", [8, 8, 8, 8]), "leads to"),
        (lambda s: _set(s["_modules"][s["layer_names"][1]], "out_size", np.array([36, 52])), "both axes"),
        (lambda s: _set(s["_modules"][s["layer_names"][1]], "up_factor", 2.5), "whole number"),
        (lambda s: _set(s["_modules"][s["layer_names"][1]], "up_factor", 0), "picture"),
        (lambda s: _set(s["_modules"][s["layer_names"][1]]["_buffers"], "up_filter", np.ones((12, 12))), "up_filter"),
        (lambda s: _set(s["_modules"][s["layer_names"][1]]["_buffers"], "down_filter", np.ones((3, 12))), "no filter"),
        (lambda s: _set(s["_modules"][s["layer_names"][-1]]["_buffers"], "up_filter", np.ones(12)), "last layer"),
        (lambda s: s["_modules"][s["layer_names"][1]]["_parameters"].pop("weight"), "lacks"),
    ],
)
def test_damaged_checkpoints_are_told(damage: Any, message: str, shared_data: Path) -> None:
    path = shared_data / "checkpoints" / "sg3t_32.pkl"
    tree = copy.deepcopy(read_contents(path, 1 << 30, lambda tree: {"G_ema": tree["G_ema"]}).tree)
    damage(tree["G_ema"]["_modules"]["synthesis"])
    with pytest.raises(CheckpointError, match=message):
        build(read_nvidia(Source(tree, path)), CARD)
